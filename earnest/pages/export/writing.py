"""Files as they are written: one line after the other, into a folder or a zip."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO

type Cell = str | int | bool | Decimal | date | datetime | None
type Rows = Iterable[tuple[Cell, ...]]

# A spreadsheet takes what begins so for something to work out: an apostrophe says that it is text.
FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
LINE_BREAKS = re.compile(r"\r\n?|\n")
MARKS = re.compile(r"([\\`*_\[\]<>#|])")
BEGINS = re.compile(r"^(\s*)([-+=~]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name, what is in it, and its text, made as it is written."""

    name: str
    about: str
    text: Iterable[str]


def table(columns: tuple[str, ...], rows: Rows) -> Iterator[str]:
    """CSV with a heading."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(columns)
    for cells in rows:
        writer.writerow([as_cell(one) for one in cells])
        if line.tell() > 65_536:
            yield _taken(line)
    yield _taken(line)


def _taken(line: io.StringIO) -> str:
    said = line.getvalue()
    line.seek(0)
    line.truncate()
    return said


def as_cell(value: Cell) -> str:
    """As a spreadsheet and a program read it alike; never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value) if isinstance(value, int) else f"{value.normalize():f}"
    said = value.replace("\x00", "")
    return f"'{said}" if FORMULA.match(said) else said


def plain(words: str) -> str:
    """Somebody's words in Markdown: as they are, whatever signs are in them."""
    said = MARKS.sub(r"\\\1", LINE_BREAKS.sub("\n", words.replace("\x00", "")).strip())
    return BEGINS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", said)


def to_zip(files: Iterable[File], to: IO[bytes]) -> list[str]:
    """The names of what was written."""
    names = []
    with zipfile.ZipFile(to, "w", compression=zipfile.ZIP_DEFLATED) as whole:
        for one in files:
            with whole.open(one.name, "w", force_zip64=True) as file:
                for text in one.text:
                    file.write(text.encode())
            names.append(one.name)
    return names


def to_folder(files: Iterable[File], folder: Path) -> list[str]:
    """The same, as files for this user alone."""
    names = []
    for one in files:
        path = folder / one.name
        path.touch(mode=0o600)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(one.text)
        names.append(one.name)
    return names
