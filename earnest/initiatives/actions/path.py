"""The path of an initiative: its stages, who hears what before the launch, a sponsor's backing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Backing, Initiative, OutsideEvidence, RunUpStep, Stage

type Part = Stage | RunUpStep | Backing | OutsideEvidence

# The way of the five articles (1.16): an offer, every stage may be changed, left out or dropped.
DEFAULT_PATH = (
    (
        Stage.Kind.LISTEN,
        _("Heard"),
        _("Those whose work it changes were asked before anything was decided"),
    ),
    (Stage.Kind.SHAPE, _("Shaped"), _("What they said changed the plan, and they can see where")),
    (
        Stage.Kind.PILOT,
        _("Small pilot"),
        _("One willing part tries it, and everyone knows what would stop it"),
    ),
    (
        Stage.Kind.PRACTISE,
        _("Practised"),
        _("Those who tried it used it at the moment they needed it, without being asked"),
    ),
    (Stage.Kind.GROW, _("Grown"), _("The next part asks for it")),
)


@transaction.atomic
def take_path(initiative: Initiative, *, by: User, at: datetime) -> int:
    """Add what is missing of the five stages at the end (1.16); how many that were."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    there = set(initiative.stages.values_list("kind", flat=True))
    last = initiative.stages.aggregate(last=Max("position"))["last"] or 0
    missing = [one for one in DEFAULT_PATH if one[0] not in there]
    Stage.objects.bulk_create(
        Stage(initiative=initiative, position=n, kind=kind, name=str(name), must_be_true=str(what))
        for n, (kind, name, what) in enumerate(missing, start=last + 1)
    )
    if missing:
        events.record("path_taken", by=by, at=at, about=initiative, detail={"n": len(missing)})
    return len(missing)


@transaction.atomic
def add_stage(
    initiative: Initiative,
    *,
    name: str,
    must_be_true: str,
    by: User,
    at: datetime,
    kind: str = "",
) -> Stage:
    """Add a stage at the end of the path (1.16)."""
    last = initiative.stages.aggregate(last=Max("position"))["last"] or 0
    stage = Stage.objects.create(
        initiative=initiative,
        position=last + 1,
        kind=kind,
        name=name,
        must_be_true=must_be_true,
    )
    events.record("stage_added", by=by, at=at, about=stage)
    return stage


@transaction.atomic
def move_stage(stage: Stage, to: Literal["earlier", "later"], *, by: User, at: datetime) -> None:
    """Change places with the stage before or after; at either end nothing happens."""
    path = list(Stage.objects.select_for_update().filter(initiative=stage.initiative_id))
    place = [one.pk for one in path].index(stage.pk)
    other = place + (1 if to == "later" else -1)
    if not 0 <= other < len(path):
        return
    path[place], path[other] = path[other], path[place]
    for position, one in enumerate(path, start=1):
        one.position = position
    Stage.objects.bulk_update(path, ["position"])
    events.record("stage_moved", by=by, at=at, about=stage)


@transaction.atomic
def mark_reached(stage: Stage, *, reached: bool, by: User, at: datetime) -> None:
    """Mark a stage reached today, or not reached after all. None is forced (1.16)."""
    day = at.astimezone(ZoneInfo(stage.initiative.workspace.time_zone)).date()
    stage.reached_on = (stage.reached_on or day) if reached else None
    stage.skipped_on = None
    stage.save(update_fields=["reached_on", "skipped_on"])
    events.record("stage_marked", by=by, at=at, about=stage, detail={"reached": reached})


@transaction.atomic
def leave_stage_out(stage: Stage, *, out: bool, by: User, at: datetime) -> None:
    """Say that this stage is left out on purpose, or not after all; it keeps its place (1.16)."""
    day = at.astimezone(ZoneInfo(stage.initiative.workspace.time_zone)).date()
    stage.skipped_on = (stage.skipped_on or day) if out else None
    stage.reached_on = None if out else stage.reached_on
    stage.save(update_fields=["reached_on", "skipped_on"])
    events.record("stage_left_out", by=by, at=at, about=stage, detail={"out": out})


@transaction.atomic
def add_run_up_step(
    initiative: Initiative, *, on: date, who: str, what: str, by: User, at: datetime
) -> RunUpStep:
    """Note who hears what, and when, before the launch (1.5)."""
    step = RunUpStep.objects.create(initiative=initiative, on=on, who=who, what=what)
    events.record("run_up_step_added", by=by, at=at, about=step)
    return step


@transaction.atomic
def mark_step_done(step: RunUpStep, *, done: bool, by: User, at: datetime) -> None:
    """They have heard it, or have not after all (1.5)."""
    step.done_at = (step.done_at or at) if done else None
    step.save(update_fields=["done_at"])
    events.record("run_up_step_marked", by=by, at=at, about=step, detail={"done": done})


@transaction.atomic
def add_backing(
    initiative: Initiative, *, who: str, what: str, on: date, by: User, at: datetime
) -> Backing:
    """Note a sponsor's support, apart from everyone's (3.2)."""
    backing = Backing.objects.create(initiative=initiative, who=who, what=what, on=on)
    events.record("backing_added", by=by, at=at, about=backing)
    return backing


@dataclass(frozen=True, slots=True)
class Found:
    """What was found elsewhere: what, where, from when, and where one can read it."""

    what: str
    where: str
    source: str
    on: date


@transaction.atomic
def add_evidence(
    initiative: Initiative, found: Found, *, by: User, at: datetime
) -> OutsideEvidence:
    """Put evidence from elsewhere on the shelf, dated, with its source; the same is put once (1.15)."""
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    same = initiative.outside_evidence.filter(**asdict(found)).first()
    if same:
        return same
    row = OutsideEvidence.objects.create(initiative=initiative, by=by, at=at, **asdict(found))
    events.record("evidence_added", by=by, at=at, about=row)
    return row


@transaction.atomic
def change_part(
    part: Part, changes: dict[str, str | date | None], *, by: User, at: datetime
) -> None:
    """Say a stage, a step of the run-up, a backing or evidence in other words."""
    for name, value in changes.items():
        setattr(part, name, value)
    part.save(update_fields=list(changes))
    events.record(f"{part._meta.model_name}_changed", by=by, at=at, about=part)


@transaction.atomic
def remove_part(part: Part, *, by: User, at: datetime) -> None:
    """Take a stage, a step of the run-up, a backing or evidence away."""
    events.record(f"{part._meta.model_name}_removed", by=by, at=at, about=part)
    part.delete()
