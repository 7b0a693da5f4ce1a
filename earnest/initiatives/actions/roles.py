"""Who leads, backs and helps. There is a lead, always, and every person is held by one.

Who leads and co-leads is for leads to say. A co-lead adds sponsors and contributors, changes and
removes those, and may step back themselves.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import LEADING, Initiative, Participation, Role


class NotAMember(Exception):
    """Only members of the workspace can have a role on its initiatives."""


class HasARole(Exception):
    """The user has a role there already; it can be changed."""


class LastLead(Exception):
    """An initiative without a lead would belong to nobody."""


class NeedsHeir(Exception):
    """Whoever holds people hands them over before they stop leading."""


class OnlyLeads(Exception):
    """Only a lead makes leads and co-leads, changes and removes them."""


class NotALead(Exception):
    """People are held by leads and co-leads alone."""


@transaction.atomic
def give_role(initiative: Initiative, user: User, *, kind: str, by: User, at: datetime) -> Role:
    """Give a member of the workspace a role. Raises OnlyLeads, NotAMember, HasARole."""
    _need_a_lead_for({kind}, initiative.pk, by)
    if not user.memberships.filter(workspace=initiative.workspace_id).exists():
        raise NotAMember
    role, made = Role.objects.get_or_create(
        initiative=initiative, user=user, defaults={"kind": kind, "since": at}
    )
    if not made:
        raise HasARole
    events.record(
        "role_given", by=by, at=at, about=role, detail={"user": user.pk, "kind": str(kind)}
    )
    return role


@transaction.atomic
def change_role(role: Role, *, kind: str, by: User, at: datetime, heir: User | None = None) -> int:
    """Give the user another role; who stops leading hands their people to ``heir``.

    Returns how many people were handed over. Raises OnlyLeads, LastLead, NeedsHeir, NotALead.
    """
    if role.kind == kind:
        return 0
    _need_a_lead_for({kind} if role.user_id == by.pk else {kind, role.kind}, role.initiative_id, by)
    _keep_a_lead(role, kind)
    handed = 0 if kind in LEADING else _hand_all_over(role, heir)
    Role.objects.filter(pk=role.pk).update(kind=kind, since=at)
    role.kind, role.since = kind, at
    events.record(
        "role_changed",
        by=by,
        at=at,
        about=role,
        detail={"user": role.user_id, "kind": str(kind), "handed_over": handed},
    )
    return handed


@transaction.atomic
def remove_role(role: Role, *, by: User, at: datetime, heir: User | None = None) -> int:
    """Take the role away, which ends access at once; the people they hold go to ``heir``.

    Returns how many people were handed over. Raises OnlyLeads, LastLead, NeedsHeir, NotALead.
    """
    if role.user_id != by.pk:
        _need_a_lead_for({role.kind}, role.initiative_id, by)
    _keep_a_lead(role, "")
    handed = _hand_all_over(role, heir)
    events.record(
        "role_removed",
        by=by,
        at=at,
        about=role,
        detail={"user": role.user_id, "kind": role.kind, "handed_over": handed},
    )
    role.delete()
    return handed


def _need_a_lead_for(kinds: set[str], initiative_id: int, by: User) -> None:
    if kinds.isdisjoint(LEADING):
        return
    if not Role.objects.filter(initiative=initiative_id, user=by, kind=Role.Kind.LEAD).exists():
        raise OnlyLeads


def need_to_lead(initiative_id: int, user: User) -> None:
    """Whoever holds people leads or co-leads there, and is a member. Raises NotALead."""
    leads = Role.objects.select_for_update(of=("self",)).filter(
        initiative=initiative_id,
        kind__in=LEADING,
        user=user,
        initiative__workspace__memberships__user=user,
    )
    if leads.first() is None:
        raise NotALead


def _keep_a_lead(role: Role, kind: str) -> None:
    """Two leads who leave in the same second must not both get through: the rows are locked."""
    leads = set(
        Role.objects.select_for_update()
        .filter(initiative=role.initiative_id, kind=Role.Kind.LEAD)
        .values_list("pk", flat=True)
    )
    if kind != Role.Kind.LEAD and not leads - {role.pk}:
        raise LastLead


def _hand_all_over(role: Role, heir: User | None) -> int:
    held = Participation.objects.filter(initiative=role.initiative_id, held_by=role.user_id)
    if not held.present().exists():
        return 0
    if heir is None or heir.pk == role.user_id:
        raise NeedsHeir
    need_to_lead(role.initiative_id, heir)
    return held.update(held_by=heir)
