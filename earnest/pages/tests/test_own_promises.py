"""What a person says about promises on their own page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.pages.tests.own import opened
from earnest.people.models import Away
from earnest.promises import actions as promises
from earnest.promises.models import Promise
from earnest.standing.models import Evidence
from tests.worlds import World


@pytest.fixture
def taken(world: World) -> Promise:
    draft = promises.Draft("Bring the list", "theirs", now().date() + timedelta(days=3))
    return promises.make_promise(world.joan, draft, by=world.lead, at=now())


def say(client: Client, promise: Promise, verb: str, **data: str) -> int:
    own = opened(client, promise.participation)
    return client.post(f"{own}promises/{promise.pk}/{verb}/", data).status_code


def test_yes_that_is_what_i_said_makes_it_agreed(client: Client, taken: Promise) -> None:
    assert say(client, taken, "confirmed") == 302
    assert Evidence.objects.get().kind == "agreed"


def test_that_is_not_what_i_said_leaves_no_evidence(client: Client, taken: Promise) -> None:
    assert say(client, taken, "not-said") == 302
    taken.refresh_from_db()
    event = taken.events.last()
    assert taken.state == "released"
    assert event
    assert event.why == "not what I said"
    assert event.by_person
    assert not Evidence.objects.exists()


def test_done_by_their_own_word(client: Client, taken: Promise) -> None:
    assert say(client, taken, "kept") == 302
    assert Evidence.objects.get().item == "kept"


def test_needs_more_time_moves_it(client: Client, taken: Promise) -> None:
    later = now().date() + timedelta(days=20)
    assert say(client, taken, "moved", due=str(later), why="Leave") == 302
    taken.refresh_from_db()
    assert taken.due == later
    assert not Evidence.objects.exists()


def test_a_wrong_date_is_said_beside_it_and_kept(client: Client, taken: Promise) -> None:
    own = opened(client, taken.participation)
    response = client.post(f"{own}promises/{taken.pk}/moved/", {"due": "soon", "why": "A cold"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "That is not a date" in page
    assert "A cold" in page
    assert "<details open>" in page


def test_i_would_rather_not_counts_neither_way(client: Client, taken: Promise) -> None:
    assert say(client, taken, "released", why="Too much just now") == 302
    taken.refresh_from_db()
    assert taken.state == "released"
    assert not Evidence.objects.exists()


def test_past_its_day_one_neutral_question_stands_there(client: Client, world: World) -> None:
    draft = promises.Draft("Bring it", "theirs", now().date() - timedelta(days=2))
    promises.make_promise(world.joan, draft, by=world.lead, at=now())
    page = client.get(opened(client, world.joan)).content.decode()
    assert "The day is over. How did it go? Any answer is fine." in page


def test_our_promises_and_those_of_others_are_not_theirs_to_settle(
    client: Client, world: World, taken: Promise
) -> None:
    ours = promises.make_promise(
        world.joan, promises.Draft("Send it", "ours", now().date()), by=world.lead, at=now()
    )
    own = opened(client, world.joan)
    assert client.post(f"{own}promises/{ours.pk}/kept/").status_code == 404
    sams = opened(client, world.sam)
    assert client.post(f"{sams}promises/{taken.pk}/kept/").status_code == 404


def test_said_twice_is_no_harm(client: Client, taken: Promise) -> None:
    assert say(client, taken, "kept") == 302
    assert say(client, taken, "kept") == 302
    assert Evidence.objects.count() == 1


def test_own_goals_in_their_own_hand(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    client.post(f"{own}own-work/", {"goals": "Fewer no-shows", "measures": "95 % filled"})
    world.joan.person.refresh_from_db()
    assert world.joan.person.own_goals == "Fewer no-shows"


def test_days_away_noted_and_removed(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    client.post(f"{own}away/", {"first_day": "2026-12-01", "last_day": "2026-12-09"})
    away = Away.objects.get(person=world.joan.person)
    wrong = client.post(f"{own}away/", {"first_day": "2026-12-09", "last_day": "2026-12-01"})
    assert wrong.status_code == 400
    assert "lies before the first" in wrong.content.decode()
    sam = Client()
    sams = opened(sam, world.sam)
    assert sam.post(f"{sams}away/{away.pk}/removed/").status_code == 404
    client.post(f"{own}away/{away.pk}/removed/")
    assert not Away.objects.exists()


def test_the_own_page_costs_the_same_however_much_was_promised(
    client: Client, world: World
) -> None:
    own = opened(client, world.joan)
    costs = []
    for many in (1, 10):
        for number in range(many):
            for side in ("ours", "theirs"):
                draft = promises.Draft(f"Thing {number}", side, now().date() + timedelta(days=3))
                promises.make_promise(world.joan, draft, by=world.lead, at=now())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(own).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 20
