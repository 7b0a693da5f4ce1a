"""Every write of this context: beginning, its words, its path, roles, people, links, the glass."""

from __future__ import annotations

from earnest.initiatives.actions.beginning import (
    AlreadyClosed,
    CommissionWords,
    NotAnExample,
    NotClosed,
    change_initiative,
    close_initiative,
    remove_example,
    reopen_initiative,
    start_initiative,
    write_commission,
)
from earnest.initiatives.actions.erasing_people import erase_participation
from earnest.initiatives.actions.glass import ReasonTooShort, break_glass
from earnest.initiatives.actions.links import make_link, revoke_links
from earnest.initiatives.actions.objections import Wish, say_told, say_wish, take_wish_back
from earnest.initiatives.actions.path import (
    add_backing,
    add_run_up_step,
    add_stage,
    change_part,
    mark_reached,
    mark_step_done,
    move_stage,
    remove_part,
)
from earnest.initiatives.actions.people import (
    Why,
    add_and_put_on,
    change_why,
    hand_over,
    put_many_on,
    put_on,
    say_why,
    take_off,
)
from earnest.initiatives.actions.roles import (
    HasARole,
    LastLead,
    NeedsHeir,
    NotALead,
    NotAMember,
    change_role,
    give_role,
    remove_role,
)

__all__ = [
    "AlreadyClosed",
    "CommissionWords",
    "HasARole",
    "LastLead",
    "NeedsHeir",
    "NotALead",
    "NotAMember",
    "NotAnExample",
    "NotClosed",
    "ReasonTooShort",
    "Why",
    "Wish",
    "add_and_put_on",
    "add_backing",
    "add_run_up_step",
    "add_stage",
    "break_glass",
    "change_initiative",
    "change_part",
    "change_role",
    "change_why",
    "close_initiative",
    "erase_participation",
    "give_role",
    "hand_over",
    "make_link",
    "mark_reached",
    "mark_step_done",
    "move_stage",
    "put_many_on",
    "put_on",
    "remove_example",
    "remove_part",
    "remove_role",
    "reopen_initiative",
    "revoke_links",
    "say_told",
    "say_why",
    "say_wish",
    "start_initiative",
    "take_off",
    "take_wish_back",
    "write_commission",
]
