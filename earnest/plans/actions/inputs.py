"""Taking up what was asked for or proposed: the words copied, with a pointer to where they are from.

Every idea is an input, and whatever somebody writes themselves. Not every quote is one: that a lead
says (model.md). After a stop nothing new is taken up, but for what they write by their own will.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from earnest.accounts.models import User
from earnest.checkins.models import Round
from earnest.core import events
from earnest.ideas.models import Idea
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Invitation, Need, Quote
from earnest.plans import queries
from earnest.plans.actions.deeds import gave
from earnest.plans.models import Input

Source = Input.Source
LENGTH = 2000


class AnsweredAlready(Exception):
    """It has its answer: where it belongs is settled."""


@transaction.atomic
def take_up(initiative: Initiative, *, at: datetime) -> int:
    """Everything of this initiative that has no input yet: run twice, it is taken once.

    Returns how many. Called where something new came, and by the clock for whatever is left.
    """
    hold(initiative.pk)
    ideas, own = queries.ideas_not_taken(initiative), queries.own_words_not_taken(initiative)
    answers = queries.answers_not_taken(initiative)
    taken = [take_idea(one, initiative, at=at) for one in ideas]
    taken += [_take_own_words(one, initiative, at=at) for one in own]
    taken += [_take_answer(one, initiative, at=at) for one in answers]
    lines = [take_lines(one, at=at) for one in queries.rounds_not_taken(initiative)]
    for one in queries.under_answered_needs(initiative):
        _close_with_its_need(one, at=at)
    recount(initiative, at=at)
    return sum(taken) + sum(lines)


def _close_with_its_need(taken: Input, *, at: datetime) -> None:
    given = taken.need.replies.order_by("pk").last() if taken.need else None
    if given:
        close(taken, given.outcome, at=at)


def take_idea(idea: Idea, initiative: Initiative, *, at: datetime) -> bool:
    """An idea answers the target, and is answered (1.14). False where that was done before."""
    given = queries.moment_of(initiative, idea.on, at)
    what = {"source": Source.IDEA, "words": idea.words, "participation": idea.participation}
    return _take(initiative, {"idea": idea}, what, given, by=None, at=at)[1]


def _take_own_words(quote: Quote, initiative: Initiative, *, at: datetime) -> bool:
    given = quote.conversation.noted_at if quote.conversation else None
    given = given or queries.moment_of(initiative, quote.said_on, at)
    return _take(initiative, {"quote": quote}, _of(quote, Source.PAGE), given, by=None, at=at)[1]


def _take_answer(row: Invitation, initiative: Initiative, *, at: datetime) -> bool:
    talk = row.conversation
    if talk is None:
        return False
    what = {"source": Source.PAGE, "words": talk.notes, "participation": row.participation}
    given = queries.moment_of(initiative, talk.held_on, at)
    return _take(initiative, {"conversation": talk}, what, given, by=None, at=at)[1]


@transaction.atomic
def take_quote(quote: Quote, *, by: User, at: datetime) -> tuple[Input, bool]:
    """ "This asks for an answer": a lead says so of a quote. Said twice it is said once.

    Raises AskedToStop.
    """
    if quote.participation:
        quote.participation.refuse_if_stopped()
    hold(quote.initiative_id)
    given = queries.moment_of(quote.initiative, quote.said_on, at)
    of = _of(quote, Source.QUOTE)
    taken, new = _take(quote.initiative, {"quote": quote}, of, given, by=by, at=at)
    if new:
        gave(taken, at=at)
        recount(quote.initiative, at=at)
    return taken, new


def _of(quote: Quote, source: Input.Source) -> dict[str, Any]:
    return {
        "source": source,
        "words": quote.words,
        "participation": quote.participation,
        "passed_on": quote.passed_on,
    }


@dataclass(frozen=True, slots=True)
class Noted:
    """What a lead writes down by hand: whose it is where that is known, and when it was said."""

    words: str
    on: date
    whose: Participation | None = None


@transaction.atomic
def note_input(initiative: Initiative, noted: Noted, *, by: User, at: datetime) -> Input:
    """Said in passing, in a meeting, on the phone. Raises AskedToStop. Pressed twice is once."""
    hold(initiative.pk)
    if noted.whose:
        noted.whose.refuse_if_stopped()
    same = Input.objects.filter(initiative=initiative, source=Source.NOTED, words=noted.words)
    if twin := same.filter(participation=noted.whose, erased_at=None).first():
        return twin
    given = queries.moment_of(initiative, noted.on, at)
    what = {"source": Source.NOTED, "words": noted.words, "participation": noted.whose}
    taken = _write(initiative, what, given)
    events.record("input_noted", by=by, at=at, about=taken)
    gave(taken, at=at)
    recount(initiative, at=at)
    return taken


@transaction.atomic
def give_input(whose: Participation, words: str, *, at: datetime, anew: bool = False) -> Input:
    """Written by their own hand on a page above, after a stop too: it is their will that speaks.

    Sent twice it is one, unless ``anew``: the same words, about something else.
    """
    initiative = whose.initiative
    hold(initiative.pk)
    same = Input.objects.filter(initiative=initiative, source=Source.PAGE, words=words.strip())
    twin = same.filter(participation=whose, erased_at=None).first()
    if twin and not anew:
        return twin
    taken = _write(initiative, {"source": Source.PAGE, "words": words, "participation": whose}, at)
    events.record("input_given", at=at, about=taken)
    gave(taken, at=at)
    recount(initiative, at=at)
    return taken


@transaction.atomic
def take_lines(round_: Round, *, at: datetime) -> int:
    """The lines of a check-in once it closed: named with their person, else only if published.

    The row is held, so that of two who take them up one does. Returns how many.
    """
    hold(round_.initiative_id)
    there = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if there.closed_at is None or there.inputs.exists():
        return 0
    initiative = Initiative.objects.select_related("workspace").get(pk=there.initiative_id)
    lines: list[tuple[str, Participation | None]] = []
    if there.is_anonymous:
        lines = [(one.words, None) for one in there.lines.order_by("words")]
    else:
        rows = there.named.exclude(line="").select_related("participation__person")
        whole = rows.order_by("participation")
        lines = [(one.line, one.participation) for one in whole if not _has_left(one.participation)]
    for words, whose in lines:
        what = {"source": Source.CHECK_IN, "words": words, "participation": whose, "round": there}
        gave(_write(initiative, what, there.closed_at), at=at)
    if lines:
        events.record("lines_taken", at=at, about=there, detail={"count": len(lines)})
        recount(initiative, at=at)
    return len(lines)


def _has_left(whose: Participation) -> bool:
    return whose.asked_to_stop or whose.person.erased_at is not None


def _take(
    initiative: Initiative,
    pointer: dict[str, Any],
    what: dict[str, Any],
    given: datetime,
    *,
    by: User | None,
    at: datetime,
) -> tuple[Input, bool]:
    """Once for what it points to, whoever comes first."""
    values = _values(initiative, what, given)
    taken, new = Input.objects.get_or_create(**pointer, defaults=values)
    if new:
        events.record("input_taken", by=by, at=at, about=taken)
    return taken, new


def _write(initiative: Initiative, what: dict[str, Any], given: datetime) -> Input:
    return Input.objects.create(**_values(initiative, what, given))


def _values(initiative: Initiative, what: dict[str, Any], given: datetime) -> dict[str, Any]:
    """With whether it came before the decision, as that stands at this moment (1.4)."""
    before = queries.is_before_decision(initiative, initiative.workspace.day(given))
    words = {"words": what["words"].strip()[:LENGTH]}
    return {**what, **words, "initiative": initiative, "at": given, "before_decision": before}


# ── where it belongs ────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def put_under(taken: Input, need: Need | None, *, by: User, at: datetime) -> bool:
    """Under a need, and answered with it; None: for itself again. Raises AnsweredAlready.

    Under a need that has its answer already, it has that answer: their page shows it at once.
    """
    there = _still_open(taken)
    if there.need_id == (need.pk if need else None):
        return False
    whole = Input.objects.filter(pk__in=[there.pk, *there.also.values_list("pk", flat=True)])
    whole.update(need=need)
    given = need.replies.order_by("pk").last() if need else None
    if given:
        for one in whole:
            close(one, given.outcome, at=at)
    events.record("input_placed", by=by, at=at, about=there)
    recount(taken.initiative, at=at)
    return True


@transaction.atomic
def put_with(taken: Input, first: Input | None, *, by: User, at: datetime) -> bool:
    """The same proposal of several people: answered together. None: for itself again.

    Raises AnsweredAlready.
    """
    there = _still_open(taken)
    if first is None:
        changed = Input.objects.filter(pk=there.pk).exclude(same_as=None).update(same_as=None)
    else:
        head = _still_open(first.same_as or first)
        if head.pk == there.pk:
            return False
        moved = Input.objects.filter(pk__in=[there.pk, *there.also.values_list("pk", flat=True)])
        changed = moved.update(same_as=head, need=head.need)
    if changed:
        events.record("input_placed", by=by, at=at, about=there)
        recount(taken.initiative, at=at)
    return bool(changed)


def _still_open(taken: Input) -> Input:
    hold(taken.initiative_id)
    there = Input.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    if there.answered_at or there.erased_at:
        raise AnsweredAlready
    return there


def close(taken: Input, outcome: str, *, at: datetime) -> int | None:
    """It has an answer; days are counted to the first. What was answered before has a new outcome."""
    day = taken.initiative.workspace.day
    days = max(0, (day(at) - day(taken.at)).days)
    rows = Input.objects.filter(pk=taken.pk, erased_at=None)
    if rows.filter(answered_at=None).update(outcome=outcome, answered_at=at, days_to_answer=days):
        return days
    rows.update(outcome=outcome)
    return None


def hold(initiative_id: int) -> None:
    """Of two who change what waits, one waits: so the count is right, and all lock in one order.

    First the initiative, then needs and inputs, then people.
    """
    Initiative.objects.select_for_update().only("pk").get(pk=initiative_id)


def recount(initiative: Initiative, *, at: datetime) -> None:
    """How many wait for an answer, stored beside the initiative: the one place that counts them."""
    hold(initiative.pk)
    initiatives.store_inputs_open(initiative, queries.count_open(initiative), at=at)
