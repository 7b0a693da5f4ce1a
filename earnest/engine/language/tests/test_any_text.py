"""Whatever the text: no error, places that hold, and work in proportion to length."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.engine.language import Kind, WordList, read_notes
from earnest.engine.language import tokens as tokens_module
from earnest.engine.language.tests.conftest import FRIDAY, Read

FRAGMENTS = """I'll / she'll / Joan / Sam Reyes / will / send / ask / her / by Tuesday / said / : / ,
. / ? / ! / … / > / >> / < / @ / ~ / + / - / wrote: / promised / needs / worried / not / the / if
in two weeks / 5.12. / 29 Feb / 5-12 / when it is decided / “ / ” / „ / « / » / " / ' / ’ / before
has forty slots and one / İ / ß / 日本 / every week / 999 / 2026-12-05"""
BREAKS = ("\n", "\r\n", "\t", "\u2028", "5/12")
PIECES = st.sampled_from((*re.split(r" / |\n", FRAGMENTS), *BREAKS))
NOTES = st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join))
DAYS = st.dates()


@given(text=NOTES, day=DAYS, names=st.lists(st.text(max_size=9), max_size=3))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read(words: WordList, text: str, day: date, names: list[str]) -> None:
    found = read_notes(text, written_on=day, names=names, words=words)
    assert list(found) == sorted(found, key=lambda one: one.start)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.words.strip()
        assert (one.direction is not None) == (one.kind is Kind.PROMISE)


@given(text=NOTES, day=DAYS)
@settings(max_examples=400, deadline=None)
def test_no_date_lies_before_the_note_without_a_full_year(
    words: WordList, text: str, day: date
) -> None:
    for one in read_notes(text, written_on=day, words=words):
        if one.due is not None and not re.search(r"\d{4}", one.due_words or ""):
            assert one.due >= day


@given(text=st.text(alphabet="ab J.:?!", min_size=1), mark=st.sampled_from("!?+@~"))
@settings(deadline=None)
def test_a_marked_line_is_found_exactly_once(words: WordList, text: str, mark: str) -> None:
    found = read_notes(f"{mark} {text}", written_on=FRIDAY, words=words)
    assert len(found) == any(char.isalnum() for char in text)
    assert all(one.marked for one in found)


LONG = [
    "I'll send Joan it ",
    "if ",
    '“„«‘"',
    ".",
    ".”",
    "Joan ",
    "> \n",
    "she needs ",
    "5.",
    "and by Tuesday I'll ",
    "keep ",
    "a: ",
    "x wrote:\n",
    "“a b c” ",
    "<",
    "- ",
    "I'll go when ",
    " ",
    "Joan said she'll send. ",
    "also ",
    "the day after tomorrow I'll ",
]


@pytest.mark.parametrize("piece", LONG)
def test_work_grows_with_the_length_of_the_text(
    read: Read, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in words looked at, not in time: twice the text, about twice the look-ups."""
    short, long = (
        _look_ups(read, piece * (size // len(piece)), monkeypatch) for size in (4000, 8000)
    )
    assert long <= 2.3 * short + 500


def _look_ups(read: Read, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    count = 0
    real_at = tokens_module.Phrases.at

    def at(self: tokens_module.Phrases, tokens: list[tokens_module.Token], index: int) -> int:
        nonlocal count
        count += 1
        return real_at(self, tokens, index)

    monkeypatch.setattr(tokens_module.Phrases, "at", at)
    read(text)
    monkeypatch.undo()
    return count
