"""With its initiative a space is closed: its words have a time, which begins that day (privacy.md 10)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.ideas import access, actions
from earnest.ideas.actions import SpaceClosed, sessions, statements
from earnest.ideas.actions.topics import TopicClosed
from earnest.ideas.models import Idea
from earnest.ideas.tests.asking import a_topic, answer
from earnest.ideas.tests.spaces import browser, idea_of, unnamed_space
from earnest.initiatives.actions import close_initiative
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def test_nothing_more_is_written_in_a_space_of_a_closed_initiative(world: World) -> None:
    space, topic = unnamed_space(world), a_topic(world, names=False)
    voice = browser(space, "one")
    idea = idea_of(voice, "Paint a line")
    close_initiative(world.initiative, by=world.lead, at=NOW)
    with pytest.raises(SpaceClosed):
        idea_of(voice, "Paint another")
    with pytest.raises(SpaceClosed):
        actions.support_idea(idea, browser(space, "other"), at=NOW)
    with pytest.raises(SpaceClosed):
        statements.write_statement(space, voice, "Mornings are quiet", at=NOW)
    with pytest.raises(SpaceClosed):
        sessions.begin_session(space, by=world.lead, at=NOW)
    with pytest.raises(TopicClosed):
        answer(topic, "one", "Rest")


def test_its_page_says_so_and_asks_for_nothing(client: Client, world: World) -> None:
    space = unnamed_space(world)
    close_initiative(world.initiative, by=world.lead, at=NOW)
    there = f"/together/{access.token_of(space)}/"
    assert "<textarea" not in client.get(there).text
    page = client.post(f"{there}ideas/given/", {"words": "Paint a line"})
    assert "closed" in page.text
    assert "Paint a line" in page.text
    assert not Idea.objects.exists()
    client.force_login(world.lead)
    assert "closed" in client.get(f"/spaces/{space.pk}/").text
