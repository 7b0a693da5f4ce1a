"""The doors to the directory: who may keep the list of a workspace's people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts import access as accounts
from earnest.accounts.models import User
from earnest.people.models import PeopleImport, Person, PersonQuerySet, Team


def directory_for(user: User | AnonymousUser) -> PersonQuerySet:
    """Names, teams and addresses of the workspaces the user runs; nothing of any initiative."""
    return Person.objects.present().filter(workspace__in=accounts.workspaces_run_by(user))


def get_in_directory(user: User | AnonymousUser, pk: int) -> Person:
    people = directory_for(user).select_related("workspace", "team", "manager")
    return get_object_or_404(people, pk=pk)


def get_import(user: User | AnonymousUser, pk: int) -> PeopleImport:
    """An import is seen by the user who began it, while they run the workspace.

    One onto an initiative, while they are a member; whether they still lead is asked above, by the
    job that writes it.
    """
    onto = Q(initiative_id__isnull=False, workspace__in=accounts.workspaces_of(user))
    mine = PeopleImport.objects.filter(
        onto | Q(workspace__in=accounts.workspaces_run_by(user)), by_id=user.pk or 0
    )
    return get_object_or_404(mine.select_related("workspace").defer("file", "problems_csv"), pk=pk)


def teams_for(user: User | AnonymousUser) -> QuerySet[Team]:
    """Teams of the workspaces the user runs."""
    run = accounts.workspaces_run_by(user)
    return Team.objects.filter(workspace__in=run).select_related("workspace")


def get_team(user: User | AnonymousUser, pk: int) -> Team:
    return get_object_or_404(teams_for(user), pk=pk)
