"""The doors to workspaces: absent and forbidden look the same."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import Membership, User, Workspace

RUNS_IT = (Membership.Role.OWNER, Membership.Role.ADMIN)


def workspaces_of(user: User | AnonymousUser) -> QuerySet[Workspace]:
    """Every workspace the user belongs to."""
    if not isinstance(user, User):
        return Workspace.objects.none()
    return Workspace.objects.filter(memberships__user=user)


def workspaces_run_by(user: User | AnonymousUser) -> QuerySet[Workspace]:
    """Workspaces the user runs, as owner or admin."""
    return _in_role(user, RUNS_IT)


def _in_role(user: User | AnonymousUser, roles: tuple[str, ...]) -> QuerySet[Workspace]:
    """User and role in one filter: in two, somebody else's role would count for this user."""
    if not isinstance(user, User):
        return Workspace.objects.none()
    return Workspace.objects.filter(memberships__user=user, memberships__role__in=roles)


def get_workspace(user: User | AnonymousUser, pk: int) -> Workspace:
    return get_object_or_404(workspaces_of(user), pk=pk)


def get_run_workspace(user: User | AnonymousUser, pk: int) -> Workspace:
    return get_object_or_404(workspaces_run_by(user), pk=pk)


def get_owned_workspace(user: User | AnonymousUser, pk: int) -> Workspace:
    """For what the owner alone may do."""
    return get_object_or_404(_in_role(user, (Membership.Role.OWNER,)), pk=pk)
