"""The ladder: a rule over what was said and done (2.3, 3.5). See docs/model.md.

◌ not heard · ○ said yes · ⊘ said no, and why · ◐ agreed, dated · ● did · ◉ did again or helps
others · ◒ fading. Deeds outrank words: only a reasoned no stands before them, as their word now,
and whatever they say yes to next brings their deeds back. Time alone moves nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """A rung of the ladder."""

    UNHEARD = "unheard"
    NODDED = "nodded"
    NO = "no"
    AGREED = "agreed"
    DID = "did"
    AGAIN = "again"
    FADING = "fading"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the record.

    ``kind`` is said, nodded, agreed, did or silent; ``item`` says which sort of deed; ``value`` is
    0 or 1 (1–5 for said), or None in a correction that only withdraws; ``corrects`` names the
    ``id`` of the row this one replaces.
    """

    id: str
    at: datetime
    kind: str
    value: int | None
    item: str = ""
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands, and since when (None: nothing on record).

    ``nos`` are the moments they said no since the last agreement or deed; ``said`` is when they
    first said yes, by a nod or an agreement, and ``did`` when they first did it (None: never);
    ``last`` is their last deed: the date that stands beside the mark, for time alone fades nobody.
    """

    step: Step
    since: datetime | None
    nos: tuple[datetime, ...] = ()
    said: datetime | None = None
    did: datetime | None = None
    last: datetime | None = None


UNUSED_OCCASIONS = 2  # so many chances left unused after a deed are fading (4.2)
_SAME_MOMENT = {"said": 0, "silent": 1, "nodded": 2, "agreed": 3, "did": 4}


def climb(record: Iterable[Entry]) -> Place:
    """Return the rung that the record supports; the order of rows in it does not matter.

    Rows of the same moment are read by a fixed rule (words before deeds, no before yes).
    """
    place = Place(Step.UNHEARD, None)
    deeds = _Deeds()
    rows = _standing_rows(record)
    for entry in rows:
        if entry.kind == "did":
            deeds.take(entry)
            counts = entry.value or place.step != Step.NO
            step = deeds.step if deeds.step and counts else place.step
        else:
            step = _after_word(entry, place.step, deeds.step)
        if step != place.step:
            place = Place(step, entry.at)
    return replace(
        place,
        nos=_nos_since_a_yes(rows),
        said=_first(rows, "nodded", "agreed"),
        did=_first(rows, "did"),
        last=deeds.last,
    )


def _first(rows: list[Entry], *kinds: str) -> datetime | None:
    return next((row.at for row in rows if row.kind in kinds and row.value), None)


def _nos_since_a_yes(rows: list[Entry]) -> tuple[datetime, ...]:
    nos: list[datetime] = []
    for row in rows:
        if row.kind in {"nodded", "agreed"} and not row.value:
            nos.append(row.at)
        elif row.kind in {"agreed", "did"} and row.value:
            nos.clear()
    return tuple(nos)


def _standing_rows(record: Iterable[Entry]) -> list[Entry]:
    """The record without what was corrected, in the order it happened."""
    rows = list(record)
    replaced = {row.corrects for row in rows if row.corrects}
    kept = [row for row in rows if row.id not in replaced and row.value is not None]
    return sorted(kept, key=lambda row: (row.at, _SAME_MOMENT.get(row.kind, 9), row.value or 0))


def _weight(entry: Entry) -> int:
    """A due act missed by their own word fades at once; an occasion unused counts one of two.

    Only what was promised is said to be missed by who promised it (docs/model.md); that they did
    not come, or did not try something, is one occasion left unused.
    """
    return UNUSED_OCCASIONS if entry.item == "kept" else 1


@dataclass(slots=True)
class _Deeds:
    """What their deeds come to, kept deed by deed: a record may be a million rows long."""

    step: Step | None = None  # the rung their deeds alone put them on
    last: datetime | None = None
    unused: int = 0
    helped: bool = False
    again: bool = False  # on more than one day

    def take(self, entry: Entry) -> None:
        if not entry.value:
            self.unused += _weight(entry)
            if self.last and self.unused >= UNUSED_OCCASIONS:
                self.step = Step.FADING
            return
        self.unused = 0
        self.helped |= entry.item == "helped"
        self.again |= self.last is not None and self.last.date() != entry.at.date()
        self.step = Step.AGAIN if self.helped or self.again else Step.DID
        self.last = entry.at


def _after_word(entry: Entry, now: Step, acted: Step | None) -> Step:
    if entry.kind == "agreed" and not entry.value:
        return Step.NO
    if entry.kind == "agreed" and now in {Step.UNHEARD, Step.NODDED, Step.NO}:
        return acted or Step.AGREED
    if entry.kind == "nodded" and entry.value and now in {Step.UNHEARD, Step.NO}:
        return acted or Step.NODDED
    return now
