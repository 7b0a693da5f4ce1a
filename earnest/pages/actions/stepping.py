"""Plays what came after in the example: deeds asked about again, and a step back with what it changed.

A file of its own beside ``shaping.py``, which tells of the plan itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from earnest.listening import actions as listening
from earnest.listening.actions import stepping
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.plans.actions.stepped import say_changed
from earnest.promises import actions as promises
from earnest.promises.actions import Said
from earnest.promises.models import AskedAgain
from earnest.promises.queries.again import first_deeds

ASKED, ANSWERED, OPENED, WRITTEN = 11, 12, 13, 18  # hours of a day: after the plan of that day
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """Each at its moment."""
    told, plan = story().after, scene.calendar.moment
    for row in told["again"]:
        yield plan(row["asked"], ASKED), partial(_ask_again, scene, row)
    for row in told["step_back"]:
        yield plan(row["opened"], OPENED), partial(_step_back, scene, row)


def _ask_again(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """How is it now: by the leader's own hand, for nothing of an example is ever mailed."""
    whose = scene.initiative.participations.select_related(
        "person__workspace", "initiative__workspace", "held_by", "rung"
    ).get(pk=scene.on_it[row["who"]].pk)
    deeds = first_deeds([whose])
    asked = AskedAgain(
        participation=whose,
        initiative=scene.initiative,
        after=AskedAgain.After.MONTH,
        due=scene.calendar.day(row["asked"]),
        deed=deeds.get(whose.pk, ""),
        deed_at=whose.rung.did_at or at,
        state_at=at,
    )
    if not promises.ask_again([asked], at=at):  # asked for another example lately
        return
    for message in Message.objects.filter(pk=asked.message_id or 0):
        messaging.hand_over(message, by=scene.by, at=at)
    yield scene.calendar.moment(row["answered"], ANSWERED), partial(_answer, row, asked)


def _answer(row: Row, asked: AskedAgain, at: datetime) -> None:
    promises.answer_again(asked, Said(row["answer"], row["words"]), at=at)


def _step_back(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """Opened, and why kept in their words, which they pass on as they like."""
    opened = stepping.step_back(scene.on_it[row["who"]], row["occasion"], by=scene.by, at=at)
    stepping.keep_reason(opened, None, row["why"], by=scene.by, at=at)
    opened.refresh_from_db()
    if opened.quote:
        listening.pass_on(opened.quote, Quote.PassedOn(row["passed_on"]), at=at)

    def changed(at: datetime) -> None:
        stepping.write_outcome(opened, row["outcome"], row["words"], by=scene.by, at=at)
        part = scene.initiative.parts.get(title=row["part"])
        say_changed(opened, part, by=scene.by, at=at)
        message = stepping.tell_outcome(opened, by=scene.by, at=at)
        messaging.hand_over(message, by=scene.by, at=at)

    yield scene.calendar.moment(row["written"], WRITTEN), changed
