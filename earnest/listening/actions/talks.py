"""Noting a conversation, and taking from it what was found: offered once, never by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.engine.language import Found, Kind, read_notes
from earnest.initiatives.models import Initiative, Participation
from earnest.listening import queries
from earnest.listening.actions.answering import came_at
from earnest.listening.actions.spoken import spoke
from earnest.listening.actions.stepping import talked_over
from earnest.listening.gathered import MOST_LETTERS, count_again, need_called
from earnest.listening.models import (
    Conversation,
    Finding,
    NeedNamed,
    Question,
    Quote,
    Referral,
    Seen,
)
from earnest.messaging.contacts import note_last
from earnest.standing import actions as standing


@dataclass(frozen=True, slots=True)
class Notes:
    """A conversation as noted: when, with whom, and the text as written."""

    text: str
    held_on: date
    people: Sequence[Participation] = field(default_factory=tuple)
    source: str = "pasted"
    balance: str = ""
    author: str = ""  # whose "I" it is, where that is not the user: the sender of a mail
    form: str = Conversation.Form.ONE_TO_ONE  # with two or more it was a small group
    own_hand: bool = False  # written by the person: it reached the user, who noted nothing


class AlreadyDecided(Exception):
    """What was found is offered once: it was taken or left before."""


@transaction.atomic
def note_conversation(
    initiative: Initiative, notes: Notes, *, by: User, at: datetime
) -> Conversation:
    """Keep the notes as they are, and offer what the rules find in them."""
    conversation = Conversation.objects.create(
        initiative=initiative,
        by=by,
        held_on=notes.held_on,
        notes=notes.text,
        source=notes.source,
        form=notes.form,
        balance=notes.balance,
        noted_at=at,
    )
    found = offer_found(conversation, notes, me=by.name)
    say_who_was_there(conversation, notes.people, by=by, at=at)
    events.record(
        "conversation_noted",
        by=None if notes.own_hand else by,
        at=at,
        about=conversation,
        detail={"found": found},
    )
    return conversation


def offer_found(conversation: Conversation, notes: Notes, *, me: str, begins: int = 0) -> int:
    """Offer what the rules find in these notes, which stand in the conversation from ``begins``."""
    found = read_notes(
        notes.text,
        written_on=notes.held_on,
        names=[one.person.name for one in notes.people],
        words=queries.word_list(),
    )
    here = [_from_here(one, author=notes.author, me=me) for one in found]
    moved = [replace(one, start=one.start + begins, end=one.end + begins) for one in here]
    Finding.objects.bulk_create(_finding(conversation, one) for one in moved)
    return len(moved)


@transaction.atomic
def say_who_was_there(
    conversation: Conversation, people: Sequence[Participation], *, by: User, at: datetime
) -> None:
    """Add who was there; whoever was there was heard, and answered what they were asked.

    With two or more it was a small group.

    Raises AskedToStop where one of them wants nothing more of it.
    """
    conversation.people.add(*people)
    for participation in sorted(people, key=lambda one: one.person_id):  # locked in this order
        participation.refuse_if_stopped()
        held_at = came_at(participation, conversation.held_on, at)
        standing.note_heard(participation, at=held_at)
        note_last(participation, at=held_at)
        queries.open_referrals_to(participation).update(spoken_at=at)
        spoke(conversation, participation, by=by, at=at)
    if len(people) == 1:
        talked_over(conversation, people[0], by=by, at=at)
    if conversation.people.count() > 1:
        conversation.form = Conversation.Form.SMALL_GROUP
        conversation.save(update_fields=["form"])


def _from_here(found: Found, *, author: str, me: str) -> Found:
    """The same promise as the user sees it: in somebody's mail "I" is them, and I am quoted."""
    if found.kind != Kind.PROMISE or found.marked:
        return found
    if found.direction == "theirs" and (found.speaker or "").casefold() == me.casefold():
        return replace(found, direction="ours", speaker=None, whom=author or None)
    if found.direction == "ours" and author:
        return replace(found, direction="theirs", speaker=author, whom=author)
    return found


def _finding(conversation: Conversation, found: Found) -> Finding:
    return Finding(
        conversation=conversation,
        kind=found.kind,
        start=found.start,
        end=found.end,
        words=found.words,
        speaker=(found.speaker or "")[:120],
        direction=found.direction or "",
        whom=(found.whom or "")[:120],
        due=found.due,
        condition=(found.condition or "")[:200],
        standing=found.standing,
        marked=found.marked,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What the lead takes of a finding: whose it is, and the words, perhaps mended."""

    words: str
    whose: Participation | None = None


@transaction.atomic
def decide(finding: Finding, state: Finding.State, *, by: User, at: datetime) -> None:
    """Mark it taken or left, once. Raises AlreadyDecided."""
    offered = Finding.objects.filter(pk=finding.pk, state=Finding.State.OFFERED)
    if not offered.update(state=state, decided_at=at):
        raise AlreadyDecided
    events.record(f"finding_{state}", by=by, at=at, about=finding)


def take_quote(finding: Finding, taken: Taken) -> Quote:
    """Their words: they point to their place in the notes."""
    _refuse_if_stopped(taken)
    return Quote.objects.create(
        initiative=finding.conversation.initiative,
        participation=taken.whose,
        words=taken.words,
        said_on=finding.conversation.held_on,
        **_place(finding),
    )


def take_need(finding: Finding, taken: Taken, *, at: datetime) -> NeedNamed:
    """A need in their words; the same words name the same need."""
    _refuse_if_stopped(taken)
    initiative = finding.conversation.initiative
    need = need_called(initiative.pk, taken.words, at=at)
    named = NeedNamed.objects.create(
        need=need,
        participation=taken.whose,
        words=taken.words[:MOST_LETTERS],
        at=at,
        **_place(finding),
    )
    count_again([need.pk])
    return named


def take_question(finding: Finding, taken: Taken) -> Question:
    """A question of theirs: an answer is owed."""
    _refuse_if_stopped(taken)
    return Question.objects.create(
        initiative=finding.conversation.initiative,
        participation=taken.whose,
        words=taken.words,
        asked_on=finding.conversation.held_on,
        **_place(finding),
    )


def take_referral(finding: Finding, taken: Taken, *, name: str, at: datetime) -> Referral:
    """Who else to speak with; followed until spoken to (2.21)."""
    _refuse_if_stopped(taken)
    about = queries.people_named(finding.conversation.initiative_id, {name}).get(
        name.strip().lower()
    )
    if about:
        about.refuse_if_stopped()
    return Referral.objects.create(
        initiative=finding.conversation.initiative,
        named_by=taken.whose,
        participation=about,
        name=name[:120],
        why=_why(taken.words, name)[:300],
        at=at,
        **_place(finding),
    )


def _why(words: str, name: str) -> str:
    """Why them, without their name again: “Ann Lee, she knows it” of Ann Lee is “she knows it”."""
    begin, rest = words[: len(name)], words[len(name) :].lstrip()
    if begin.casefold() != name.casefold() or rest[:1] not in {",", ":", ";", "–", "-"}:
        return words
    return rest[1:].strip() or words


def take_seen(finding: Finding, taken: Taken) -> Seen | None:
    """A plain fact about one person; about nobody in particular it is not kept."""
    _refuse_if_stopped(taken)
    if taken.whose is None:
        return None
    return Seen.objects.create(
        participation=taken.whose,
        words=taken.words[:300],
        on=finding.conversation.held_on,
        **_place(finding),
    )


def _refuse_if_stopped(taken: Taken) -> None:
    if taken.whose:
        taken.whose.refuse_if_stopped()


def _place(finding: Finding) -> dict[str, object]:
    return {
        "conversation": finding.conversation,
        "start": finding.start,
        "end": finding.end,
    }


@transaction.atomic
def answer_question(question: Question, answer: str, *, by: User, at: datetime) -> None:
    """The answer that was owed."""
    Question.objects.filter(pk=question.pk).update(answer=answer, answered_at=at)
    events.record("question_answered", by=by, at=at, about=question)


@transaction.atomic
def leave_referral(referral: Referral, *, by: User, at: datetime) -> None:
    """Not followed, on purpose."""
    open_one = Referral.objects.filter(pk=referral.pk, spoken_at=None, left_at=None)
    if open_one.update(left_at=at):
        events.record("referral_left", by=by, at=at, about=referral)


@transaction.atomic
def set_balance(conversation: Conversation, balance: str, *, by: User, at: datetime) -> None:
    """Mostly asked, half and half, or mostly explained: for the lead alone to say (0.5)."""
    Conversation.objects.filter(pk=conversation.pk).update(balance=balance)
    events.record("balance_set", by=by, at=at, about=conversation)
