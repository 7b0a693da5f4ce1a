"""Every write of this context: into the outbox and out of it, by hand, contacts, the rest."""

from __future__ import annotations

from earnest.messaging.actions.by_hand import Filled, hand_over
from earnest.messaging.actions.mending import replace_words
from earnest.messaging.actions.outbox import (
    CannotBeWithdrawn,
    Draft,
    put_in_outbox,
    say_unclear_resolved,
    withdraw,
)
from earnest.messaging.actions.talking import leave_alone, note_contact, unsubscribe
from earnest.messaging.calendars import Calendar
from earnest.messaging.limits import AskedEnough, LeftAlone, MayNotWrite, NeverWrite, WantsLess

__all__ = [
    "AskedEnough",
    "Calendar",
    "CannotBeWithdrawn",
    "Draft",
    "Filled",
    "LeftAlone",
    "MayNotWrite",
    "NeverWrite",
    "WantsLess",
    "hand_over",
    "leave_alone",
    "note_contact",
    "put_in_outbox",
    "replace_words",
    "say_unclear_resolved",
    "unsubscribe",
    "withdraw",
]
