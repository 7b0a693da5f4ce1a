"""Words mended or struck do not come back from another window of the same talk (privacy.md 4)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from earnest.listening import actions
from earnest.listening.actions import Taken, Written
from earnest.listening.models import Conversation, Finding, Quote, TakenBack
from earnest.listening.tests.test_mending_quotes import in_rows, placed
from tests.worlds import NOW, World

TALK = UUID(int=1)
WORDS = "The ocelot form takes me an hour. Nobody reads the ocelot form."
TEXT = f"Joan said “{WORDS}” and left.\n? who decides"
LATER = NOW + timedelta(hours=2)


def write(world: World, text: str, *, tab: int) -> None:
    written = Written(TALK, UUID(int=tab), 1, text, NOW)
    actions.write_sheet(world.initiative, [world.joan], written, by=world.lead, at=LATER)


@pytest.fixture
def quote(world: World) -> Quote:
    written = Written(TALK, UUID(int=2), 1, TEXT, NOW)
    noted = actions.write_and_end(world.initiative, [world.joan], written, by=world.lead, at=NOW)
    noted.findings.all().delete()
    return actions.take_quote(placed(noted, "quote", WORDS), Taken(WORDS, world.joan))


def notes() -> str:
    return Conversation.objects.get().notes


@pytest.mark.parametrize("new", ["", "It takes a while"])
def test_the_same_words_from_a_second_window_change_nothing(
    world: World, quote: Quote, new: str
) -> None:
    done = actions.mend_quote(quote, new, at=NOW) if new else actions.strike_quote(quote, at=NOW)
    assert done
    before = notes()
    write(world, TEXT, tab=3)
    assert notes() == before
    assert in_rows("ocelot") == []


def test_a_sentence_of_them_in_other_words_is_known_again_and_the_rest_is_kept(
    world: World, quote: Quote
) -> None:
    actions.strike_quote(quote, at=NOW)
    write(world, "So: nobody reads the OCELOT form!\nShe brings the list by Friday.", tab=3)
    assert in_rows("ocelot") == []
    assert "She brings the list by Friday." in notes()
    assert not Finding.objects.filter(words__icontains="ocelot").exists()


def test_when_the_notes_are_gone_they_do_not_come_back_either(world: World, quote: Quote) -> None:
    actions.strike_quote(quote, at=NOW)
    Conversation.objects.update(notes="", notes_erased_at=NOW)
    write(world, TEXT, tab=3)
    assert in_rows("ocelot") == []


def test_what_is_kept_of_them_holds_no_word(world: World, quote: Quote) -> None:
    actions.strike_quote(quote, at=NOW)
    kept = TakenBack.objects.all()
    assert {len(bytes(one.digest)) for one in kept} == {32}
    assert in_rows("ocelot") == in_rows("nobody reads") == []


def test_one_word_struck_is_not_searched_for_in_the_middle_of_others(world: World) -> None:
    written = Written(TALK, UUID(int=2), 1, "“Never.”\nWe met.", NOW)
    noted = actions.write_and_end(world.initiative, [world.joan], written, by=world.lead, at=NOW)
    noted.findings.all().delete()
    one = actions.take_quote(placed(noted, "quote", "Never."), Taken("Never.", world.joan))
    actions.strike_quote(one, at=NOW)
    write(world, "“Never.”\nSam never came.", tab=3)
    assert "Never." not in notes()
    assert "Sam never came." in notes()
