"""The page a lead looks at once a week: what stands there, and what to do where nothing does yet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from conftest import Told
from earnest.initiatives.models import Initiative, Measure, Reading
from earnest.plans.actions import connecting
from earnest.plans.models import Part
from earnest.plans.tests.given import a_need
from earnest.standing import actions as standing
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def page(lead: Client, initiative: Initiative) -> str:
    return str(lead.get(f"/initiatives/{initiative.pk}/overview/").content.decode())


def a_part(world: World, title: str) -> Part:
    return Part.objects.create(
        initiative=world.initiative, title=title, why="Fridays", made_at=NOW, changed_at=NOW
    )


def test_with_nobody_on_it_there_is_one_thing_to_do(lead: Client, world: World) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(people_count=0)
    html = page(lead, world.initiative)
    assert f'href="/initiatives/{world.initiative.pk}/people/add/"' in html
    assert "Said and done" not in html


def test_with_nobody_heard_it_says_to_listen_first(lead: Client, world: World) -> None:
    html = page(lead, world.initiative)
    assert "First: listen to somebody" in html
    assert "They begin with the first yes or the first deed." in html
    standing.note_heard(world.joan, at=NOW)
    assert "First: listen to somebody" not in page(lead, world.initiative)


def test_each_part_says_what_will_stand_there(lead: Client, world: World) -> None:
    html = page(lead, world.initiative)
    for words in [
        "No promise of ours yet.",
        "Nobody has asked for or proposed anything yet",
        "Who is heard first will be counted here.",
        "What people need will stand here",
        "Nothing is measured yet.",
        "is the early test of the large one",
        "What a sponsor said or gave will stand here, apart",
    ]:
        assert words in html


def test_a_need_stands_with_the_part_that_answers_it_or_as_a_gap(
    lead: Client, world: World
) -> None:
    answered = a_need(world, world.joan, world.sam, words="Friday load")
    a_need(world, world.joan, words="something that lasts")
    cover = a_part(world, "Weekend cover")
    connecting.look_at(answered, {cover.pk: "solves"}, by=world.lead, at=NOW)
    html = page(lead, world.initiative)
    assert html.index("Friday load") < html.index("something that lasts")
    assert "Weekend cover</a>" in html
    assert html.count("no part of the plan answers it") == 1


def test_a_part_that_was_dropped_answers_nothing(lead: Client, world: World) -> None:
    need = a_need(world, world.joan, words="Friday load")
    cover = a_part(world, "Weekend cover")
    connecting.look_at(need, {cover.pk: "helps"}, by=world.lead, at=NOW)
    Part.objects.filter(pk=cover.pk).update(dropped_at=NOW)
    html = page(lead, world.initiative)
    assert "Weekend cover" not in html
    assert "no part of the plan answers it" in html


def test_a_measure_is_drawn_by_its_last_readings(lead: Client, world: World) -> None:
    measure = Measure.objects.create(
        initiative=world.initiative, name="Owned in a day", unit="%", made_at=NOW
    )
    for days, value in ((9, 40), (2, 61)):
        on = NOW.date() - timedelta(days=days)
        Reading.objects.create(measure=measure, value=value, on=on, at=NOW)
    html = page(lead, world.initiative)
    assert "<strong>61 %</strong>" in html
    assert "2 readings" in html


def test_buttons_lead_to_more_time_the_sponsor_and_what_one_can_take_along(
    lead: Client, world: World
) -> None:
    html = page(lead, world.initiative)
    here = f"/initiatives/{world.initiative.pk}"
    for address in ("more-time/", "sponsor/", "overview/pdf/", "overview/picture/"):
        assert f'href="{here}/{address}"' in html


def test_the_example_shows_it_with_life(client: Client, told_now: Told) -> None:
    world, example = told_now
    client.force_login(world.lead)
    html = page(client, example)
    for words in ["said yes, ", "did it, ", "no chance yet", "small asks met", "The first talk"]:
        assert words in html
    for words in ["will stand here", "Nothing is measured", "First: listen"]:
        assert words not in html


def test_the_page_of_a_co_lead_is_the_same(client: Client, world: World) -> None:
    client.force_login(world.co_lead)
    assert "Where everyone stands" in page(client, world.initiative)
