"""What was read of a pilot, and did it help? Rows become the engine's readings, and its answer words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from earnest.engine.effect import BadReadings, Reading, find_effect
from earnest.pilots.models import Pilot, PilotMeasure, PilotReading
from earnest.pilots.queries.comparing import large_comparisons

PILOT, COMPARISON = PilotReading.Group.PILOT, PilotReading.Group.COMPARISON
WHAT = "[[what]]"  # stands in a stored sentence where the name of the measure goes
KEPT = (
    *("estimate", "low", "high", "method", "sentence", "enough", "why_not"),
    *("before", "after", "comparison_before", "comparison_after"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Did it help? The engine's answer, as it was after the last reading."""

    sentence: str
    enough: bool = False  # False: too early to say
    why_not: str = ""
    method: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    after: float | None = None
    comparison_before: float | None = None
    comparison_after: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure, what was read of it, and what is found."""

    measure: PilotMeasure
    readings: list[PilotReading]
    found: Found | None
    compared_large: bool = False  # with five people and more: others may read it
    left_out: bool = False  # of these, for whoever does not lead: what counts fewer than five
    compared_few: bool = False  # left out for them, too: what it is compared with

    @property
    def last(self) -> PilotReading | None:
        return next((one for one in reversed(self.readings) if one.group == PILOT), None)

    @property
    def helped(self) -> bool | None:
        """True or False where the whole interval lies on one side of nothing; None: it is open."""
        told = self.found
        if told is None or not told.enough or told.low is None or told.high is None:
            return None
        if told.low <= 0 <= told.high:
            return None
        return (told.low > 0) == (self.measure.better == PilotMeasure.Better.UP)

    @property
    def latest(self) -> list[PilotReading]:
        """For a table: the newest first."""
        return self.readings[::-1]

    @property
    def compares(self) -> bool:
        """The answer is beside the comparison, not of before and after alone."""
        return self.found is not None and self.found.comparison_before is not None

    @property
    def read_beside(self) -> bool:
        """Something was read of the comparison."""
        return any(one.group == COMPARISON for one in self.readings)

    @property
    def at_the_line(self) -> bool:
        """The last figure is where we said that we would stop."""
        last = self.last
        return bool(last and last.value is not None and self.measure.says_stop(last.value))


def last_of_pilot(measure: PilotMeasure) -> PilotReading | None:
    return measure.readings.standing().filter(group=PILOT).order_by("-on", "-pk").first()


def measured(pilot: Pilot) -> list[Measured]:
    """Each measure of a pilot with its readings: four queries, two where nothing is compared."""
    rows = list(pilot.measures.all())
    return measured_of(rows)


def measured_of(measures: Sequence[PilotMeasure]) -> list[Measured]:
    read = PilotReading.objects.standing().filter(measure__in=[one.pk for one in measures])
    by_measure: dict[int, list[PilotReading]] = {}
    for one in read.select_related("by").order_by("on", "pk"):
        by_measure.setdefault(one.measure_id, []).append(one)
    large = large_comparisons(measures)
    return [
        Measured(one, by_measure.get(one.pk, []), found(one), compared_large=one.pk in large)
        for one in measures
    ]


def found(measure: PilotMeasure) -> Found | None:
    """As it was stored with the last reading."""
    if not measure.effect:
        return None
    told = Found(**measure.effect)
    return replace(told, sentence=told.sentence.replace(WHAT, measure.name))


def effect_of(measure: PilotMeasure) -> dict[str, Any] | None:
    """The engine's answer to the readings that hold; None where nothing was read.

    Of a part and its comparison as a whole: nobody's figures are in it.
    """
    rows = list(measure.readings.standing().order_by("on", "pk"))
    read = _as_read(rows, measure)
    if not read:
        return None
    share = measure.counts == PilotMeasure.Counts.SHARE
    better: Literal["up", "down"] = "up" if measure.better == PilotMeasure.Better.UP else "down"
    try:
        answer = find_effect(
            read,
            start=began_on(measure.pilot),
            treated=PILOT,
            unit="%" if share else measure.unit,
            better=better,
            what=WHAT if share else "",
        )
    except BadReadings:
        return {"sentence": "", "enough": False}
    return {name: getattr(answer, name) for name in KEPT}


def began_on(pilot: Pilot) -> date:
    """The day it began: as planned, or later where it was started later."""
    if pilot.started_at is None:
        return pilot.starts_on
    return max(pilot.starts_on, pilot.initiative.workspace.day(pilot.started_at))


def _as_read(rows: Iterable[PilotReading], measure: PilotMeasure) -> list[Reading]:
    share = measure.counts == PilotMeasure.Counts.SHARE
    return [
        Reading(one.group, one.on, float(one.value), one.of if share else None)
        for one in rows
        if one.value is not None
    ]


def shown(value: Decimal | None) -> str:
    """Without noughts at the end, as it can be typed again."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
