from __future__ import annotations

import pytest

from earnest.ideas import actions
from earnest.ideas.actions.statements import put_to_the_vote
from earnest.ideas.tests.spaces import idea_of, named_space, voice_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def test_what_its_author_mends_is_mended_where_it_is_voted_on(world: World) -> None:
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    said = put_to_the_vote(idea, "We should: Paint the ibis line", by=world.lead, at=NOW)
    actions.reword_idea(idea, "Paint two lines", at=NOW)
    said.refresh_from_db()
    assert said.words == "We should: Paint two lines"


def test_put_in_words_of_a_lead_it_reads_as_its_author_means_it_now(world: World) -> None:
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line,\nand soon")
    said = put_to_the_vote(idea, "An ibis line should be painted", by=world.lead, at=NOW)
    actions.reword_idea(idea, "Paint two\nlines", at=NOW)
    said.refresh_from_db()
    assert said.words == "Paint two lines"


def test_taken_back_nobody_votes_on_it_and_its_words_stand_nowhere(world: World) -> None:
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    said = put_to_the_vote(idea, "Paint the ibis line", by=world.lead, at=NOW)
    actions.take_idea_back(idea, at=NOW)
    said.refresh_from_db()
    assert (said.state, said.words) == ("hidden", "")
    assert said.reason
