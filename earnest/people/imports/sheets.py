"""From the bytes of a file to rows of text: CSV, Excel or vCard, told apart by what is inside."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from earnest.people.imports import cards, workbooks
from earnest.people.imports.problems import Unreadable

LARGEST_FILE = 20_000_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t|^~:"
LOOKED_AT = 40  # rows read to guess the delimiter

type Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with the line each stands on, and about how many there are."""

    rows: Iterator[Row]
    total: int


def open_sheet(data: bytes) -> Sheet:
    """The rows of a file. Raises Unreadable, with a sentence that says why."""
    if not data.strip():
        raise Unreadable(_("This file is empty."))
    if len(data) > LARGEST_FILE:
        raise Unreadable(_("This file is larger than 20 MB. Split it, or leave out columns."))
    if data.startswith(b"PK\x03\x04"):
        return Sheet(*workbooks.read_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _(
                "This Excel file is protected by a password, or in the old .xls format. "
                "Save it as .xlsx or CSV without a password, then try again."
            )
        )
    encoding = guess_encoding(data)
    head = data[:4000].decode(encoding, "ignore").lstrip("\ufeff \r\n\t")
    if head[:11].upper() == "BEGIN:VCARD":
        return Sheet(*cards.read_cards(data.decode(encoding)))
    return _open_csv(data, encoding)


def guess_encoding(data: bytes) -> str:
    """utf-8, utf-16 or cp1252, whichever the bytes are. Raises Unreadable for anything else."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if _is_text(text[:20_000]):
            return encoding
    raise Unreadable(
        _("This file is not a table of text. Send CSV, Excel (.xlsx) or vCard (.vcf).")
    )


def guess_delimiter(lines: list[str]) -> str:
    """The sign that cuts most lines into the same number of cells. Never raises."""
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    return max(DELIMITERS, key=lambda sign: (_evenness(lines, sign), -DELIMITERS.index(sign)))


def _candidates(data: bytes) -> list[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 5:
        return ["utf-16-le"]
    if head[0::2].count(0) > len(head) // 5:
        return ["utf-16-be"]
    return ["utf-8", "cp1252"]


def _is_text(text: str) -> bool:
    """A stray sign happens; where every fiftieth cannot be shown, it is no text."""
    unseen = sum(sign < " " and sign not in "\t\r\n\f" for sign in text)
    return unseen * 50 <= len(text)


def _evenness(lines: list[str], sign: str) -> float:
    """How evenly the sign cuts the lines: the share that agrees, weighted by the cells won."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
    except csv.Error:
        return 0.0
    width, agreeing = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return agreeing / len(widths) * (1 - 1 / width) if width > 1 else 0.0


def _open_csv(data: bytes, encoding: str) -> Sheet:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    lines = list(islice(stream, LOOKED_AT))
    stream.seek(0)
    delimiter = guess_delimiter(lines)
    skip = 1 if lines and lines[0].strip().lower().startswith("sep=") else 0
    return Sheet(_csv_rows(stream, delimiter, skip=skip), max(1, data.count(b"\n")))


def _csv_rows(stream: io.TextIOWrapper, delimiter: str, *, skip: int) -> Iterator[Row]:
    reader = csv.reader(stream, delimiter=delimiter)
    line = 1
    try:
        for number, cells in enumerate(reader):
            if number >= skip and any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _(
                "Line %(line)s cannot be read: a cell is far too long, "
                "perhaps for want of a closing quotation mark."
            )
            % {"line": line}
        ) from error
