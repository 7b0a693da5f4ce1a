"""The doors to the directory: who may keep the list of a workspace's people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from earnest.accounts import access as accounts
from earnest.accounts.models import User
from earnest.people.models import PeopleImport, Person, PersonQuerySet


def directory_for(user: User | AnonymousUser) -> PersonQuerySet:
    """Names, teams and addresses of the workspaces the user runs; nothing of any initiative."""
    return Person.objects.present().filter(workspace__in=accounts.workspaces_run_by(user))


def get_in_directory(user: User | AnonymousUser, pk: int) -> Person:
    return get_object_or_404(directory_for(user), pk=pk)


def get_import(user: User | AnonymousUser, pk: int) -> PeopleImport:
    """An import is seen by the user who began it, while still a member."""
    mine = PeopleImport.objects.filter(
        by_id=user.pk or 0, workspace__in=accounts.workspaces_of(user)
    )
    return get_object_or_404(mine, pk=pk)
