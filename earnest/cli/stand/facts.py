"""Kind, item and value of a row → what happened. Which of them there are, the engine says."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from earnest.engine.belief.events import DID, KINDS, SAID, BadEvent, check_sort, check_value
from earnest.engine.rows import Bad, shown

SEEN = "saw"  # only proposes to ask; never evidence (docs/standing.md)
WITHDRAWN = -1  # the value of a correction that only takes back
LONGEST = 100
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}(\.0*)?")


class Fact(NamedTuple):
    """What happened, apart from who and when."""

    kind: str
    item: str
    value: int


def read_fact(kind: str, item: str, value: str, *, corrects: bool = False) -> Fact | None:
    """The fact, or None for what was merely seen; raises Bad with the reason."""
    kind, item = kind.strip().lower(), item.strip()
    if kind == SEEN:
        return None
    if kind not in KINDS:
        raise Bad(f"kind {shown(kind)} is none of {', '.join(KINDS)}, {SEEN}.")
    item = _item(kind, item)
    if corrects and not value.strip():
        return Fact(kind, item, WITHDRAWN)
    number = _number(value)
    try:
        check_value(kind, number)
        check_sort(kind, item)
    except BadEvent as error:
        raise Bad(error.sentence) from None
    return Fact(kind, item, number)


def _number(text: str) -> int:
    text = text.strip()
    if _WHOLE.fullmatch(text):
        return int(float(text))
    if not text:
        raise Bad("value is empty.")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        raise Bad(f"value {shown(text)} is no whole number that fits.")
    raise Bad(f"value {shown(text)} is no number.")


def _item(kind: str, item: str) -> str:
    """Said is on one of the four conditions; a deed may be of any sort; else it says nothing."""
    if len(item) > LONGEST:
        raise Bad(f"item {shown(item)} is longer than {LONGEST} characters.")
    if "\ufffd" in item or not item.isprintable():
        raise Bad(f"item {shown(item)} holds characters that cannot be printed.")
    if kind == SAID:
        return item.lower()
    return item if kind == DID else ""
