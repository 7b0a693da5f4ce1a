from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas import actions, queries, sweeps
from earnest.ideas.actions import IdeaGone
from earnest.ideas.models import Idea
from earnest.ideas.queries import Reader
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
SETTLED = NOW + timedelta(hours=2)


def supported(world: World) -> Idea:
    """Joan's idea, with Sam for it."""
    space = named_space(world)
    idea = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    assert actions.support_idea(idea, voice_of(space, world.sam), at=NOW)
    return idea


def count(idea: Idea) -> int:
    idea.refresh_from_db()
    return idea.supporters


def test_support_counts_once_and_can_be_taken_back(world: World) -> None:
    idea = supported(world)
    sam = voice_of(named_space(world), world.sam)
    assert not actions.support_idea(idea, sam, at=NOW)
    assert count(idea) == 1
    assert actions.take_support_back(idea, sam, at=NOW)
    assert not actions.take_support_back(idea, sam, at=NOW)
    assert count(idea) == 0


def test_support_is_no_evidence(world: World) -> None:
    supported(world)
    assert not Evidence.objects.filter(participation_id=world.sam.pk).exists()


def test_nobody_supports_their_own_idea(world: World) -> None:
    space = named_space(world)
    joan = voice_of(space, world.joan)
    assert not actions.support_idea(idea_of(joan, "Mine"), joan, at=NOW)


def test_an_idea_taken_back_is_supported_by_nobody(world: World) -> None:
    idea = supported(world)
    actions.take_idea_back(idea, at=NOW)
    assert count(idea) == 0
    with pytest.raises(IdeaGone):
        actions.support_idea(idea, voice_of(named_space(world), world.sam), at=NOW)


def test_who_supports_it_is_told_once_when_the_words_settled(world: World) -> None:
    idea = supported(world)
    actions.reword_idea(idea, "Paint two lines", at=NOW)
    actions.reword_idea(idea, "Paint three lines", at=NOW)
    assert sweeps.tell_supporters(at=NOW) == 0
    assert sweeps.tell_supporters(at=SETTLED) == 1
    assert sweeps.tell_supporters(at=SETTLED) == 0
    mail = Message.objects.get()
    assert (mail.participation, mail.kind) == (world.sam, "reply")
    assert "Paint three lines" in mail.text


def test_whoever_asked_to_be_left_alone_reads_it_on_their_page_alone(world: World) -> None:
    idea = supported(world)
    messaging.say_wish(world.sam, Wish.NOT_THIS, at=NOW)
    actions.reword_idea(idea, "Paint two lines", at=NOW)
    assert sweeps.tell_supporters(at=SETTLED) == 0
    idea.refresh_from_db()
    assert idea.tell_after is None


def test_it_says_that_the_words_changed_until_they_support_the_new_ones(world: World) -> None:
    idea = supported(world)
    sam = voice_of(named_space(world), world.sam)
    actions.reword_idea(idea, "Paint two lines", at=NOW)
    assert [one.pk for one in queries.changed_since(sam)] == [idea.pk]
    assert actions.support_idea(idea, sam, at=NOW)
    assert queries.changed_since(sam) == []
    assert count(idea) == 1


def test_without_names_nobody_is_mailed_and_the_browser_alone_knows(world: World) -> None:
    space = unnamed_space(world)
    mine, other = browser(space, "one"), browser(space, "another")
    idea = idea_of(mine, "Paint the ibis line")
    actions.support_idea(idea, other, at=NOW)
    actions.reword_idea(idea, "Paint two lines", at=NOW)
    assert sweeps.tell_supporters(at=SETTLED) == 0
    (one,) = queries.ideas_page(space, Reader(other)).ideas
    assert (one.is_yours, one.supported, one.changed_since, one.author) == (False, True, True, "")
    (own,) = queries.own_ideas(mine)
    assert own.is_yours
