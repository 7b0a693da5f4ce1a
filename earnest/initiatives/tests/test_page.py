"""What the page of an initiative shows, to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from earnest.core.models import Event
from earnest.initiatives import actions
from earnest.initiatives.models import Commission, Initiative, Participation
from earnest.people.actions import Named, add_people
from tests.worlds import NOW, World


def _page(client: Client, world: World, who: str) -> str:
    client.force_login(getattr(world, who))
    address = reverse("initiatives:initiative", args=[world.initiative.pk])
    return client.get(address).content.decode()


def _save(client: Client, world: World, block: str, **fields: Any) -> str:
    client.force_login(world.lead)
    address = reverse(f"initiatives:{block}", args=[world.initiative.pk])
    return client.post(address, fields, follow=True).content.decode()


def test_the_lead_sees_the_target_in_large_and_is_asked_who_asked(
    client: Client, world: World
) -> None:
    html = _page(client, world, "lead")
    assert f"<h1>{world.initiative.target}</h1>" in html
    assert "First: who asked for this?" in html


def test_decided_open_and_who_decides_are_said_to_everyone(client: Client, world: World) -> None:
    """1.4."""
    html = _save(
        client,
        world,
        "decided",
        decided="There will be one list",
        still_open="Who keeps it",
        who_decides="The board",
        decides_on="2026-12-01",
    )
    Initiative.objects.update(open_to_workspace=True)
    for who in ("sponsor", "contributor", "member"):
        html = _page(client, world, who)
        for words in ("There will be one list", "Who keeps it", "The board", "1 Dec 2026"):
            assert words in html, who


def test_value_is_said_for_both_sides_or_not_yet(client: Client, world: World) -> None:
    """3.8."""
    html = _save(client, world, "value", value_organisation="Fewer calls", value_individual="")
    assert "one side alone is not yet a reason" in html
    assert "Fewer calls" in html  # what was typed is still there
    world.initiative.refresh_from_db()
    assert world.initiative.value_organisation == ""
    html = _save(
        client, world, "value", value_organisation="Fewer calls", value_individual="Calm Fridays"
    )
    assert "Calm Fridays" in html
    assert "Calm Fridays" in _page(client, world, "contributor")


def test_the_launch_cannot_come_before_the_first_day(client: Client, world: World) -> None:
    html = _save(client, world, "dates", starts_on="2026-12-10", launches_on="2026-12-01")
    assert "cannot be before the first day" in html
    assert Initiative.objects.get(pk=world.initiative.pk).launches_on is None
    assert "That is not a date" in _save(client, world, "dates", starts_on="soon")


def test_the_log_names_the_fields_and_never_the_words(client: Client, world: World) -> None:
    _save(client, world, "decided", decided="A secret word")
    event = Event.objects.get(action="initiative_changed")
    assert event.detail == {"fields": "decided"}


def test_an_over_long_title_is_explained(client: Client, world: World) -> None:
    html = _save(client, world, "about", title="x" * 161, target="t")
    assert "at most 160 characters" in html
    html = _save(client, world, "about", title="Shorter", target="")
    assert "Say in one sentence what should be happening." in html
    world.initiative.refresh_from_db()
    assert world.initiative.title == "One intake"


def test_the_first_conversation_is_with_who_asked_for_it(client: Client, world: World) -> None:
    html = _save(
        client,
        world,
        "commission",
        asked_by="Ruth Bakker",
        problem="Requests get lost",
        will_give="One day a week",
        talk="on",
        email="ruth@example.org",
    )
    ruth = Participation.objects.get(person__name="Ruth Bakker")
    assert "talk with Ruth Bakker" in html
    assert f"/initiatives/{world.initiative.pk}/people/{ruth.pk}/" in html
    assert "First: who asked for this?" not in html
    assert ruth.held_by == world.lead


def test_once_they_were_spoken_to_it_is_not_proposed_again(client: Client, world: World) -> None:
    _save(client, world, "commission", asked_by="Joan Okafor", talk="on", email="joan@example.org")
    assert Commission.objects.get().person == world.joan.person
    Participation.objects.update(last_contact_at=NOW)
    assert "talk with Joan Okafor" not in _page(client, world, "lead")


def test_who_asked_can_stay_a_name(client: Client, world: World) -> None:
    _save(client, world, "commission", asked_by="The board")
    assert world.initiative.participations.count() == 2
    assert "Name who asked for it" in _save(client, world, "commission", asked_by="")


def test_a_sponsor_sees_backing_apart_and_no_name_of_anybody_asked(
    client: Client, world: World
) -> None:
    """3.2, privacy.md 7."""
    actions.add_backing(
        world.initiative,
        who="Ada Lund",
        what="Two days",
        on=date(2026, 11, 1),
        by=world.lead,
        at=NOW,
    )
    html = _page(client, world, "sponsor")
    assert "Ada Lund" in html
    assert "it is not counted as everyone" in html
    assert "Joan" not in html
    assert "/people/" not in html


def test_a_sponsor_sees_how_many_people_from_five_on(client: Client, world: World) -> None:
    assert "Fewer than five so far." in _page(client, world, "sponsor")
    more = [Named(f"Person {n}") for n in range(3)]
    people = add_people(world.workspace, more, by=world.lead, at=NOW)
    actions.put_many_on(world.initiative, people[:2], by=world.lead, at=NOW)
    assert "Fewer than five so far." in _page(client, world, "sponsor")
    actions.put_many_on(world.initiative, people, by=world.lead, at=NOW)
    assert "5 people are on it." in _page(client, world, "sponsor")


@pytest.mark.parametrize("who", ["contributor", "member"])
def test_contributors_and_members_see_nothing_of_people(
    client: Client, world: World, who: str
) -> None:
    Initiative.objects.update(open_to_workspace=True)
    html = _page(client, world, who)
    assert "Joan" not in html
    assert "people are on it" not in html
    assert "Backing" not in html


@pytest.mark.parametrize("many", [2, 60])
def test_the_page_costs_the_same_however_many_people(
    client: Client, world: World, many: int, django_assert_max_num_queries: Any
) -> None:
    names = [Named(f"Person {n}") for n in range(many)]
    people = add_people(world.workspace, names, by=world.lead, at=NOW)
    actions.put_many_on(world.initiative, people, by=world.lead, at=NOW)
    actions.write_commission(
        world.initiative,
        actions.CommissionWords("Joan Okafor"),
        talk_to=Named("Joan Okafor", "joan@example.org"),
        by=world.lead,
        at=NOW,
    )
    client.force_login(world.lead)
    address = reverse("initiatives:initiative", args=[world.initiative.pk])
    with django_assert_max_num_queries(15):
        client.get(address)


def test_a_stale_tab_writes_only_what_was_touched_in_it(client: Client, world: World) -> None:
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/value/"
    client.post(address, {"value_organisation": "a", "value_individual": "b"})
    seen = {"initial-value_organisation": "a", "initial-value_individual": "b"}
    client.post(address, {**seen, "value_organisation": "fewer calls", "value_individual": "b"})
    client.post(address, {**seen, "value_organisation": "a", "value_individual": "quiet Fridays"})
    world.initiative.refresh_from_db()
    assert world.initiative.value_organisation == "fewer calls"
    assert world.initiative.value_individual == "quiet Fridays"
