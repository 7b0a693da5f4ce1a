"""The plan, part by part: written, put in order, dropped with a reason, brought back (2.20)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.plans import actions
from earnest.plans.models import Answers, Part
from earnest.plans.tests.given import a_quote
from earnest.plans.tests.planned import WHY, a_part
from tests.worlds import NOW, World


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def plan(client: Client, world: World, who: str = "lead") -> str:
    client.force_login(getattr(world, who))
    return client.get(f"/initiatives/{world.initiative.pk}/plan/").content.decode()


def titles(world: World) -> list[str]:
    rows = world.initiative.parts.filter(dropped_at=None)
    return list(rows.values_list("title", flat=True))


def test_a_part_says_what_why_and_who_sees_to_it(as_lead: Client, world: World) -> None:
    fields = {"title": "Weekend cover", "why": WHY, "owner": f"person {world.joan.pk}"}
    as_lead.post(f"/initiatives/{world.initiative.pk}/parts/new/", fields)
    html = plan(as_lead, world)
    assert "Weekend cover" in html
    assert WHY in html
    assert "Joan Okafor sees to it" in html


def test_a_part_without_a_reason_is_not_taken_and_what_was_typed_stays(
    as_lead: Client, world: World
) -> None:
    address = f"/initiatives/{world.initiative.pk}/parts/new/"
    html = as_lead.post(address, {"title": "Weekend cover", "what": "Two more hands"})
    assert html.status_code == 400
    assert "Say why." in html.content.decode()
    assert "Two more hands" in html.content.decode()
    assert titles(world) == []


def test_pressed_twice_it_is_one_part(as_lead: Client, world: World) -> None:
    for _ in range(2):
        as_lead.post(
            f"/initiatives/{world.initiative.pk}/parts/new/", {"title": "Once", "why": WHY}
        )
    assert titles(world) == ["Once"]


def test_parts_change_places_and_the_ends_stay_ends(as_lead: Client, world: World) -> None:
    first, second = a_part(world, "First"), a_part(world, "Second")
    as_lead.post(f"/parts/{second.pk}/earlier/")
    assert titles(world) == ["Second", "First"]
    as_lead.post(f"/parts/{second.pk}/earlier/")
    assert titles(world) == ["Second", "First"]
    as_lead.post(f"/parts/{second.pk}/later/")
    assert titles(world) == ["First", "Second"]
    actions.drop_part(first, "no", by=world.lead, at=NOW)
    as_lead.post(f"/parts/{first.pk}/later/")
    assert titles(world) == ["Second"]


def test_it_is_dropped_with_a_reason_alone_and_comes_back(as_lead: Client, world: World) -> None:
    part = a_part(world)
    assert as_lead.post(f"/parts/{part.pk}/dropped/", {"why": " "}).status_code == 400
    assert titles(world) == ["Weekend cover"]
    as_lead.post(f"/parts/{part.pk}/dropped/", {"why": "Two desks are enough"})
    assert titles(world) == []
    assert "Two desks are enough" in plan(as_lead, world)
    again = as_lead.post(f"/parts/{part.pk}/dropped/", {"why": "Another"}, follow=True)
    assert "It was dropped before." in again.content.decode()
    part.refresh_from_db()
    assert part.dropped_why == "Two desks are enough"
    as_lead.post(f"/parts/{part.pk}/back/")
    assert titles(world) == ["Weekend cover"]
    back = as_lead.post(f"/parts/{part.pk}/back/", follow=True)
    assert "It stands in the plan." in back.content.decode()


def test_what_this_tab_did_not_touch_stays(as_lead: Client, world: World) -> None:
    part = a_part(world)
    shown = as_lead.get(f"/parts/{part.pk}/").content.decode()
    assert 'name="initial-why"' in shown
    Part.objects.filter(pk=part.pk).update(why="Somebody else wrote this")
    fields = {"title": "Cover from Thursday", "initial-title": "Weekend cover"}
    as_lead.post(f"/parts/{part.pk}/", {**fields, "why": WHY, "initial-why": WHY})
    part.refresh_from_db()
    assert (part.title, part.why) == ("Cover from Thursday", "Somebody else wrote this")


def test_nobody_is_given_a_part_after_a_stop(as_lead: Client, world: World) -> None:
    part = a_part(world)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=now())
    world.joan.refresh_from_db()
    with pytest.raises(AskedToStop):
        actions.change_part(part, {"owner": world.joan}, by=world.lead, at=NOW)
    assert "Joan" not in as_lead.get(f"/parts/{part.pk}/").content.decode()


def test_who_saw_to_it_before_a_stop_is_still_the_one_chosen(as_lead: Client, world: World) -> None:
    part = a_part(world, owner=world.joan)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=now())
    html = as_lead.get(f"/parts/{part.pk}/").content.decode()
    assert f'value="person {world.joan.pk}" selected' in html


def test_who_does_not_lead_reads_the_plan_and_no_person(client: Client, world: World) -> None:
    """Privacy 7: of those who are asked they see groups alone."""
    part = a_part(world, owner=world.joan)
    need = world.initiative.needs.create(words="something that lasts", made_at=NOW, people_count=4)
    Answers.objects.create(need=need, part=part, how="solves", at=NOW)
    part.words_used.create(quote=a_quote(world.joan), at=NOW)
    for who in ("sponsor", "contributor"):
        html = plan(client, world, who)
        assert "Weekend cover" in html
        assert "Joan" not in html
        assert "a colleague sees to it" in html
        assert "something that lasts" not in html
        assert "/parts/" not in html
        assert "built on the words" not in html
    assert "built on the words of people, in 1 place" in plan(client, world, "lead")
    need.people_count = 5
    need.save()
    assert "something that lasts" not in plan(client, world, "sponsor")  # as somebody put it
    need.called_at = NOW
    need.save()
    assert "something that lasts" in plan(client, world, "sponsor")


def test_the_empty_plan_says_what_will_be_there(client: Client, world: World) -> None:
    assert "Write the first part" in plan(client, world)
    assert "There is no plan yet" in plan(client, world, "contributor")


def test_the_plan_costs_the_same_however_long(as_lead: Client, world: World) -> None:
    costs = []
    for many in (2, 8):
        for number in range(many):
            a_part(world, f"Part {many} {number}", owner=world.joan if number % 2 else world.lead)
        with CaptureQueriesContext(connection) as asked:
            assert as_lead.get(f"/initiatives/{world.initiative.pk}/plan/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 15
