"""Plays pilots in the example: the question, who said yes, one that helped and one too early to say
(1.11).

A file of its own beside ``shaping.py``, as the story of the pilots is beside that of the plan.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from importlib import resources
from typing import Any

from earnest.pages.actions.scene import Act, Scene
from earnest.pilots import actions as pilots
from earnest.pilots.actions import (
    CallDraft,
    Offer,
    PilotDraft,
    PilotMeasureDraft,
    PilotReadingDraft,
)
from earnest.pilots.models import Call, Pilot, PilotMeasure, PilotReading, Volunteer

ASKED, SAID, ANSWERED, BEGUN, READ, OVER = 10, 11, 12, 13, 14, 15  # hours of a day
WEEK = timedelta(weeks=1)
Group = PilotReading.Group
type Row = dict[str, Any]


@cache
def told() -> dict[str, Any]:
    there = resources.files("earnest.pages.example").joinpath("pilots.toml")
    return tomllib.loads(there.read_text("utf-8"))


def acts(scene: Scene) -> Iterator[Act]:
    """Asked, said yes, answered, begun, read and ended, each at its moment."""
    plan = scene.calendar.moment
    for row in told()["call"]:
        yield plan(row["day"], ASKED), partial(_ask, scene, row)
        if "closed" in row:
            yield plan(row["closed"], OVER), partial(_close, scene)
    for row in told()["yes"]:
        yield plan(row["day"], SAID), partial(_say_yes, scene, row)
        if "answered" in row:
            yield plan(row["answered"], ANSWERED), partial(_answer, scene, row)
    for row in told()["pilot"]:
        yield plan(row["day"], BEGUN), partial(_plan, scene, row)


def _ask(scene: Scene, row: Row, at: datetime) -> None:
    draft = CallDraft(row["what"], row["takes"])
    pilots.ask_who_goes_first(scene.initiative, draft, by=scene.by, at=at)


def _call(scene: Scene) -> Call:
    return scene.initiative.calls.get(closed_at=None)


def _close(scene: Scene, at: datetime) -> None:
    pilots.close_call(_call(scene), by=scene.by, at=at)


def _say_yes(scene: Scene, row: Row, at: datetime) -> None:
    whose = scene.on_it[row["who"]]
    kept = row.get("passed_on", Volunteer.PassedOn.LEADS_ONLY)
    offer = Offer(row["part"], whose.person.team, row["words"], kept)
    pilots.volunteer(_call(scene), whose, offer, by=None, at=at)


def _yes(scene: Scene, name: str) -> Volunteer:
    return scene.on_it[name].volunteered.get(answered_at=None, taken_back_at=None)


def _answer(scene: Scene, row: Row, at: datetime) -> None:
    pilots.answer_not_now(_yes(scene, row["who"]), row["answer"], by=scene.by, at=at)


def _plan(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """Planned with who said yes, what is measured read back to before, then begun."""
    said, calendar = _yes(scene, row["who"]), scene.calendar
    first, last = calendar.day(row["starts"]), calendar.day(row["ends"])
    draft = PilotDraft(said.part, row["what"], row["stop_if"], first, last, said.team)
    made = pilots.plan_pilot(scene.initiative, draft, volunteer=said, by=scene.by, at=at)
    measure = pilots.add_measure(made, _measure(row), by=scene.by, at=at)
    yield calendar.moment(row["starts"], BEGUN), partial(_start, scene, made)
    last_read = _last_read(scene, row)
    yield last_read, partial(_read, scene, row, measure)
    if "ended" in row:
        yield calendar.moment(row["ended"], OVER), partial(_end, scene, row, made)


def _measure(row: Row) -> PilotMeasureDraft:
    return PilotMeasureDraft(
        row["measure"],
        counts=PilotMeasure.Counts.SHARE,
        baseline=Decimal(row["baseline"]),
        stop_at=Decimal(row["stop_at"]),
        comparison=row["comparison"],
    )


def _start(scene: Scene, made: Pilot, at: datetime) -> None:
    pilots.start_pilot(made, by=scene.by, at=at)


def _last_read(scene: Scene, row: Row) -> datetime:
    return scene.calendar.moment(row["from"] + 7 * (len(row["read"]) - 1), READ)


def _read(scene: Scene, row: Row, measure: PilotMeasure, at: datetime) -> None:
    """Weeks apart from the first, so that a weekend moves all of them or none."""
    last = at.date()
    drafts = []
    for back, (here, cases, beside, others) in enumerate(reversed(row["read"])):
        on = last - back * WEEK
        drafts += [
            PilotReadingDraft(on, Decimal(here), Group.PILOT, cases),
            PilotReadingDraft(on, Decimal(beside), Group.COMPARISON, others),
        ]
    pilots.add_readings(
        measure, reversed(drafts), by=scene.by, at=at, source=PilotReading.Source.FILE
    )


def _end(scene: Scene, row: Row, made: Pilot, at: datetime) -> None:
    pilots.end_pilot(made, row["why"], by=scene.by, at=at)
