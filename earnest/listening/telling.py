"""The lead hears of a time agreed or called off: tried again until their mail server took it.

A file of its own: the job and the clock both call it. A try is taken by one conditional UPDATE, so
of two who try at once one sends; each change has a Message-ID of its own, the same at every try.
One that a later change has overtaken is not sent.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import F

from earnest.accounts.queries import mail_is_set_up
from earnest.listening import emails
from earnest.listening.models import Invitation

AGAIN_AFTER = timedelta(minutes=5)  # doubled each time: the last try is half a day later
MOST_TRIES = 8
AT_ONCE = 20

logger = logging.getLogger(__name__)


def tell_leads(*, at: datetime) -> int:
    """Tell those who were not told yet. Returns how many were."""
    if not mail_is_set_up():
        return 0
    due = Invitation.objects.filter(lead_next_try__lte=at).order_by("lead_next_try")
    return sum(tell_lead(pk, at=at) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def tell_lead(invitation_pk: int, *, at: datetime, first: bool = False) -> bool:
    """One try; as the ``first`` only where nobody tried before. True when it was sent."""
    rows = Invitation.objects.exclude(lead_next_try=None).filter(pk=invitation_pk)
    row = rows.select_related("ask__by", "participation__person", "initiative").first()
    if row is None or row.lead_owed is None or (first and row.lead_tries):
        return False
    if not _may_be_told(row):
        _settle(row)
        return False
    if not _take(row, at=at) or not _sent(row, row.lead_owed, at=at):
        return False
    _settle(row)
    return True


def _may_be_told(row: Invitation) -> bool:
    """After a stop they hear only that it is off: a meeting in their calendar is not left there."""
    if not row.ask.by.is_active or row.participation.person.erased_at:
        return False
    return row.starts_at is None or not row.participation.asked_to_stop


def _take(row: Invitation, *, at: datetime) -> bool:
    """Ours, for this try; after the last there is none."""
    again = at + AGAIN_AFTER * 2**row.lead_tries if row.lead_tries + 1 < MOST_TRIES else None
    mine = Invitation.objects.filter(
        pk=row.pk, sequence=row.sequence, lead_next_try=row.lead_next_try
    )
    return bool(mine.update(lead_next_try=again, lead_tries=F("lead_tries") + 1))


def _sent(row: Invitation, hour: datetime, *, at: datetime) -> bool:
    try:
        emails.for_lead(row, hour, called_off=row.starts_at is None, at=at).send()
    except Exception as error:  # whatever it was: tried again, and at most so often
        # Its kind alone: the words of a mail server hold addresses.
        logger.warning("invitation %s: lead not told, %s", row.pk, type(error).__name__)
        return False
    return True


def _settle(row: Invitation) -> None:
    """Nothing more to say of this change; a later one stands."""
    done = Invitation.objects.filter(pk=row.pk, sequence=row.sequence)
    done.update(lead_owed=None, lead_next_try=None)
