"""The verb that sees to the index of the search."""

from __future__ import annotations

import pytest

from earnest.cli import verbs
from earnest.listening.models import Quote
from earnest.pages import search
from earnest.pages.search import index
from tests.worlds import NOW, World


def test_it_makes_the_index_anew_and_says_when_there_is_nothing_to_do(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    index.step_aside()
    Quote.objects.create(initiative=world.initiative, words="Nobody waits", said_on=NOW.date())
    assert verbs.run(["search", "--rebuild"]) == 0
    assert search.find(world.lead, "nobody").groups
    assert verbs.run(["search"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The index was made anew.",
        "The index stands as it should.",
    ]
