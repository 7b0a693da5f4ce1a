"""Measures as they stand: the last reading of each, and how far it is from where it began."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import number_format

from earnest.initiatives.models import Initiative, Measure, Reading


@dataclass(frozen=True, slots=True)
class Course:
    """A measure and its last reading, where there is one."""

    measure: Measure
    value: Decimal | None
    on: date | None

    @property
    def now(self) -> Decimal | None:
        """Where it stands: as last read, else where it began."""
        return self.value if self.value is not None else self.measure.baseline

    @property
    def share(self) -> int | None:
        """How much of the way from where it began to where it should be, in percent, 0 to 100."""
        began, target = self.measure.baseline, self.measure.target
        if self.value is None or began is None or target is None or began == target:
            return None
        way = (self.value - began) / (target - began)
        return round(100 * min(max(way, Decimal(0)), Decimal(1)))

    @property
    def reached(self) -> bool:
        """It is where it should be, or beyond."""
        target = self.measure.target
        if self.value is None or target is None:
            return False
        up = self.measure.direction == Measure.Direction.UP
        return self.value >= target if up else self.value <= target


def standing_readings(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """What holds: not corrected by a later row, and not taken back."""
    return readings.filter(corrected_by=None, value__isnull=False)


def courses(measures: QuerySet[Measure]) -> list[Course]:
    """Each measure with its last reading, in one query."""
    last = standing_readings(Reading.objects.filter(measure=OuterRef("pk"))).order_by("-on", "-pk")
    rows = measures.annotate(
        last_value=Subquery(last.values("value")[:1]), last_on=Subquery(last.values("on")[:1])
    )
    return [Course(one, one.last_value, one.last_on) for one in rows]


def courses_of(initiative: Initiative) -> list[Course]:
    """All of an initiative, those not followed any more at the end."""
    found = courses(initiative.measures.all())
    return sorted(found, key=lambda one: one.measure.closed_at is not None)


def followed(found: Iterable[Course]) -> list[Course]:
    return [one for one in found if one.measure.closed_at is None]


def readings_of(measure: Measure) -> list[Reading]:
    """What holds of one measure, in the order of their days."""
    rows = standing_readings(measure.readings.all())
    return list(rows.select_related("by").order_by("on", "pk"))


def number(value: Decimal) -> str:
    """As the reader writes numbers, without noughts at the end."""
    plain = value.normalize()
    places = max(0, -int(plain.as_tuple().exponent)) if plain else 0
    return number_format(plain, decimal_pos=places, force_grouping=abs(plain) >= 10000)
