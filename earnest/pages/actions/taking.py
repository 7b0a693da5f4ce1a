"""Beginning from notes, and taking what was found in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User, Workspace
from earnest.ideas import actions as ideas
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import actions as listening
from earnest.listening import queries as listened
from earnest.listening.actions import Notes, Taken
from earnest.listening.models import Conversation, Finding
from earnest.people import actions as people
from earnest.people.actions import Named
from earnest.plans import actions as plans
from earnest.promises import actions as promises


class NobodyNamed(Exception):
    """A promise needs somebody it was made with."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the lead decided about one finding."""

    finding: Finding
    take: bool
    words: str = ""
    who: str = ""
    direction: str = ""
    due: date | None = None
    condition: str = ""
    name: str = ""


@transaction.atomic
def begin(
    workspace: Workspace, target: str, notes: Notes, *, by: User, at: datetime
) -> Conversation:
    """The first ten minutes: one sentence and the notes of a talk make an initiative."""
    if twin := listened.noted_a_moment_ago(notes.text, target=target, by=by, at=at):
        return twin  # the button was pressed twice
    initiative = initiatives.start_initiative(
        workspace, title=short_title(target), target=target, by=by, at=at
    )
    return listening.note_conversation(initiative, notes, by=by, at=at)


def short_title(target: str) -> str:
    """The target's first words, as a title to begin with."""
    words, title = target.split(), ""
    for word in words:
        if len(title) + len(word) > 60:
            return f"{title.rstrip(',;:')}…"
        title = f"{title} {word}".strip()
    return title.rstrip(".")[:160] or target[:60]


@transaction.atomic
def note_with(
    conversation: Conversation, named: Iterable[Named], *, by: User, at: datetime
) -> list[Participation]:
    """Put those named on the initiative where they are new, and say that they were there."""
    initiative = conversation.initiative
    there = [
        initiatives.put_on(initiative, person, held_by=by, by=by, at=at)
        for person in people.add_people(initiative.workspace, list(named), by=by, at=at)
    ]
    listening.say_who_was_there(conversation, there, by=by, at=at)
    return there


@transaction.atomic
def note_conversation(
    initiative: Initiative, notes: Notes, named: list[Named], *, by: User, at: datetime
) -> Conversation:
    """Keep the notes of a talk with these people, known or new."""
    if twin := listened.noted_a_moment_ago(notes.text, initiative=initiative, by=by, at=at):
        return twin
    found = people.add_people(initiative.workspace, named, by=by, at=at) if named else []
    there = [initiatives.put_on(initiative, person, held_by=by, by=by, at=at) for person in found]
    return listening.note_conversation(
        initiative, dataclasses.replace(notes, people=there), by=by, at=at
    )


@dataclass(frozen=True, slots=True)
class OwnPromise:
    """A promise written beside what was found."""

    words: str
    who: str
    due: date | None


@transaction.atomic
def take_found(
    conversation: Conversation,
    named: list[Named],
    decisions: list[Decision],
    *,
    by: User,
    at: datetime,
    own: OwnPromise | None = None,
) -> int:
    """Everything decided at once, or nothing. Returns how many promises were written down."""
    if named:
        note_with(conversation, named, by=by, at=at)
    names = {decision.who for decision in decisions if decision.take}
    known = listened.people_named(conversation.initiative_id, names | ({own.who} if own else set()))
    only = listened.only_person(conversation)
    made = 0
    for decision in decisions:
        state = Finding.State.TAKEN if decision.take else Finding.State.LEFT
        listening.decide(decision.finding, state, by=by, at=at)
        if decision.take:
            whose = known.get(decision.who.casefold()) if decision.who else only
            made += _take(decision, whose, by=by, at=at)
    if own:
        draft = promises.Draft(own.words, "ours", due=own.due)
        whose = _somebody(known.get(own.who.casefold()))
        beside = promises.Place(conversation)
        promises.make_promise(whose, draft, by=by, at=at, place=beside)
        made += 1
    plans.take_up(conversation.initiative, at=at)  # ideas ask for an answer
    return made


def _take(decision: Decision, whose: Participation | None, *, by: User, at: datetime) -> bool:
    """Make of the finding what it is. True when it became a promise."""
    finding, taken = decision.finding, Taken(decision.words, whose)
    match finding.kind:
        case Finding.Kind.PROMISE:
            draft = promises.Draft(
                decision.words, decision.direction, decision.due, decision.condition
            )
            place = promises.Place(finding.conversation, finding.start, finding.end)
            promises.make_promise(_somebody(whose), draft, by=by, at=at, place=place)
            return True
        case Finding.Kind.QUOTE:
            listening.take_quote(finding, taken)
        case Finding.Kind.NEED:
            listening.take_need(finding, taken, at=at)
        case Finding.Kind.QUESTION:
            listening.take_question(finding, taken)
        case Finding.Kind.REFERRAL:
            listening.take_referral(finding, taken, name=decision.name, at=at)
        case Finding.Kind.SEEN:
            listening.take_seen(finding, taken)
        case _:
            _take_idea(finding, taken, by=by, at=at)
    return False


def _take_idea(finding: Finding, taken: Taken, *, by: User, at: datetime) -> None:
    place = ideas.Place(finding.conversation_id, finding.start, finding.end)
    ideas.note_idea(
        finding.conversation.initiative,
        ideas.Draft(taken.words, finding.conversation.held_on, taken.whose, place),
        by=by,
        at=at,
    )


def _somebody(whose: Participation | None) -> Participation:
    if whose is None:
        raise NobodyNamed
    return whose
