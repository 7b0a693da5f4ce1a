"""Mail to those who lead: what was agreed, with the file for their calendar."""

from __future__ import annotations

from datetime import datetime

from django.tasks import task
from django.utils import timezone

from earnest.listening import emails
from earnest.listening.models import Invitation


@task()
def tell_lead(invitation_pk: int, starts_at: str, sequence: int, called_off: bool) -> None:
    """Each change has a mail of its own; one that a later change has overtaken is not sent."""
    rows = Invitation.objects.filter(pk=invitation_pk, sequence=sequence)
    row = rows.select_related("ask__by", "participation__person", "initiative").first()
    if row is None or not row.ask.by.is_active:
        return
    when = datetime.fromisoformat(starts_at)
    emails.for_lead(row, when, called_off=called_off, at=timezone.now()).send()
