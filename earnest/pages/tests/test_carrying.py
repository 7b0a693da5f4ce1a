"""Needs known in later initiatives: with the person's yes, and never without (1.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import actions as listening
from earnest.listening.actions import carrying as actions
from earnest.listening.models import Need, NeedNamed
from earnest.listening.tests.needs import counts, needs, says
from earnest.pages import erasure
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from earnest.people.models import Person
from tests.worlds import NOW, World


@pytest.fixture
def named(world: World) -> NeedNamed:
    return needs(world.joan, "Sleep at night")


@pytest.fixture
def later(world: World) -> Participation:
    """Joan on a later initiative, led by somebody else."""
    initiative = initiatives.start_initiative(
        world.workspace, title="Later", target="Calm", by=world.member, at=NOW + timedelta(days=30)
    )
    return initiatives.put_on(
        initiative, world.joan.person, held_by=world.member, by=world.member, at=NOW
    )


def lead_sees(client: Client, world: World, later: Participation) -> str:
    client.force_login(world.member)
    page = client.get(f"/initiatives/{later.initiative_id}/people/{later.pk}/")
    assert page.status_code == 200
    return page.content.decode()


def take(world: World, later: Participation, named: NeedNamed) -> NeedNamed:
    return actions.take_along(later, named, by=world.member, at=NOW)


def test_without_a_yes_no_other_initiative_knows(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    assert "Sleep at night" not in lead_sees(client, world, later)
    with pytest.raises(actions.NotTheirYes):
        take(world, later, named)


def test_with_their_yes_words_and_month_are_shown_and_not_where_it_was_said(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    own = opened(client, world.joan)
    assert "May later initiatives you are on know it?" in client.get(own).content.decode()
    client.post(f"{own}needs/{named.pk}/carry/")
    assert "since" in client.get(own).content.decode()
    page = lead_sees(client, world, later)
    assert "Sleep at night" in page
    assert "November 2026" in page
    assert "One intake" not in page
    assert "Lead Lead" not in page


def test_an_earlier_initiative_does_not_look_ahead(
    client: Client, world: World, later: Participation
) -> None:
    actions.let_carry(needs(later, "Calm mornings"), at=NOW)
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert "Calm mornings" not in page.content.decode()


def test_taken_along_it_is_a_need_here_and_both_see_it(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    actions.let_carry(named, at=NOW)
    client.force_login(world.member)
    address = f"/people/{later.pk}/needs/{named.pk}/taken-along/"
    client.post(address)
    assert "Not to be taken along" in client.post(address, follow=True).content.decode()  # twice
    need = Need.objects.get(initiative=later.initiative)
    assert (need.words, need.carried_from) == ("Sleep at night", named.need)
    assert counts(need) == (1, 0)
    assert "brought along, with their yes" in lead_sees(client, world, later)
    page = Client().get(opened(client, later), follow=True)
    page = client.get(f"/mine/{later.pk}/")
    assert "Brought along from an earlier initiative" in page.content.decode()


def test_a_need_said_twice_is_offered_once_and_gone_once_taken_along(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    needs(world.joan, "Sleep at night")
    actions.let_carry(named, at=NOW)
    assert lead_sees(client, world, later).count("<q>Sleep at night</q>") == 1
    take(world, later, named)
    assert "taken-along/" not in lead_sees(client, world, later)


def test_a_need_known_here_is_joined(world: World, named: NeedNamed, later: Participation) -> None:
    known = needs(later, "sleep AT night").need
    actions.let_carry(named, at=NOW)
    assert take(world, later, named).need == known


@pytest.mark.parametrize("from_here", [True, False])
def test_taken_back_it_is_gone_from_where_it_was_taken_along(
    client: Client, world: World, named: NeedNamed, later: Participation, *, from_here: bool
) -> None:
    actions.let_carry(named, at=NOW)
    copy = take(world, later, named)
    where, pressed = (later, copy) if from_here else (world.joan, named)
    client.post(f"{opened(client, where)}needs/{pressed.pk}/not-carried/")
    assert list(NeedNamed.objects.all()) == [named]
    assert not Need.objects.filter(initiative=later.initiative).exists()
    named.refresh_from_db()
    assert named.may_carry_at is None
    assert "Sleep at night" not in lead_sees(client, world, later)


def test_a_yes_is_taken_back_before_anybody_took_it_along(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    actions.let_carry(named, at=NOW)
    own = opened(client, later)
    assert "Known here from before, with your yes" in client.get(own).content.decode()
    client.post(f"{own}needs/{named.pk}/not-carried/")
    assert "Sleep at night" not in client.get(own).content.decode()


def test_others_who_named_it_here_keep_it(
    world: World, named: NeedNamed, later: Participation
) -> None:
    sam = initiatives.put_on(
        later.initiative, world.sam.person, held_by=world.member, by=world.member, at=NOW
    )
    theirs = needs(sam, "Sleep at night")
    actions.let_carry(named, at=NOW)
    take(world, later, named)
    assert counts(theirs.need) == (2, 0)
    actions.take_carrying_back(named, at=NOW)
    assert counts(theirs.need) == (1, 0)


def test_mended_words_change_where_they_were_taken_along(
    world: World, later: Participation
) -> None:
    quote, named = says(world.joan, "Sleep at night"), needs(world.joan, "Sleep at night")
    NeedNamed.objects.update(conversation=quote.conversation)
    actions.let_carry(named, at=NOW)
    copy = take(world, later, named)
    listening.mend_quote(quote, "Quiet at night", at=NOW)
    copy.refresh_from_db()
    assert (copy.words, copy.need.words) == ("Quiet at night", "Quiet at night")
    listening.strike_quote(quote.__class__.objects.get(), at=NOW)
    assert not NeedNamed.objects.exists()


def test_after_a_stop_nothing_is_taken_along(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    actions.let_carry(named, at=NOW)
    Person.objects.filter(pk=later.person_id).update(stopped_at=NOW)
    later.refresh_from_db()
    with pytest.raises(AskedToStop):
        take(world, later, named)
    assert "taken-along/" not in lead_sees(client, world, later)


def test_another_person_s_need_is_found_by_nobody(
    client: Client, world: World, later: Participation
) -> None:
    sams = needs(world.sam, "A rest")
    actions.let_carry(sams, at=NOW)
    own = opened(client, world.joan)
    assert client.post(f"{own}needs/{sams.pk}/carry/").status_code == 404
    assert client.post(f"{own}needs/{sams.pk}/not-carried/").status_code == 404
    client.force_login(world.member)
    taken = client.post(f"/people/{later.pk}/needs/{sams.pk}/taken-along/")
    assert taken.status_code == 404


def test_all_of_it_is_in_everything_held_and_erased(
    world: World, named: NeedNamed, later: Participation
) -> None:
    actions.let_carry(named, at=NOW)
    assert "Sleep at night" in str(everything_about(later, at=NOW)["initiative"])
    take(world, later, named)
    held = everything_about(later, at=NOW)["initiative"]
    assert held["needs"][0]["brought_along_on"] == NOW
    erasure.erase_person(world.joan.person, by=None, at=NOW)
    assert "Sleep" not in str(list(NeedNamed.objects.values())) + str(list(Need.objects.values()))


def test_erased_where_it_was_said_it_stays_where_it_was_taken_along_and_can_be_taken_back(
    client: Client, world: World, named: NeedNamed, later: Participation
) -> None:
    actions.let_carry(named, at=NOW)
    copy = take(world, later, named)
    erasure.erase_from_initiative(world.joan, by=None, at=NOW)
    copy.refresh_from_db()
    assert (copy.words, copy.carried_from) == ("Sleep at night", None)
    client.post(f"{opened(client, later)}needs/{copy.pk}/not-carried/")
    assert not NeedNamed.objects.filter(pk=copy.pk).exists()
