"""What was read of a pilot, and did it help? Rows become the engine's readings, and its answer words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from earnest.engine.effect import BadReadings, Reading, find_effect
from earnest.pilots.models import Pilot, PilotMeasure, PilotReading, PilotStep
from earnest.pilots.queries.comparing import large_comparisons

PILOT, COMPARISON = PilotReading.Group.PILOT, PilotReading.Group.COMPARISON
DECIDED = (PilotStep.Kind.WENT_ON, PilotStep.Kind.EXTENDED)
# Stand in a stored sentence where the name and the unit go, which are read as they are by then.
WHAT, UNIT = "[[what]]", "[[unit]]"
KEPT = (
    *("estimate", "low", "high", "method", "sentence", "enough", "why_not"),
    *("before", "after", "comparison_before", "comparison_after"),
)


# Of rows from before what counts was fixed with the first reading.
NOT_ALIKE = (
    "Too early to say: the readings are not of one kind, so they cannot be set side by side."
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
        """True or False where it is sure, so that all of the interval lies on one side; else None."""
        told = self.found
        if told is None or not told.enough or told.low is None or told.high is None:
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


def is_read(measure: PilotMeasure) -> bool:
    """Whether any reading of it holds."""
    return measure.readings.standing().exists()


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
    sentence, why_not = (
        text.replace(WHAT, measure.name).replace(UNIT, measure.unit.strip())
        for text in (told.sentence, told.why_not)
    )
    return replace(told, sentence=sentence, why_not=why_not)


def effect_of(measure: PilotMeasure) -> dict[str, Any] | None:
    """The engine's answer to the readings that hold; None where nothing was read, or nothing begun.

    Of a part and its comparison as a whole: nobody's figures are in it.
    """
    if measure.pilot.started_at is None:
        return None
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
            unit="%" if share else UNIT if measure.unit.strip() else "",
            better=better,
            what=WHAT if share else "",
        )
    except BadReadings:
        return {"sentence": NOT_ALIKE, "enough": False}
    return {name: getattr(answer, name) for name in KEPT}


def began_on(pilot: Pilot) -> date:
    """The day it began: as planned, or later where it was started later."""
    if pilot.started_at is None:
        return pilot.starts_on
    begun = max(pilot.starts_on, pilot.initiative.workspace.day(pilot.started_at))
    over = _over_on(pilot)
    return min(begun, over) if over else begun


def last_day(pilot: Pilot) -> date:
    """The day it was over; as planned while it is not."""
    return _over_on(pilot) or max(began_on(pilot), pilot.ends_on)


def _over_on(pilot: Pilot) -> date | None:
    over = pilot.stopped_at or pilot.ended_at
    return pilot.initiative.workspace.day(over) if over else None


def not_read_then(pilot: Pilot, on: date) -> str:
    """Why nothing was read of the pilot on this day, in words; empty where it can have been."""
    return _("The pilot was over by then.") if pilot.is_over and on > last_day(pilot) else ""


def due_on(measure: PilotMeasure) -> date | None:
    """The day of the next reading: after the last one since it began; None where nothing is due."""
    pilot = measure.pilot
    if not pilot.is_running or pilot.started_at is None:
        return None
    began, last = began_on(pilot), last_of_pilot(measure)
    if last and last.on >= began:
        return last.on + measure.step
    later = measure.made_at > pilot.started_at  # measured as well, once it ran
    return pilot.initiative.workspace.day(measure.made_at) if later else began + measure.step


def line_is_met(pilot: Pilot) -> bool:
    """A figure since it began is where we said that we would stop, and came after what was decided."""
    decided = pilot.steps.filter(kind__in=DECIDED).aggregate(at=Max("at"))["at"]
    rows = PilotReading.objects.standing().filter(
        Q(measure__better=PilotMeasure.Better.UP, value__lte=F("measure__stop_at"))
        | Q(measure__better=PilotMeasure.Better.DOWN, value__gte=F("measure__stop_at")),
        measure__pilot=pilot,
        group=PILOT,
        on__gte=began_on(pilot),
    )
    return rows.filter(at__gt=decided).exists() if decided else rows.exists()


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
