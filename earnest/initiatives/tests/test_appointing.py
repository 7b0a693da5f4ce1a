"""An initiative whose leads have all left gets a lead again, and only then."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.accounts import actions as accounts
from earnest.initiatives import access, actions
from earnest.initiatives.models import Role
from tests.worlds import NOW, World


def all_leads_leave(world: World) -> None:
    for user in (world.lead, world.co_lead):
        member = user.memberships.get(workspace=world.workspace)
        accounts.remove_member(member, by=world.owner, at=NOW)


def test_while_somebody_leads_nobody_is_appointed_over_them(world: World) -> None:
    with pytest.raises(actions.StillLed):
        actions.appoint_lead(world.initiative, world.member, by=world.admin, at=NOW)
    assert not access.initiatives_led_by(world.admin).exists()


def test_after_all_leads_left_a_member_takes_over_with_their_people(world: World) -> None:
    all_leads_leave(world)
    actions.appoint_lead(world.initiative, world.member, by=world.owner, at=NOW)
    world.joan.refresh_from_db()
    assert world.joan.held_by == world.member
    assert list(access.initiatives_led_by(world.member)) == [world.initiative]
    assert not Role.objects.filter(user=world.lead).exists()


def test_the_page_says_who_leads_and_offers_it_only_where_nobody_does(
    client: Client, world: World
) -> None:
    client.force_login(world.owner)
    address = f"/workspaces/{world.workspace.pk}/initiatives/"
    assert "Appoint a lead" not in client.get(address).content.decode()
    all_leads_leave(world)
    assert "Appoint a lead" in client.get(address).content.decode()
    sent = client.post(f"{address}{world.initiative.pk}/lead/", {"email": "Member@Example.org"})
    assert sent.status_code == 302
    assert "Member Member" in client.get(address).content.decode()


def test_nobody_appoints_themselves(client: Client, world: World) -> None:
    all_leads_leave(world)
    client.force_login(world.admin)
    address = f"/workspaces/{world.workspace.pk}/initiatives/{world.initiative.pk}/lead/"
    sent = client.post(address, {"email": "ADMIN@example.org"})
    assert "This is you. Name somebody else." in sent.content.decode()
    with pytest.raises(actions.NotOneself):
        actions.appoint_lead(world.initiative, world.admin, by=world.admin, at=NOW)
    assert not access.initiatives_led_by(world.admin).exists()


def test_while_a_co_lead_is_here_they_are_the_one(client: Client, world: World) -> None:
    world.lead.memberships.all().delete()
    client.force_login(world.admin)
    address = f"/workspaces/{world.workspace.pk}/initiatives/"
    assert "Appoint a lead" in client.get(address).content.decode()
    sent = client.post(f"{address}{world.initiative.pk}/lead/", {"email": "member@example.org"})
    assert "A co-lead of it is still here." in sent.content.decode()
    client.post(f"{address}{world.initiative.pk}/lead/", {"email": world.co_lead.email})
    assert Role.objects.get(user=world.co_lead).kind == "lead"
    world.joan.refresh_from_db()
    assert world.joan.held_by == world.co_lead


def test_an_address_nobody_has_is_said_beside_the_field(client: Client, world: World) -> None:
    client.force_login(world.owner)
    all_leads_leave(world)
    address = f"/workspaces/{world.workspace.pk}/initiatives/{world.initiative.pk}/lead/"
    sent = client.post(address, {"email": "nobody@example.org"})
    assert "Nobody in this workspace has this address." in sent.content.decode()


def test_an_initiative_of_another_workspace_is_not_found(client: Client, world: World) -> None:
    client.force_login(world.owner)
    address = f"/workspaces/{world.workspace.pk}/initiatives/{world.other_initiative.pk}/lead/"
    assert client.get(address).status_code == 404
