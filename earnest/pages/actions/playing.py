"""Plays what happened in the example: each thing at its moment, what follows from it later on.

A file of its own because it is the one place where a story as written becomes calls of actions.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import count

from earnest.initiatives import actions as initiatives
from earnest.listening import actions as listening
from earnest.listening.models import Conversation, Finding, Question
from earnest.pages.actions import (
    asking,
    meeting,
    pacing,
    practising,
    questioning,
    reflecting,
    shaping,
    stepping,
    storytelling,
    together,
    trying,
    voting,
)
from earnest.pages.actions.scene import Act, Scene
from earnest.pages.actions.taking import Decision, take_found
from earnest.pages.example.story import Given, Take, Talk, Then, story
from earnest.promises import actions as promises
from earnest.promises.models import Promise
from earnest.standing import actions as standing

TALKED, DECIDED, LATER = 9, 10, 12  # hours of a day: what follows on the same day comes after


class NotInNotes(LookupError):
    """The rules found nothing at a place where the story takes something."""


def play(scene: Scene) -> None:
    """Do everything in the order of time; an act may lead to others later."""
    number = count()
    waiting = [(when, next(number), act) for when, act in _acts(scene)]
    heapq.heapify(waiting)
    while waiting:
        at, _number, act = heapq.heappop(waiting)
        for when, follows in act(at) or ():
            heapq.heappush(waiting, (when, next(number), follows))


def _acts(scene: Scene) -> Iterator[Act]:
    plan = scene.calendar.moment
    for talk in story().talks:
        yield plan(talk.day, TALKED), partial(_hold, scene, talk)
    for given in story().promises:
        yield plan(given.made, LATER), partial(_give, scene, given)
    yield from _path(scene)
    yield from _stands(scene)
    yield from asking.acts(scene)
    yield from shaping.acts(scene)
    yield from pacing.acts(scene)
    yield from reflecting.acts(scene)
    yield from storytelling.acts(scene)
    yield from stepping.acts(scene)
    yield from practising.acts(scene)
    yield from voting.acts(scene)
    yield from meeting.acts(scene)
    yield from together.acts(scene)
    yield from questioning.acts(scene)
    yield from trying.acts(scene)


def _path(scene: Scene) -> Iterator[Act]:
    """Stages reached, who backed it, and who hears what before the launch."""
    about, plan = story().about, scene.calendar.moment
    for row in about["reached"]:
        yield plan(row["day"], LATER), partial(_reach, scene, row["stage"])
    for row in about["backing"]:
        yield plan(row["day"], LATER), partial(_back, scene, row)
    for row in about["run_up"]:
        yield plan(about["begun"], LATER), partial(_run_up, scene, row)


def _stands(scene: Scene) -> Iterator[Act]:
    """A yes or a no in words, and where work gave no chance yet."""
    about, plan = story().about, scene.calendar.moment
    for row in about["yes"]:
        yield plan(row["day"], LATER), partial(_yes, scene, row["who"])
    for row in about["no"]:
        yield plan(row["day"], LATER), partial(_no, scene, row["who"], row["reason"])
    for row in about["no_chance"]:
        yield plan(row["day"], LATER), partial(_no_chance, scene, row["who"])


def _yes(scene: Scene, who: str, at: datetime) -> None:
    standing.note_yes(scene.on_it[who], by=scene.by, at=at)


def _no(scene: Scene, who: str, reason: str, at: datetime) -> None:
    standing.note_no(scene.on_it[who], reason, by=scene.by, at=at)


def _no_chance(scene: Scene, who: str, at: datetime) -> None:
    standing.mark_no_chance(scene.on_it[who], by=scene.by, at=at)


def _reach(scene: Scene, position: int, at: datetime) -> None:
    stage = scene.initiative.stages.get(position=position)
    initiatives.mark_reached(stage, reached=True, by=scene.by, at=at)


def _back(scene: Scene, row: dict[str, str], at: datetime) -> None:
    initiatives.add_backing(
        scene.initiative, who=row["who"], what=row["what"], on=at.date(), by=scene.by, at=at
    )


def _run_up(scene: Scene, row: dict[str, str | int], at: datetime) -> Iterable[Act]:
    step = initiatives.add_run_up_step(
        scene.initiative,
        on=scene.calendar.day(int(row["day"])),
        who=str(row["who"]),
        what=str(row["what"]),
        by=scene.by,
        at=at,
    )
    if "done" in row:
        done = partial(initiatives.mark_step_done, step, done=True, by=scene.by)
        yield scene.calendar.moment(int(row["done"]), LATER), lambda when: done(at=when)


def _give(scene: Scene, given: Given, at: datetime) -> Iterator[Act]:
    draft = promises.Draft(given.words, given.side, due=scene.calendar.day(given.due))
    promise = promises.make_promise(scene.on_it[given.who], draft, by=scene.by, at=at)
    yield from _followed(scene, promise, given.then)


def _hold(scene: Scene, talk: Talk, at: datetime) -> Iterator[Act]:
    """Note the talk; what was found in it is decided an hour later, or waits."""
    notes = listening.Notes(
        text=scene.calendar.fill(talk.notes),
        held_on=at.date(),
        people=[scene.on_it[name] for name in talk.people],
        balance=talk.balance,
    )
    conversation = listening.note_conversation(scene.initiative, notes, by=scene.by, at=at)
    for participation in notes.people:  # the first talk begins with what is kept, and how to object
        if initiatives.say_told(participation, by=scene.by, at=at):
            participation.first_told_at = at
    if not talk.undecided:
        when = scene.calendar.moment(talk.day, DECIDED)
        yield when, partial(_decide, scene, talk, conversation)


def _decide(scene: Scene, talk: Talk, conversation: Conversation, at: datetime) -> Iterator[Act]:
    """Take what the story takes, leave the rest, and see what becomes of each."""
    offered = list(conversation.findings.select_related("conversation__initiative__workspace"))
    taken = {finding_at(offered, conversation.notes, take).pk: take for take in talk.takes}
    take_found(
        conversation,
        [],
        [_decision(finding, taken.get(finding.pk)) for finding in offered],
        by=scene.by,
        at=at,
    )
    if not _told_back_later(conversation):
        listening.look_back(conversation, by=scene.by, at=at)
    takes = {finding.start: taken[finding.pk] for finding in offered if finding.pk in taken}
    made = Promise.objects.filter(conversation=conversation)
    for promise in made.select_related("participation__initiative__workspace"):
        yield from _followed(scene, promise, takes[promise.start or 0].then)
    for question in Question.objects.filter(conversation=conversation):
        take = takes[question.start or 0]
        if take.answer:
            yield (
                scene.calendar.moment(take.answered, LATER),
                partial(_answer, scene, question, take.answer),
            )


def _told_back_later(talk: Conversation) -> bool:
    """The story tells of it, and of what was said to it."""
    names = {row["who"] for row in story().asked["told_back"]}
    return talk.people.filter(person__name__in=names).count() == talk.people.count()


def finding_at(offered: Iterable[Finding], notes: str, take: Take) -> Finding:
    """What was found of this kind where the notes say ``take.at``. Raises NotInNotes."""
    start = notes.find(take.at)
    end = start + len(take.at)
    for finding in offered if start >= 0 else ():
        if finding.kind == take.kind and finding.start < end and finding.end > start:
            return finding
    raise NotInNotes(f"no {take.kind} at “{take.at}”")


def _decision(finding: Finding, take: Take | None) -> Decision:
    if take is None:
        return Decision(finding, take=False)
    return Decision(
        finding,
        take=True,
        words=take.words or finding.words,
        who=take.who,
        direction=finding.direction,
        due=finding.due,
        condition=finding.condition,
        name=take.name,
    )


def _answer(scene: Scene, question: Question, answer: str, at: datetime) -> None:
    listening.answer_question(question, answer, by=scene.by, at=at)


def _followed(scene: Scene, promise: Promise, then: Iterable[Then]) -> Iterator[Act]:
    for one in then:
        yield scene.calendar.moment(one.day, LATER), partial(_became, scene, promise, one)


def _became(scene: Scene, promise: Promise, then: Then, at: datetime) -> None:
    """One thing that happened to a promise, by the leader's word or by the person's own."""
    by = None if then.by_person else scene.by
    match then.what:
        case "confirmed":
            promises.confirm_promise(promise, at=at)
        case "asked":
            promises.ask_how_it_went(promise, at=at)
        case "moved":
            due = scene.calendar.day(then.to)
            promises.move_promise(promise, due, by=by, at=at, why=then.why)
        case "told":
            promises.tell_moved(promise, by=scene.by, at=at)
        case "missed":
            promises.miss_promise(promise, by=by, at=at, why=then.why)
        case "released":
            promises.release_promise(promise, by=by, at=at, why=then.why)
        case _:
            promises.keep_promise(promise, by=by, at=at)
