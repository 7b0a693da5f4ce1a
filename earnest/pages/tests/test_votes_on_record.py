"""That somebody voted stands on their page and the lead's; how, on theirs alone; erased, nowhere."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.ideas.actions import statements
from earnest.ideas.models import Statement, Vote, Voter
from earnest.ideas.tests.voting import saying, seeded, signed_in_by_link, space_of
from earnest.initiatives.actions import remove_example
from earnest.initiatives.models import Initiative
from earnest.pages.erasure import erase_person
from earnest.pages.everything import everything_about
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted(world: World) -> Statement:
    """Joan disagreed with one sentence and wrote one of her own."""
    space = space_of(world)
    one, _other = seeded(space, 2, by=world.lead)
    joan = signed_in_by_link(world.joan)
    there = f"/mine/{world.joan.pk}/spaces/{space.pk}/vote/"
    joan.post(f"{there}answered/", saying(one.pk, "agree"))
    joan.post(f"{there}answered/", saying(one.pk, "disagree"))
    joan.post(f"{there}new/", {"words": "Leave Fridays free, says Okafor"})
    return one


def test_both_pages_say_that_they_voted_and_neither_how(world: World, voted: Statement) -> None:
    lead = Client()
    lead.force_login(world.lead)
    theirs = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/")
    assert theirs.status_code == 200
    own = signed_in_by_link(world.joan).get(f"/mine/{world.joan.pk}/").text
    assert "Voted on 1 sentence" in theirs.text
    assert "You voted on 1 sentence" in own
    for page in (theirs.text, own):
        assert "Leave Fridays free" in page
        assert "disagree" not in page.lower()
    assert voted.words not in theirs.text


def test_everything_held_has_each_vote_as_it_counts(world: World, voted: Statement) -> None:
    held = everything_about(world.joan, at=NOW)["initiative"]
    assert [(one["words"], one["answer"]) for one in held["your_votes"]] == [
        (voted.words, "disagree")
    ]
    assert held["sentences_put_to_the_vote"][0]["words"] == "Leave Fridays free, says Okafor"


def test_erased_votes_are_gone_and_counts_stay(world: World, voted: Statement) -> None:
    erase_person(world.joan.person, by=None, at=NOW)
    assert not Vote.objects.exists()
    assert not Voter.objects.exists()
    voted.refresh_from_db()
    assert voted.disagree == 1
    own = Statement.objects.get(words="erased")
    assert (own.state, own.voice) == ("hidden", None)


def test_a_name_somebody_else_wrote_into_a_sentence_is_taken_out(world: World) -> None:
    space = space_of(world)
    one = statements.seed_statement(space, "Joan Okafor decides it", by=world.lead, at=NOW)
    erase_person(world.joan.person, by=None, at=NOW)
    one.refresh_from_db()
    assert "Okafor" not in one.words


def test_an_example_taken_away_leaves_no_vote(world: World, voted: Statement) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(is_example=True)
    world.initiative.refresh_from_db()
    assert voted.votes == 0  # as it was read, before
    remove_example(world.initiative, by=world.lead, at=NOW)
    assert not Vote.objects.exists()
