"""Workspaces and who belongs to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import Membership, User, Workspace
from earnest.core import events


@transaction.atomic
def start_workspace(name: str, *, time_zone: str, by: User, at: datetime) -> Workspace:
    """Begin a workspace; whoever begins it owns it."""
    workspace = Workspace.objects.create(name=name, time_zone=time_zone, created_at=at)
    Membership.objects.create(user=by, workspace=workspace, role=Membership.Role.OWNER, since=at)
    events.record("workspace_started", by=by, at=at, about=workspace, workspace_id=workspace.pk)
    return workspace


@transaction.atomic
def add_member(
    workspace: Workspace, user: User, *, role: str, by: User | None, at: datetime
) -> Membership:
    """Add a user to the workspace; who is in already keeps the role they have."""
    member, added = Membership.objects.get_or_create(
        user=user, workspace=workspace, defaults={"role": role, "since": at}
    )
    if added:
        events.record(
            "member_added", by=by, at=at, about=member, detail={"user": user.pk, "role": role}
        )
    return member
