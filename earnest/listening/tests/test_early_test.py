"""The small ask is the early test of the large one (2.2): counted from five asks that were due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from earnest.listening.actions.asks import make_smaller, name_large_ask
from earnest.listening.models import Ask, Invitation, LargeAsk
from earnest.listening.queries.asks import EarlyTest, early_test
from earnest.people import actions as people
from earnest.people.actions import Named
from tests.worlds import NOW, World

TODAY = NOW.date()


def asked(world: World, *states: str, due: date = TODAY - timedelta(days=1)) -> list[Invitation]:
    """Somebody for each state, as asked and as it stands."""
    ask = Ask.objects.create(
        initiative=world.initiative,
        by=world.lead,
        kind="input",
        minutes=15,
        about="Fridays",
        gets="the draft",
        answer_by=due,
        made_at=NOW,
    )
    names = [Named(f"Somebody {ask.pk} {n}") for n in range(len(states))]
    there = people.add_people(world.workspace, names, by=world.lead, at=NOW)
    return [
        Invitation.objects.create(
            ask=ask,
            initiative=world.initiative,
            participation=world.initiative.participations.create(
                person=person, held_by=world.lead, since=NOW
            ),
            why_you="why",
            state=state,
            state_at=NOW,
            answer_by=due,
        )
        for person, state in zip(there, states, strict=True)
    ]


def counted(world: World) -> EarlyTest:
    return early_test(world.initiative, today=TODAY)


def test_every_answer_counts_as_met_and_silence_does_not(world: World) -> None:
    asked(world, "proposed", "accepted", "answered", "declined", "referred", "held")
    asked(world, "lapsed", "not_held")
    assert (counted(world).met, counted(world).due) == (6, 8)


@pytest.mark.parametrize("state", ["waiting", "sent", "withdrawn"])
def test_what_is_open_or_taken_back_counts_neither_way(world: World, state: str) -> None:
    asked(world, state)
    assert counted(world).due == 0


def test_only_those_whose_days_are_over_count(world: World) -> None:
    asked(world, "answered", "declined", due=TODAY)
    assert counted(world).due == 0


def test_what_we_called_off_is_not_theirs(world: World) -> None:
    ours, theirs = asked(world, "cancelled", "cancelled")
    ours.events.create(kind="cancelled", at=NOW, by=world.lead, ours=True)
    theirs.events.create(kind="cancelled", at=NOW, by_person=True)
    assert (counted(world).met, counted(world).due) == (0, 1)


def test_other_initiatives_say_nothing_of_this_one(world: World) -> None:
    asked(world, "answered")
    assert early_test(world.other_initiative, today=TODAY).due == 0


def test_from_five_on_it_says_something_and_under_half_to_make_it_smaller(world: World) -> None:
    asked(world, "answered", "lapsed", "lapsed", "lapsed")
    assert not counted(world).says_something
    asked(world, "answered", "held")
    assert counted(world).says_something
    assert not counted(world).says_smaller  # three of six
    asked(world, "lapsed")
    assert counted(world).says_smaller


def test_it_stands_beside_the_large_ask_it_foretells(client: Client, world: World) -> None:
    name_large_ask(world.initiative, "eight weeks, two hours a week", by=world.lead, at=NOW)
    asked(world, "answered", "held", "held", "lapsed", "lapsed")
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/asks/").content.decode()
    assert "3 of 5 small asks were met." in page
    assert "The large ask: eight weeks, two hours a week" in page
    assert "3 of 5 is a fair guess for it." in page
    assert "Make the large ask smaller" not in page


def test_made_smaller_the_old_one_stays_in_the_history(world: World) -> None:
    large = name_large_ask(world.initiative, "eight weeks", by=world.lead, at=NOW)
    made = make_smaller(large, "four weeks", by=world.lead, at=NOW)
    assert made is not None
    assert made.smaller_of == large
    assert counted(world).large == made
    assert make_smaller(large, "one day", by=world.lead, at=NOW) is None
    assert LargeAsk.objects.get(pk=large.pk).left_at == NOW
