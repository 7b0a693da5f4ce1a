"""Every page about the example opens, and costs what it costs whoever it is about."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from earnest.initiatives.models import Initiative
from tests.worlds import World

PAGES = (
    *("initiatives:initiative", "initiatives:people", "initiatives:stages", "initiatives:run_up"),
    *("initiatives:backings", "initiatives:commission", "initiatives:decided", "initiatives:value"),
    *("promises:promises", "listening:conversations"),
)


@pytest.fixture
def world(example_now: tuple[World, Initiative]) -> World:
    return example_now[0]


@pytest.fixture
def example(example_now: tuple[World, Initiative]) -> Initiative:
    return example_now[1]


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def test_everybodys_page_opens_with_as_many_queries_as_the_next(
    as_lead: Client, example: Initiative
) -> None:
    costs = set()
    for one in example.participations.select_related("person"):
        with CaptureQueriesContext(connection) as asked:
            page = as_lead.get(reverse("pages:person", args=[example.pk, one.pk]))
        assert page.status_code == 200
        assert one.person.name in page.content.decode()
        costs.add(len(asked))
    assert max(costs) - min(costs) <= 3, costs  # what nobody has is not looked up further
    assert max(costs) <= 15, costs


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_initiative_opens(
    as_lead: Client, example: Initiative, name: str
) -> None:
    assert as_lead.get(reverse(name, args=[example.pk])).status_code == 200


def test_every_conversation_opens(as_lead: Client, example: Initiative) -> None:
    for talk in example.conversations.all():
        page = as_lead.get(reverse("listening:conversation", args=[talk.pk]))
        assert page.status_code == 200
        if talk.findings.filter(state="offered").exists():
            found = as_lead.get(reverse("pages:found", args=[talk.pk]))
            assert "nine-field form" in found.content.decode()


def test_every_promise_opens(as_lead: Client, example: Initiative) -> None:
    for one in example.participations.prefetch_related("promises"):
        for promise in one.promises.all():
            page = as_lead.get(reverse("promises:promise", args=[promise.pk]))
            assert page.status_code == 200


def test_today_offers_to_remove_it(as_lead: Client, example: Initiative) -> None:
    html = as_lead.get("/").content.decode()
    assert "nobody in it is real" in html
    assert reverse("initiatives:example_removed", args=[example.pk]) in html
