"""How often a word is due for whom: the plan as written, with defaults where nothing is (3.13, 3.14).

In several audiences, the shortest counts; which of them that is, falls out of asking whether any is
over. More often for the hesitant; a no is welcome, and not worked on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from earnest.engine.steps import CADENCE, CHECK_IN_EVERY
from earnest.initiatives.models import Initiative, Participation
from earnest.people.models import Team
from earnest.rhythm.models import Audience, AudienceKind, How, On

USUAL: dict[str, dict[str, int]] = {
    How.TALK: dict(CADENCE),
    How.PROGRESS: dict.fromkeys(On.values, 30) | {On.NO: 60, On.AGAIN: 60},
    How.CHECK_IN: dict.fromkeys(On.values, CHECK_IN_EVERY),
}
BELONGS = {
    AudienceKind.AFFECTED: "is_affected",
    AudienceKind.DATA: "has_data",
    AudienceKind.HELP: "can_help",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a plan: for whom, on which rung, of which sort, after how many days."""

    kind: str
    teams: frozenset[int]
    rung: str
    how: str
    days: int

    def is_for(self, who: Participation) -> bool:
        if self.kind == AudienceKind.TEAM:
            return who.person.team_id in self.teams
        return self.kind == AudienceKind.EVERYONE or bool(getattr(who, BELONGS[self.kind]))  # type: ignore[index]


@dataclass(frozen=True, slots=True)
class Plan:
    """The rhythm of one initiative."""

    words: tuple[Word, ...]
    is_usual: bool  # nothing was changed for everyone

    def of(self, how: str) -> list[Word]:
        return [one for one in self.words if one.how == how]

    def days_for(self, who: Participation, rung: str, how: str = How.TALK) -> int | None:
        """After how many days a word is due for them; None: never. ``rung``: see ``On``."""
        here = (one for one in self.of(how) if one.rung == rung and one.is_for(who))
        return min((one.days for one in here), default=None)


def cadence_of(initiative: Initiative) -> Plan:
    """The plan of an initiative, with the usual numbers where none are set."""
    return cadences_of([initiative.pk])[initiative.pk]


# Written in SQL, the same for both databases: a person's page has one query left for it.
WORDS_AND_TEAMS = """WITH RECURSIVE mine AS (
    SELECT id, initiative_id, kind, team_id FROM rhythm_audience WHERE initiative_id IN ({keys})
), below(top, team) AS (
    SELECT team_id, team_id FROM mine WHERE team_id IS NOT NULL
    UNION SELECT below.top, g.id FROM people_team g JOIN below ON g.parent_id = below.team
)
SELECT a.initiative_id, a.kind, a.team_id, COALESCE(c.rung, ''), COALESCE(c.how, ''),
    COALESCE(c.days, 0) FROM mine a LEFT JOIN rhythm_cadence c ON c.audience_id = a.id
UNION ALL SELECT 0, '', top, '', '', team FROM below"""


def cadences_of(initiatives: Iterable[int]) -> dict[int, Plan]:
    """The plans of several, by key. One query, however many."""
    keys = list(initiatives)
    listed = ", ".join(str(int(key)) for key in keys) or "0"
    with connection.cursor() as cursor:
        cursor.execute(WORDS_AND_TEAMS.format(keys=listed))
        rows = cursor.fetchall()
    below: dict[int, set[int]] = defaultdict(set)
    for here, _kind, team, _rung, _how, within in rows:
        if not here:
            below[team].add(within)
    found: dict[int, list[Word]] = defaultdict(list)
    changed: set[int] = set()
    for here, kind, team, rung, how, days in rows:
        if here and kind == AudienceKind.EVERYONE:
            changed.add(here)
        if here and rung:
            found[here].append(Word(kind, frozenset(below.get(team, ())), rung, how, days))
    return {key: _plan(found[key], is_usual=key not in changed) for key in keys}


def _plan(words: Iterable[Word], *, is_usual: bool) -> Plan:
    return Plan((*(usual_words() if is_usual else ()), *words), is_usual)


def plan_of(audiences: Iterable[Audience], below: Mapping[int, frozenset[int]]) -> Plan:
    """Out of the audiences of one initiative, read with their cadences."""
    several = list(audiences)
    is_usual = not any(one.kind == AudienceKind.EVERYONE for one in several)
    found = [
        Word(one.kind, below.get(one.team_id or 0, frozenset()), row.rung, row.how, row.days)
        for one in several
        for row in one.cadences.all()
    ]
    return _plan(found, is_usual=is_usual)


def usual_words() -> tuple[Word, ...]:
    """For everyone, as long as nobody wrote anything else."""
    return tuple(
        Word(AudienceKind.EVERYONE, frozenset(), rung, how, days)
        for how, by_rung in USUAL.items()
        for rung, days in by_rung.items()
    )


def teams_below(teams: set[int]) -> dict[int, frozenset[int]]:
    """Each team with those inside it."""
    if not teams:
        return {}
    within = Team.objects.filter(
        workspace__in=Team.objects.filter(pk__in=teams).values("workspace")
    )
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in within.values_list("pk", "parent_id"):
        children[parent].append(pk)
    return {one: frozenset(_down(one, children)) for one in teams}


def _down(team: int, children: Mapping[int | None, list[int]]) -> set[int]:
    found, waiting = set[int](), [team]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return found


def among(kind: str, teams: Iterable[int] = ()) -> Q:
    """Who of the people on an initiative is meant."""
    if kind == AudienceKind.TEAM:
        return Q(person__team__in=list(teams))
    return Q() if kind == AudienceKind.EVERYONE else Q(**{BELONGS[kind]: True})  # type: ignore[index]


def standing_on(rung: str) -> Q:
    """On this rung; whoever was heard and said neither yes nor no stands between two."""
    if rung == On.HEARD:
        return Q(rung__step="unheard", rung__heard_at__isnull=False)
    return Q(rung__step=rung)


SQL_OF = {
    AudienceKind.AFFECTED: "t.is_affected",
    AudienceKind.DATA: "t.has_data",
    AudienceKind.HELP: "t.can_help",
}


def talk_due_sql(plans: Mapping[int, Plan], *, at: datetime) -> tuple[str, dict[str, Any]]:
    """For Today's one query: a talk is due, by the plan of whichever initiative it is.

    Of participation ``t``, person ``p`` and rung ``r``; text of our own keys, moments as values.
    """
    said, values = [], dict[str, Any]()
    for initiative, plan in plans.items():
        due, moments = word_due_sql(plan, How.TALK, at=at)
        said.append(f"t.initiative_id = {int(initiative)} AND {due}")
        values |= moments
    return "(" + " OR ".join(f"({one})" for one in said or ["1 = 0"]) + ")", values


def word_due_sql(
    plan: Plan, how: str, *, at: datetime, named: str = "word"
) -> tuple[str, dict[str, Any]]:
    """A word of this sort is due, in SQL: any interval that counts for them is over.

    Of participation ``t``, person ``p`` and rung ``r``; ``named`` is how the moments are called. For
    mail, ``t`` has when the last of its sort was written, as ``told_progress`` or ``told_check_in``.
    """
    said, values = [], dict[str, Any]()
    for word in plan.of(how):
        moment = f"{named}_{word.days}"
        values[moment] = connection.ops.adapt_unknown_value(at - timedelta(days=word.days))
        due = f"{_rung_sql(word.rung)}{_who_sql(word)} AND t.last_contact_at <= %({moment})s"
        if how != How.TALK:  # a mail nobody answered is no contact; nor is it sent the next day
            told = f"t.told_{How(how)}"
            due += f" AND ({told} IS NULL OR {told} <= %({moment})s)"
        said.append(f"({due})")
    return f"({' OR '.join(said or ['1 = 0'])})", values


def _rung_sql(rung: str) -> str:
    if rung == On.HEARD:
        return "r.step = 'unheard' AND r.heard_at IS NOT NULL"
    return f"r.step = '{On(rung)}'"


def among_sql(kind: str, teams: Iterable[int] = ()) -> str:
    """``among`` in SQL, of participation ``t`` and person ``p``."""
    if kind == AudienceKind.TEAM:
        keys = ", ".join(str(int(pk)) for pk in sorted(teams)) or "0"
        return f"p.team_id IN ({keys})"
    return "1 = 1" if kind == AudienceKind.EVERYONE else SQL_OF[AudienceKind(kind)]


def _who_sql(word: Word) -> str:
    """Nothing where it is everyone."""
    if word.kind == AudienceKind.EVERYONE:
        return ""
    return f" AND {among_sql(word.kind, word.teams)}"
