"""Which rows may call for a step: all sorts in one query.

Written in SQL, the same for SQLite and PostgreSQL, because of what it must hold: each part walks
one index in the order it is wanted and stops after a few, so that Today costs the same with ten
people and with ten thousand. Putting it together anew by the ORM took longer than running it.
The index a part walks is named beside it. Nothing but constants and our own keys is put into the
text; values go as parameters.
"""

# ruff: noqa: S608
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils.dateparse import parse_datetime

from earnest.engine.steps import (
    CHECK_IN_EVERY,
    CONDITION_WAITS,
    INPUT_WAITS,
    NEWS_EVERY,
    STORY_UNTIL,
)
from earnest.listening.naming import Called
from earnest.rhythm.cadence import Plan, talk_due_sql
from earnest.rhythm.candidates import (
    lessons,
    people,
    plans,
    promises,
    returns,
    talks,
    together,
    topics,
)
from earnest.rhythm.candidates.fragments import MOST, Part

AN_HOUR, A_DAY, A_WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
SOON = timedelta(days=2)
LONG_AGO = datetime.min.replace(tzinfo=UTC)

OBJECTING = """WITH objecting AS MATERIALIZED (
    SELECT t.id, t.initiative_id, p.name FROM initiatives_participation t
    JOIN people_person p ON p.id = t.person_id
    WHERE t.initiative_id IN ({going}) AND p.erased_at IS NULL
    AND t.stopped_at IS NOT NULL
    UNION SELECT t.id, t.initiative_id, p.name FROM initiatives_initiative i
    JOIN people_person p ON p.workspace_id = i.workspace_id
    JOIN initiatives_participation t ON t.person_id = p.id AND t.initiative_id = i.id
    WHERE i.id IN ({going}) AND p.erased_at IS NULL
    AND (p.stopped_at IS NOT NULL OR p.wants_less_at IS NOT NULL)
)
"""  # objects_here, objects_anywhere
COLUMNS = {  # beside the key, and what stands there where a part does not give it
    "name": "''",
    "place": "0",
    "who": "0",
    "words": "''",
    "more": "''",
    "moment": "CAST(NULL AS timestamptz)",
    "number": "0",
}


def _whole(part: Part, number: int) -> str:
    """One part in the columns of all."""
    columns = ", ".join(name if name in part.gives else empty for name, empty in COLUMNS.items())
    limit = f" LIMIT {part.most}" if part.most else ""
    return f"SELECT '{part.sort}', id, {columns} FROM ({part.query}{limit}) AS a{number}"


QUERY = OBJECTING + "\nUNION ".join(
    _whole(part, number)
    for number, part in enumerate(
        (
            *(*promises.PARTS, *people.PARTS, *talks.PARTS),
            *(*plans.PARTS, *returns.PARTS, *together.PARTS, *topics.PARTS),
            *lessons.PARTS,
        )
    )
)


class Row(NamedTuple):
    """A key of one sort, with what its part gives: names, the initiative, the participation."""

    sort: str
    pk: int
    name: str = ""
    place: int = 0
    who: int = 0
    words: str = ""
    more: str = ""
    moment: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows by their sort; of people the marks that were found on the way."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def keys(self, sort: str) -> list[int]:
        return list(dict.fromkeys(row.pk for row in self.rows.get(sort, ())))

    def marks(self, pk: int) -> frozenset[str]:
        """What was found about this person beside their rung."""
        return frozenset(row.words for row in self.rows["person"] if row.pk == pk and row.words)


def candidates(
    user: int, led: Iterable[int], going: Mapping[int, Plan], *, today: date, at: datetime
) -> Candidates:
    """The rows of each sort, for this leader; only promises where the initiative is closed.

    ``going`` are those not closed, each with how often a word is due there.
    """
    adapt = connection.ops.adapt_unknown_value
    values = {name: adapt(value) for name, value in _times(today, at).items()}
    word_due, moments = talk_due_sql(going, at=at + A_DAY)
    query = QUERY.replace("{led}", _listed(led)).replace("{going}", _listed(going))
    with connection.cursor() as cursor:
        cursor.execute(query.replace("{word_due}", word_due), {"user": user, **values, **moments})
        return _by_sort([_row(*row) for row in cursor.fetchall()])


def _times(today: date, at: datetime) -> dict[str, date | datetime]:
    """A day more than the table asks for: each case is judged by its own workspace's day."""
    return {
        "today": today,
        "soon": today + SOON,
        "now": at,
        "tonight": at + A_DAY,
        "an_hour_ago": at - AN_HOUR,
        "yesterday": at - A_DAY,
        "last_week": at - A_WEEK + A_DAY,
        "days_ago": at - timedelta(days=INPUT_WAITS) + A_DAY,
        "months_ago": at - timedelta(days=CHECK_IN_EVERY) + A_DAY,
        "a_month_ago": at - timedelta(days=NEWS_EVERY) + A_DAY,
        "story_from": today - timedelta(days=STORY_UNTIL),
        "story_until": today - A_WEEK + A_DAY,
        "fortnight_ago": at - 2 * A_WEEK,
        "weeks_ago": at - timedelta(days=CONDITION_WAITS) + A_DAY,
    }


def _row(*columns: object) -> Row:
    """SQLite gives moments as text, without their zone."""
    row = Row(*columns)  # type: ignore[arg-type]
    if isinstance(row.moment, str):
        moment = parse_datetime(row.moment)
        row = row._replace(moment=moment and moment.replace(tzinfo=UTC))
    return row


def _listed(initiatives: Iterable[int]) -> str:
    return ", ".join(str(int(pk)) for pk in initiatives) or "0"


def _by_sort(rows: list[Row]) -> Candidates:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.sort, []).append(row)
    objecting = found.pop("objecting", [])
    found["referral"] = _without(objecting, found.get("referral", []))
    return Candidates(found)


def _without(objecting: list[Row], referrals: list[Row]) -> list[Row]:
    """The oldest of those that name nobody who objected, in whatever spelling."""
    names = {place: Called(row.name for row in rows) for place, rows in _by_place(objecting)}
    nobody = Called([])
    free = [row for row in referrals if not names.get(row.place, nobody).may_hold(row.name)]
    return sorted(free, key=lambda row: (row.moment or LONG_AGO, row.pk))[:MOST]


def _by_place(rows: list[Row]) -> Iterable[tuple[int, list[Row]]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(row)
    return found.items()


__all__ = ["MOST", "Candidates", "Row", "candidates"]
