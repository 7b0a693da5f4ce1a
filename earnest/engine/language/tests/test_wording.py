"""Which words press, where they do not count, and what stands beside them (4.1)."""

from __future__ import annotations

import time
from typing import Any

import pytest

from earnest.engine.language import BadWordList, Hint, Wording, hints_for

RULE = {"why": "It presses.", "fires": "", "quiet": ""}
FILE: dict[str, Any] = {
    "language": "en",
    "rule": [
        {**RULE, "name": "board", "words": ["get|gets * (on board|aboard)"], "instead": "hear *"},
        {**RULE, "name": "just", "words": ["just"], "unless": ["just now"], "instead": ""},
        {**RULE, "name": "must", "words": ["you must"], "try": "say why"},
        {**RULE, "name": "must all", "words": ["you must all"], "try": "say to whom"},
    ],
    "capitals": {"words": ["now"], "why": "Loud.", "fires": "", "quiet": ""},
}
WORDING = Wording.from_mapping(FILE)


def hints(text: str, **more: int) -> tuple[Hint, ...]:
    return hints_for(text, WORDING, **more)


def said(text: str) -> list[str]:
    return [one.said for one in hints(text)]


def test_a_hint_says_where_and_what_instead() -> None:
    text = "We get the nurses on board."
    assert hints(text) == (
        Hint(3, 26, "get the nurses on board", "hear the nurses", "It presses.", fits=True),
    )
    assert text[3:26] == "get the nurses on board"


def test_every_form_counts_and_whole_words_alone() -> None:
    assert said("She gets them aboard.") == ["gets them aboard"]
    assert said("An adjustment is justified, and you mustard.") == []


def test_a_capital_at_the_start_stays_one() -> None:
    assert hints("Get them aboard.")[0].kinder == "Hear them"


def test_the_longest_wording_wins() -> None:
    (one,) = hints("You must all come.")
    assert one.kinder == "say to whom"
    assert not one.fits


def test_a_longer_wording_that_means_no_harm_is_passed_over() -> None:
    assert said("I heard it just now.") == []


def test_a_wording_ends_with_its_sentence() -> None:
    assert said("Tickets you get. Then on board.") == []


@pytest.mark.parametrize(
    "theirs",
    [
        "She said “you must come”.",
        'She said "you must come".',
        "Sie sagte „you must come“.",
        "Elle dit « you must come ».",
        "> you must come",
        "  > you must come",
        "Read https://example.org/you-must.just#now",
        "Write to just@example.org",
        "[[page]]just/12/",
    ],
)
def test_words_of_others_and_addresses_do_not_count(theirs: str) -> None:
    assert said(theirs) == []
    assert said(f"{theirs}\nYou must come") == ["You must"]


def test_nothing_is_read_across_somebody_s_words() -> None:
    assert said("You “all of us” must come.") == []


def test_an_apostrophe_opens_no_quotation() -> None:
    assert said("It's what you must do, isn't it") == ["you must"]


def test_a_mark_that_is_never_closed_hides_nothing() -> None:
    assert said('A 5" pipe\nyou must see') == ["you must"]
    assert said("“Well, you must see") == ["you must"]


def test_each_wording_is_shown_once_and_in_order() -> None:
    assert said("You must just do what you must.") == ["You must", "just"]


def test_a_handful_is_shown() -> None:
    text = "You must. You must all. Just. Get her aboard. Get him aboard. Get it aboard."
    assert len(hints(text)) == 5
    assert said(text) == [one.said for one in hints(text, most=9)][:5]


def test_capitals_are_loud_where_they_are_no_name() -> None:
    assert [(one.said, one.kinder) for one in hints("Come NOW please")] == [("NOW", "now")]
    assert said("PLEASE READ THIS") == ["PLEASE READ THIS"]
    assert said("The SAP ERP of the NHS") == []
    assert said("YOU MUST read it") == ["YOU MUST"]


@pytest.mark.parametrize(
    "text",
    [
        "get " * 50_000,
        "you must get just " * 12_000,
        "“" * 200_000,
        "„“" * 100_000,
        '"' * 200_001,
        ">" * 200_000,
        "a" * 200_000,
        "NO " * 66_000,
        "x@" * 100_000,
        "«" * 200_000,
    ],
    ids=lambda text: ascii(text[:4]),
)
def test_a_long_text_costs_as_much_as_it_is_long(text: str) -> None:
    begun = time.process_time()
    hints(text, most=1_000_000)
    assert time.process_time() - begun < 3  # a quadratic one takes minutes


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": 5},
        {"extra": []},
        {"rule": [{**RULE, "name": "x", "words": ["x"]}]},
        {"rule": [{**RULE, "name": "x", "words": ["x"], "try": "a", "instead": "b"}]},
        {"rule": [{**RULE, "name": "x", "words": ["x"], "try": "a", "kind": "b"}]},
        {"rule": [{**RULE, "name": "x", "words": [5], "try": "a"}]},
        {"rule": [{**RULE, "name": "x", "words": "you", "try": "a"}]},
        {"capitals": {}},
    ],
    ids=str,
)
def test_a_file_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadWordList):
        Wording.from_mapping({**FILE, **wrong})
