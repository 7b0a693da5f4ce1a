"""Plays what became of what was said in the example: needs, plan, replies, versions, a check-in.

A file of its own beside ``playing.py``, as the story of the plan is beside that of the talks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from earnest.checkins import actions as checkins
from earnest.checkins.actions import RoundDraft, Taps
from earnest.checkins.models import Condition, Round
from earnest.initiatives import actions as initiatives
from earnest.listening.actions import needs
from earnest.listening.models import Need
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.example.story import story
from earnest.people.models import Team
from earnest.plans import actions as plans
from earnest.plans import telling
from earnest.plans.actions import case, connecting
from earnest.plans.actions import chain as chains
from earnest.plans.actions.chain import ChainDraft
from earnest.plans.actions.measures import MeasureDraft, ReadingDraft
from earnest.plans.actions.more_time import MoreTime
from earnest.plans.actions.parts import PartDraft
from earnest.plans.actions.replies import Answer
from earnest.plans.actions.rounds import Heard
from earnest.plans.actions.versions import Publication
from earnest.plans.models import Input, Part, Reply
from earnest.plans.queries import Chosen, next_version

# Hours of a day: what is written down, published, answered and told comes in this order.
GATHERED, SHAPED, SAID, PUBLISHED, ANSWERED = 13, 14, 15, 16, 17
type Row = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """Everything gathered, planned, answered, published and asked, each at its moment."""
    told, plan = story().plan, scene.calendar.moment
    sorts = {
        "gather": (_gather, GATHERED),
        "part": (_add_part, SHAPED),
        "measure": (_measure, SAID),
        "reply": (_reply, SAID),
        "version": (_publish, PUBLISHED),
        "chain": (_chain, SAID),
        "evidence": (_evidence, SAID),
    }
    for sort, (act, hour) in sorts.items():
        for row in told[sort]:
            yield plan(row["day"], hour), partial(act, scene, row)
    yield plan(told["more_time"]["day"], SAID), partial(_more_time, scene, told["more_time"])
    yield plan(told["checkin"]["day"], GATHERED), partial(_check_in, scene, told["checkin"])


def hand_over(scene: Scene, at: datetime) -> None:
    """By the leader's own hand: nothing of an example is ever mailed."""
    waiting = Message.objects.filter(initiative=scene.initiative, state=Message.State.WAITING)
    for message in waiting.select_related("participation__initiative__workspace"):
        messaging.hand_over(message, by=scene.by, at=at)


def _need(scene: Scene, words: str) -> Need:
    return scene.initiative.needs.get(words__iexact=words)


def _part(scene: Scene, title: str) -> Part:
    return scene.initiative.parts.get(title=title)


def _gather(scene: Scene, row: Row, at: datetime) -> None:
    """The first that is called so, or the first of all, which is then called so."""
    there = scene.initiative.needs.filter(words__iexact=row["need"]).first()
    others = [_need(scene, words) for words in row["others"]]
    into = there or others.pop(0)
    connecting.merge_needs(into, others, by=scene.by, at=at)
    if there is None:
        needs.rename(into, row["need"], by=scene.by, at=at)


def _add_part(scene: Scene, row: Row, at: datetime) -> None:
    """A part, which needs it answers, and what they said that it is built on."""
    owner = scene.on_it[row["owner"]]
    draft = PartDraft(row["title"], row["why"], what=row["what"], owner=owner)
    part = plans.add_part(scene.initiative, draft, by=scene.by, at=at)
    for words, how in row.get("needs", ()):
        connecting.look_at(_need(scene, words), {part.pk: how}, by=scene.by, at=at)
    quotes = scene.initiative.quotes.filter(participation=owner, erased_at=None)
    case.use_words(part, list(quotes[:2]), by=scene.by, at=at)


def _measure(scene: Scene, row: Row, at: datetime) -> None:
    begun, wanted = Decimal(row["baseline"]), Decimal(row["target"])
    draft = MeasureDraft(row["name"], row["unit"], row["direction"], begun, wanted)
    measure = plans.add_measure(scene.initiative, draft, by=scene.by, at=at)
    read = [
        ReadingDraft(scene.calendar.day(day), Decimal(value), row["source"])
        for day, value in row["readings"]
    ]
    plans.add_readings(measure, read, by=scene.by, at=at)
    part = _part(scene, row["part"])
    plans.change_part(part, {"measures": (measure,)}, by=scene.by, at=at)


def _reply(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """What becomes of one thing proposed, or of a need; and how both fine-tune it."""
    part = _part(scene, row["part"]) if "part" in row else None
    to: Input | Need
    if "need" in row:
        to = _need(scene, row["need"])
    else:
        plans.take_up(scene.initiative, at=at)
        to = scene.initiative.inputs.get(words__icontains=row["at"])
    plans.reply(to, Answer(row["outcome"], row["words"], part), by=scene.by, at=at)
    hand_over(scene, at)
    reply = to.replies.latest("pk")
    for then in row.get("then", ()):
        yield scene.calendar.moment(then["day"], SAID), partial(_talk, scene, reply, then)


def _talk(scene: Scene, reply: Reply, then: Row, at: datetime) -> None:
    whose = reply.input.participation if reply.input else None
    if whose is None:
        return
    if then["from"] == "them":
        plans.talk_back(reply, whose, then["words"], at=at)
        return
    plans.read(reply, whose, by=scene.by, at=at)
    plans.answer_in_thread(reply, whose, then["words"], by=scene.by, at=at)
    hand_over(scene, at)


def _publish(scene: Scene, row: Row, at: datetime) -> None:
    """With everything named that a change came through."""
    coming = next_version(scene.initiative)
    chosen = {
        one.part.pk: Chosen(
            inputs=frozenset(given.pk for given in one.inputs),
            needs=frozenset(need.pk for need in one.needs),
        )
        for one in coming.changes
    }
    said = Publication(coming.number, coming.mark, row["summary"], chosen)
    version = plans.publish(scene.initiative, said, by=scene.by, at=at)
    while telling.tell_of_version(version, at=at):
        version.refresh_from_db()
    hand_over(scene, at)


def _chain(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    whose = scene.on_it[row["who"]]
    said = whose.quotes.filter(words__icontains=row["quote"]).first() if "quote" in row else None
    draft = ChainDraft(
        row["value"], row["link"], row["whose"], quote=said, part=_part(scene, row["part"])
    )
    chain = chains.make_chain(whose, draft, by=scene.by, at=at)
    if "told" in row:
        yield scene.calendar.moment(row["told"], ANSWERED), lambda when: _tell(scene, chain, when)


def _tell(scene: Scene, chain: Any, at: datetime) -> None:
    chains.tell_chain(chain, by=scene.by, at=at)
    hand_over(scene, at)


def _evidence(scene: Scene, row: Row, at: datetime) -> None:
    found = initiatives.Found(**{name: row[name] for name in ("what", "where", "source", "on")})
    initiatives.add_evidence(scene.initiative, found, by=scene.by, at=at)


def _more_time(scene: Scene, row: Row, at: datetime) -> None:
    days: dict[str, date] = {
        name: scene.calendar.day(row[name]) for name in ("decides_on", "launches_on")
    }
    change = plans.take_more_time(
        scene.initiative, MoreTime(row["cause"], days), by=scene.by, at=at
    )
    while telling.tell_of_more_time(change, at=at):
        change.refresh_from_db()
    hand_over(scene, at)


def _check_in(scene: Scene, row: Row, at: datetime) -> Iterator[Act]:
    """By name: who was asked answers the day after; it closes, and its leads answer it."""
    plan = scene.calendar
    one_of_them = next(iter(row["taps"]))
    team = Team.objects.get(people=scene.on_it[one_of_them].person_id)
    draft = RoundDraft(is_anonymous=False, closes_on=plan.day(row["closes"]), team=team)
    one = checkins.make_round(scene.initiative, draft, by=scene.by, at=at)
    checkins.open_round(one, by=scene.by, at=at)
    hand_over(scene, at)
    yield plan.moment(row["day"] + 2, SAID), partial(_answer, scene, row, one)
    yield plan.moment(row["closes"] + 2, GATHERED), partial(_close, one)
    yield plan.moment(row["answered"], ANSWERED), partial(_answer_round, scene, row, one)


def _close(one: Round, at: datetime) -> None:
    checkins.close_round(one, at=at)


def _answer(scene: Scene, row: Row, one: Round, at: datetime) -> None:
    asked = set(one.asked.values_list("pk", flat=True))
    for name, taps in row["taps"].items():
        whose = scene.on_it[name]
        said = {
            condition.value: int(tap) or None
            for condition, tap in zip(Condition, taps, strict=True)
        }
        if whose.pk in asked:
            line = row["wrote"].get(name, "")
            given = Taps(**said, line=line, under_a_minute=True)
            checkins.answer_by_name(one, whose, given, at=at)


def _answer_round(scene: Scene, row: Row, one: Round, at: datetime) -> None:
    plans.take_up(scene.initiative, at=at)
    one.refresh_from_db()
    lines = Answer("used", row["lines"])
    plans.answer_round(one, Heard(row["heard"], row["changes"], lines), by=scene.by, at=at)
    hand_over(scene, at)
