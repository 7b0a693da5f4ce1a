"""A lesson with one point, and a moment written for it: what every test of moments begins with."""

from __future__ import annotations

from typing import Any

from earnest.practice.actions import moment_doors, moments
from earnest.practice.actions.moments import MomentDraft, Noticed
from earnest.practice.models import Lesson, Moment, MomentCame, Point
from tests.worlds import NOW, World


def a_point(world: World, words: str = "One owner for each request, by name") -> Point:
    lesson = Lesson.objects.create(
        initiative=world.initiative,
        title="How a request finds its owner",
        taught_on=NOW.date(),
        made_at=NOW,
        changed_at=NOW,
    )
    return Point.objects.create(lesson=lesson, position=1, words=words)


def a_moment(world: World, **draft: Any) -> Moment:
    """Written by the lead, for Joan where nothing else is said."""
    if not draft.keys() & {"team", "participation"}:
        draft["participation"] = world.joan
    point = draft.pop("point", None) or a_point(world)
    at = draft.pop("at", NOW)
    what = draft.pop("what", "a request comes that nobody feels is theirs")
    made = MomentDraft(point, what, draft.pop("link", "Her Fridays"), **draft)
    return moments.write_moment(world.initiative, made, by=world.lead, at=at)


def furnish_moments(world: World) -> dict[str, int | str]:
    """One of each thing of moments that has an address, for the test of all doors."""
    moment = a_moment(world)
    noticed = Noticed("hand", "hand 1")
    door, _secret = moment_doors.begin_moment_door(world.initiative, by=world.lead, at=NOW)
    came = MomentCame.objects.create(door=door, key="1", digest="x", body="", at=NOW)
    return {
        "moment": moment.pk,
        "moment_seen": moments.notice(moment, world.joan, noticed, by=world.lead, at=NOW).pk,
        "moment_came": came.pk,
        "moment_door": door.address,
    }
