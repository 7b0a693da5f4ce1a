"""Whose steps, when, and on which initiatives; queries and cases both begin with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.rhythm.cadence import Plan, cadences_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose steps, when, and on which initiatives; nothing more is asked about these."""

    user: User
    at: datetime
    led: dict[int, Initiative]
    plans: dict[int, Plan] = field(default_factory=dict)  # how often a word is due, of each going

    @property
    def going(self) -> dict[int, Initiative]:
        """Those not closed; of a closed one what was promised still comes up, and nothing else."""
        return {pk: one for pk, one in self.led.items() if one.closed_at is None}

    @property
    def today(self) -> date:
        """The furthest day it is anywhere they lead; each case is judged by its own."""
        return max((one.workspace.day(self.at) for one in self.led.values()), default=date.min)

    def day(self, initiative_id: int) -> date:
        return self.led[initiative_id].workspace.day(self.at)


def scope_of(user: User, *, at: datetime) -> Scope:
    """The initiatives this user leads."""
    rows = initiatives.initiatives_led_by(user).select_related("workspace", "commission")
    led = {one.pk: one for one in rows}
    going = [pk for pk, one in led.items() if one.closed_at is None]
    return Scope(user, at, led, cadences_of(going) if going else {})


def scope_with(participation: Participation, *, at: datetime) -> Scope:
    """The one initiative of a participation, for the lead who holds them."""
    here = participation.initiative_id
    plans = cadences_of([here])
    return Scope(participation.held_by, at, {here: participation.initiative}, plans)
