"""The nightly fit of a workspace: new parameters only where people left out are foretold better.

A file of its own: it loads NumPy with the engine, and runs in a job alone.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from earnest.accounts.models import Workspace
from earnest.core import events
from earnest.engine.belief import Event, Fit, Record, fit
from earnest.initiatives.models import Participation
from earnest.standing import estimating, queries
from earnest.standing.models import Evidence, Parameters

FEWEST = 10  # people with anything on record: of fewer nothing is learned
AT_ONCE = 2000


def refit(workspace: Workspace, *, at: datetime) -> bool:
    """Fit, keep the better, and make every stored state anew. True where the parameters changed.

    States are made anew each night also with the old ones: chances as of today.
    """
    histories = _histories(queries.may_be_estimated().filter(initiative__workspace=workspace))
    better = _fit(workspace, histories, at=at) if len(histories) >= FEWEST else False
    estimating.make_all_anew(workspace, at=at)
    return better


def _histories(there: QuerySet[Participation]) -> list[tuple[Event, ...]]:
    """Of everybody who may be estimated and is no invention of the example."""
    real = there.filter(person__is_example=False, initiative__is_example=False)
    found: list[tuple[Event, ...]] = []
    after = 0
    while keys := queries.with_record(real, after=after, most=AT_ONCE):
        records = queries.records_of(keys)
        found += [events for pk in keys if (events := estimating.events_of(records[pk]))]
        after = keys[-1]
    return found


def _fit(workspace: Workspace, histories: list[tuple[Event, ...]], *, at: datetime) -> bool:
    stored = Parameters.objects.filter(workspace=workspace).first()
    start, _name = estimating.params_of(stored)
    found = fit(Record.of(histories), start)
    deeds = sum(
        event.kind == Evidence.Kind.DID for events_of_one in histories for event in events_of_one
    )
    return _keep(workspace, found, len(histories), deeds, at=at)


@transaction.atomic
def _keep(workspace: Workspace, found: Fit, people: int, deeds: int, *, at: datetime) -> bool:
    """The better ones are stored as the next version; else those that were there stay."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if found.kept or not found.held_out_after > found.held_out_before:
        return False
    stored = Parameters.objects.select_for_update().filter(workspace=workspace).first()
    if stored is None:
        return False  # turned off while it was at work, and perhaps on again
    stored.version += 1
    stored.values = found.params.as_dict()
    stored.made_at, stored.people, stored.deeds = at, people, deeds
    stored.held_out_before, stored.held_out_after = found.held_out_before, found.held_out_after
    stored.save()
    detail: events.Detail = {"version": stored.version, "people": people, "deeds": deeds}
    events.record("estimates_refitted", at=at, workspace_id=workspace.pk, detail=detail)
    return True
