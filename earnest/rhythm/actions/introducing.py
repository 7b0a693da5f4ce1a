"""Offering two people to meet (4.6): nobody is named to the other until both said yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import actions as messaging
from earnest.messaging.actions import MayNotWrite
from earnest.rhythm import emails
from earnest.rhythm.models import Introduction, IntroductionSide
from earnest.rhythm.queries.introductions import Match

LASTS = timedelta(days=30)  # then it is closed, whatever was answered
State, Answer = Introduction.State, IntroductionSide.Answer


class IntroductionOver(Exception):
    """Its time is over, or somebody asked to be left alone meanwhile."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The offer, and who could not be told of it by mail: it stands on their page all the same."""

    introduction: Introduction
    not_mailed: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """What one of them answers, and what the other may be told then."""

    answer: str
    shows_address: bool = False
    shows_idea: bool = False
    line: str = ""


@transaction.atomic
def offer(match: Match, *, by_mail: bool, by: User, at: datetime) -> Offered:
    """To both at once, on their own pages; offered before, it stays as it is. Raises AskedToStop.

    A mail about it asks something of them, so it counts for the cap like every ask.
    """
    for whom in (match.low, match.high):
        whom.refuse_if_stopped()
    row, is_new = _note(match, State.OFFERED, by=by, at=at)
    if not is_new:
        return Offered(row, [])
    sides = [
        IntroductionSide.objects.create(introduction=row, participation=whom)
        for whom in (match.low, match.high)
    ]
    events.record("introduction_offered", by=by, at=at, about=row)
    return Offered(row, _mail(sides, by=by, at=at) if by_mail else [])


@transaction.atomic
def leave(match: Match, *, by: User, at: datetime) -> None:
    """Not these two: it is not proposed again."""
    row, is_new = _note(match, State.LEFT, by=by, at=at)
    if is_new:
        events.record("introduction_left", by=by, at=at, about=row)


def _note(match: Match, state: str, *, by: User, at: datetime) -> tuple[Introduction, bool]:
    return Introduction.objects.get_or_create(
        low=match.low,
        high=match.high,
        defaults={
            "initiative_id": match.low.initiative_id,
            "why": match.why,
            "low_idea": match.low_idea,
            "high_idea": match.high_idea,
            "need": match.need,
            "state": state,
            "state_at": at,
            "by": by,
            "made_at": at,
        },
    )


def _mail(sides: list[IntroductionSide], *, by: User, at: datetime) -> list[str]:
    """Who cannot be written to now is named to the lead alone."""
    missed = []
    for side in sides:
        whom = side.participation
        try:
            messaging.put_in_outbox(whom, emails.introduction_offered(side, by=by), by=by, at=at)
        except (MayNotWrite, AskedToStop):
            missed.append(whom.person.name)
    return missed


@transaction.atomic
def answer(side: IntroductionSide, said: Said, *, at: datetime) -> Introduction:
    """Theirs to change until both said yes. Raises IntroductionOver, AskedToStop."""
    side.participation.refuse_if_stopped()
    row = Introduction.objects.select_for_update(of=("self",)).get(pk=side.introduction_id)
    if row.state not in {State.OFFERED, State.NOT_TAKEN} or at >= row.made_at + LASTS:
        raise IntroductionOver
    yes = said.answer == Answer.YES
    IntroductionSide.objects.filter(pk=side.pk).update(
        answer=said.answer,
        answered_at=at,
        shows_address=yes and said.shows_address,
        shows_idea=yes and said.shows_idea,
        line=said.line if yes else "",
    )
    events.record("introduction_answered", at=at, about=side)
    _settle(row, at=at)
    return row


def _settle(row: Introduction, *, at: datetime) -> None:
    """Both said yes: each is told who the other is. Any no, and nobody is told which."""
    sides = list(row.sides.select_related("participation__person", "participation__held_by"))
    answers = {one.answer for one in sides}
    state = State.NOT_TAKEN if Answer.NO in answers else State.OFFERED
    if answers == {Answer.YES.value} and len(sides) == 2 and not _somebody_stopped(sides):
        state = State.TAKEN
    if state == row.state:
        return
    row.state, row.state_at = state, at
    row.save(update_fields=["state", "state_at"])
    if state == State.TAKEN:
        events.record("introduced", at=at, about=row)
        _tell_both(sides, at=at)


def _somebody_stopped(sides: list[IntroductionSide]) -> bool:
    there = Participation.objects.may_be_asked().filter(pk__in=[s.participation_id for s in sides])
    return there.count() < len(sides)


def _tell_both(sides: list[IntroductionSide], *, at: datetime) -> None:
    """An answer to what each asked for: no cap counts it. What it says stands on their pages."""
    for mine, other in (sides, sides[::-1]):
        draft = emails.introduced(mine, other)
        try:
            messaging.put_in_outbox(mine.participation, draft, by=None, at=at)
        except (MayNotWrite, AskedToStop):
            continue


@transaction.atomic
def hide(side: IntroductionSide, *, at: datetime) -> None:
    """Their address and line are no longer shown to the other; also after a stop: it is their will."""
    IntroductionSide.objects.filter(pk=side.pk).update(
        shows_address=False, shows_idea=False, line=""
    )
    events.record("introduction_hidden", at=at, about=side)


@transaction.atomic
def close_old(*, at: datetime) -> int:
    """What was not taken up in its time: said alike to both, whoever did not answer."""
    old = Introduction.objects.filter(state=State.OFFERED, made_at__lte=at - LASTS)
    return old.update(state=State.NOT_TAKEN, state_at=at)
