"""Through whom a change came: as far as each allows, obeyed at once in what is published (1.14)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.listening.actions.quotes import pass_on, strike_quote
from earnest.listening.models import Quote
from earnest.plans import actions, queries
from earnest.plans.models import Input, Version
from earnest.plans.tests.planned import a_need, a_part, an_input, publish
from tests.worlds import NOW, World

NAMED, UNNAMED, LEADS = Quote.PassedOn.NAMED, Quote.PassedOn.UNNAMED, Quote.PassedOn.LEADS_ONLY


def through(version: Version) -> list[str]:
    return queries.read_version(version).changes[0].through


@pytest.mark.parametrize(
    ("choice", "shown"), [(NAMED, ["Joan Okafor"]), (UNNAMED, ["a colleague"]), (LEADS, [])]
)
def test_a_name_stands_there_only_where_its_person_wants_it(
    world: World, choice: str, shown: list[str]
) -> None:
    an_input(world, world.joan, a_part(world), passed_on=choice)
    assert through(publish(world)) == shown


def test_a_changed_mind_is_obeyed_in_what_was_published(client: Client, world: World) -> None:
    given = an_input(world, world.joan, a_part(world), passed_on=NAMED)
    version = publish(world)
    address = f"/initiatives/{world.initiative.pk}/plan/versions/1/"
    client.force_login(world.contributor)
    assert "Joan" in client.get(address).content.decode()
    assert given.quote is not None
    pass_on(given.quote, LEADS, at=now())
    assert "Joan" not in client.get(address).content.decode()
    assert through(version) == []


def test_words_taken_back_take_the_name_with_them(world: World) -> None:
    given = an_input(world, world.joan, a_part(world), passed_on=NAMED)
    version = publish(world)
    assert given.quote is not None
    strike_quote(given.quote, at=now())
    assert through(version) == []


def test_several_without_a_name_are_counted_and_each_stands_once(world: World) -> None:
    part = a_part(world)
    for whom, how in ((world.joan, NAMED), (world.joan, UNNAMED), (world.sam, UNNAMED)):
        an_input(world, whom, part, passed_on=how)
    assert through(publish(world)) == ["Joan Okafor", "a colleague"]


def test_what_was_no_quote_is_passed_on_as_they_said_of_it(world: World) -> None:
    given = an_input(world, world.joan, a_part(world), passed_on=NAMED)
    version = publish(world)
    Input.objects.filter(pk=given.pk).update(source=Input.Source.PAGE, quote=None)
    assert through(version) == []
    Input.objects.filter(pk=given.pk).update(passed_on=UNNAMED)
    assert through(version) == ["a colleague"]
    Input.objects.filter(pk=given.pk).update(source=Input.Source.QUOTE, passed_on=NAMED)
    assert through(version) == []  # the quote it came from is gone


def test_a_line_nobody_knows_the_writer_of_has_no_name(world: World) -> None:
    given = an_input(world, world.joan, a_part(world))
    Input.objects.filter(pk=given.pk).update(
        source=Input.Source.CHECK_IN, quote=None, participation=None
    )
    assert through(publish(world)) == ["somebody in a check-in"]


def test_a_need_is_shown_from_five_people_on(world: World) -> None:
    """Privacy 7: a smaller group is known to its leads alone."""
    need = a_need(world, a_part(world), world.joan, people=4)
    version = publish(world)
    assert queries.read_version(version).changes[0].needs == []
    assert queries.read_version(version, leads=True).changes[0].needs == [need.words]
    need.people_count = 5
    need.save()
    assert queries.read_version(version).changes[0].needs == [need.words]


def test_each_sees_what_came_through_them(world: World) -> None:
    part = a_part(world)
    an_input(world, world.joan, part)
    a_need(world, a_part(world, "One list"), world.sam)
    version = publish(world)

    def mine(whom: object) -> list[bool]:
        shown = queries.read_version(version, you=whom)  # type: ignore[arg-type]
        return [one.through_you for one in shown.changes]

    assert mine(world.joan) == [True, False]
    assert mine(world.sam) == [False, True]


def test_who_sees_to_it_is_named_to_leads_and_to_themselves(world: World) -> None:
    a_part(world, owner=world.joan)
    version = publish(world)
    assert queries.read_version(version, leads=True).parts[0].owner == "Joan Okafor"
    assert queries.read_version(version).parts[0].owner == "a colleague"
    assert queries.read_version(version, you=world.joan).parts[0].is_yours
    assert not queries.read_version(version, you=world.sam).parts[0].is_yours


def test_after_a_stop_no_new_version_points_to_them(world: World) -> None:
    part = a_part(world)
    given = an_input(world, world.joan, part, passed_on=NAMED)
    version = publish(world)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=now())
    actions.change_part(part, {"title": "Cover from Friday"}, by=world.lead, at=NOW)
    later = publish(world, "The second")
    assert through(later) == []
    assert given not in later.changes.get().inputs.all()
    assert through(version) == ["Joan Okafor"]
