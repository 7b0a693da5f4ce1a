"""Every write of this context: into the outbox and out of it, by hand, contacts, the rest."""

from __future__ import annotations

from earnest.messaging.actions.by_hand import CannotBeHandedOver, Filled, hand_over
from earnest.messaging.actions.many import put_all_in_outbox
from earnest.messaging.actions.mending import (
    replace_in_threads,
    replace_in_waiting,
    replace_words,
    reworded,
)
from earnest.messaging.actions.outbox import (
    CannotBeWithdrawn,
    Draft,
    give_up,
    let_lapse,
    put_in_outbox,
    say_unclear_resolved,
    withdraw,
)
from earnest.messaging.actions.restoring import bring_contacts_back, hold_what_asks
from earnest.messaging.actions.talking import (
    leave_alone,
    note_contact,
    refresh_room,
    say_address_works,
    say_wish,
    take_wish_back,
    unsubscribe,
)
from earnest.messaging.calendars import Calendar
from earnest.messaging.limits import (
    AskedEnough,
    IsSealed,
    LeftAlone,
    MayNotWrite,
    NeverWrite,
    WantsLess,
)

__all__ = [
    "AskedEnough",
    "Calendar",
    "CannotBeHandedOver",
    "CannotBeWithdrawn",
    "Draft",
    "Filled",
    "IsSealed",
    "LeftAlone",
    "MayNotWrite",
    "NeverWrite",
    "WantsLess",
    "bring_contacts_back",
    "give_up",
    "hand_over",
    "hold_what_asks",
    "leave_alone",
    "let_lapse",
    "note_contact",
    "put_all_in_outbox",
    "put_in_outbox",
    "refresh_room",
    "replace_in_threads",
    "replace_in_waiting",
    "replace_words",
    "reworded",
    "say_address_works",
    "say_unclear_resolved",
    "say_wish",
    "take_wish_back",
    "unsubscribe",
    "withdraw",
]
