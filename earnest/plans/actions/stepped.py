"""Saying what in the plan changed after somebody stepped back (3.16). Pointers alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import ScheduleChange
from earnest.listening.models import LargeAsk, StepBack
from earnest.plans.models import AfterStepBack, Change, Part, Version

type Thing = Part | ScheduleChange | LargeAsk


@transaction.atomic
def say_changed(step_back: StepBack, thing: Thing, *, by: User, at: datetime) -> bool:
    """This changed by it. Said twice is once. Raises AskedToStop.

    A part that came out in a version since it was opened points there too; one that did not yet
    will, as it is published.
    """
    step_back.participation.refuse_if_stopped()
    column = COLUMNS[type(thing)]
    if thing.initiative_id != step_back.initiative_id:
        return False
    row, new = AfterStepBack.objects.get_or_create(
        step_back=step_back,
        **{column: thing},
        defaults={"initiative_id": step_back.initiative_id, "by": by, "at": at},
    )
    if new and isinstance(thing, Part):
        _point_to_version(row, step_back)
    if new:
        events.record("changed_by_step_back", by=by, at=at, about=step_back)
    return new


COLUMNS: dict[type[Thing], str] = {
    Part: "part",
    ScheduleChange: "schedule",
    LargeAsk: "large_ask",
}


def _point_to_version(row: AfterStepBack, step_back: StepBack) -> None:
    published = Change.objects.filter(
        part=row.part_id, version__published_at__gte=step_back.opened_at
    )
    AfterStepBack.objects.filter(pk=row.pk).update(change=published.order_by("-pk").first())


@transaction.atomic
def say_unchanged(row: AfterStepBack, *, by: User, at: datetime) -> None:
    """That was said by mistake."""
    gone, _rows = AfterStepBack.objects.filter(pk=row.pk).delete()
    if gone:
        events.record("not_changed_by_step_back", by=by, at=at, about=row.step_back)


def point_to(version: Version) -> None:
    """What changed by a step back and was not out yet is out with this version.

    Inside the transaction that publishes it.
    """
    for change in version.changes.exclude(part=None):
        AfterStepBack.objects.filter(part=change.part_id, change=None).update(change=change)
