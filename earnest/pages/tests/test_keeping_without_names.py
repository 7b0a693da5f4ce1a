"""What was said without names is kept as long as records are, and no longer (privacy.md 10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas.actions import sessions, statements
from earnest.ideas.models import Phase, Statement, Try
from earnest.ideas.tests.asking import a_topic, answer
from earnest.ideas.tests.sat import go_to
from earnest.ideas.tests.spaces import browser, idea_of, unnamed_space
from earnest.ideas.tests.voting import cast, counts
from earnest.initiatives.actions import close_initiative
from earnest.pages.sweeps import keep_no_longer
from earnest.pages.tests.test_erasing import found
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def said(world: World) -> Statement:
    """An idea, an answer, a sentence with a vote on it and something taken on, by a browser."""
    space = unnamed_space(world)
    voice = browser(space, "one")
    idea_of(voice, "Paint the ibis line")
    answer(a_topic(world, names=False), "one", "The ibis rests")
    sentence = statements.write_statement(space, voice, "An ibis a day", at=NOW)
    statements.show(sentence, by=world.lead, at=NOW)
    cast(space, "other", [(sentence, 1)])
    session = go_to(sessions.begin_session(space, by=world.lead, at=NOW), Phase.WHO, world)
    sessions.note_try(session, voice, "Feed the ibis", NOW.date())
    go_to(session, Phase.OVER, world)
    return sentence


def test_every_word_goes_when_records_go_and_counts_stay(world: World) -> None:
    sentence = said(world)
    close_initiative(world.initiative, by=world.lead, at=NOW)
    keep_no_longer(at=NOW + timedelta(days=300))
    assert len({table for table, _column, _words in found(["ibis"])}) >= 4
    keep_no_longer(at=NOW + timedelta(days=400))
    assert found(["ibis"]) == []
    assert counts(sentence) == (1, 0, 0)
    assert Try.objects.get().due is None
    assert keep_no_longer(at=NOW + timedelta(days=400)).records == 0
