"""A round while it is a draft: made, changed, dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.checkins import queries
from earnest.checkins.models import Round
from earnest.core import events
from earnest.initiatives.models import Initiative
from earnest.people.models import Team


class CannotCheckIn(Exception):
    """Not like this, or not now. ``sentence`` is what the lead is told."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence


class LastNotAnswered(CannotCheckIn):
    """No new round while the last was not answered: asking without an answer tires (facts.md)."""

    def __init__(self, last: Round) -> None:
        super().__init__(
            gettext("There is a check-in already: first it ends, and those asked get an answer.")
        )
        self.last = last


class AlreadyOpen(CannotCheckIn):
    """From its opening on, nothing of a round changes."""

    def __init__(self) -> None:
        super().__init__(gettext("It is open already, so it stays as it is."))


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """What a lead decides: by name or not, everyone or one team, until when."""

    is_anonymous: bool
    closes_on: date
    team: Team | None = None
    changed: str = ""


@transaction.atomic
def make_round(initiative: Initiative, draft: RoundDraft, *, by: User, at: datetime) -> Round:
    """A draft; nobody is asked yet. Raises LastNotAnswered (0.10, 2.4)."""
    there = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if last := queries.waits_for_answer(there):
        raise LastNotAnswered(last)
    if there.closed_at:
        raise CannotCheckIn(gettext("The initiative is closed, so nobody is asked any more."))
    made = Round.objects.create(initiative=initiative, by=by, made_at=at, **_fields(draft))
    _note("check_in_made", made, by=by, at=at)
    return made


def _fields(draft: RoundDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in RoundDraft.__slots__}


@transaction.atomic
def change_round(round_: Round, draft: RoundDraft, *, by: User, at: datetime) -> None:
    """While nobody was asked. Raises AlreadyOpen."""
    rows = Round.objects.filter(pk=round_.pk, opened_at=None)
    if not rows.update(**_fields(draft)):
        raise AlreadyOpen
    _note("check_in_changed", round_, by=by, at=at)


@transaction.atomic
def drop_round(round_: Round, *, by: User, at: datetime) -> bool:
    """The draft is not wanted. False where it was dropped before. Raises AlreadyOpen."""
    there = Round.objects.filter(pk=round_.pk).select_for_update().first()
    if there is None:
        return False
    if there.opened_at:
        raise AlreadyOpen
    _note("check_in_dropped", there, by=by, at=at)
    there.delete()
    return True


def _note(action: str, round_: Round, *, by: User, at: datetime) -> None:
    """About the initiative: a listening round is called the same in the log."""
    detail: events.Detail = {"check_in": round_.pk, "anonymous": round_.is_anonymous}
    events.record(action, by=by, at=at, about=round_.initiative, detail=detail)
