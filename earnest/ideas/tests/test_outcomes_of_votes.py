"""What becomes of it stands in the space, and whoever wished to hear it is told: once."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.ideas import sweeps
from earnest.ideas.actions import outcomes, votes
from earnest.ideas.models import Outcome, Space
from earnest.ideas.tests.spaces import voice_of
from earnest.ideas.tests.voting import signed_in_by_link, space_of
from earnest.initiatives.actions import Wish, say_wish
from earnest.messaging.models import Message
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WORDS = "We try Joan's & Sam's plan in May."


@pytest.fixture
def space(world: World) -> Space:
    """Joan and Sam wish to hear of it."""
    made = space_of(world)
    for one in (world.joan, world.sam):
        votes.want_word(voice_of(made, one), wants=True, at=NOW)
    return made


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="reply").order_by("pk"))


def test_whoever_wished_is_told_once_in_the_words_that_were_said(
    world: World, space: Space
) -> None:
    lead = Client()
    lead.force_login(world.lead)
    for _ in range(2):
        lead.post(f"/spaces/{space.pk}/map/outcome/", {"words": WORDS})
    assert Outcome.objects.count() == 1
    assert sweeps.tell_outcomes(at=NOW) == 2
    assert sweeps.tell_outcomes(at=NOW) == 0
    assert {one.participation_id for one in mails()} == {world.joan.pk, world.sam.pk}
    first = mails()[0]
    assert WORDS in first.text
    assert space.question in first.text
    assert f"[[page]]spaces/{space.pk}/map/" in first.text
    assert "&amp; Sam" in first.html
    assert first.by == world.lead


def test_it_stands_in_the_space_for_everyone(world: World, space: Space) -> None:
    outcomes.say_outcome(space, WORDS, by=world.lead, at=NOW)
    joan = signed_in_by_link(world.joan)
    there = f"/mine/{world.joan.pk}/spaces/{space.pk}/"
    assert f"{there}map/" in joan.get(there).text
    assert "We try Joan" in joan.get(f"{there}map/").text


def test_whoever_asked_to_be_left_alone_gets_nothing(world: World, space: Space) -> None:
    say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    outcomes.say_outcome(space, WORDS, by=world.lead, at=NOW)
    sweeps.tell_outcomes(at=NOW)
    assert [one.participation_id for one in mails()] == [world.sam.pk]


def test_whoever_changed_their_mind_gets_nothing(world: World, space: Space) -> None:
    votes.want_word(voice_of(space, world.sam), wants=False, at=NOW)
    outcomes.say_outcome(space, WORDS, by=world.lead, at=NOW)
    sweeps.tell_outcomes(at=NOW)
    assert [one.participation_id for one in mails()] == [world.joan.pk]


def test_many_are_told_some_at_a_time_and_each_once(
    world: World, space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "AT_ONCE", 1)
    outcomes.say_outcome(space, WORDS, by=world.lead, at=NOW)
    assert [sweeps.tell_outcomes(at=NOW) for _ in range(4)] == [1, 1, 0, 0]
    assert len(mails()) == 2
    assert Outcome.objects.get().told_at == NOW


def test_without_names_nobody_is_written_to(world: World) -> None:
    space = space_of(world, names=False)
    outcomes.say_outcome(space, WORDS, by=world.lead, at=NOW)
    assert sweeps.tell_outcomes(at=NOW) == 0
    assert not mails()


def test_nothing_written_is_asked_for(world: World, space: Space) -> None:
    lead = Client()
    lead.force_login(world.lead)
    page = lead.post(f"/spaces/{space.pk}/map/outcome/", {"words": "  "})
    assert page.status_code == 400
    assert "Write what becomes of it first." in page.text
    assert not Outcome.objects.exists()
