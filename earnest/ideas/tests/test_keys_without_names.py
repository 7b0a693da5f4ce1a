"""In a space without names no key is counted up: the order of keys would be the order of coming."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Min

from earnest.ideas import actions
from earnest.ideas.actions import sessions, statements
from earnest.ideas.models import Merge, OpinionMap, Outcome, Phase, Session, Space, Topic
from earnest.ideas.tests.asking import a_topic, answer
from earnest.ideas.tests.sat import go_to
from earnest.ideas.tests.spaces import browser, idea_of, unnamed_space
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db

OF_LEADS = {Space, Merge, Session, Topic, Outcome, OpinionMap}  # what leads and the clock make
COUNTED_UP = 1_000_000  # a lot this small is as likely as one in four thousand million


def everything_said(world: World) -> None:
    space = unnamed_space(world)
    one, other = browser(space, "one"), browser(space, "other")
    first = idea_of(one, "Paint a line")
    second = idea_of(other, "And a second", first)
    actions.support_idea(first, other, at=NOW)
    third, fourth = idea_of(one, "A lamp at the door"), idea_of(other, "Light at the door")
    actions.part_ideas(actions.merge_ideas(third, fourth, by=world.lead, at=NOW), at=NOW)
    actions.merge_ideas(first, second, by=world.lead, at=NOW)
    actions.take_idea_back(second, at=NOW)
    statements.write_statement(space, one, "Mornings are quiet", at=NOW)
    session = sessions.begin_session(space, by=world.lead, at=NOW)
    sessions.jot(session, one, "A bell", at=NOW)
    go_to(session, Phase.BUILD, world)
    sessions.note_try(session, one, "Bring the bell", None)
    sessions.jot(session, one, "A louder bell", at=NOW)
    for n in range(5):
        answer(a_topic(world, names=False), f"browser {n}", f"Rest {n}")


def test_every_row_that_somebody_wrote_has_a_key_by_lot(world: World) -> None:
    everything_said(world)
    met = set()
    for model in apps.get_app_config("ideas").get_models():
        key = "voter_id" if model._meta.model_name == "vote" else "pk"
        least = model._default_manager.aggregate(n=Min(key))["n"]
        if model in OF_LEADS or least is None:
            continue
        met.add(model._meta.model_name)
        assert least > COUNTED_UP, f"{model.__name__}: {least}"
    assert {"buildson", "support", "parting", "try", "seat", "answer", "statement"} <= met
