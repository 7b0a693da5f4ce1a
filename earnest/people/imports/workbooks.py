"""Excel files: looked over before they are opened, for a small file may unpack to a huge one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

import python_calamine
from django.utils.translation import gettext as _

from earnest.people.imports.problems import Unreadable

LARGEST_UNPACKED = 400_000_000
MOST_CELLS = 20_000_000
STEP = 1 << 20
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")

type Row = tuple[int, list[str]]


def read_workbook(data: bytes) -> tuple[Iterator[Row], int]:
    """Rows of the first sheet that holds any, and how many. Raises Unreadable."""
    _look_over(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata]
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                return _rows(sheet), sheet.total_height + 1
    except python_calamine.PasswordError as error:
        raise Unreadable(_("This Excel file is protected by a password.")) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Unreadable(_broken()) from error
    raise Unreadable(_("This Excel file has no sheet with rows in it."))


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[Row]:
    # iter_rows begins with the first row of the sheet, not with the first that holds something.
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        words = [_text(cell) for cell in cells]
        if any(words):
            yield line, words


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _look_over(data: bytes) -> None:
    """Refuse what would fill the memory: by unpacked size, and by cells far apart on a sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable(_("This Excel file is protected by a password."))
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                raise Unreadable(_too_large())
            for member in members:
                _look_over_member(archive, member)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Unreadable(_broken()) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Unreadable(_broken()) from error


def _look_over_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack it once: a size that was a lie shows here, and the corners of a sheet with it."""
    widest, lowest, tail = b"", 0, b""
    sheet = "sheet" in member.filename.lower() and member.filename.endswith(".xml")
    with archive.open(member) as stream:
        while block := stream.read(STEP):
            if not sheet:
                continue
            for column, row in _PLACE.findall(tail + block):
                widest = max(widest, column, key=lambda name: (len(name), name))
                lowest = max(lowest, int(row))
            tail = block[-40:]
    if _number(widest) * lowest > MOST_CELLS:
        raise Unreadable(_too_large())


def _number(column: bytes) -> int:
    """Which column the letters name: A is 1, AA is 27."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _too_large() -> str:
    return _(
        "This Excel file unpacks to far more than a list of people. "
        "Copy the columns you need to a new sheet, and save it as CSV."
    )


def _broken() -> str:
    return _("This Excel file is damaged or not an Excel file. Save it again as .xlsx or CSV.")
