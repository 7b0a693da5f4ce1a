"""Roles: who has which, always a lead, people handed over in the same step."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import actions
from earnest.initiatives.models import Participation, Role
from earnest.people import actions as people
from tests.worlds import NOW, World


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def _role(world: World, who: str) -> Role:
    return Role.objects.get(initiative=world.initiative, user=getattr(world, who))


def _address(world: World, who: str = "") -> str:
    base = f"/initiatives/{world.initiative.pk}/roles/"
    return f"{base}{_role(world, who).pk}/" if who else base


def test_a_member_gets_a_role_by_e_mail_whatever_its_case(as_lead: Client, world: World) -> None:
    as_lead.post(_address(world), {"email": " Member@Example.org ", "kind": "co_lead"})
    assert _role(world, "member").kind == "co_lead"
    assert Event.objects.filter(action="role_given").exists()


@pytest.mark.parametrize("address", ["stranger@example.org", "otto@example.org", "x@example.org"])
def test_who_is_no_member_looks_like_nobody(as_lead: Client, world: World, address: str) -> None:
    sent = as_lead.post(_address(world), {"email": address, "kind": "sponsor"}).content.decode()
    assert "Nobody in this workspace signs in with that address." in sent
    assert address in sent
    assert world.initiative.roles.count() == 4


def test_who_has_a_role_is_changed_in_the_list(as_lead: Client, world: World) -> None:
    sent = as_lead.post(_address(world), {"email": "sponsor@example.org", "kind": "lead"})
    assert "They have a role already." in sent.content.decode()


def test_a_role_that_does_not_exist_is_refused(as_lead: Client, world: World) -> None:
    sent = as_lead.post(_address(world), {"email": "member@example.org", "kind": "king"})
    assert "king is not one of the available choices" in sent.content.decode()


def test_the_only_lead_cannot_go(as_lead: Client, world: World) -> None:
    heir = {"heir": world.co_lead.pk}
    sent = as_lead.post(f"{_address(world, 'lead')}removed/", heir).content.decode()
    assert "They are the only lead." in sent
    sent = as_lead.post(_address(world, "lead"), {"kind": "sponsor", **heir}).content.decode()
    assert "They are the only lead." in sent
    assert _role(world, "lead").kind == "lead"
    assert set(Participation.objects.values_list("held_by", flat=True)) == {world.lead.pk}


def test_a_lead_who_leaves_hands_their_people_over_in_the_same_step(
    as_lead: Client, world: World
) -> None:
    as_lead.post(_address(world, "co_lead"), {"kind": "lead"})
    html = as_lead.post(f"{_address(world, 'lead')}removed/", {}).content.decode()
    assert "Choose the lead or co-lead who will hold them" in html
    assert _role(world, "lead").kind == "lead"
    sent = as_lead.post(f"{_address(world, 'lead')}removed/", {"heir": world.co_lead.pk})
    assert sent.headers["Location"] == "/initiatives/"
    assert set(Participation.objects.values_list("held_by", flat=True)) == {world.co_lead.pk}
    assert as_lead.get(_address(world)).status_code == 404  # access ends at once


def test_an_heir_has_to_be_a_lead(as_lead: Client, world: World) -> None:
    as_lead.post(_address(world, "co_lead"), {"kind": "lead"})
    sent = as_lead.post(f"{_address(world, 'lead')}removed/", {"heir": world.sponsor.pk})
    assert "not one of the available choices" in sent.content.decode()
    with pytest.raises(actions.NotALead):
        actions.remove_role(_role(world, "lead"), heir=world.sponsor, by=world.lead, at=NOW)


def test_who_holds_nobody_needs_no_heir(as_lead: Client, world: World) -> None:
    as_lead.post(f"{_address(world, 'co_lead')}removed/")
    assert not Role.objects.filter(user=world.co_lead).exists()
    as_lead.post(f"{_address(world, 'sponsor')}removed/")
    as_lead.force_login(world.sponsor)
    assert as_lead.get(f"/initiatives/{world.initiative.pk}/").status_code == 404


def test_one_person_is_handed_over_to_a_lead_and_to_nobody_else(world: World) -> None:
    actions.hand_over(world.joan, to=world.co_lead, by=world.lead, at=NOW)
    world.joan.refresh_from_db()
    assert world.joan.held_by == world.co_lead
    with pytest.raises(actions.NotALead):
        actions.hand_over(world.joan, to=world.contributor, by=world.lead, at=NOW)
    assert Event.objects.filter(action="person_handed_over").count() == 1


@pytest.mark.parametrize("who", ["contributor", "sponsor", "member", "owner", "stranger"])
def test_nobody_is_put_on_for_a_holder_who_does_not_lead(world: World, who: str) -> None:
    held_by = getattr(world, who)
    (ada,) = people.add_people(world.workspace, [people.Named("Ada")], by=world.lead, at=NOW)
    with pytest.raises(actions.NotALead):
        actions.put_on(world.initiative, ada, held_by=held_by, by=world.lead, at=NOW)
    with pytest.raises(actions.NotALead):
        actions.put_many_on(world.initiative, [ada], by=held_by, at=NOW)
    assert world.initiative.participations.count() == 2
    world.initiative.refresh_from_db()
    assert world.initiative.people_count == 2


def test_a_co_lead_says_nothing_about_who_leads(client: Client, world: World) -> None:
    client.force_login(world.co_lead)
    assert client.get(_address(world, "lead")).status_code == 404
    assert client.post(_address(world, "lead"), {"kind": "sponsor"}).status_code == 404
    heir = {"heir": world.co_lead.pk}
    assert client.post(f"{_address(world, 'lead')}removed/", heir).status_code == 404
    for who, kind in (("co_lead", "lead"), ("sponsor", "lead"), ("sponsor", "co_lead")):
        sent = client.post(_address(world, who), {"kind": kind}).content.decode()
        assert "not one of the available choices" in sent
    for kind in ("lead", "co_lead"):
        told = {"email": "member@example.org", "kind": kind}
        sent = client.post(_address(world), told).content.decode()
        assert "not one of the available choices" in sent
    assert _role(world, "lead").kind == "lead"
    assert world.initiative.roles.count() == 4


def test_a_co_lead_adds_sponsors_and_contributors_and_may_step_back(
    client: Client, world: World
) -> None:
    client.force_login(world.co_lead)
    client.post(_address(world), {"email": "member@example.org", "kind": "sponsor"})
    assert _role(world, "member").kind == "sponsor"
    client.post(_address(world, "member"), {"kind": "contributor"})
    assert _role(world, "member").kind == "contributor"
    client.post(f"{_address(world, 'co_lead')}removed/")
    assert not Role.objects.filter(user=world.co_lead).exists()


def test_the_rule_about_leads_holds_below_the_pages_too(world: World) -> None:
    lead, by = _role(world, "lead"), world.co_lead
    with pytest.raises(actions.OnlyLeads):
        actions.remove_role(lead, by=by, at=NOW, heir=by)
    with pytest.raises(actions.OnlyLeads):
        actions.change_role(lead, kind="sponsor", by=by, at=NOW, heir=by)
    with pytest.raises(actions.OnlyLeads):
        actions.change_role(_role(world, "co_lead"), kind="lead", by=by, at=NOW)
    with pytest.raises(actions.OnlyLeads):
        actions.give_role(world.initiative, world.member, kind="co_lead", by=by, at=NOW)


def test_a_role_needs_membership(world: World) -> None:
    with pytest.raises(actions.NotAMember):
        actions.give_role(world.initiative, world.stranger, kind="lead", by=world.lead, at=NOW)
