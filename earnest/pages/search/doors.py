"""What the doors let through, as statements that are put together once in the life of a process.

The doors are the querysets of each context's ``access.py``; putting ten of them together for every
search took four times as long as running them (docs/performance.md). So each is put together for a
user of whom there is nothing but a key, and that key, like the keys looked for, is filled in later.
A door that came to read anything else of a user would find nobody there and fail at once; and no
door reads the clock, so nothing that is kept grows old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField as Whole
from django.db.models import CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from earnest.accounts import access as accounts
from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Role
from earnest.pages.search.sort import Row, Sort
from earnest.pages.search.sorts import BY_NAME

SIZES = (5, 30)  # so many keys a statement takes: few texts, which databases and drivers know again
_WHOEVER = -1_000_000_007  # stands where the key of the user goes; no row has one below nought
_NO_ROW = -1_000_000_009


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL, and what is given with it, with marks where a user and keys go."""

    sql: str
    given: tuple[Any, ...]

    def given_for(self, user: User, keys: Sequence[int] = ()) -> list[Any]:
        fill: dict[Any, Any] = {-n: key for n, key in enumerate(keys, 1)} | {_WHOEVER: user.pk}
        # PostgreSQL's driver has kinds of its own for whole numbers; they are all int.
        return [fill.get(one, one) if isinstance(one, int) else one for one in self.given]


def led_by(user: User) -> list[int]:
    """Keys of the initiatives this user leads."""
    return [pk for (pk,) in _asked([(_led(), user, ())])]


def roles_of(user: User) -> list[tuple[int, str, str]]:
    """Initiatives this user has a role on: key, title, which; newest first."""
    return _asked([(_roles(), user, ())])


def workspaces_of(user: User) -> list[int]:
    return [pk for (pk,) in _asked([(_workspaces(), user, ())])]


def rows(user: User, keys: dict[str, list[int]]) -> list[Row]:
    """Of these keys by sort, those whose door opens; all sorts in one query."""
    wanted = [(BY_NAME[name], _filled_up(some)) for name, some in keys.items() if some]
    return [
        Row(name, pk, at or 0, place or "", title, words, who, _day(day), person)
        for name, pk, at, place, title, words, who, day, person in _asked(
            [(_rows(one, len(some)), user, some) for one, some in wanted]
        )
    ]


def _filled_up(keys: list[int]) -> list[int]:
    size = next((size for size in SIZES if size >= len(keys)), len(keys))
    return [*keys, *[_NO_ROW] * (size - len(keys))]


def _asked(several: Iterable[tuple[Statement, User, Sequence[int]]]) -> list[tuple[Any, ...]]:
    several = list(several)
    if not several:
        return []
    sql = " UNION ALL ".join(one.sql for one, _, _ in several)
    given = [value for one, user, keys in several for value in one.given_for(user, keys)]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def _day(said: str | date | None) -> date | None:
    """SQLite keeps days as words."""
    return date.fromisoformat(said) if isinstance(said, str) else said


def _statement(found: QuerySet[Any, Any]) -> Statement:
    sql, given = found.query.sql_with_params()
    return Statement(sql, tuple(given))


def _whoever() -> User:
    """A user of whom nothing is known but the key."""
    return User.from_db("default", ["id"], [_WHOEVER])


@cache
def _led() -> Statement:
    return _statement(initiatives.initiatives_led_by(_whoever()).values_list("pk"))


@cache
def _roles() -> Statement:
    whoever = _whoever()
    roles = Role.objects.filter(
        user=whoever, initiative__in=initiatives.initiatives_for(whoever)
    ).order_by("-initiative_id")
    return _statement(roles.values_list("initiative", "initiative__title", "kind"))


@cache
def _workspaces() -> Statement:
    return _statement(accounts.workspaces_of(_whoever()).values_list("pk"))


@cache
def _rows(sort: Sort, size: int) -> Statement:
    """Rows of one sort with these keys: marks of ours stand for them."""
    rows = sort.rows(_whoever()).filter(pk__in=range(-size, 0)).order_by()
    at = f"{sort.initiative}__" if sort.initiative else ""
    return _statement(
        rows.values_list(
            Value(sort.name, output_field=CharField()),
            "pk",
            Cast(f"{at}pk", Whole()),
            Cast(f"{at}title", TextField()),
            _text(sort.title),
            _text(sort.words),
            _text(sort.who),
            Cast(sort.day or Value(None), DateField()),
            Cast(sort.person or Value(None), Whole()),
        )
    )


def _text(what: Any) -> Any:
    """As text, empty where there is nothing: a union wants the same of every sort."""
    if not what:
        return Value("", output_field=TextField())
    said = F(what) if isinstance(what, str) else what
    return Coalesce(Cast(said, TextField()), Value("", output_field=TextField()))
