"""Received mail of a person, gone (privacy.md 10, 13).

A file of its own: it overrides what is append-only, and is called only by ``pages.erasure`` and
the clock, inside their transaction. The mark stays, so that no mail is taken twice.
"""

from __future__ import annotations

from earnest.initiatives.models import Participation
from earnest.intake.models import Inbound


def erase_received(participation: Participation) -> list[int]:
    """What they sent, and that it was they who did. Returns the keys of the rows."""
    rows = Inbound.objects.filter(participation=participation)
    keys = list(rows.values_list("pk", flat=True))
    Inbound.objects.filter(pk__in=keys).update(raw=b"", participation=None, answers=None)
    return keys


def erase_old_raw(keys: list[int]) -> None:
    """The time of these mails as they came is over; what was taken from them stays."""
    Inbound.objects.filter(pk__in=keys).update(raw=b"")
