"""What is measured of a pilot, and every reading of it: only ever added to (1.11).

Each new reading renews the answer to "did it help?", and says where what would make us stop is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.accounts.models import User
from earnest.core import events
from earnest.pilots import queries
from earnest.pilots.models import Pilot, PilotMeasure, PilotReading, PilotStep

CHANGEABLE = frozenset(
    {
        *("name", "unit", "better", "counts", "baseline", "stop_at", "every_days"),
        *("comparison", "comparison_of_five"),
    }
)

# What turns the answer: told to everyone in it, and fixed once it is over.
TURNS = {
    "better": gettext_lazy("which way is better"),
    "counts": gettext_lazy("what counts"),
    "stop_at": gettext_lazy("where we would stop"),
}

type Key = tuple[str, date]


class PilotOver(Exception):
    """It was stopped or ended before."""


class MeasuredAlready(Exception):
    """Something of this name is measured of the pilot."""


class ReadAlready(Exception):
    """What counts cannot be another kind of figure while readings stand."""


class AlreadyCorrected(Exception):
    """A later row stands in the place of this reading."""


@dataclass(frozen=True, slots=True)
class PilotMeasureDraft:
    name: str
    unit: str = ""
    better: str = PilotMeasure.Better.UP
    counts: str = PilotMeasure.Counts.VALUE
    baseline: Decimal | None = None
    stop_at: Decimal | None = None
    comparison: str = ""
    comparison_of_five: bool = False
    every_days: int = 7


@dataclass(frozen=True, slots=True)
class PilotReadingDraft:
    """What was read of one group on a day; of a share, ``of`` how many cases it counts."""

    on: date
    value: Decimal
    group: str = PilotReading.Group.PILOT
    of: int | None = None
    note: str = ""

    @property
    def key(self) -> Key:
        return self.group, self.on


@dataclass(slots=True)
class Taken:
    """What became of readings that came together: new, there before, or other than before."""

    new: int = 0
    known: int = 0
    corrected: int = 0
    of: list[int] = field(default_factory=list)  # the keys of the rows that were added


@transaction.atomic
def add_measure(pilot: Pilot, draft: PilotMeasureDraft, *, by: User, at: datetime) -> PilotMeasure:
    """Follow this of the part as a whole; the very same again is the same measure.

    Raises MeasuredAlready where another one has this name.
    """
    row = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if same := row.measures.filter(name=draft.name).first():
        if all(getattr(same, name) == value for name, value in asdict(draft).items()):
            return same
        raise MeasuredAlready
    runs = row.started_at and not row.is_over
    due = pilot.initiative.workspace.day(at) if runs else None
    made = PilotMeasure.objects.create(pilot=row, **asdict(draft), made_at=at, due_on=due)
    events.record("pilot_measure_added", by=by, at=at, about=made)
    return made


@transaction.atomic
def change_measure(
    measure: PilotMeasure, changes: dict[str, object], *, by: User, at: datetime
) -> None:
    """In other words or numbers; readings stay as they were read, and are answered anew. Where some
    are there, everyone in it reads what was turned.

    Raises MeasuredAlready; ReadAlready where what counts would be another kind of figure than what was
    read; and PilotOver where a pilot that is over would be judged otherwise.
    """
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise ValueError(f"not changed here: {', '.join(sorted(unknown))}")
    row = _held(measure)
    turned = [name for name in TURNS if changes.get(name, getattr(row, name)) != getattr(row, name)]
    if turned and row.pilot.is_over:
        raise PilotOver
    if "counts" in turned and queries.is_read(row):
        raise ReadAlready
    named = row.pilot.measures.filter(name=changes.get("name", row.name))
    if named.exclude(pk=row.pk).exists():
        raise MeasuredAlready
    PilotMeasure.objects.filter(pk=row.pk).update(**changes)
    which = ",".join(sorted(changes))
    events.record("pilot_measure_changed", by=by, at=at, about=measure, detail={"fields": which})
    if turned and row.readings.standing().exists():
        _tell_turned(row, turned, by=by, at=at)
    _follow(row, at=at)


def _tell_turned(row: PilotMeasure, turned: list[str], *, by: User, at: datetime) -> None:
    what = ", ".join(str(TURNS[name]) for name in turned)
    why = _("%(measure)s: %(what)s") % {"measure": row.name, "what": what}
    ends = row.pilot.ends_on
    step = PilotStep(pilot=row.pilot, kind=PilotStep.Kind.MEASURED, why=why, ends_on=ends)
    step.by, step.at = by, at
    step.save(force_insert=True)


def _held(measure: PilotMeasure) -> PilotMeasure:
    """As it is now, locked: the pilot first, as everywhere."""
    Pilot.objects.select_for_update().get(pk=measure.pilot_id)
    rows = PilotMeasure.objects.select_for_update(of=("self",))
    return rows.select_related("pilot__initiative__workspace").get(pk=measure.pk)


@transaction.atomic
def add_readings(
    measure: PilotMeasure,
    drafts: Iterable[PilotReadingDraft],
    *,
    by: User | None,
    at: datetime,
    source: str = PilotReading.Source.HAND,
) -> Taken:
    """One figure a group and day holds: the same again is known, another corrects the old one."""
    _held(measure)
    there = {(one.group, one.on): one for one in measure.readings.standing()}
    taken = Taken()
    for draft in drafts:
        old = there.get(draft.key)
        if old and (old.value, old.of) == (draft.value, draft.of):
            taken.known += 1
            continue
        row = _write(measure, draft, old or _taken_back(measure, draft), source, by=by, at=at)
        there[draft.key] = row
        taken.of.append(row.pk)
        taken.corrected += bool(old)
        taken.new += not old
    if taken.of:
        count: events.Detail = {"new": taken.new, "corrected": taken.corrected, "source": source}
        events.record("pilot_readings_added", by=by, at=at, about=measure, detail=count)
        _follow(measure, at=at)
    return taken


def _taken_back(measure: PilotMeasure, draft: PilotReadingDraft) -> PilotReading | None:
    """Read anew what was taken back: the row that took it back is what is corrected."""
    rows = measure.readings.filter(group=draft.group, on=draft.on, value=None, corrected_by=None)
    return rows.first()


def _write(
    measure: PilotMeasure,
    draft: PilotReadingDraft,
    old: PilotReading | None,
    source: str,
    *,
    by: User | None,
    at: datetime,
) -> PilotReading:
    return PilotReading.objects.create(
        measure=measure, **asdict(draft), source=source, by=by, at=at, corrects=old
    )


@transaction.atomic
def correct_reading(
    reading: PilotReading, draft: PilotReadingDraft | None, *, by: User, at: datetime
) -> PilotReading:
    """A new row that names the old one; without ``draft`` the old one is taken back.

    Raises AlreadyCorrected.
    """
    _held(reading.measure)
    if PilotReading.objects.filter(corrects=reading).exists():
        raise AlreadyCorrected
    row = PilotReading.objects.create(
        measure=reading.measure,
        group=reading.group,
        on=reading.on,
        value=draft.value if draft else None,
        of=draft.of if draft else None,
        note=draft.note if draft else "",
        by=by,
        at=at,
        corrects=reading,
    )
    events.record("pilot_reading_corrected", by=by, at=at, about=reading.measure)
    _follow(reading.measure, at=at)
    return row


def _follow(measure: PilotMeasure, *, at: datetime) -> None:
    """What follows from what is read: the answer, the next due day, and whether we said we stop."""
    renew_effect(measure, at=at)
    row = _held(measure)
    if not row.pilot.is_running:
        return
    PilotMeasure.objects.filter(pk=row.pk).update(due_on=queries.due_on(row))
    rows = Pilot.objects.filter(pk=row.pilot_id)
    if not queries.line_is_met(row.pilot):
        rows.update(stop_met_at=None)  # it was a slip of the hand
    elif rows.filter(stop_met_at=None).update(stop_met_at=at):
        events.record("pilot_stop_met", at=at, about=row)


@transaction.atomic
def renew_effect(measure: PilotMeasure, *, at: datetime) -> None:
    """Did it help? As the engine answers with the readings that hold now."""
    row = PilotMeasure.objects.select_related("pilot__initiative__workspace").get(pk=measure.pk)
    PilotMeasure.objects.filter(pk=row.pk).update(effect=queries.effect_of(row), effect_at=at)
