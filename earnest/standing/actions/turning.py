"""The estimate, turned on and off by the owner with its record; and who wants none (privacy.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from earnest.accounts.models import EstimateTurn, User, Workspace
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.people.models import Person
from earnest.standing import jobs, queries
from earnest.standing.models import Belief, Parameters, Rung

NIGHT = timedelta(hours=12)  # from one fit to the next at least


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why it is turned on, when people were told, which agreement covers it, and whom."""

    why: str
    told_on: date
    agreement: str
    covers_reports: bool = False


@transaction.atomic
def turn_on(workspace: Workspace, grounds: Grounds, *, by: User, at: datetime) -> bool:
    """From now on named people are estimated here. False where it was on already."""
    off = Workspace.objects.filter(pk=workspace.pk, estimates_since=None)
    if not off.update(estimates_since=at, estimates_cover_reports=grounds.covers_reports):
        return False
    EstimateTurn.objects.create(
        workspace=workspace,
        is_on=True,
        why=grounds.why,
        told_on=grounds.told_on,
        agreement=grounds.agreement,
        covers_reports=grounds.covers_reports,
        by=by,
        at=at,
    )
    events.record("estimates_on", by=by, at=at, workspace_id=workspace.pk)
    jobs.estimate_all.enqueue(workspace.pk)
    return True


@transaction.atomic
def turn_off(workspace: Workspace, why: str = "", *, by: User | None, at: datetime) -> bool:
    """Every estimate here is deleted; that it was on, and why, stays. False where it was off."""
    on = Workspace.objects.filter(pk=workspace.pk, estimates_since__isnull=False)
    if not on.update(estimates_since=None, estimates_cover_reports=False):
        return False
    EstimateTurn.objects.create(workspace=workspace, is_on=False, why=why, by=by, at=at)
    _wait_for_writers(Rung.objects.filter(participation__initiative__workspace=workspace))
    Belief.objects.filter(participation__initiative__workspace=workspace).delete()
    Parameters.objects.filter(workspace=workspace).delete()
    events.record("estimates_off", by=by, at=at, workspace_id=workspace.pk)
    return True


@transaction.atomic
def refuse_estimate(participation: Participation, *, at: datetime) -> None:
    """ "Do not estimate me": obeyed on every initiative at once. The log does not say who."""
    silent = Person.objects.filter(pk=participation.person_id, not_estimated_at=None)
    is_new = silent.update(not_estimated_at=at)
    _wait_for_writers(Rung.objects.filter(participation__person=participation.person_id))
    Belief.objects.filter(participation__person=participation.person_id).delete()
    if is_new:
        workspace_id = participation.person.workspace_id
        events.record("estimate_refused", at=at, workspace_id=workspace_id)


def _wait_for_writers(rungs: QuerySet[Rung]) -> None:
    """Whoever writes evidence just now has finished with it, or sees what comes next."""
    list(rungs.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


@transaction.atomic
def allow_estimate(participation: Participation, *, at: datetime) -> None:
    """They changed their mind; nobody else can."""
    refused = Person.objects.filter(pk=participation.person_id).exclude(not_estimated_at=None)
    if refused.update(not_estimated_at=None):
        workspace_id = participation.person.workspace_id
        events.record("estimate_allowed", at=at, workspace_id=workspace_id)
        jobs.estimate_person.enqueue(participation.person_id)


@transaction.atomic
def forget_forbidden(*, at: datetime) -> int:
    """Delete what is stored of who may not be estimated any more. Returns how many."""
    gone, _rows = queries.forbidden().delete()
    return gone


@transaction.atomic
def begin_refit(workspace: Workspace, *, at: datetime) -> bool:
    """Once a night: note that it is tried, and let the job do it. False where another began it."""
    stored, new = Parameters.objects.get_or_create(workspace=workspace, defaults={"tried_at": at})
    again = Parameters.objects.filter(pk=stored.pk, tried_at__lt=at - NIGHT)
    if not new and not again.update(tried_at=at):
        return False
    jobs.refit.enqueue(workspace.pk)
    return True
