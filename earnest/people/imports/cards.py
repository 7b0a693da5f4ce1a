"""vCards, versions 3 and 4: each card becomes a row with the columns of an import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import vobject
from django.utils.translation import gettext as _
from vobject.base import Component, ContentLine

from earnest.people.imports.problems import Unreadable

type Row = tuple[int, list[str]]

HEADER = ["name", "email", "job", "team", "time_zone", "language"]
_BEGIN = re.compile(r"^[ \t\ufeff]*BEGIN:VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_FOREIGN = re.compile(r"^(?:AGENT|PHOTO|LOGO|SOUND|KEY)[;:].*(?:\r?\n[ \t].*)*\r?\n?", re.I | re.M)


def read_cards(text: str) -> tuple[Iterator[Row], int]:
    """A header of our own names, then one row a card, on the line where the card begins."""
    starts = [match.start() for match in _BEGIN.finditer(text)]
    if not starts:
        raise Unreadable(_("This file holds no vCard that can be read."))
    return _rows(text, starts), len(starts)


def _rows(text: str, starts: list[int]) -> Iterator[Row]:
    yield 0, HEADER
    line, before = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", before, start)
        before = start
        yield line, _read(text[start:end])


def _read(card: str) -> list[str]:
    """The cells of one card; a card that cannot be read gives its empty row, named as such later."""
    try:
        found = vobject.readOne(_FOREIGN.sub("", card), ignoreUnreadable=True)
    except Exception:
        return [""] * len(HEADER)
    if found is None:
        return [""] * len(HEADER)
    return [
        _name(found),
        _first(found, "email"),
        _first(found, "title") or _first(found, "role"),
        _team(found),
        _first(found, "tz"),
        _first(found, "lang"),
    ]


def _name(card: Component) -> str:
    full = _first(card, "fn")
    named = _values(card, "n")
    if full or not named:
        return full
    parts = (getattr(named[0], part, "") for part in ("given", "family"))
    return " ".join(_words(parts))


def _team(card: Component) -> str:
    """ORG is the organisation, then its units: the units alone are teams."""
    org = _values(card, "org")
    return " / ".join(_words(org[0][1:])) if org and isinstance(org[0], list) else ""


def _values(card: Component, name: str) -> list[object]:
    """What vobject made of each such line: a text, a list or a name in parts."""
    return [line.value for line in _lines(card, name)]


def _first(card: Component, name: str) -> str:
    """The preferred value of its kind, or else the first."""
    lines = sorted(_lines(card, name), key=lambda line: not _is_preferred(line.params))
    return str(lines[0].value).strip() if lines else ""


def _lines(card: Component, name: str) -> list[ContentLine]:
    return [line for line in card.contents.get(name, []) if isinstance(line, ContentLine)]


def _is_preferred(params: dict[str, list[str]]) -> bool:
    types = [kind.lower() for kind in params.get("TYPE", [])]
    return "pref" in types or "PREF" in params


def _words(parts: Iterable[object]) -> list[str]:
    flat = (" ".join(map(str, part)) if isinstance(part, list) else str(part) for part in parts)
    return [part.strip() for part in flat if part.strip()]
