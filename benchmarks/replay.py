"""What a tap of the product asks of the database, recorded once and run again in raw SQL.

The peer of a tap: a bare Django view behind the same middleware that runs the same statements, in
one transaction where the product has one. What stands for the very tap (its key, its person) is
exchanged; identifiers made afresh are made afresh. It raises where a statement changes another
number of rows than it did when it was recorded, so that it cannot be quick by doing less.
"""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

FILE = "recorded.pickle"
CHANGES = ("INSERT", "UPDATE", "DELETE")
_HEX = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Stands:
    """In the place of a value of the recorded tap stands that of another one, by this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its parameters, whether in a transaction, and how many rows it changed."""

    sql: str
    parameters: tuple[Any, ...]
    in_transaction: bool
    changed: int

    @property
    def is_change(self) -> bool:
        return self.sql.lstrip().upper().startswith(CHANGES)


@contextmanager
def recording(of: Mapping[str, Any]) -> Iterator[list[Statement]]:
    """Every statement run meanwhile; values of this tap are exchanged for what they stand for."""
    names = {value: Stands(name) for name, value in of.items()}
    found: list[Statement] = []

    def note(  # noqa: PLR0917 - Django calls it so
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        result = execute(sql, params, many, context)
        if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            given = tuple(_exchanged(one, names) for one in params or ())
            rows = context["cursor"].rowcount
            found.append(Statement(sql, given, connection.in_atomic_block, rows))
        return result

    with connection.execute_wrapper(note):
        yield found


def _exchanged(value: Any, names: Mapping[Any, Stands]) -> Any:
    return names.get(value, value) if isinstance(value, (int, str)) else value


def keep(recorded: dict[str, list[Statement]], folder: Path) -> None:
    (folder / FILE).write_bytes(pickle.dumps(recorded))


@cache
def _kept() -> dict[str, list[Statement]]:
    """Written by this run, in its own folder."""
    kept: dict[str, list[Statement]] = pickle.loads(  # noqa: S301 - our own, of this very run
        (Path(os.environ["EARNEST_DATA_DIR"]) / FILE).read_bytes()
    )
    return kept


def run(name: str, values: Mapping[str, Any]) -> None:
    """The statements of a tap, for another one."""
    fresh: dict[Any, Any] = {}
    for together, some in groupby(_kept()[name], key=lambda one: one.in_transaction):
        with transaction.atomic() if together else nullcontext(), connection.cursor() as cursor:
            for one in some:
                given = [_value(each, one, values, fresh) for each in one.parameters]
                cursor.execute(one.sql, given)
                if one.is_change and cursor.rowcount != one.changed:
                    raise RuntimeError(f"{name}: {cursor.rowcount} rows, not {one.changed}")
                if cursor.description:
                    cursor.fetchall()


def _value(one: Any, statement: Statement, values: Mapping[str, Any], fresh: dict[Any, Any]) -> Any:
    if isinstance(one, Stands):
        return values[one.name]
    if statement.sql.startswith("INSERT") and _is_made_afresh(one):
        made = uuid4()
        return fresh.setdefault(one, made if isinstance(one, UUID) else made.hex)
    return one


def _is_made_afresh(one: Any) -> bool:
    return isinstance(one, UUID) or (isinstance(one, str) and bool(_HEX.fullmatch(one)))
