"""What the page of the rhythm shows: who is due, how many are left alone, and the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative, Participation
from earnest.rhythm.cadence import USUAL, Plan, among, plan_of, teams_below
from earnest.rhythm.models import SORTS, Audience, AudienceKind, Cadence, How, On
from earnest.rhythm.queries.due import counts_of, due
from earnest.rhythm.queries.standings import Standing, standings


@dataclass(frozen=True, slots=True)
class DueShown:
    """Somebody due a word: since when, and after how many days."""

    who: Participation
    rung: str
    days: int | None


@dataclass(frozen=True, slots=True)
class AudienceShown:
    """An audience, how many are in it, and its numbers by rung in the order of the sorts."""

    row: Audience
    people: int
    rows: list[tuple[str, str, list[int | None]]]
    done_by: User | None
    is_usual: bool = False


@dataclass(frozen=True, slots=True)
class RhythmPage:
    """Everything on the page, in a fixed number of queries."""

    standings: list[Standing]
    talk: list[DueShown]
    audiences: list[AudienceShown]
    sorts: list[str]

    @property
    def talks(self) -> Standing:
        return self.standings[0]


def page_of(initiative: Initiative, *, at: datetime, today: date, few: int) -> RhythmPage:
    rows = list(initiative.audiences.select_related("team", "done_by").prefetch_related("cadences"))
    below = teams_below({one.team_id for one in rows if one.team_id})
    plan = plan_of(rows, below)
    first = due(initiative, plan, How.TALK, at=at, today=today).order_by("last_contact_at", "pk")
    people = list(first.select_related("person", "held_by", "rung")[:few])
    return RhythmPage(
        standings(initiative, plan, at=at, today=today),
        [due_as_shown(one, plan, How.TALK) for one in people],
        _audiences(initiative, rows, below),
        [str(one) for one in SORTS],
    )


def due_as_shown(who: Participation, plan: Plan, how: str) -> DueShown:
    rung = getattr(who, "rung", None)
    key = rung.step if rung else ""
    if rung and key == "unheard" and rung.heard_at:
        key = On.HEARD
    return DueShown(who, rung.in_words if rung else "", plan.days_for(who, key, how))


def days_of(audience: Audience) -> dict[tuple[str, str], int]:
    """Its numbers; the usual ones where it has none yet, as something to begin with."""
    if audience.pk is None:
        return _usual()
    rows = Cadence.objects.filter(audience=audience).values_list("rung", "how", "days")
    return {(rung, how): days for rung, how, days in rows}


def _usual() -> dict[tuple[str, str], int]:
    return {(rung, how): days for how, by in USUAL.items() for rung, days in by.items()}


def _audiences(
    initiative: Initiative, rows: list[Audience], below: Mapping[int, frozenset[int]]
) -> list[AudienceShown]:
    who = [(one.pk, among(one.kind, below.get(one.team_id or 0, ()))) for one in rows]
    counts = counts_of(initiative, who)
    shown = [_shown(one, counts.get(one.pk, initiative.people_count), _days(one)) for one in rows]
    if not any(one.kind == AudienceKind.EVERYONE for one in rows):
        usual = Audience(initiative=initiative, kind=AudienceKind.EVERYONE)
        shown.insert(0, _shown(usual, initiative.people_count, _usual()))
    return sorted(shown, key=lambda one: one.row.kind != AudienceKind.EVERYONE)


def _days(audience: Audience) -> dict[tuple[str, str], int]:
    return {(one.rung, one.how): one.days for one in audience.cadences.all()}


def _shown(row: Audience, people: int, days: dict[tuple[str, str], int]) -> AudienceShown:
    rows = [
        (str(rung), str(On(rung).label), [days.get((rung, how)) for how in How.values])
        for rung in On.values
    ]
    done_by = row.done_by if row.done_by_id else None
    return AudienceShown(row, people, rows, done_by, is_usual=row.pk is None)
