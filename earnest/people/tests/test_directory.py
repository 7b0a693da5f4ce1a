"""The people of a workspace, for those who run it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from earnest.people.models import Person
from tests.worlds import World


def page(world: World, query: str = "") -> str:
    return reverse("people:directory", args=[world.workspace.pk]) + query


def add_many(world: World, count: int) -> None:
    Person.objects.bulk_create(
        Person(workspace=world.workspace, name=f"Person {i % 7}", email=f"p{i}@x.org")
        for i in range(count)
    )


def test_owner_and_admin_alone_see_it(client: Client, world: World) -> None:
    urls = [page(world), page(world, "add/"), reverse("people:edit", args=[world.joan.person_id])]
    for user, status in [
        (world.owner, 200),
        (world.admin, 200),
        (world.member, 404),
        (world.lead, 404),
        (world.sponsor, 404),
        (world.contributor, 404),
        (world.outsider, 404),
        (world.stranger, 404),
    ]:
        client.force_login(user)
        assert [client.get(url).status_code for url in urls] == [status] * 3, user
    client.logout()
    assert client.get(page(world)).status_code == 302


@pytest.mark.parametrize(
    ("text", "found"),
    [("joan", True), ("Oka", True), ("JOAN@EX", True), ("oan", False), ("%", False)],
)
def test_people_are_found_by_how_a_name_or_address_begins(
    client: Client, world: World, text: str, found: bool
) -> None:
    client.force_login(world.owner)
    assert ("Joan Okafor" in client.get(page(world), {"q": text}).content.decode()) is found


def test_every_person_is_on_exactly_one_page(client: Client, world: World) -> None:
    add_many(world, 120)
    client.force_login(world.owner)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        text = client.get(page(world), {"after": str(after)}).content.decode()
        seen += re.findall(r"/people/(\d+)/edit/", text)
        following = re.search(r"after=(\d+)[^>]*>Next", text)
        after = following[1] if following else None
    assert len(seen) == 122
    assert len(set(seen)) == 122


def test_the_number_of_queries_does_not_grow(client: Client, world: World) -> None:
    client.force_login(world.owner)
    counts = []
    for many in (3, 200):
        Person.objects.filter(email__startswith="p").delete()
        add_many(world, many)
        last = Person.objects.order_by("name", "pk").first()
        assert last is not None
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page(world), {"after": str(last.pk), "q": "per"})
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_nothing_of_an_initiative_is_shown(client: Client, world: World) -> None:
    person = world.joan.person
    person.own_goals = "fewer nights"
    person.save()
    client.force_login(world.owner)
    for url in (page(world), reverse("people:edit", args=[person.pk])):
        text = client.get(url).content.decode()
        assert "fewer nights" not in text
        assert world.initiative.target not in text
        assert world.initiative.title not in text


def test_those_who_were_erased_are_gone(client: Client, world: World) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(erased_at=world.initiative.made_at)
    client.force_login(world.owner)
    assert "Joan" not in client.get(page(world)).content.decode()
    assert client.get(reverse("people:edit", args=[world.joan.person_id])).status_code == 404


def test_an_empty_directory_says_what_to_do_first(client: Client, world: World) -> None:
    client.force_login(world.outsider)
    text = client.get(reverse("people:directory", args=[world.other_workspace.pk])).content.decode()
    assert "will be here" in text
    client.force_login(world.owner)
    assert "Nobody’s name" in client.get(page(world), {"q": "zzz"}).content.decode()


@pytest.mark.parametrize("after", ["x", "99999999", "-1", "٣", "9" * 30])
def test_a_page_that_is_none_begins_at_the_first(client: Client, world: World, after: str) -> None:
    client.force_login(world.owner)
    assert "Joan" in client.get(page(world), {"after": after}).content.decode()
