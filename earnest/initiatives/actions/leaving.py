"""When a member goes: what they led is led on, and nobody they held is left to nobody.

Whoever runs the workspace never comes to lead something by this: that would open every person page
of it without the glass (privacy.md 8).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts import actions as accounts
from earnest.accounts.models import Membership, User
from earnest.core import events
from earnest.initiatives import queries
from earnest.initiatives.actions.roles import NotAMember
from earnest.initiatives.models import Initiative, Participation, Role

LEAD, CO_LEAD = Role.Kind.LEAD, Role.Kind.CO_LEAD


class StillLed(Exception):
    """A lead of the initiative is still in the workspace: who leads is theirs to say."""


class CoLeadFirst(Exception):
    """A co-lead of the initiative is still in the workspace: they are made its lead."""


class NotOneself(Exception):
    """Nobody makes themselves lead of what others led."""


class NeedsALead(Exception):
    """They lead something alone: somebody else is named first who will lead it."""


@transaction.atomic
def appoint_lead(initiative: Initiative, user: User, *, by: User, at: datetime) -> Role:
    """Give an initiative whose leads have all left the workspace a lead again.

    Who left loses their role, and the people they held go to the new lead. Nobody can use this to
    look into an initiative that is led, nor into one that was.
    Raises NotOneself, NotAMember, StillLed, CoLeadFirst.
    """
    _need_another_member(initiative.workspace_id, user, by)
    members = initiative.workspace.memberships.values("user")
    here = Role.objects.select_for_update().filter(initiative=initiative)
    if here.filter(kind=LEAD, user__in=members).exists():
        raise StillLed
    co_leads = here.filter(kind=CO_LEAD, user__in=members).exclude(user=by)
    if co_leads.exists() and not co_leads.filter(user=user).exists():
        raise CoLeadFirst
    here.exclude(user__in=members).delete()
    role = _make_lead(initiative, user, by=by, at=at)
    held = Participation.objects.filter(initiative=initiative).exclude(held_by__in=members)
    held.update(held_by=user)
    return role


def _need_another_member(workspace_id: int, user: User, by: User) -> None:
    if user.pk == by.pk:
        raise NotOneself
    if not user.memberships.filter(workspace=workspace_id).exists():
        raise NotAMember


def _make_lead(initiative: Initiative, user: User, *, by: User, at: datetime) -> Role:
    role, _new = Role.objects.update_or_create(
        initiative=initiative, user=user, defaults={"kind": LEAD, "since": at}
    )
    events.record("lead_appointed", by=by, at=at, about=role, detail={"user": user.pk})
    return role


@transaction.atomic
def let_member_go(member: Membership, *, by: User, at: datetime, heir: User | None = None) -> None:
    """End a membership, one's own or another's; the people they hold go to who leads on.

    Where they were the only lead, a co-lead becomes lead in the same step, or else ``heir`` does.
    Where there is nobody else to name, they can go all the same, for access has to end; a lead is
    appointed once somebody joined. Raises NeedsALead, NotOneself, NotAMember, OnlyOwners, LastOwner.
    """
    touched = queries.initiatives_touched_by(member)
    list(Role.objects.select_for_update().filter(initiative__in=touched).order_by("pk"))
    alone = queries.led_alone(member, by=by)
    if alone and heir:
        _need_another_member(member.workspace_id, heir, by)
        if heir.pk == member.user_id:
            raise NeedsALead
        for initiative in alone:
            _make_lead(initiative, heir, by=by, at=at)
    elif alone and queries.somebody_to_name(member, by=by):
        raise NeedsALead
    for initiative in touched:
        _lead_on(initiative, member, by=by, at=at)
    accounts.remove_member(member, by=by, at=at)


def _lead_on(initiative: Initiative, member: Membership, *, by: User, at: datetime) -> None:
    """Make a co-lead its lead where it has none else, hand the people over, and end the role."""
    after = queries.leads_without(initiative, member, by=by)
    own = Role.objects.filter(initiative=initiative, user=member.user_id).first()
    orphaned = own is not None and own.kind == LEAD
    if orphaned and after and after[0].kind == CO_LEAD and after[0].user_id != by.pk:
        _make_lead(initiative, after[0].user, by=by, at=at)
    held = Participation.objects.filter(initiative=initiative, held_by=member.user_id)
    handed = held.update(held_by=after[0].user_id) if after else 0
    if own:
        detail: events.Detail = {"user": own.user_id, "kind": own.kind, "handed_over": handed}
        events.record("role_removed", by=by, at=at, about=own, detail=detail)
        own.delete()
