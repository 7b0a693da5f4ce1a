"""Estimates made anew, away from the page: after a turn, a change of mind, and in the night."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from earnest.accounts.models import Workspace


@task()
def estimate_all(workspace_pk: int) -> None:
    """Everybody of a workspace who may be estimated, some at a time."""
    from earnest.standing import estimating  # noqa: PLC0415  (it loads NumPy)

    workspace = Workspace.objects.filter(pk=workspace_pk, estimates_since__isnull=False).first()
    if workspace:
        estimating.make_all_anew(workspace, at=timezone.now())


@task()
def estimate_person(person_pk: int) -> None:
    """One person, on every initiative."""
    from earnest.standing import estimating  # noqa: PLC0415  (it loads NumPy)

    estimating.make_person_anew(person_pk, at=timezone.now())


@task()
def refit(workspace_pk: int) -> None:
    """Fit the parameters to what people here said and did; the old ones stay unless it is better."""
    from earnest.standing import refitting  # noqa: PLC0415  (it loads NumPy)

    workspace = Workspace.objects.filter(pk=workspace_pk, estimates_since__isnull=False).first()
    if workspace:
        refitting.refit(workspace, at=timezone.now())
