"""Whose words go further than the leads, and with whose name: as each person chose."""

from __future__ import annotations

import pytest

from earnest.initiatives.models import Initiative
from earnest.listening import actions, queries
from earnest.listening.models import Quote
from earnest.people import actions as people
from tests.worlds import NOW, World

NAMED, UNNAMED, LEADS = Quote.PassedOn.NAMED, Quote.PassedOn.UNNAMED, Quote.PassedOn.LEADS_ONLY


@pytest.fixture
def quote(world: World) -> Quote:
    return Quote.objects.create(
        initiative=world.initiative, participation=world.joan, words="Fridays", said_on=NOW.date()
    )


def shown(initiative: Initiative) -> list[tuple[str, str, bool]]:
    found = queries.quotes_passed_on(initiative)
    return [(one.words, one.name, one.said_on is not None) for one in found]


def test_for_the_leads_alone_until_they_choose(world: World, quote: Quote) -> None:
    assert shown(world.initiative) == []


def test_without_their_name_neither_name_nor_day_leaves(world: World, quote: Quote) -> None:
    assert actions.pass_on(quote, UNNAMED, at=NOW)
    assert shown(world.initiative) == [("Fridays", "", False)]


def test_with_their_name_and_back_again_at_once(world: World, quote: Quote) -> None:
    actions.pass_on(quote, NAMED, at=NOW)
    assert shown(world.initiative) == [("Fridays", "Joan Okafor", True)]
    actions.pass_on(quote, LEADS, at=NOW)
    assert shown(world.initiative) == []


def test_chosen_twice_is_chosen_once(quote: Quote) -> None:
    assert actions.pass_on(quote, NAMED, at=NOW)
    assert not actions.pass_on(quote, NAMED, at=NOW)


def test_struck_words_go_nowhere_whatever_was_chosen(world: World, quote: Quote) -> None:
    actions.pass_on(quote, NAMED, at=NOW)
    actions.strike_quote(quote, at=NOW)
    assert not actions.pass_on(quote, NAMED, at=NOW)
    assert shown(world.initiative) == []


def test_who_was_erased_is_passed_on_by_nobody(world: World, quote: Quote) -> None:
    actions.pass_on(quote, NAMED, at=NOW)
    people.erase_from_directory(world.joan.person, at=NOW)
    assert shown(world.initiative) == []


def test_only_those_asked_for_and_only_of_this_initiative(world: World, quote: Quote) -> None:
    actions.pass_on(quote, NAMED, at=NOW)
    assert queries.quotes_passed_on(world.initiative, among=[quote.pk + 1]) == []
    assert len(queries.quotes_passed_on(world.initiative, among=[quote.pk])) == 1
    assert queries.quotes_passed_on(world.other_initiative) == []
