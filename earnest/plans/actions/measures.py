"""By what one sees that it works: measures, and readings that are only ever added to (2.20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Measure, Reading
from earnest.plans.queries import standing_readings

CHANGEABLE = frozenset({"name", "unit", "direction", "baseline", "target"})
AT_ONCE = 500

type Key = tuple[date, Decimal, str]


class AlreadyCorrected(Exception):
    """A later row stands in the place of this reading."""


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A measure as a lead wrote it: where it began, and where it should be."""

    name: str
    unit: str = ""
    direction: str = Measure.Direction.UP
    baseline: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """A value read on a day, and where it is from."""

    on: date
    value: Decimal
    source: str = ""

    @property
    def key(self) -> Key:
        return self.on, self.value, self.source


@transaction.atomic
def add_measure(initiative: Initiative, draft: MeasureDraft, *, by: User, at: datetime) -> Measure:
    """Follow something from now on; the very same again is no second measure."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    same = initiative.measures.filter(**asdict(draft), closed_at=None).first()
    if same:
        return same
    measure = Measure.objects.create(initiative=initiative, **asdict(draft), made_at=at)
    events.record("measure_added", by=by, at=at, about=measure)
    return measure


@transaction.atomic
def change_measure(
    measure: Measure, changes: dict[str, str | Decimal | None], *, by: User, at: datetime
) -> None:
    """Say it in other words, or with other numbers; readings stay as they were read."""
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise ValueError(f"not changed here: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(measure, name, value)
    measure.save(update_fields=list(changes))
    which = ",".join(sorted(changes))
    events.record("measure_changed", by=by, at=at, about=measure, detail={"fields": which})


@transaction.atomic
def follow_measure(measure: Measure, *, on: bool, by: User, at: datetime) -> bool:
    """Follow it again, or no more; its readings stay. False where it is so already."""
    there = Measure.objects.filter(pk=measure.pk, closed_at__isnull=not on)
    if not there.update(closed_at=None if on else at):
        return False
    events.record("measure_followed", by=by, at=at, about=measure, detail={"on": on})
    return True


@transaction.atomic
def add_readings(
    measure: Measure, drafts: Iterable[ReadingDraft], *, by: User, at: datetime
) -> int:
    """Add what is not there yet: same day, value and source is the same reading. How many were new."""
    Measure.objects.select_for_update().get(pk=measure.pk)
    there = set(standing_readings(measure.readings.all()).values_list("on", "value", "source"))
    new = [one for one in dict.fromkeys(drafts) if one.key not in there]
    Reading.objects.bulk_create(
        [Reading(measure=measure, by=by, at=at, **asdict(one)) for one in new], batch_size=AT_ONCE
    )
    if new:
        count = {"count": len(new)}
        events.record("readings_added", by=by, at=at, about=measure, detail={**count})
    return len(new)


@transaction.atomic
def correct_reading(
    reading: Reading, draft: ReadingDraft | None, *, by: User, at: datetime
) -> Reading:
    """A new row that names the old one; without ``draft`` the old one is taken back.

    Raises AlreadyCorrected.
    """
    Measure.objects.select_for_update().get(pk=reading.measure_id)
    if Reading.objects.filter(corrects=reading).exists():
        raise AlreadyCorrected
    said = asdict(draft) if draft else {"on": reading.on, "value": None, "source": ""}
    corrected = Reading.objects.create(
        measure=reading.measure, corrects=reading, by=by, at=at, **said
    )
    events.record("reading_corrected", by=by, at=at, about=reading.measure)
    return corrected
