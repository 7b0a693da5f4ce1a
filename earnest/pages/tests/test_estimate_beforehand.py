"""Who wants no estimate says so beforehand, while it is off; nobody else can tell (privacy.md 5, 6)."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils.timezone import now

from earnest.pages.tests.own import opened
from earnest.pages.tests.test_estimate_pages import card, lead_sees, neutral, three_deeds
from earnest.people.models import Person
from earnest.standing import actions, estimating
from earnest.standing.models import Belief
from earnest.standing.tests.test_estimates import GROUNDS
from tests.worlds import World


def wants_none(world: World) -> bool:
    return Person.objects.get(pk=world.joan.person_id).not_estimated_at is not None


def test_while_it_is_off_one_tap_says_it_and_one_takes_it_back(
    world: World, client: Client
) -> None:
    page = opened(client, world.joan)
    for _twice in range(2):
        said = client.post(f"{page}estimate/not-wanted/", follow=True).content.decode()
        assert "Noted. Should it ever be turned on, you are not estimated." in said
        assert "You said that you want no estimate of you" in said
    assert wants_none(world)
    again = client.post(f"{page}estimate/wanted/", follow=True).content.decode()
    assert not wants_none(world)
    assert "You said that you want no estimate of you" not in again


def test_it_is_obeyed_from_the_minute_it_is_turned_on(world: World, client: Client) -> None:
    client.post(f"{opened(client, world.joan)}estimate/not-wanted/")
    actions.turn_on(world.workspace, GROUNDS, by=world.owner, at=now() - timedelta(days=50))
    three_deeds(world.joan)
    estimating.make_all_anew(world.workspace, at=now())
    assert not Belief.objects.exists()
    assert "Too little known to say" in card(lead_sees(world, world.joan))
    assert "You are not estimated" in client.get(opened(client, world.joan)).content.decode()


def test_to_leads_nothing_changes_when_it_is_said_beforehand(world: World, client: Client) -> None:
    lead = Client()
    lead.force_login(world.lead)
    as_them = f"/people/{world.joan.pk}/see-as/"
    page = opened(client, world.joan)

    def seen() -> tuple[str, str]:
        own = lead.get(as_them).content.decode()
        return neutral(lead_sees(world, world.joan)), neutral(own)

    before = seen()
    client.post(f"{page}estimate/not-wanted/")
    assert seen() == before
