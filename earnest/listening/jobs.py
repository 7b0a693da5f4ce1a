"""Mail to those who lead: what was agreed or called off. What a job does not do, the sweep finds."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from earnest.listening import telling


@task()
def tell_lead(invitation_pk: int) -> None:
    """The first try, at once; whatever is to be said stands on the row."""
    telling.tell_lead(invitation_pk, at=timezone.now(), first=True)
