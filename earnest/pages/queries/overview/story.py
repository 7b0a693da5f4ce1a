"""The story so far: milestones in order, from the first talk on (3.2, 3.10, 3.17, 1.16).

Only words that leads wrote for others to read; of people asked there are numbers alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from earnest.checkins.models import Round
from earnest.initiatives.models import Backing, Initiative, ScheduleChange, Stage
from earnest.plans.models import Version

MOST = 40


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing that happened, on which day; ``sort`` says what, in words of the template."""

    sort: str
    on: date
    words: str = ""
    who: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """What happened in order of days, how much came before it, and what is to come."""

    told: list[Milestone] = field(default_factory=list)
    earlier: int = 0
    backing: list[Milestone] = field(default_factory=list)
    launch: date | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What other reads of the page found already: the first talk, and when the nth person did it."""

    first_talk: date | None = None
    deeds: tuple[tuple[int, datetime], ...] = ()


def story_of(initiative: Initiative, known: Known, *, at: datetime) -> Story:
    """One query over everything else that is a milestone; the latest forty are told."""
    day, today = initiative.workspace.day, initiative.workspace.day(at)
    found = [Milestone("begun", day(initiative.made_at))]
    found += [Milestone("talk", known.first_talk)] if known.first_talk else []
    last_of_day = {day(moment): n for n, moment in known.deeds}
    found += [Milestone("deed", on, number=n) for on, n in last_of_day.items()]
    launch = initiative.launches_on
    if launch and launch <= today:
        found.append(Milestone("launch", launch))
    for sort, moment, on, words, who, number in _rows(initiative):
        found.append(Milestone(sort, on or day(moment), words, who, number))
    found.sort(key=lambda one: (one.on, ORDER.index(one.sort), one.number))
    backing = [one for one in reversed(found) if one.sort == "backing"]
    coming = launch if launch and launch > today else None
    return Story(found[-MOST:], max(0, len(found) - MOST), backing, coming)


# Of what has the same day, what comes first.
ORDER = ("begun", "talk", "backing", "stage", "check_in", "version", "deed", "more_time", "launch")
type Row = tuple[str, datetime, date | None, str, str, int]


def _rows(initiative: Initiative) -> list[Row]:
    stages = Stage.objects.filter(initiative=initiative, reached_on__isnull=False)
    versions = Version.objects.filter(initiative=initiative)
    rounds = Round.objects.filter(initiative=initiative, reply__isnull=False)
    moved = ScheduleChange.objects.filter(initiative=initiative)
    backing = Backing.objects.filter(initiative=initiative)
    first = _part("stage", stages, on=F("reached_on"), words=F("name"))
    others = [
        _part("version", versions, at=F("published_at"), words=F("summary"), number=F("number")),
        _part("check_in", rounds, at=F("reply__at"), words=F("reply__changes"), number=F("pk")),
        _part("more_time", moved, at=F("at"), words=F("cause")),
        _part("backing", backing, on=F("on"), words=F("what"), who=F("who")),
    ]
    return list(first.union(*others, all=True).order_by())


def _part(sort: str, rows: QuerySet[Any], **columns: F) -> QuerySet[Any, Any]:
    """The same six columns of whatever it is; what it has not is empty."""
    named = {
        "m_sort": Value(sort, output_field=CharField()),
        "m_at": columns.get("at", Cast(Value(None), DateTimeField())),
        "m_on": columns.get("on", Cast(Value(None), DateField())),
        "m_words": Cast(columns.get("words", Value("")), TextField()),
        "m_who": Cast(columns.get("who", Value("")), TextField()),
        "m_number": Cast(columns.get("number", Value(0)), IntegerField()),
    }
    found: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*named)
    return found
