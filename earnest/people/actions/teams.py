"""Teams: added, renamed, moved, removed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from earnest.accounts.models import User, Workspace
from earnest.core import events
from earnest.people import names, queries
from earnest.people.actions.refusals import Refused
from earnest.people.models import Team


@transaction.atomic
def add_team(
    workspace: Workspace,
    name: str,
    *,
    parent: Team | None,
    by: User,
    at: datetime,
    is_example: bool = False,
) -> Team:
    """Add a team, on top or as part of another."""
    queries.lock_directory(workspace)
    clean = names.clean_name(name)
    team = Team(workspace=workspace, name=clean, parent=parent, is_example=is_example)
    _refuse_twice(team, "name")
    team.save()
    events.record("team_added", by=by, at=at, about=team)
    return team


@transaction.atomic
def rename_team(team: Team, name: str, *, by: User, at: datetime) -> Team:
    """Give a team another name."""
    queries.lock_directory(team.workspace)
    team.name = names.clean_name(name)
    _refuse_twice(team, "name")
    team.save(update_fields=["name"])
    events.record("team_renamed", by=by, at=at, about=team)
    return team


@transaction.atomic
def move_team(team: Team, *, parent: Team | None, by: User, at: datetime) -> Team:
    """Make a team part of another, or of none; never of itself or of its own parts."""
    queries.lock_directory(team.workspace)
    tree = queries.TeamTree(team.workspace)
    if parent and team.pk in tree.upwards(parent.pk):
        raise Refused("parent", _("A team cannot be part of itself or of one of its own parts."))
    team.parent = parent
    _refuse_twice(team, "parent")
    team.save(update_fields=["parent"])
    events.record("team_moved", by=by, at=at, about=team)
    return team


@transaction.atomic
def remove_team(team: Team, *, by: User, at: datetime) -> None:
    """Remove a team: its people stay, without a team; its parts move up to where it was."""
    queries.lock_directory(team.workspace)
    parts = list(Team.objects.filter(parent=team))
    # Its own name steps aside first: one of its parts may carry the same.
    Team.objects.filter(pk=team.pk).update(name=f"/{team.pk}")
    for part in parts:
        part.parent = team.parent
        _refuse_twice(part, "")
        part.save(update_fields=["parent"])
    events.record("team_removed", by=by, at=at, about=team)
    team.delete()


def _refuse_twice(team: Team, field: str) -> None:
    """Two teams in one place cannot share a name."""
    beside = Team.objects.filter(workspace_id=team.workspace_id, parent=team.parent)
    beside = beside.filter(name__iexact=team.name).exclude(pk=team.pk)
    if beside.exists():
        raise Refused(
            field, _("There is a team called “%(name)s” there already.") % {"name": team.name}
        )
