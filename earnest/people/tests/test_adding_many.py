"""Pasted people are found or added at once, whatever their number."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.people import actions
from earnest.people.actions import Named
from earnest.people.forms import NamesField
from earnest.people.models import Person
from tests.worlds import NOW, World


def add(world: World, *named: Named) -> list[Person]:
    return actions.add_people(world.workspace, list(named), by=world.lead, at=NOW)


def test_the_same_address_is_the_same_person_whatever_its_case(world: World) -> None:
    found = add(world, Named("J. Okafor", "JOAN@Example.org"), Named("Ann", "a@x.org"))
    assert found[0] == world.joan.person
    assert add(world, Named("Ann Lee", "A@X.ORG"))[0] == found[1]


def test_a_name_alone_finds_the_one_person_called_so(world: World) -> None:
    assert add(world, Named("sam reyes"), Named("Joan Okafor")) == [
        world.sam.person,
        world.joan.person,
    ]


def test_where_several_share_a_name_nobody_is_mixed_up(world: World) -> None:
    Person.objects.create(workspace=world.workspace, name="Sam Reyes")
    new = add(world, Named("Sam Reyes"))[0]
    assert Person.objects.filter(name="Sam Reyes").count() == 3
    assert new != world.sam.person


def test_the_same_person_twice_in_a_list_is_one(world: World) -> None:
    people = add(world, Named("Ann", "a@x.org"), Named("ANN"), Named("A.", "A@x.org"))
    assert len({person.pk for person in people}) == 1


def test_five_hundred_names_take_a_few_queries(world: World) -> None:
    named = [Named(f"Person {i}", f"p{i}@x.org" if i % 2 else "") for i in range(500)]
    with CaptureQueriesContext(connection) as queries:
        add(world, *named)
    assert len(queries) <= 10
    assert Person.objects.filter(workspace=world.workspace).count() == 502


def test_people_of_another_workspace_are_not_found(world: World) -> None:
    other = Person.objects.create(workspace=world.other_workspace, name="Zoe", email="zoe@x.org")
    assert add(world, Named("Zoe", "zoe@x.org"))[0] != other


def test_pasted_names_come_out_of_the_field_ready_to_add() -> None:
    assert NamesField().clean("Joan Okafor <joan@example.org>\nSam Reyes") == [
        Named("Joan Okafor", "joan@example.org"),
        Named("Sam Reyes"),
    ]


def test_a_bad_line_is_named_beside_the_field() -> None:
    with pytest.raises(ValidationError) as error:
        NamesField().clean("Joan Okafor\nSam <sam@nowhere>")
    assert error.value.messages == ["Line 2: “sam@nowhere” is not an e-mail address."]


def test_more_names_than_a_page_takes_belong_into_a_file() -> None:
    with pytest.raises(ValidationError, match="import a file"):
        NamesField(most=2).clean("Ada\nBen\nCleo")


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_person_at_once_add_one() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("an in-memory database is one connection")
    by = User.objects.create_user("lead@example.org", "x", name="Lead")
    workspace = accounts.start_workspace("Clinic", time_zone="UTC", by=by, at=NOW)
    begin = threading.Barrier(4)
    errors: list[Exception] = []

    def work() -> None:
        begin.wait()
        try:
            actions.add_people(workspace, [Named("Ann", "ann@x.org")], by=by, at=NOW)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Person.objects.filter(workspace=workspace).count() == 1
