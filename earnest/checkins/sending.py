"""The mails of an anonymous round leave: the one place where their secrets are, for a moment.

A file of its own: what is here must never be written down. A secret is made, its hash laid among the
slots, the link put into one mail, and forgotten. Which mail got which is known to the variables of
this one call. Whoever dies in the midst of it takes the secrets along: mails not sent get new ones.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from earnest.accounts.queries import mail_is_set_up
from earnest.checkins import actions, queries
from earnest.checkins.models import Round
from earnest.messaging import leaving, limits
from earnest.messaging.models import Message
from earnest.messaging.wire import Line

AT_ONCE = 1000
TIME_FOR_ONE_RUN = timedelta(seconds=45)
type Clock = Callable[[], datetime]


def send_waiting(round_: Round, *, clock: Clock) -> int:
    """Send what waits, in an order of chance, in the hours of the workspace. How many were tried."""
    began = clock()
    zone = round_.initiative.workspace.time_zone or settings.TIME_ZONE
    if not mail_is_set_up() or limits.working_moment(began, zone) > began:
        return 0
    mails = queries.mails_to_send(round_, began)
    by_lot = secrets.SystemRandom()
    by_lot.shuffle(mails)
    del mails[AT_ONCE:]
    links = actions.lay_slots(round_, len(mails), at=began) if mails else []
    given = dict(zip(mails, links, strict=False))
    tried = _send(given, began, clock)
    left = Message.objects.filter(pk__in=given, handed_at__isnull=False)
    gone = set(left.values_list("pk", flat=True))
    unused = [secret for pk, secret in given.items() if pk not in gone]
    actions.drop_slots(round_, unused, at=clock())
    return tried


def _send(given: dict[int, str], began: datetime, clock: Clock) -> int:
    tried = 0
    with Line() as line:
        for pk, secret in given.items():
            if clock() - began > TIME_FOR_ONE_RUN:
                break
            tried += leaving.leave(pk, clock=clock, line=line, answer=address_of(secret))
    return tried


def address_of(secret: str) -> str:
    """Where the link of an anonymous check-in leads."""
    return settings.BASE_URL + reverse("checkins:open_link", args=[secret])
