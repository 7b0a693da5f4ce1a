"""What they were offered to try, and the chances their work gave (0.2, 0.3, 0.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from earnest.initiatives.models import Participation
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as
from earnest.practice.models import CameUp, TryOut
from earnest.practice.models.tries import STANDS_FOR
from earnest.practice.queries.tries import Chances, chance_of_came_up, chance_of_try, chances


@dataclass(frozen=True, slots=True)
class Tried:
    """Something offered to try, and what they said of it; the latest offer first."""

    pk: int
    what: str
    starts_at: datetime
    minutes: int
    place: str
    help: str
    why: str
    state: str
    how: str
    words: str
    offered_at: datetime
    state_at: datetime

    @property
    def get_state_display(self) -> str:
        return str(TryOut.State(self.state).label)

    @property
    def get_how_display(self) -> str:
        return str(TryOut.How(self.how).label) if self.how else ""

    @property
    def stands(self) -> bool:
        return self.state != TryOut.State.WITHDRAWN

    @property
    def waits(self) -> bool:
        """No word yet on an offer that stands."""
        return self.state == TryOut.State.OFFERED

    @property
    def is_open(self) -> bool:
        return self.state in {TryOut.State.OFFERED, TryOut.State.TAKEN}


@dataclass(frozen=True, slots=True)
class Practised:
    """All of it for the record."""

    try_outs: list[Tried] = field(default_factory=list)
    chances: Chances = field(default_factory=Chances)

    @property
    def standing(self) -> list[Tried]:
        return [one for one in self.try_outs if one.stands]

    @property
    def waits(self) -> bool:
        return any(one.waits for one in self.try_outs)

    def is_offered(self, at: datetime) -> bool:
        """Something is offered, and it is their turn: until two weeks after its time."""
        return any(one.is_open and at < one.starts_at + STANDS_FOR for one in self.try_outs)


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    offered = TryOut.objects.filter(participation=participation)
    came_up = CameUp.objects.true().filter(participation=participation)
    packed = in_one("place", "help", "why", "how", "words", "minutes")
    return [
        rows_as("try_out", offered.annotate(packed=packed), **TRY_OUT),
        rows_as("chance", came_up.filter(~Q(how=CameUp.How.NOT_SO)), **CHANCE),
    ]


TRY_OUT: dict[str, Any] = {
    "has_place": False,
    "words": "what",
    "more": "packed",
    "who": "state",
    "at": "offered_at",
    "until": "starts_at",
    "read_at": "state_at",
}
CHANCE: dict[str, Any] = {"has_place": False, "words": "point__words", "who": "how", "at": "at"}


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    rows = sorted(met.get("try_out", ()), key=by_moment, reverse=True)
    offered = [_tried(row) for row in rows]
    found = [chance_of_try(one.state, one.starts_at, one.what) for one in offered]
    found += [chance_of_came_up(r.who or "", r.at, r.words) for r in met.get("chance", ())]
    return {"practised": Practised(offered, chances(found))}


def _tried(row: Row) -> Tried:
    place, helped, why, how, words, minutes = row.more.split(APART)
    return Tried(
        pk=row.pk,
        what=row.words,
        starts_at=row.until,
        minutes=int(minutes),
        place=place,
        help=helped,
        why=why,
        state=row.who or "",
        how=how,
        words=words,
        offered_at=row.at,
        state_at=row.read_at,
    )


def happened(practised: Practised, name: str) -> list[Happening]:
    """Offered, and what they said of it, each on its day."""
    return [one for tried in practised.try_outs for one in _from_one(tried, name)]


def _from_one(one: Tried, name: str) -> list[Happening]:
    out = [Happening(one.offered_at, "", _("Offered to try: %s") % one.what)]
    if one.state == TryOut.State.WITHDRAWN:
        out.append(Happening(one.state_at, "", _("The offer was taken back: %s") % one.what))
    elif one.state != TryOut.State.OFFERED:
        said = f"{one.what}: {one.get_state_display}"
        said += f", {one.get_how_display}" if one.how else ""
        mark = "did" if one.state == TryOut.State.DONE else ""
        out.append(Happening(one.state_at, mark, said, name))
    return out


def held_tries(practised: Practised) -> dict[str, Any]:
    """What is held of it, to read and to take along."""
    return {
        "offered_to_try": [
            {
                "what": one.what,
                "when": one.starts_at,
                "minutes": one.minutes,
                "where": one.place,
                "who_helps": one.help,
                "why_you": one.why,
                "at": one.offered_at,
                "state": one.get_state_display,
                "how_it_went": one.get_how_display,
                "words": one.words,
                "said_at": one.state_at,
            }
            for one in practised.try_outs
        ],
        "chances": [
            {"at": one.at, "what": one.what, "used": USED_IN_WORDS[one.used]()}
            for one in practised.chances.all
        ],
    }


USED_IN_WORDS: dict[bool | None, Callable[[], str]] = {
    True: lambda: _("used"),
    False: lambda: _("had the chance, and chose not to"),
    None: lambda: _("not said yet"),
}
