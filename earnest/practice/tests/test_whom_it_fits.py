"""Whom something to try fits, and why, out of their own work: proposed, never ranked (0.2, 0.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.people.models import Person
from earnest.practice.actions import say_it_came_up, tries
from earnest.practice.actions.tries import TryDraft
from earnest.practice.models import TryOut
from earnest.practice.queries.fitting import whom_it_fits
from earnest.practice.tests.taught import a_lesson, first_point
from earnest.standing import actions as standing
from tests.worlds import NOW, World

WHAT = "Make the weekend rota"


def works_for(whom: Participation, goals: str) -> None:
    Participation.objects.filter(pk=whom.pk).update(own_goals=goals)


def proposed(world: World, what: str = WHAT, **more: object) -> dict[str, list[tuple[str, str]]]:
    lesson = more.get("lesson")
    page = whom_it_fits(world.initiative, what, lesson, after="", at=NOW)  # type: ignore[arg-type]
    return {
        row.participation.person.name: [(one.label, one.words) for one in row.reasons]
        for row in page.rows
    }


def test_the_reasons_are_what_is_on_record_of_their_own_work(world: World) -> None:
    works_for(world.joan, "An empty tray\nA rota nobody swaps")
    need = world.initiative.needs.create(words="Rotas a week ahead", made_at=NOW)
    need.named.create(participation=world.joan, at=NOW)
    Person.objects.filter(pk=world.joan.person_id).update(job="Weekend nurse")
    assert proposed(world) == {
        world.joan.person.name: [
            ("They work for", "A rota nobody swaps"),
            ("They do", "Weekend nurse"),
            ("They named a need", "Rotas a week ahead"),
        ]
    }


@pytest.mark.parametrize("state", ["declined", "done", "chose_not"])
def test_what_they_answered_is_not_proposed_to_them_again(world: World, state: str) -> None:
    works_for(world.joan, "The rota")
    TryOut.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        what=WHAT,
        starts_at=NOW - timedelta(days=90),
        place="The desk",
        help="Sam",
        why="The rota",
        offered_at=NOW - timedelta(days=95),
        state=state,
        state_at=NOW - timedelta(days=80),
    )
    assert proposed(world) == {}
    assert list(proposed(world, "Another rota")) == [world.joan.person.name]


def test_words_in_their_own_hand_come_before_what_a_lead_noted(world: World) -> None:
    works_for(world.joan, "The rota")
    Person.objects.filter(pk=world.joan.person_id).update(own_goals="Calm", own_work_at=NOW)
    assert proposed(world) == {}


def test_words_that_stand_everywhere_fit_nobody(world: World) -> None:
    works_for(world.joan, "That they have what they need when they need it")
    assert proposed(world, "what they have with them") == {}


def test_a_word_fits_in_its_other_endings_and_not_by_its_beginning_alone(world: World) -> None:
    works_for(world.joan, "Fewer rotas")
    works_for(world.sam, "Intake, three days a week")
    assert list(proposed(world)) == [world.joan.person.name]


def test_they_stand_in_the_order_of_the_alphabet_however_many_reasons_each_has(
    world: World,
) -> None:
    works_for(world.joan, "The rota")
    works_for(world.sam, "The rota\nThe weekend\nA rota made early")
    names = [world.joan.person.name, world.sam.person.name]
    assert list(proposed(world)) == sorted(names)


def test_a_lesson_that_waits_for_its_moment_is_a_reason_until_it_came_up(world: World) -> None:
    lesson = a_lesson(world, world.joan, world.sam)
    say_it_came_up(world.sam, first_point(lesson), at=NOW)
    waits = {world.joan.person.name: [("It waits for its moment", lesson.title)]}
    assert proposed(world, "", lesson=lesson) == waits


def test_no_chance_yet_stands_as_a_reason_for_a_chance(world: World) -> None:
    standing.mark_no_chance(world.joan, by=world.lead, at=NOW)
    said = [("Their work gave no chance yet: this would be one", "")]
    assert proposed(world, "") == {world.joan.person.name: said}


@pytest.mark.parametrize("wish", [Wish.LESS, Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_who_asked_for_less_or_for_quiet_is_not_named(world: World, wish: Wish) -> None:
    works_for(world.joan, "The rota")
    messaging.say_wish(world.joan, wish, at=NOW)
    assert proposed(world) == {}


def test_who_is_left_alone_is_not_named(world: World) -> None:
    works_for(world.joan, "The rota")
    until = NOW + timedelta(days=20)
    Person.objects.filter(pk=world.joan.person_id).update(left_alone_until=until)
    assert proposed(world) == {}


def test_who_has_an_offer_before_them_is_not_named(world: World) -> None:
    works_for(world.joan, "The rota")
    when = NOW + timedelta(days=1)
    draft = TryDraft("The rota", when, 20, "Here", "Bo", "goal", "You work for: The rota")
    tries.offer(world.joan, draft, by_mail=False, by=world.lead, at=NOW)
    assert proposed(world) == {}


def test_what_touches_health_is_no_reason_to_name(world: World) -> None:
    works_for(world.joan, "The rota after my surgery and depression")
    assert proposed(world) == {}


def test_looking_offers_nothing_and_the_offer_takes_the_words_along(
    client: Client, world: World
) -> None:
    works_for(world.joan, "A rota nobody swaps")
    client.force_login(world.lead)
    address = f"/practice/on/{world.initiative.pk}/try-outs/whom/"
    shown = client.get(address, {"what": WHAT}).content.decode()
    assert "A rota nobody swaps" in shown
    offer = f"/practice/people/{world.joan.pk}/try-out/?what=Make+the+weekend+rota"
    assert offer in shown
    assert 'value="Make the weekend rota"' in client.get(offer).content.decode()
    assert not TryOut.objects.exists()


def test_a_lesson_of_elsewhere_is_refused_beside_its_field(client: Client, world: World) -> None:
    client.force_login(world.lead)
    address = f"/practice/on/{world.initiative.pk}/try-outs/whom/"
    assert client.get(address, {"lesson": "99999"}).status_code == 400
    assert client.get(address, {"after": "x", "what": WHAT}).status_code == 200


def test_many_people_cost_the_same_queries_as_one(client: Client, world: World) -> None:
    client.force_login(world.lead)
    works_for(world.joan, "The rota")
    address = f"/practice/on/{world.initiative.pk}/try-outs/whom/?what=rota"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(60):
        one = Person.objects.create(workspace=world.workspace, name=f"Person {number:02}")
        world.initiative.participations.create(
            person=one, held_by=world.lead, since=NOW, own_goals="The rota"
        )
    with CaptureQueriesContext(connection) as many:
        shown = client.get(address).content.decode()
    assert len(many) == len(few) <= 15
    assert "after=50" in shown
    assert "Person 59" in client.get(f"{address}&after=50").content.decode()
