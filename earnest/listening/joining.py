"""How the sheets of one talk become one text: nothing lost, nothing twice.

A file of its own: pure text work, without rows, so that it can be tried with any text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple
from uuid import UUID


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
    old, new = notes.split("\n"), text.split("\n")
    lines: list[str] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what in {"insert", "replace"}:
            lines += [_beyond(old[i:j], line) for line in new[k:m]]
    return "\n".join(lines).strip("\n")


def _beyond(before: list[str], line: str) -> str:
    """The line, without what stood there when it was shorter; a word begun is taken whole."""
    begun = [one for one in before if one.strip() and line.startswith(one)]
    if not begun:
        return line
    cut = len(max(begun, key=len))
    if cut < len(line) and not line[cut].isspace():
        cut = max(line.rfind(" ", 0, cut), line.rfind("\t", 0, cut)) + 1
    return line[cut:].lstrip()
