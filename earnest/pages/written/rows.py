"""Rows of every sort brought to the same columns, so that one query fetches what was written.

A file of its own: each sort beside it gives its part of the query, and reads its own rows again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, Replace


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, dated, with the mark it is shown by."""

    at: datetime | date
    mark: str
    text: str
    who: str = ""


class Row(NamedTuple):
    """What every sort is brought to, so that one query can fetch them all."""

    sort: str
    pk: int
    conversation_id: int | None
    start: int | None
    end: int | None
    words: str
    more: str
    who: str | None
    on: Any  # a date, or None
    at: Any  # a moment, or None
    right_at: Any
    corrected_at: Any
    read_at: Any
    until: Any
    own_hand: Any


APART = "\x1f"  # no key on any keyboard


def in_one(*parts: str | Expression) -> Concat:
    """Several columns as one text. As JSON, SQLite would be asked each time whether it knows any."""
    between = Value(APART, output_field=TextField())
    texts = [_whole(part, between) for part in parts]
    apart = [one for text in texts for one in (between, text)][1:]
    return Concat(*apart, output_field=TextField())


def _whole(part: str | Expression, between: Value) -> Replace:
    """As text, for PostgreSQL joins no two sorts of it; what parts two texts stands in none."""
    gap = Value(" ", output_field=TextField())
    return Replace(Cast(part, TextField()), between, gap, output_field=TextField())


def rows_as[M: Model](
    sort: str, rows: QuerySet[M], *, has_place: bool = True, **columns: str
) -> QuerySet[M, tuple[Any, ...]]:
    """One sort in the columns of Row; what a sort does not have stays empty."""
    place = {"conversation_id": "conversation_id", "start": "start", "end": "end"}
    names = {"pk": "pk", "words": "words", **(place if has_place else {}), **columns}
    return rows.order_by().values_list(
        Value(sort, output_field=TextField()),
        *(
            F(names[column]) if column in names else Cast(Value(None), empty)
            for column, empty in COLUMNS.items()
        ),
    )


COLUMNS: dict[str, Field[Any, Any]] = {
    "pk": IntegerField(),
    "conversation_id": IntegerField(),
    "start": IntegerField(),
    "end": IntegerField(),
    "words": TextField(),
    "more": TextField(),
    "who": TextField(),
    "on": DateField(),
    "at": DateTimeField(),
    "right_at": DateTimeField(),
    "corrected_at": DateTimeField(),
    "read_at": DateTimeField(),
    "until": DateTimeField(),
    "own_hand": BooleanField(),
}


def by_key(row: Row) -> int:
    return row.pk


def by_day(row: Row) -> tuple[date, int]:
    return row.on or date.min, row.pk


def by_moment(row: Row) -> tuple[datetime, int]:
    return row.at, row.pk


def placed(row: Row) -> dict[str, Any]:
    place = {"conversation_id": row.conversation_id, "start": row.start, "end": row.end}
    return {"pk": row.pk, **place}
