"""The doors to workspaces: absent and forbidden look the same."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import Invite, Membership, SignInLink, User, Workspace

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
    mine = Workspace.objects.filter(memberships__user=user, memberships__role__in=roles)
    return mine.annotate(own_role=F("memberships__role"))


def get_run_workspace(user: User | AnonymousUser, pk: int) -> Workspace:
    return get_object_or_404(workspaces_run_by(user), pk=pk)


def get_owned_workspace(user: User | AnonymousUser, pk: int) -> Workspace:
    """For what an owner alone decides; an admin finds nothing."""
    return get_object_or_404(_in_role(user, (Membership.Role.OWNER,)), pk=pk)


def role_in(user: User, workspace: Workspace) -> str:
    """The user's role there; empty for who is no member."""
    role = workspace.memberships.filter(user=user).values_list("role", flat=True).first()
    return role or ""


def get_own_membership(user: User, pk: int) -> Membership:
    """One's own place in a workspace."""
    return get_object_or_404(user.memberships.select_related("workspace"), workspace_id=pk)


def get_member(user: User, pk: int, member_pk: int) -> Membership:
    """A member of a workspace the user runs; an owner is for owners alone."""
    workspace = get_run_workspace(user, pk)
    members = workspace.memberships.select_related("user", "workspace")
    if role_in(user, workspace) != Membership.Role.OWNER:
        members = members.exclude(role=Membership.Role.OWNER)
    return get_object_or_404(members, pk=member_pk)


def get_open_invite(user: User, pk: int, invite_pk: int, *, at: datetime) -> Invite:
    """An open invitation to a workspace the user runs."""
    return get_object_or_404(get_run_workspace(user, pk).invites.live(at), pk=invite_pk)


def invite_opened_by(secret: str, *, at: datetime) -> Invite | None:
    """The open invitation of this link; None for one that ended or never was."""
    live = Invite.objects.live(at).select_related("workspace", "invited_by")
    return live.opened_by(secret).first()


def sign_in_link_opened_by(secret: str, *, at: datetime) -> SignInLink | None:
    """The sign-in link of this secret; None for one that was used, ended or never was."""
    return SignInLink.objects.live(at).opened_by(secret).select_related("user").first()
