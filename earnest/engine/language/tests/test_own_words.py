"""Above everything quoted stands what the writer of a mail says."""

from __future__ import annotations

import pytest

from earnest.engine.language import WordList, own_words

ASKED = "> Could I have 15 minutes?\n> [[page]]\n"
QUOTED = [
    f"On Mon, 1 Dec 2025 at 10:00, Joan Smith <joan@example.org> wrote:\n{ASKED}",
    f"On Mon, 1 Dec 2025 at 10:00 AM Joan Smith <\njoan@example.org> wrote:\n\n{ASKED}",
    f"On Mon, 1 Dec 2025 at 10:00, Joan Smith <joan@example.org>\nwrote:\n{ASKED}",
    f"Am 01.12.25 um 10:00 schrieb Joan Smith:\n{ASKED}",
    "-----Original Message-----\nFrom: Joan Smith\nCould I have 15 minutes?",
    "________________________________\nFrom: Joan Smith <joan@example.org>\nSent: today\n",
    "From: Joan Smith <joan@example.org>\nSent: Monday, 1 December 2025 10:00\nTo: Sam\nSubject: x\n",
    "Von: Joan Smith <joan@example.org>\nGesendet: Montag\nAn: Sam\nBetreff: x\n\nGuten Tag",
    "*From:* Joan <joan@example.org>\n*Sent:* Monday\n*To:* Sam\n*Subject:* x",
    "-- \nSam Reyes\nNight desk",
    ">> older\n> Could I have 15 minutes?\n> and more",
]


@pytest.mark.parametrize("below", QUOTED)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_one_line_above_what_is_quoted(words: WordList, below: str, gap: str) -> None:
    assert own_words(f"Yes, at 10 on Tuesday{gap}{below}", words) == "Yes, at 10 on Tuesday"


@pytest.mark.parametrize(
    "text",
    [
        "She wrote:\nplease keep the old form.",
        "To keep: the phone\nTo drop: the second form",
        "The phone -- while I stand at the desk.",
        "Two things:\n- the form\n- the phone",
        "",
    ],
)
def test_own_words_that_only_look_so_stay(words: WordList, text: str) -> None:
    assert own_words(text, words) == text


def test_an_answer_below_what_it_answers_is_one(words: WordList) -> None:
    assert own_words(f"{QUOTED[0]}\nYes, at 10\n\n-- \nSam", words) == "Yes, at 10"
    assert own_words(QUOTED[0], words) == ""
    assert own_words(QUOTED[4], words) == ""
