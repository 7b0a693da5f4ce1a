"""Turns the estimate on in the example, as its owner would: with its record, and one who wants none.

A file of its own, called by the demo alone: in a workspace of real people only its owner does so,
for the estimate would be on for everyone there (privacy.md 5).
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative
from earnest.pages.example.calendar import Calendar
from earnest.pages.example.story import story
from earnest.standing import actions as standing
from earnest.standing.actions import Grounds

TURNED, SAID = 10, 16  # hours of a day


def estimate_example(initiative: Initiative, *, by: User, at: datetime) -> None:
    """From the day it was turned on; states are made anew as of now."""
    from earnest.standing import estimating  # noqa: PLC0415  (it loads NumPy)

    workspace, told = initiative.workspace, story().estimate
    calendar = Calendar(workspace.day(at), ZoneInfo(workspace.time_zone))
    grounds = Grounds(told["why"], calendar.day(told["told"]), told["agreement"])
    standing.turn_on(workspace, grounds, by=by, at=calendar.moment(told["turned_on"], TURNED))
    there = initiative.participations.select_related("person")
    for whose in there.filter(person__name__in=told["not_estimated"]):
        standing.refuse_estimate(whose, at=calendar.moment(told["wanted_none"], SAID))
    estimating.make_all_anew(workspace, at=at)
