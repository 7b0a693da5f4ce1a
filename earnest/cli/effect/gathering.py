"""Rows as compact columns, taken many at once where all are good and one by one where not."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from earnest.cli.files.problems import SHOWN, Problems
from earnest.engine.effect.series import Table
from earnest.engine.effect.shapes import LARGEST, MOST_CASES
from earnest.engine.rows import Bad, shown

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LONGEST_NAME = 1_000
MANY_DAYS = 1 << 22  # more than a calendar has

type Row = tuple[int, list[str]]  # its line, and its fields


@dataclass(frozen=True, slots=True)
class Places:
    """Where each column stands, counted from 0."""

    width: int
    group: int
    at: int
    value: int
    of: int | None
    delimiter: str


@dataclass(slots=True)
class Gathering:
    """Columns that grow; ``groups`` and ``days`` remember what was met."""

    places: Places
    problems: Problems
    groups: dict[str, int] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    group: array[int] = field(default_factory=lambda: array("i"))
    day: array[int] = field(default_factory=lambda: array("i"))
    value: array[float] = field(default_factory=lambda: array("d"))
    of: array[float] = field(default_factory=lambda: array("d"))
    line: array[int] = field(default_factory=lambda: array("q"))

    def take(self, rows: Sequence[Row]) -> None:
        if not self._all_at_once(rows):
            for line, row in rows:
                try:
                    self._one(line, row)
                except Bad as bad:
                    self.problems.add(line, str(bad))

    def _all_at_once(self, rows: Sequence[Row]) -> bool:
        """Whether all were good, and were taken."""
        places = self.places
        if {len(row) for _, row in rows} != {places.width}:
            return False
        columns = list(zip(*(row for _, row in rows), strict=True))
        said = columns[places.value]
        try:
            value = [float(one) for one in said]
            counted = () if places.of is None else columns[places.of]
            of = [float(read_cases(one)) for one in counted]
            group = [self._group(one) for one in columns[places.group]]
            day = [self._day(one) for one in columns[places.at]]
        except (ValueError, Bad):
            return False
        most = max(*value, -min(value))
        shares = places.of is None or (min(value) >= 0 and most <= 100)
        if "_" in "".join(said) or not (most <= LARGEST and np.isfinite(value).all() and shares):
            return False
        self.value.extend(value)
        self.of.extend(of)
        self.group.extend(group)
        self.day.extend(day)
        self.line.extend(line for line, _ in rows)
        return True

    def _one(self, line: int, row: list[str]) -> None:
        places = self.places
        if len(row) != places.width:
            raise Bad(f"it has {len(row)} fields, and the first line {places.width}.")
        of = None if places.of is None else read_cases(row[places.of])
        value = read_value(row[places.value], share=of is not None)
        day, group = self._day(row[places.at]), self._group(row[places.group])
        self.group.append(group)
        self.day.append(day)
        self.value.append(value)
        self.line.append(line)
        if of is not None:
            self.of.append(of)

    def _group(self, said: str) -> int:
        found = self.groups.get(said)
        if found is None:
            name = read_name(said)
            found = self.groups.setdefault(name, len(set(self.groups.values())))
            self.groups[said] = found
        return found

    def _day(self, said: str) -> int:
        found = self.days.get(said)
        if found is None:
            found = self.days[said] = read_day(said)
        return found

    def names(self) -> list[str]:
        """By code; a name and the same with spaces around it are one."""
        found: dict[int, str] = {}
        for said, code in self.groups.items():
            found.setdefault(code, said.strip())
        return [found[code] for code in range(len(found))]

    def table(self) -> Table:
        """All of it; a group's second row of a day is a problem, and is left out."""
        table = Table(
            self.names(),
            np.array(self.group, np.int64),
            np.array(self.day, np.int64),
            np.array(self.value, float),
            None if self.places.of is None else np.array(self.of, float),
        )
        line = np.array(self.line, np.int64)
        key = table.group * MANY_DAYS + table.day
        order = np.argsort(key, kind="stable")
        again = np.concatenate([[False], key[order][1:] == key[order][:-1]])
        if not again.any():
            return table
        first = np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))
        self._tell_twice(table, line, order[again], order[first[again]])
        kept = np.ones(len(key), bool)
        kept[order[again]] = False
        return table.only(kept)

    def _tell_twice(
        self,
        table: Table,
        line: NDArray[np.int64],
        twice: NDArray[np.int64],
        first: NDArray[np.int64],
    ) -> None:
        told = np.argsort(line[twice])[:SHOWN].tolist()
        for one in told:
            row = int(twice[one])
            name = shown(table.groups[int(table.group[row])])
            day = date.fromordinal(int(table.day[row]))
            there = int(line[first[one]])
            self.problems.add(int(line[row]), f"{name} on {day} is in line {there:,} already.")
        self.problems.count += len(twice) - len(told)


def read_name(said: str) -> str:
    name = said.strip()
    if not name:
        raise Bad("group is empty.")
    if len(name) > LONGEST_NAME:
        raise Bad(f"group {shown(name)} is longer than {LONGEST_NAME:,} characters.")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise Bad(f"group {shown(name)} is not UTF-8.") from None
    return name


def read_day(said: str) -> int:
    text = said.strip()
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "").toordinal()
    except ValueError:
        raise Bad(f"at {shown(text)} is no day such as 2026-11-20.") from None


def read_value(said: str, *, share: bool) -> float:
    try:
        value = math.nan if "_" in said else float(said)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise Bad(f"value {shown(said)} is no number such as 12.5.")
    if abs(value) > LARGEST:
        raise Bad(f"value {shown(said)} is too large to count with.")
    if share and not 0 <= value <= 100:
        raise Bad(f"value {shown(said)} is no share from 0 to 100 percent.")
    return value


def read_cases(said: str) -> int:
    text = said.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and 0 < int(text) <= MOST_CASES):
        raise Bad(f"of {shown(text)} is no number of cases from 1 to {MOST_CASES:,}.")
    return int(text)
