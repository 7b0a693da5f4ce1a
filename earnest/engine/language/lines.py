"""The lines of a text, with their places."""

from typing import NamedTuple


class Line(NamedTuple):
    """One line of the text, without its line break; `first` is its first visible character."""

    start: int
    end: int
    first: int


def lines_of(text: str) -> list[Line]:
    lines, place = [], 0
    for raw in text.splitlines(keepends=True):
        bare = raw.rstrip()
        first = place + len(bare) - len(bare.lstrip())
        lines.append(Line(place, place + len(bare), first))
        place += len(raw)
    return lines
