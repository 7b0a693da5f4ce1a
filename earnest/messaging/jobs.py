"""One message leaves. The outbox row is the truth: what a job does not do, the sweep finds."""

from __future__ import annotations

from django.db import connection
from django.tasks import task
from django.utils import timezone

from earnest.messaging import leaving


@task()
def send_message(message_pk: int) -> None:
    """Nothing leaves from within a transaction: what is not committed may never have been."""
    if not connection.in_atomic_block:
        leaving.leave(message_pk, clock=timezone.now)
