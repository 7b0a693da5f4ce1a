"""An open question nobody was asked yet, and groups without a name, come up on Today (1.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas.actions import groups
from earnest.ideas.actions.asking import ask_everyone
from earnest.ideas.actions.topics import close_topic
from earnest.ideas.models import Topic
from earnest.ideas.tests.asking import a_topic, answer
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

LATER = NOW + timedelta(hours=2)
pytestmark = pytest.mark.django_db


def proposed(world: World, rule: str) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=LATER) if step.rule == rule]


def test_a_question_that_nobody_was_asked_is_proposed_until_they_are(world: World) -> None:
    topic = a_topic(world)
    assert not [step for step in steps_for(world.lead, at=NOW) if step.rule == "topic-unasked"]
    (step,) = proposed(world, "topic-unasked")
    assert (step.number, topic.question in step.title) == (topic.pk, True)
    assert ask_everyone(topic, "", by=world.lead, at=NOW)
    assert not proposed(world, "topic-unasked")


def test_that_somebody_answered_unasked_is_not_told_before_five_did(world: World) -> None:
    topic = a_topic(world, names=False)
    for n in range(4):
        answer(topic, f"browser {n}", "More rest")
    assert proposed(world, "topic-unasked")
    answer(topic, "browser 4", "More rest")
    assert not proposed(world, "topic-unasked")


@pytest.mark.parametrize("kind", ["closed", "answered"])
def test_one_that_is_closed_or_found_by_itself_is_not(world: World, kind: str) -> None:
    topic = a_topic(world)
    if kind == "closed":
        close_topic(topic, by=world.lead, at=NOW)
    else:
        answer(topic, world.joan, "More rest")
    assert not proposed(world, "topic-unasked")


def test_of_somebody_elses_question_nothing_is_proposed(world: World) -> None:
    a_topic(world)
    steps = {step.rule for step in steps_for(world.outsider, at=LATER)}
    assert "topic-unasked" not in steps


def test_groups_wait_for_a_name_until_people_gave_one(world: World) -> None:
    topic = a_topic(world)
    Topic.objects.update(answers_count=2)
    group = topic.groups.create(suggestion="night shift", size=2, people=2)
    topic.groups.create(name="Named before", size=3, people=3)
    (step,) = proposed(world, "groups-named")
    assert step.number == topic.pk
    groups.name_group(group, "Nights are lonely", by=world.lead, at=NOW)
    assert not proposed(world, "groups-named")
