"""How the sheets of one talk become one text: nothing lost, nothing twice.

A file of its own: pure text work, without rows, so that it can be tried with any text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

STEPS = 1_000_000  # what comparing two texts may take inside a transaction: a part of a second

type Lines = list[str]


class Place(NamedTuple):
    """A sheet as it was at a revision."""

    tab: UUID
    revision: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet's words; ``carries`` is the sheet it went on from, as that stood then."""

    tab: UUID
    revision: int
    text: str
    carries: Place | None = None


def joined(leaves: Sequence[Leaf]) -> str:
    """The whole talk: each window's words as written, in the order the windows were opened."""
    carried = {leaf.carries.tab: leaf for leaf in leaves if leaf.carries}
    texts = [_own(leaf, carried.get(leaf.tab)) for leaf in leaves]
    return "\n\n".join(_not_contained([text for text in texts if text.strip()]))


def _own(leaf: Leaf, follower: Leaf | None) -> str:
    """Its words; where another window went on from it, only those that came after."""
    if follower is None or follower.carries is None:
        return leaf.text
    if leaf.revision <= follower.carries.revision:
        return ""
    return added(follower.text, leaf.text)


def _not_contained(texts: list[str]) -> Iterator[str]:
    """Those that are in no other; of the same words twice, the first."""
    for here, text in enumerate(texts):
        others = [other for there, other in enumerate(texts) if there != here]
        same_before = any(text.strip() == other.strip() for other in texts[:here])
        longer = any(text.strip() in other and text.strip() != other.strip() for other in others)
        if not same_before and not longer:
            yield text


def added(notes: str, text: str) -> str:
    """What of a text is not in the notes yet, in whole words and in order."""
    if text.strip() in notes:
        return ""
    old, new = _between(notes.split("\n"), text.split("\n"))
    blocks = _blocks(old, new) if _steps(old, new) <= STEPS else _by_count(old, new)
    return "\n".join(line for before, lines in blocks for line in _beyond(before, lines)).strip(
        "\n"
    )


def _between(old: Lines, new: Lines) -> tuple[Lines, Lines]:
    """Both without the lines they begin and end alike with: mostly one line is left."""
    head = _alike(zip(old, new, strict=False))
    tail = _alike(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _steps(old: Lines, new: Lines) -> int:
    """How many steps comparing them in order takes at the worst: lines said often make it cubic."""
    there = Counter(new)
    return min(len(old), len(new)) * (len(old) + sum(there[line] for line in old))


def _blocks(old: Lines, new: Lines) -> Iterator[tuple[Lines, Lines]]:
    """Compared in order: the lines that are new at each place, and what stood there."""
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what in {"insert", "replace"}:
            yield old[i:j], new[k:m]


def _by_count(old: Lines, new: Lines) -> Iterator[tuple[Lines, Lines]]:
    """Too much to compare in order: whole lines, each as often as the notes lack it."""
    there = Counter(old)
    more: Lines = []
    for line in new:
        there[line] -= 1
        if there[line] < 0:
            more.append(line)
    yield [], more


def _beyond(before: Lines, lines: Lines) -> Iterator[str]:
    """The lines, each without what stood there when it was shorter."""
    begun = {one for one in before if one.strip()}
    lengths = sorted({len(one) for one in begun})
    for line in lines:
        shorter = reversed(lengths[: bisect_right(lengths, len(line))])
        yield _rest(line, next((cut for cut in shorter if line[:cut] in begun), 0))


def _rest(line: str, cut: int) -> str:
    """From there on; a word begun is taken whole."""
    if not cut:
        return line
    if cut < len(line) and not line[cut].isspace():
        cut = max(line.rfind(" ", 0, cut), line.rfind("\t", 0, cut)) + 1
    return line[cut:].lstrip()
