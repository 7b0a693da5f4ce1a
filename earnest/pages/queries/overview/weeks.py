"""Said and done, week by week (2.3, 3.1): how many had said yes at least once, how many had done it.

A yes explains little of what is done later (docs/facts.md), so the two are never one number. Weeks
begin on Monday by the time zone of the workspace. One query, on the indexed columns alone; who was
erased stays in these counts (privacy.md 13).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from earnest.core.weeks import monday_of
from earnest.initiatives.models import Initiative
from earnest.pages.queries.overview.marks import HEARD, NO_CHANCE, Counted, in_order
from earnest.standing.models import Rung

MOST_WEEKS = 26
A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """How it stood at the end of a week: of how many people, who had said yes, who had done it."""

    begins: date
    people: int
    said: int
    did: int

    @property
    def said_share(self) -> float:
        return self.said / self.people if self.people else 0.0

    @property
    def did_share(self) -> float:
        return self.did / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class SaidAndDone:
    """The weeks in order, how many stand where now, and who did it without a yes in words."""

    weeks: list[Week] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    unsaid: int = 0
    deeds: tuple[tuple[int, datetime], ...] = ()  # when the nth person did it first

    @property
    def now(self) -> Week:
        return self.weeks[-1]

    @property
    def anything(self) -> bool:
        """Whether anybody said yes or did something yet."""
        return bool(self.now.said or self.now.did)

    @property
    def totals(self) -> list[Counted]:
        return in_order(self.kinds)

    @property
    def heard(self) -> int:
        """Who is past *not heard yet*, in whatever way."""
        return sum(n for kind, n in self.kinds.items() if kind != Rung.Step.UNHEARD)


def mondays(initiative: Initiative, *, at: datetime) -> list[date]:
    """The week it began in to the one it is now, the last twenty-six of them."""
    day = initiative.workspace.day
    last = monday_of(day(at))
    first = max(min(monday_of(day(initiative.made_at)), last), last - (MOST_WEEKS - 1) * A_WEEK)
    return [first + n * A_WEEK for n in range((last - first).days // 7 + 1)]


def said_and_done(initiative: Initiative, *, at: datetime) -> SaidAndDone:
    """Whatever lies before the first week counts with it, as it had happened by then."""
    weeks = mondays(initiative, at=at)
    zone = ZoneInfo(initiative.workspace.time_zone)
    ends = [datetime.combine(one, time(), tzinfo=zone) for one in weeks[1:]]
    found: dict[str, Counter[str]] = defaultdict(Counter)
    deeds = []
    for name, key, n in _counted(initiative, ends):
        if name == "deed":
            deeds.append((n, _moment(key)))
        else:
            found[name][key] += n
    sums = [_running(found[name], len(weeks)) for name, *_rest in TO_COUNT]
    rows = [Week(*row) for row in zip(weeks, *sums, strict=True)]
    kinds = _kinds(found, rows[-1].people)
    return SaidAndDone(rows, kinds, found["unsaid"].total(), tuple(sorted(deeds)))


def _moment(text: str) -> datetime:
    """As the database writes it: in UTC, with or without saying so."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _kinds(found: dict[str, Counter[str]], people: int) -> dict[str, int]:
    """How many marks of each kind; of whom nothing is on record there is no rung yet."""
    kinds = found["kind"] - found["nochance"]
    kinds[HEARD] = found["heard"].total()
    kinds[Rung.Step.UNHEARD] += people - found["kind"].total() - kinds[HEARD]
    kinds[NO_CHANCE] = found["nochance"].total()
    return dict(kinds)


TO_COUNT = (
    ("since", "initiatives_participation", "since"),
    ("said", "standing_rung", "said_at"),
    ("did", "standing_rung", "did_at"),
)
KINDS = """
    SELECT 'kind', step, count(*) FROM standing_rung WHERE initiative_id = %s GROUP BY step
    UNION ALL SELECT 'nochance', step || '', count(*) FROM standing_rung
        WHERE initiative_id = %s AND no_chance_since IS NOT NULL AND step <> 'no' GROUP BY 2
    UNION ALL SELECT 'heard', '', count(*) FROM standing_rung
        WHERE initiative_id = %s AND step = 'unheard' AND heard_at IS NOT NULL
        AND no_chance_since IS NULL
    UNION ALL SELECT 'unsaid', '', count(*) FROM standing_rung
        WHERE initiative_id = %s AND said_at IS NULL AND did_at IS NOT NULL"""
# 1, 10, 20 … 100, 200 … 1,000: told as often as it is news.
NEWS = (1, *(n * ten for ten in (10, 100, 1000, 10_000, 100_000) for n in range(1, 10)))
DEEDS = f"""
    SELECT 'deed', CAST(did_at AS varchar(40)), nth FROM (
        SELECT did_at, row_number() OVER (ORDER BY did_at) AS nth
        FROM standing_rung WHERE initiative_id = %s AND did_at IS NOT NULL
    ) AS in_turn WHERE nth IN {NEWS}"""  # noqa: S608 - numbers of ours


def _counted(initiative: Initiative, ends: list[datetime]) -> list[tuple[str, str, int]]:
    """How many of each sort in each week; each index is walked once, from end to end of its weeks.

    In SQL: putting it together of expressions took four times as long as running it.
    """
    parts: list[str] = []
    values: list[Any] = []
    for name, table, column in TO_COUNT:
        for n, (begins, ends_at) in enumerate(zip([None, *ends], [*ends, None], strict=True)):
            part, its = _one_week(initiative, column, begins, ends_at)
            parts.append(f"SELECT '{name}', '{n}', count(*) FROM {table} WHERE {part}")  # noqa: S608
            values += its
    with connection.cursor() as cursor:
        rest = f"{KINDS} UNION ALL {DEEDS}"
        values += [initiative.pk] * rest.count("%s")
        cursor.execute(" UNION ALL ".join([*parts, rest]), values)
        return list(cursor.fetchall())


def _one_week(
    initiative: Initiative, column: str, begins: datetime | None, ends: datetime | None
) -> tuple[str, list[Any]]:
    """Which rows fall into a week; the first holds whatever came before it."""
    values: list[Any] = [initiative.pk]
    words = [f"initiative_id = %s AND {column} IS NOT NULL"]
    for sign, moment in ((">=", begins), ("<", ends)):
        if moment:
            words.append(f"{column} {sign} %s")
            values.append(connection.ops.adapt_datetimefield_value(moment))
    return " AND ".join(words), values


def _running(by_week: Counter[str], weeks: int) -> list[int]:
    total, out = 0, []
    for n in range(weeks):
        total += by_week[str(n)]
        out.append(total)
    return out
