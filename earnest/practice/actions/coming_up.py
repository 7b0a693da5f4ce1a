"""It came up: said by the person, or by a colleague they agreed with; and how it went (0.4, 0.8).

What becomes of it follows the table in docs/model.md, by the person's own word alone:

- *Used it*, whether it helped or not: ``did`` 1, practised.
- *Had the chance, and chose not to*: ``did`` 0, practised.
- *It was not the case*, or not said yet: nothing.

What a colleague says opens the card, and is no word of theirs about how it went.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.practice.actions import follow_ups, moments
from earnest.practice.actions.counting import counted
from earnest.practice.models import Agreement, CameUp, Point
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

How = CameUp.How
VALUES = {How.HELPED: 1, How.NO_HELP: 1, How.CHOSE_NOT: 0}


class NoAgreement(Exception):
    """The person did not agree that this colleague says so for them, or not any more."""


@dataclass(frozen=True, slots=True)
class Went:
    """How it went: one tap, and a line of their own if they like."""

    how: str
    words: str = ""


@transaction.atomic
def say_it_came_up(
    whose: Participation, point: Point, *, at: datetime, told_by: Participation | None = None
) -> CameUp:
    """Their own tap, or that of a colleague they agreed with; the point opens as a card at once.

    Tapped again before it is said how it went, it is the same time. Their own tap works after a
    stop; a colleague's does not. Raises NoAgreement, AskedToStop.
    """
    if told_by is not None:
        _hold_agreement(whose, told_by)
        whose.refuse_if_stopped()
    Participation.objects.select_for_update().get(pk=whose.pk)
    same = CameUp.objects.standing().filter(participation=whose, point=point, how="")
    if known := same.first():
        return known
    with counted(point.lesson_id, [whose.pk]):
        row = CameUp.objects.create(
            participation=whose,
            initiative_id=whose.initiative_id,
            lesson_id=point.lesson_id,
            point=point,
            at=at,
            said_at=at,
            told_by=told_by,
        )
    follow_ups.outrank(whose, point.lesson, at=at)
    events.record("it_came_up", at=at, about=row)
    if told_by is None:
        messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    return row


def _hold_agreement(whose: Participation, colleague: Participation) -> None:
    given = Agreement.objects.select_for_update().filter(taken_back_at=None)
    if not given.filter(participation=whose, colleague=colleague).exists():
        raise NoAgreement


@transaction.atomic
def say_how_it_went(row: CameUp, went: Went, *, at: datetime) -> CameUp:
    """Their own word; said otherwise later, a new row names the old one. Returns the one that stands.

    It works after a stop too: it is their will that speaks.
    """
    whose = row.participation
    Participation.objects.select_for_update().get(pk=whose.pk)
    last = row
    while (later := CameUp.objects.filter(corrects=last).first()) is not None:
        last = later
    if (last.how, last.words) == (went.how, went.words):
        return last
    with counted(row.lesson_id, [whose.pk]):
        new = CameUp.objects.create(
            participation=whose,
            initiative_id=row.initiative_id,
            lesson_id=row.lesson_id,
            point_id=row.point_id,
            at=row.at,
            said_at=at,
            told_by_id=row.told_by_id,
            how=How(went.how),
            words=went.words,
            corrects=last,
        )
    _say(whose, _first_of(row), went, at=at)
    moments.follow_own_word(new, at=at)
    events.record("said_how_it_went", at=at, about=new)
    messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)
    return new


def _first_of(row: CameUp) -> CameUp:
    while row.corrects is not None:
        row = row.corrects
    return row


def _say(whose: Participation, first: CameUp, went: Went, *, at: datetime) -> None:
    """Into the record, and out of it again where they say otherwise."""
    source, value = f"came up {first.pk}", VALUES.get(How(went.how))
    if value is None:
        standing.withdraw_evidence(whose, source, kind="did", at=at, item="practised")
        return
    reason = "" if value else went.words
    fact = Fact("did", value, source, item="practised", reason=reason)
    standing.say_anew(whose, fact, at=at)
    standing.clear_no_chance(whose, by=None, at=at)


@transaction.atomic
def agree(whose: Participation, colleague: Participation, *, at: datetime) -> Agreement:
    """From now on this colleague may say for them that something came up; given once."""
    try:
        with transaction.atomic():
            made = Agreement.objects.create(participation=whose, colleague=colleague, given_at=at)
    except IntegrityError:  # tapped twice
        return Agreement.objects.get(participation=whose, colleague=colleague, taken_back_at=None)
    events.record("colleague_may_tell", at=at, about=made)
    return made


@transaction.atomic
def take_agreement_back(agreement: Agreement, *, at: datetime) -> bool:
    """Obeyed in the same moment. False if done before."""
    rows = Agreement.objects.filter(pk=agreement.pk, taken_back_at=None)
    if not rows.update(taken_back_at=at):
        return False
    events.record("colleague_may_not_tell", at=at, about=agreement)
    return True
