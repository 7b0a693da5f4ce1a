"""The first line of a file: which column is where."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from earnest.cli.stop import Stop
from earnest.engine.rows import shown

NEEDED = ("person", "at", "kind", "item", "value")
OPTIONAL = ("id", "corrects")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, counted from 0."""

    width: int
    person: int
    at: int
    kind: int
    item: int
    value: int
    id: int | None = None
    corrects: int | None = None
    delimiter: str = ","
    ignored: tuple[str, ...] = ()


def read_header(line: str) -> Columns:
    """Find the columns; commas are tried first, then what spreadsheets write in their place."""
    named = {one: _names(line, one) for one in ",;\t"}
    best = max(named, key=lambda one: len(set(NEEDED) & set(named[one])))
    return find_columns(named[best], best)


def _names(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in row]


def find_columns(names: list[str], delimiter: str = ",") -> Columns:
    """Raises Stop where a column is missing, or there twice."""
    missing = [one for one in NEEDED if one not in names]
    if missing:
        raise Stop(
            f"the first line names no column {' and no '.join(missing)}; "
            f"it needs {','.join(NEEDED)}, in any order."
        )
    if twice := [one for one in (*NEEDED, *OPTIONAL) if names.count(one) > 1]:
        raise Stop(f"the first line names the column {shown(twice[0])[1:-1]} twice.")
    both = all(one in names for one in OPTIONAL)
    used = {*NEEDED, *(OPTIONAL if both else ())}
    return Columns(
        len(names),
        person=names.index("person"),
        at=names.index("at"),
        kind=names.index("kind"),
        item=names.index("item"),
        value=names.index("value"),
        id=names.index("id") if both else None,
        corrects=names.index("corrects") if both else None,
        delimiter=delimiter,
        ignored=tuple(name for name in names if name not in used),
    )
