"""A file of readings → its columns, and what is bad in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from earnest.cli.effect.gathering import Gathering, Places, Row
from earnest.cli.files.opening import lines, open_text
from earnest.cli.files.problems import Problems
from earnest.cli.stop import Stop
from earnest.engine.rows import shown

NEEDED = ("group", "at", "value")
ROWS = 20_000  # taken at once


@dataclass(slots=True)
class Reading:
    """A file being read; ``into`` is there once its first line was."""

    path: Path
    problems: Problems
    into: Gathering | None = None

    def parts(self) -> Iterator[int]:
        """Read it all; yields how many rows there were since. Raises Stop."""
        try:
            with open_text(self.path) as text:
                yield from self._rows(lines(text, self.path))
        except OSError as error:
            raise Stop(f"{self.path}: {error.strerror or error}.") from error
        except UnicodeError as error:
            raise Stop(f"{self.path}: it is no text: {error}.") from error

    def _rows(self, text: Iterator[str]) -> Iterator[int]:
        places = places_of(next(text, ""), self.path)
        self.into = Gathering(places, self.problems)
        rows = csv.reader(text, delimiter=places.delimiter)
        some: list[Row] = []
        try:
            for row in rows:
                if row:
                    some.append((rows.line_num + 1, row))
                if len(some) == ROWS:
                    self.into.take(some)
                    yield len(some)
                    some = []
        except csv.Error as error:
            raise Stop(
                f"{self.path}: line {rows.line_num + 1:,}: this is no CSV ({error})."
            ) from error
        if some:
            self.into.take(some)
            yield len(some)


def places_of(line: str, path: Path) -> Places:
    """Commas are tried first, then what spreadsheets write in their place."""
    if not line.strip():
        raise Stop(f"{path}: it is empty; its first line should name {','.join(NEEDED)}.")
    named = {one: _names(line, one) for one in ",;\t"}
    delimiter = max(named, key=lambda one: len(set(NEEDED) & set(named[one])))
    names = named[delimiter]
    missing = [one for one in NEEDED if one not in names]
    if missing:
        raise Stop(
            f"{path}: the first line names no column {' and no '.join(missing)}; "
            f"it needs {','.join(NEEDED)}, in any order, and `of` for shares."
        )
    if twice := [one for one in (*NEEDED, "of") if names.count(one) > 1]:
        raise Stop(f"{path}: the first line names the column {shown(twice[0])[1:-1]} twice.")
    of = names.index("of") if "of" in names else None
    group, at, value = (names.index(one) for one in NEEDED)
    return Places(len(names), group, at, value, of, delimiter)


def _names(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line.strip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower() for name in row]
