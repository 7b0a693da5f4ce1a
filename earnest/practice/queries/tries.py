"""Try-outs of an initiative, why one may fit somebody's work, and what their work gave (0.2, 0.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import NeedNamed
from earnest.practice.models import Attendance, CameUp, Lesson, TryOut

PAGE = 50
MOST_FITS = 8
State, How = TryOut.State, CameUp.How


@dataclass(frozen=True, slots=True)
class Fits:
    """A reason out of their record why something may fit their work, in words they can read."""

    kind: str
    words: str

    @property
    def sentence(self) -> str:
        return (SENTENCES[self.kind]() % self.words)[:300]


SENTENCES: dict[str, Callable[[], str]] = {
    TryOut.Fit.GOAL: lambda: _("You work for: %s"),
    TryOut.Fit.MEASURE: lambda: _("You measure a good job by: %s"),
    TryOut.Fit.NEED: lambda: _("You said you need: %s"),
    TryOut.Fit.LESSON: lambda: _("You were at “%s”, and it had no chance yet"),
    TryOut.Fit.JOB: lambda: _("It is part of what you do: %s"),
}


def fits_of(whom: Participation) -> list[Fits]:
    """What of their own work is on record, the nearest to them first; three queries."""
    work = whom.own_work
    found = [Fits(TryOut.Fit.GOAL, line) for line in _lines(work.goals)]
    found += [Fits(TryOut.Fit.MEASURE, line) for line in _lines(work.measures)]
    needs = NeedNamed.objects.filter(participation=whom, need__isnull=False)
    named = needs.select_related("need").order_by("-at")[:MOST_FITS]
    found += [Fits(TryOut.Fit.NEED, words) for words in _once(n.in_their_words for n in named)]
    found += [Fits(TryOut.Fit.LESSON, title) for title in _waiting(whom)]
    if whom.person.job:
        found.append(Fits(TryOut.Fit.JOB, whom.person.job))
    return found[:MOST_FITS]


def _lines(text: str) -> list[str]:
    return [line.strip()[:200] for line in text.splitlines() if line.strip()][:3]


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one.strip()[:200] for one in words if one.strip()))


def _waiting(whom: Participation) -> list[str]:
    return [lesson.title for lesson in lessons_waiting(whom)]


def lessons_waiting(whom: Participation) -> QuerySet[Lesson]:
    """Lessons they were at of which nothing came up yet, the latest first."""
    there = Attendance.objects.filter(participation=whom, state=Attendance.State.THERE)
    came_up = CameUp.objects.true().filter(participation=whom)
    waiting = Lesson.objects.standing().filter(pk__in=there.values("lesson"))
    return waiting.exclude(pk__in=came_up.values("lesson"))[:MOST_FITS]


@dataclass(frozen=True, slots=True)
class Chance:
    """An occasion their work gave, and whether it was used; None: they have not said."""

    at: datetime
    what: str
    used: bool | None


@dataclass(frozen=True, slots=True)
class Chances:
    """What is known of their occasions, the latest first. None known: that says nothing."""

    all: tuple[Chance, ...] = ()

    @property
    def had(self) -> int:
        return len(self.all)

    @property
    def used(self) -> int:
        return sum(one.used is True for one in self.all)

    @property
    def not_used(self) -> int:
        return sum(one.used is False for one in self.all)

    @property
    def unsaid(self) -> int:
        return sum(one.used is None for one in self.all)


USED_TRY = {State.DONE: True, State.CHOSE_NOT: False}
USED_CAME_UP = {How.HELPED: True, How.NO_HELP: True, How.CHOSE_NOT: False, "": None}


def chance_of_try(state: str, at: datetime, what: str) -> Chance | None:
    """Tried, or had the chance and chose not to; whatever else became of it was none."""
    if state not in USED_TRY:
        return None
    return Chance(at, what, USED_TRY[State(state)])


def chance_of_came_up(how: str, at: datetime, what: str) -> Chance | None:
    """It came up, whether they said how it went or not; that it was not so is no chance."""
    return Chance(at, what, USED_CAME_UP[how]) if how in USED_CAME_UP else None


def chances(found: Iterable[Chance | None]) -> Chances:
    there = [one for one in found if one]
    return Chances(tuple(sorted(there, key=lambda one: one.at, reverse=True)))


@dataclass(frozen=True, slots=True)
class TriesPage:
    """Some try-outs of an initiative, the latest time first, and after which the next begin."""

    rows: list[TryOut]
    after: str


def tries_page(initiative: Initiative, *, after: str) -> TriesPage:
    rows = TryOut.objects.filter(initiative=initiative, participation__person__erased_at=None)
    rows = rows.select_related("participation__person", "lesson").order_by("-pk")
    if (key := read_number(after)) is not None:
        rows = rows.filter(pk__lt=key)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    return TriesPage(found[:PAGE], str(found[PAGE - 1].pk) if more else "")
