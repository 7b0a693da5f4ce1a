"""Removing the example leaves nothing behind, and touches nothing real."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import NotAnExample
from earnest.initiatives.models import Initiative
from earnest.pages import actions
from earnest.people.models import Person
from earnest.practice.models import WatchMark
from earnest.practice.queries import watching
from earnest.rhythm import actions as rhythm
from earnest.rhythm import queries as steps
from tests.worlds import NOW, World


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_every_table_is_as_it_was(world: World) -> None:
    WatchMark.objects.create(name=watching.EVENTS)  # how far words were read, whoever watches
    before = rows()
    for _time in range(2):
        example = actions.build_example(world.workspace, by=world.lead, at=NOW)
        step = steps.steps_for(world.lead, at=NOW)[0]
        rhythm.dismiss(step.key, "Not now.", by=world.lead, at=NOW)
        assert rows() != before
        initiatives.remove_example(example, by=world.lead, at=NOW)
        after = rows()
        assert {**after, "core.Event": 0} == {**before, "core.Event": 0}


def test_the_log_keeps_that_it_was_removed_and_no_invented_history(world: World) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    example = actions.build_example(world.workspace, by=world.lead, at=NOW)
    initiatives.remove_example(example, by=world.lead, at=NOW)
    left = Event.objects.exclude(pk__in=before)
    assert left.filter(action="example_removed").count() == 1
    assert not left.exclude(initiative_id=None, object_id=None).exists()


def test_what_is_real_cannot_be_removed_so(world: World) -> None:
    with pytest.raises(NotAnExample):
        initiatives.remove_example(world.initiative, by=world.lead, at=NOW)


def test_who_was_put_on_something_real_stays_with_it(world: World) -> None:
    example = actions.build_example(world.workspace, by=world.lead, at=NOW)
    theo = Person.objects.get(name="Theo Walsh")
    initiatives.put_on(world.initiative, theo, held_by=world.lead, by=world.lead, at=NOW)
    initiatives.remove_example(example, by=world.lead, at=NOW)
    assert [*Person.objects.filter(is_example=True)] == [theo]
    again = actions.build_example(world.workspace, by=world.lead, at=NOW)
    assert again.people_count == 34


def test_one_tap_removes_it(client: Client, world: World) -> None:
    client.force_login(world.lead)
    example = actions.build_example(world.workspace, by=world.lead, at=NOW)
    address = f"/initiatives/{example.pk}/example/removed/"
    assert client.get(address).status_code == 405
    client.force_login(world.outsider)
    assert client.post(address).status_code == 404
    client.force_login(world.lead)
    assert client.post(address).headers["Location"] == "/initiatives/"
    assert not Initiative.objects.filter(pk=example.pk).exists()
