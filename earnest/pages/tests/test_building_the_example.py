"""Building the example: quick, the same on any day, and apart from whoever is real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Conversation
from earnest.pages import actions
from earnest.pages.queries import today_of
from earnest.pages.tests.test_example import LADDER, ladder, tags
from earnest.people.models import Person, Team
from earnest.promises.models import PromiseEvent
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

A_WEEK = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in range(16, 23)]
ODD_DAYS = [datetime(2028, 2, 29, 22, 30, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC)]


@pytest.mark.slow
@pytest.mark.parametrize("at", [*A_WEEK, *ODD_DAYS])
def test_it_is_the_same_whatever_the_day(world: World, at: datetime) -> None:
    example = actions.build_example(world.workspace, by=world.member, at=at)
    assert ladder(example) == LADDER
    page = today_of(world.member, at=at, everything=True)
    assert {"promise-today", "promise-tell", "question-owed", "theirs-without-word"} <= tags(page)
    assert {"promise-late", "promise-how"} & tags(page)
    assert not PromiseEvent.objects.filter(at__gt=at).exists()
    assert not Conversation.objects.filter(noted_at__gt=at).exists()
    assert not Evidence.objects.filter(at__gt=at).exists()


def test_real_people_and_teams_of_the_same_name_are_left_alone(world: World) -> None:
    real = Team.objects.create(workspace=world.workspace, name="South")
    owner = world.joan.person
    Person.objects.filter(pk=owner.pk).update(email="joan.okafor@example.org")
    example = actions.build_example(world.workspace, by=world.lead, at=NOW)
    assert not real.people.exists()
    assert not Participation.objects.filter(initiative=example, person=owner).exists()
    assert ladder(example).keys() == {*LADDER, "South (example)"} - {"South"}


def test_building_it_takes_a_bounded_number_of_statements(world: World) -> None:
    asked = Counter[str]()

    def counted(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        asked[sql] += 1
        return execute(sql, *given)

    with connection.execute_wrapper(counted):
        actions.build_example(world.workspace, by=world.lead, at=NOW)
    assert asked.total() < 11_000  # two seconds or so; counted, as seconds depend on the machine


def test_one_tap_builds_it_and_leads_to_today(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert client.get("/example/").status_code == 405
    assert client.post("/example/").headers["Location"] == "/"
    assert Initiative.objects.filter(is_example=True, workspace=world.workspace).count() == 1


def test_who_has_no_workspace_begins_at_the_first_page(client: Client, world: World) -> None:
    assert client.post("/example/").headers["Location"].startswith("/account/login/")
    client.force_login(world.stranger)
    assert client.post("/example/").headers["Location"] == "/first/"
    assert not Initiative.objects.filter(is_example=True).exists()
