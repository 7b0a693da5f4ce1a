"""Answers: by name, changeable until the end; or into a slot, once, and nobody knows whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from earnest.checkins import access
from earnest.checkins.models import LINE_LENGTH, AnswerSlot, Condition, NamedAnswer, Round
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact
from earnest.standing import actions as standing
from earnest.standing.models import Evidence

State = AnswerSlot.State
TRIES = 5  # a slot can be laid anew just as it is written to


# In SQL: a round is answered all at once, in the minutes after its mails (docs/performance.md).
ANSWER = """UPDATE checkins_answerslot SET state = %s, understands = %s, matters = %s, doable = %s,
    owns = %s, line = %s, under_a_minute = %s WHERE key = %s AND state = %s"""


class RoundOver(Exception):
    """The round is closed: its results stand."""


class AlreadySent(Exception):
    """Final once sent: nobody knows whose it is, so nobody can change it."""


@dataclass(frozen=True, slots=True)
class Taps:
    """Four taps, 1 to 5 or None for "cannot say yet"; one open line (1.13); how long it took."""

    understands: int | None = None
    matters: int | None = None
    doable: int | None = None
    owns: int | None = None
    line: str = ""
    under_a_minute: bool | None = None

    @property
    def fields(self) -> dict[str, str | int | bool | None]:
        return {name: getattr(self, name) for name in Taps.__slots__}


def answer_unnamed(secret: str, taps: Taps) -> None:
    """One UPDATE of one row by its key, and nothing else anywhere: no time, no event, no contact.

    Raises AlreadySent or RoundOver.
    """
    key = access.key_of(secret)
    said = (State.ANSWERED.value, *taps.fields.values(), key, State.EMPTY.value)
    for _try in range(TRIES):
        with connection.cursor() as cursor:
            cursor.execute(ANSWER, said)
            if cursor.rowcount:
                return
        state = AnswerSlot.objects.filter(pk=key).values_list("state", flat=True).first()
        if state is None:
            raise RoundOver
        if state != State.EMPTY:
            raise AlreadySent
    raise RoundOver


@transaction.atomic
def answer_by_name(
    round_: Round, participation: Participation, taps: Taps, *, at: datetime
) -> bool:
    """Their word on each condition, as the last one counts. False where nothing new was said.

    Raises RoundOver or AskedToStop.
    """
    participation.refuse_if_stopped()
    there = Round.objects.select_for_update().get(pk=round_.pk)
    if not there.is_open or there.is_anonymous:
        raise RoundOver
    before = there.named.filter(participation=participation).first()
    if before and all(getattr(before, name) == said for name, said in _words(taps).items()):
        return False
    there.named.update_or_create(participation=participation, defaults={**taps.fields, "at": at})
    for condition in Condition:
        _record(there, participation, condition, getattr(taps, condition), at=at)
    if before is None:
        messaging.note_contact(
            participation,
            direction=Contact.Direction.THEY,
            channel=Contact.Channel.PAGE,
            kind=Contact.Kind.ANSWER,
            at=at,
        )
    detail: events.Detail = {"check_in": there.pk}
    events.record("check_in_answered", at=at, about=participation, detail=detail)
    return True


def _words(taps: Taps) -> dict[str, object]:
    """What they said; how long it took says nothing new."""
    return {name: said for name, said in taps.fields.items() if name != "under_a_minute"}


def _record(
    there: Round,
    participation: Participation,
    condition: Condition,
    value: int | None,
    *,
    at: datetime,
) -> None:
    """ "Cannot say yet" is no word: it takes an earlier one of this round back."""
    said = Evidence.Kind.SAID
    if value is None:
        standing.withdraw_evidence(
            participation, there.thread, kind=said, at=at, item=condition.value
        )
        return
    fact = standing.Fact(said, value, there.thread, item=condition.value)
    standing.say_anew(participation, fact, at=at)


@transaction.atomic
def take_answer_back(round_: Round, participation: Participation, *, at: datetime) -> bool:
    """They take their words back, at any time, also after a stop. False where there are none.

    Figures that were published stay: they are about all who answered.
    """
    Round.objects.select_for_update().get(pk=round_.pk)  # whoever takes its lines up waits
    rows = NamedAnswer.objects.filter(round=round_, participation=participation)
    if not rows.delete()[0]:
        return False
    standing.withdraw_evidence(participation, round_.thread, kind=Evidence.Kind.SAID, at=at)
    detail: events.Detail = {"check_in": round_.pk}
    events.record("check_in_taken_back", at=at, about=participation, detail=detail)
    return True


def reword_line(round_: Round, participation: Participation, words: str, *, at: datetime) -> None:
    """Their open line as they mean it, or none: called where its copy is mended (plans)."""
    rows = NamedAnswer.objects.filter(round=round_, participation=participation)
    rows.exclude(line="").update(line=words[:LINE_LENGTH], at=at)
