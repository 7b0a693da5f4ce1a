"""Where somebody sits, as facts and in plain sentences."""

from __future__ import annotations

import subprocess
import sys

from earnest.engine.opinion.where import Counted, Where, in_english, where_do_i_sit

GROUPS = (
    {
        "bus": Counted(90, 5, 5),
        "tax": Counted(80, 15, 5),
        "park": Counted(85, 10, 5),
        "toll": Counted(10, 85, 5),
        "new": Counted(2, 0, 0),
    },
    {
        "bus": Counted(10, 35, 5),
        "tax": Counted(5, 40, 5),
        "park": Counted(45, 4, 1),
        "toll": Counted(30, 15, 5),
        "new": Counted(0, 0, 0),
    },
)
SIZES = (100, 50)
TEXTS = {
    "bus": "Buses should be free",
    "tax": "Raise the tax",
    "park": "More parks",
    "toll": "A toll",
}
OTHERS = {"new": 1, "toll": -1}


def sits(own: dict[str, int], group: int | None = 0, **more: object) -> Where[str]:
    return where_do_i_sit(own, GROUPS, SIZES, group=group, **more)  # type: ignore[arg-type]


def test_what_sets_the_group_apart_and_what_unites_all_are_told_apart() -> None:
    found = sits({"bus": 1, "tax": -1, "park": 1})
    assert [point.statement for point in found.with_group] == ["bus"]
    assert [point.statement for point in found.apart] == ["tax"]
    assert [point.statement for point in found.with_all] == ["park"]
    assert found.with_group[0].of_ten == 9


def test_alike_counts_answers_of_most_of_the_group() -> None:
    found = sits({"bus": 1, "tax": -1, "park": 1, "toll": -1})
    assert found.alike == 0.75
    assert found.votes == 4


def test_a_pass_is_neither_with_nor_against_anybody() -> None:
    found = sits({"bus": 0, "park": 0})
    assert found.with_group == found.apart == found.with_all == ()


def test_two_votes_of_a_group_say_nothing() -> None:
    assert sits({"new": -1}).apart == ()


def test_a_statement_nobody_counted_is_no_trouble() -> None:
    assert sits({"unheard": 1}).with_group == ()


def test_where_the_group_has_no_usual_answer_nothing_is_said_of_likeness() -> None:
    found = sits({"new": 1})
    assert found.alike is None
    assert "times in 10" not in in_english(found, TEXTS)


def test_from_few_votes_it_is_not_sure_however_firm_the_group() -> None:
    words = in_english(sits({"bus": 1}, sure=1.0), TEXTS)
    assert "From 1 vote that is not sure yet." in words
    assert "quite sure" not in words


def test_who_voted_on_all_there_is_need_not_vote_more() -> None:
    all_five = {"bus": 1, "tax": 1, "park": 1, "toll": -1, "new": 1}
    assert "That is quite sure." in in_english(sits(all_five, sure=1.0), TEXTS)


def test_in_english_it_reads_as_sentences() -> None:
    words = in_english(sits({"bus": 1, "tax": -1, "park": 1, **OTHERS}, sure=0.95), TEXTS)
    assert words.startswith(
        "You sit with group A: 100 of 150 people, about 7 in 10. That is quite sure. You answer like"
        " most of it 8 times in 10."
    )
    assert "With your group, you agree that “Buses should be free” (9 in 10 do)" in words
    assert "Unlike most of your group, you disagree that “Raise the tax”" in words
    assert "With most people everywhere, you agree that “More parks”" in words


def test_at_the_border_it_says_so() -> None:
    assert "near the border" in in_english(
        sits({"bus": 1, "tax": 1, "park": 1, **OTHERS}, sure=0.5), TEXTS
    )


def test_too_few_people_and_no_votes_are_said() -> None:
    few = sits({"park": 1}, too_few="people")
    assert few.group is None
    assert in_english(few, TEXTS).startswith("There are too few people yet")
    assert in_english(sits({}, group=None), TEXTS).startswith("You have not voted on enough yet")


def test_neither_this_nor_the_next_statement_needs_numpy() -> None:
    code = (
        "import sys, earnest.engine.opinion.next, earnest.engine.opinion.where;"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
