"""Days and numbers as people and sheets write them: 3.11.2026, 1.234,5, 12 %.

What can be read two ways is decided by the other cells of its column, or refused: never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from earnest.core.forms import FIRST_YEAR, LAST_YEAR

LARGEST = Decimal(10) ** 10  # what the column holds
STEP = Decimal("0.0001")
SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
NUMBER = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)")
UNIT = re.compile(r"[^\d.,]*$")
BY_HAND = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
THREE = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")


class Unclear(Exception):
    """A cell that is no number, or no day, or two; the message says so."""


def decimal_sign(cells: Iterable[str]) -> str:
    """The sign before decimals in this column, where any cell of it tells; else empty."""
    for cell in cells:
        text = _bare(cell)
        signs = [sign for sign in text if sign in ".,"]
        if len(set(signs)) == 2:
            return signs[-1]
        if len(signs) == 1 and not THREE.fullmatch(text):
            return signs[0]
        if len(signs) > 1:
            return "," if signs[0] == "." else "."
    return ""


def read_value(cell: str, sign: str = "", *, by_hand: bool = False) -> Decimal:
    """The number in a cell: 1.234 typed by hand has decimals, in a sheet it may be thousands, too.

    Raises Unclear.
    """
    text = _bare(cell)
    if not NUMBER.fullmatch(text):
        raise Unclear(_("This is not a number.") if cell.strip() else _("The value is missing."))
    sign = sign or decimal_sign([cell])
    if not sign and THREE.fullmatch(text) and not (by_hand and "." in text):
        raise Unclear(_("This can be read in two ways. Write it as 1234 or as 1.2340."))
    sign = sign or "."
    whole = text.replace("." if sign == "," else ",", "").replace(sign, ".")
    try:
        number = Decimal(whole)
    except InvalidOperation as error:
        raise Unclear(_("This is not a number.")) from error
    if abs(number) >= LARGEST:
        raise Unclear(_("This number is too large."))
    return number.quantize(STEP)


def written(number: str) -> str:
    """As it is read in again for what it is: 1.234 could be thousands, 1.2340 could not."""
    return f"{number}0" if THREE.fullmatch(number) else number


def _bare(cell: str) -> str:
    """Without spaces, signs of thousands that are none, and the unit behind it."""
    return UNIT.sub("", SPACES.sub("", cell.replace("\u2212", "-")))


SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+Z?)?")


def month_first(cells: Iterable[str]) -> bool | None:
    """Whether 3/4/2026 is March in this column; None where no cell tells, or they disagree."""
    told = set()
    for cell in cells:
        if found := SLASHED.fullmatch(cell.strip()):
            first, second = int(found[1]), int(found[2])
            told |= {False} if first > 12 else {True} if second > 12 else set()
    return told.pop() if len(told) == 1 else None


def read_day(cell: str, *, months_first: bool | None = None) -> date:
    """The day in a cell. Raises Unclear."""
    text = cell.strip()
    if not text:
        raise Unclear(_("The day is missing."))
    try:
        day = _numbered(text, months_first) or _named(text)
    except ValueError as error:
        raise Unclear(_("There is no such day.")) from error
    if day is None:
        raise Unclear(_("This is not a day. Write it as 2026-12-05."))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unclear(_("Is the year right? Write the day as 2026-12-05."))
    return day


def _numbered(text: str, months_first: bool | None) -> date | None:
    if found := ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := DOTTED.fullmatch(text):
        year = int(found[3])
        return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    if found := SLASHED.fullmatch(text):
        first, second, year = (int(one) for one in found.groups())
        return _slashed(first, second, year, months_first)
    return None


def _slashed(first: int, second: int, year: int, months_first: bool | None) -> date:
    if months_first is None and first != second:
        if first <= 12 and second <= 12:
            raise Unclear(
                _("Which comes first here, day or month? Write it as %(year)d-%(month)02d-…")
                % {"year": year, "month": first}
            )
        months_first = second > 12
    return date(year, first, second) if months_first else date(year, second, first)


def _named(text: str) -> date | None:
    """ "5 Dec 2026", "December 5, 2026"."""
    plain = " ".join(text.replace(",", " ").replace(".", " ").split())
    for shape in BY_HAND:
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
