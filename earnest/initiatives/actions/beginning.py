"""Beginning an initiative, saying what it is about, closing it, and clearing the example away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.initiatives.actions.erasing import erase_pointers_to, erase_rows_of
from earnest.initiatives.actions.path import take_path
from earnest.initiatives.actions.people import put_on
from earnest.initiatives.models import Commission, Initiative, Participation, Role
from earnest.people import actions as people
from earnest.people.models import Person, Team

CHANGEABLE = frozenset(
    {
        "title",
        "target",
        "open_to_workspace",
        "decided",
        "still_open",
        "who_decides",
        "decides_on",
        "value_organisation",
        "value_individual",
        "starts_on",
        "launches_on",
    }
)

type Value = str | bool | date | None


class AlreadyClosed(Exception):
    """The initiative was closed before."""


class NotClosed(Exception):
    """The initiative is open as it is."""


class NotAnExample(Exception):
    """Only the example may be removed whole."""


@dataclass(frozen=True, slots=True)
class CommissionWords:
    """Who asked for it, which problem it is to solve, what they will give."""

    asked_by: str
    problem: str = ""
    will_give: str = ""


@transaction.atomic
def start_initiative(
    workspace: Workspace,
    *,
    title: str,
    target: str,
    by: User,
    at: datetime,
    is_example: bool = False,
) -> Initiative:
    """Begin an initiative from its target, with the path of five stages (4.3, 1.16)."""
    initiative = Initiative(workspace=workspace, title=title, target=target, is_example=is_example)
    _begin(initiative, by=by, at=at)
    take_path(initiative, by=by, at=at)
    return initiative


@transaction.atomic
def start_without_path(
    workspace: Workspace, *, title: str, target: str, by: User, at: datetime
) -> Initiative:
    """The same without any stage: the path is an offer, and can be taken later (1.16)."""
    initiative = Initiative(workspace=workspace, title=title, target=target)
    _begin(initiative, by=by, at=at)
    return initiative


def _begin(initiative: Initiative, *, by: User, at: datetime) -> None:
    """Whoever begins it leads it."""
    initiative.made_by, initiative.made_at = by, at
    initiative.save()
    Role.objects.create(initiative=initiative, user=by, kind=Role.Kind.LEAD, since=at)
    events.record("initiative_started", by=by, at=at, about=initiative)


@transaction.atomic
def change_initiative(
    initiative: Initiative, changes: dict[str, Value], *, by: User, at: datetime
) -> None:
    """Change what the initiative says about itself (1.4, 3.8, 4.3). The log keeps which, not what."""
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise ValueError(f"not changed here: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(initiative, name, value)
    initiative.save(update_fields=list(changes))
    fields = ",".join(sorted(changes))
    events.record("initiative_changed", by=by, at=at, about=initiative, detail={"fields": fields})


@transaction.atomic
def write_commission(
    initiative: Initiative,
    words: CommissionWords,
    *,
    talk_to: people.Named | None,
    by: User,
    at: datetime,
) -> Commission:
    """Note who asked for it. ``talk_to`` puts them on it: the first conversation is with them."""
    same = Commission.objects.filter(initiative=initiative, asked_by=words.asked_by).exists()
    of_whom = {} if same else {"person": None}  # another name is somebody else
    commission, _made = Commission.objects.update_or_create(
        initiative=initiative, defaults={**asdict(words), **of_whom}
    )
    if talk_to:
        (person,) = people.add_people(initiative.workspace, [talk_to], by=by, at=at)
        put_on(initiative, person, held_by=by, by=by, at=at)
        commission.person = person
        commission.save(update_fields=["person"])
    events.record("commission_written", by=by, at=at, about=commission)
    return commission


@transaction.atomic
def close_initiative(initiative: Initiative, *, by: User, at: datetime) -> None:
    """End it; from here retention counts its months (privacy.md 10). Raises AlreadyClosed."""
    if not Initiative.objects.filter(pk=initiative.pk, closed_at=None).update(closed_at=at):
        raise AlreadyClosed
    initiative.closed_at = at
    events.record("initiative_closed", by=by, at=at, about=initiative)


@transaction.atomic
def reopen_initiative(initiative: Initiative, *, by: User, at: datetime) -> None:
    """Take it up again; the clock of retention stops. Raises NotClosed."""
    closed = Initiative.objects.filter(pk=initiative.pk, closed_at__isnull=False)
    if not closed.update(closed_at=None):
        raise NotClosed
    initiative.closed_at = None
    events.record("initiative_reopened", by=by, at=at, about=initiative)


@transaction.atomic
def remove_example(initiative: Initiative, *, by: User, at: datetime) -> None:
    """Take the example away: the initiative, and the made-up people who are on nothing else.

    People and teams are made up when the example added them; so no real colleague, put on the
    example to try something, is ever lost from the directory. Raises NotAnExample.
    """
    if not initiative.is_example:
        raise NotAnExample
    there = Participation.objects.filter(initiative=initiative)
    erase_pointers_to(list(there.values_list("pk", flat=True)))
    erase_rows_of(initiative.pk)
    Initiative.objects.filter(pk=initiative.pk).delete()
    made_up = Q(workspace=initiative.workspace_id, is_example=True)
    people = _delete(Person.objects.filter(made_up, participations=None, user=None))
    teams = _delete(Team.objects.filter(made_up, people=None, team=None))
    events.forget_invented({"person": people, "team": teams})
    events.record("example_removed", by=by, at=at, workspace_id=initiative.workspace_id)


def _delete(rows: QuerySet[Person] | QuerySet[Team]) -> list[int]:
    """Delete these rows; returns their keys."""
    keys = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).delete()
    return keys
