"""Writes of the mirror: lines about oneself, the question to one's own leader, weeks well over.

Nothing of it goes into the event log, which others may read: who answered, left or deleted
something here is nobody's business but their own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative
from earnest.pages.models import LeaderQuestion, MirrorWeek, WeeklyLine
from earnest.pages.queries import mirror as queries


class NamesSomebody(Exception):
    """A line about oneself names a person: nothing is stored (privacy.md 3)."""

    @property
    def sentence(self) -> str:
        return _(
            "Leave the name out: what is about a person belongs on their page, "
            "where they can read it. Nothing was saved."
        )


class AlreadyPlanned(Exception):
    """One question to one's own leader is planned at a time."""


class AlreadyAsked(Exception):
    """It was noted as asked meanwhile: its day cannot be moved."""


@transaction.atomic
def write_line(initiative: Initiative, words: str, *, by: User, at: datetime) -> WeeklyLine:
    """Answer "How do I help us cooperate?" for this week, or say it better (4.7).

    Raises NamesSomebody.
    """
    _refuse_names(words, by=by)
    line, _made = WeeklyLine.objects.update_or_create(
        user=by,
        initiative=initiative,
        monday=queries.monday_of(by, at),
        defaults={"words": words, "at": at},
    )
    return line


@transaction.atomic
def leave_week(initiative: Initiative, *, by: User, at: datetime) -> WeeklyLine:
    """Leave the question for this week: a real choice. What was answered already, stays."""
    line, _made = WeeklyLine.objects.get_or_create(
        user=by, initiative=initiative, monday=queries.monday_of(by, at), defaults={"at": at}
    )
    return line


@transaction.atomic
def erase_line(line: WeeklyLine, *, at: datetime) -> None:
    """Its words go for good. The week stays as left, so that it is not asked again."""
    WeeklyLine.objects.filter(pk=line.pk).update(words="", at=at)


@transaction.atomic
def plan_question(
    question: str, on: date, *, by: User, at: datetime, example: Initiative | None = None
) -> LeaderQuestion:
    """Plan to ask one's own leader how they get a yes (2.22). Raises AlreadyPlanned, NamesSomebody.

    ``example``: nobody planned it; it goes when the example does.
    """
    _refuse_names(question, by=by)
    planned = LeaderQuestion(
        user=by, question=question, planned_on=on, changed_at=at, example=example
    )
    try:
        with transaction.atomic():
            planned.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyPlanned from error
    return planned


@transaction.atomic
def change_question(
    planned: LeaderQuestion, question: str, on: date, *, by: User, at: datetime
) -> None:
    """Another day or other words, while it was not asked. Raises AlreadyAsked, NamesSomebody."""
    _refuse_names(question, by=by)
    waiting = LeaderQuestion.objects.filter(pk=planned.pk, asked_on=None)
    then = {"question": question, "planned_on": on, "changed_at": at}
    if not waiting.update(**then, sequence=F("sequence") + 1):
        raise AlreadyAsked


@dataclass(frozen=True, slots=True)
class Noted:
    """What one's own leader said, and what follows from it for oneself."""

    asked_on: date
    said: str
    differently: str = ""


@transaction.atomic
def note_answer(planned: LeaderQuestion, noted: Noted, *, by: User, at: datetime) -> None:
    """It was asked; written down in one's own words, and again to mend them. Raises NamesSomebody."""
    _refuse_names(f"{noted.said}\n{noted.differently}", by=by)
    LeaderQuestion.objects.filter(pk=planned.pk).update(
        asked_on=noted.asked_on, said=noted.said, differently=noted.differently, changed_at=at
    )


@transaction.atomic
def erase_question(question: LeaderQuestion) -> None:
    LeaderQuestion.objects.filter(pk=question.pk).delete()


def _refuse_names(words: str, *, by: User) -> None:
    if queries.names_somebody(words, user=by):
        raise NamesSomebody


@transaction.atomic
def store_weeks(user: User, initiative: Initiative, *, at: datetime) -> int:
    """Store what is well over, once: it stays when words go and people are erased. How many weeks."""
    over = queries.mondays_until(queries.monday_of(user, at))[: -queries.STORED_AFTER]
    begun = initiative.made_at.astimezone(queries.zone_of(user)).date()
    there = set(
        MirrorWeek.objects.filter(user=user, initiative=initiative).values_list("monday", flat=True)
    )
    missing = tuple(
        monday for monday in over if monday not in there and begun < monday + queries.WEEK
    )
    if not missing:
        return 0
    found = queries.counted_on(user, [initiative.pk], queries.Span(missing, queries.zone_of(user)))
    empty: Counter[str] = Counter()
    rows = [
        _row(user, initiative, monday, found.get((initiative.pk, monday), empty))
        for monday in missing
    ]
    return len(MirrorWeek.objects.bulk_create(rows, ignore_conflicts=True))


def _row(user: User, initiative: Initiative, monday: date, counts: Counter[str]) -> MirrorWeek:
    numbers = {name: counts[name] for name in queries.COUNTS}
    return MirrorWeek(user=user, initiative=initiative, monday=monday, **numbers)
