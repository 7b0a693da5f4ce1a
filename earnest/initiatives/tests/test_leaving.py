"""A member goes: what they led is led on, the people they held are held, nobody helps themselves."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.accounts.models import Membership, User
from earnest.core.models import Event
from earnest.initiatives import access, actions
from earnest.initiatives.models import Participation, Role
from tests.worlds import NOW, World


def place(world: World, user: User) -> Membership:
    return Membership.objects.get(workspace=world.workspace, user=user)


def removal(world: World, user: User) -> str:
    return f"/workspaces/{world.workspace.pk}/members/{place(world, user).pk}/remove/"


def kinds(world: World) -> dict[str, str]:
    return dict(world.initiative.roles.values_list("user__name", "kind"))


def holders() -> set[int]:
    return set(Participation.objects.values_list("held_by", flat=True))


@pytest.fixture
def alone(world: World) -> World:
    """The lead leads alone."""
    Role.objects.filter(user=world.co_lead).delete()
    return world


def test_a_co_lead_becomes_lead_and_holds_the_people(client: Client, world: World) -> None:
    client.force_login(world.admin)
    client.post(removal(world, world.lead))
    assert kinds(world)["Co_lead Co_lead"] == "lead"
    assert holders() == {world.co_lead.pk}
    assert "Lead Lead" not in kinds(world)
    gone = Event.objects.get(action="role_removed")
    assert gone.detail["handed_over"] == 2
    assert Event.objects.filter(action="lead_appointed").count() == 1


def test_an_admin_cannot_remove_the_only_lead_and_take_their_place(
    client: Client, alone: World
) -> None:
    client.force_login(alone.admin)
    page = client.get(removal(alone, alone.lead)).content.decode()
    assert "They lead alone" in page
    assert alone.initiative.title in page
    for named in ({}, {"email": "admin@example.org"}, {"email": "lead@example.org"}):
        assert client.post(removal(alone, alone.lead), named).status_code == 400
    assert alone.workspace.memberships.filter(user=alone.lead).exists()
    assert not access.participations_for(alone.admin).exists()
    with pytest.raises(actions.NotOneself):
        actions.let_member_go(place(alone, alone.lead), by=alone.admin, at=NOW, heir=alone.admin)


def test_whoever_is_named_leads_on(client: Client, alone: World) -> None:
    client.force_login(alone.admin)
    sent = client.post(removal(alone, alone.lead), {"email": "Member@example.org"})
    assert sent.status_code == 302
    assert kinds(alone)["Member Member"] == "lead"
    assert holders() == {alone.member.pk}
    assert not alone.workspace.memberships.filter(user=alone.lead).exists()


def test_below_the_page_a_lead_is_needed_too(alone: World) -> None:
    with pytest.raises(actions.NeedsALead):
        actions.let_member_go(place(alone, alone.lead), by=alone.admin, at=NOW)
    with pytest.raises(actions.NotAMember):
        actions.let_member_go(place(alone, alone.lead), by=alone.admin, at=NOW, heir=alone.stranger)
    assert alone.workspace.memberships.filter(user=alone.lead).exists()
    assert kinds(alone)["Lead Lead"] == "lead"


def test_a_co_lead_who_removes_the_lead_does_not_become_lead(world: World) -> None:
    Membership.objects.filter(user=world.co_lead).update(role="admin")
    with pytest.raises(actions.NeedsALead):
        actions.let_member_go(place(world, world.lead), by=world.co_lead, at=NOW)


def test_who_leaves_names_who_leads_on(client: Client, alone: World) -> None:
    client.force_login(alone.lead)
    leave = f"/workspaces/{alone.workspace.pk}/leave/"
    assert "You lead alone" in client.get(leave).content.decode()
    assert client.post(leave).status_code == 400
    assert client.post(leave, {"email": "owner@example.org"}).status_code == 400  # nobody has it
    assert client.post(leave, {"email": "member@example.org"}).headers["Location"] == "/"
    assert kinds(alone)["Member Member"] == "lead"
    assert holders() == {alone.member.pk}


def test_a_co_lead_who_goes_leaves_nobody_behind(client: Client, world: World) -> None:
    actions.hand_over(world.joan, to=world.co_lead, by=world.lead, at=NOW)
    client.force_login(world.owner)
    client.post(removal(world, world.co_lead))
    assert holders() == {world.lead.pk}
    assert kinds(world)["Lead Lead"] == "lead"


def test_where_nobody_can_be_named_a_lead_is_appointed_later(alone: World) -> None:
    Membership.objects.exclude(user__in=(alone.owner, alone.lead)).delete()
    actions.let_member_go(place(alone, alone.lead), by=alone.owner, at=NOW)
    with pytest.raises(actions.NotOneself):
        actions.appoint_lead(alone.initiative, alone.owner, by=alone.owner, at=NOW)
    Membership.objects.create(user=alone.stranger, workspace=alone.workspace, since=NOW)
    actions.appoint_lead(alone.initiative, alone.stranger, by=alone.owner, at=NOW)
    assert holders() == {alone.stranger.pk}


def test_the_last_owner_stays_and_nothing_was_changed(client: Client, world: World) -> None:
    Role.objects.filter(user=world.lead).update(user=world.owner)
    client.force_login(world.owner)
    sent = client.post(f"/workspaces/{world.workspace.pk}/leave/")
    assert sent.status_code == 409
    assert "needs an owner" in sent.content.decode()
    assert kinds(world)["Olga Owner"] == "lead"
