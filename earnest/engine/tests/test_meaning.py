"""Texts come together by what they say, in any script, the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from earnest.engine import meaning
from earnest.engine.meaning import ALONE, FREE
from earnest.engine.meaning.linkage import average_linkage, cut, silhouette
from earnest.engine.meaning.terms import words_in

NIGHT = ["a second nurse at night", "two nurses every night", "one nurse at night is too few"]
FORM = ["the intake form is too long", "shorten the intake form", "an intake form of one page"]


def of(texts: list[str], placed: list[int] | None = None) -> tuple[int, ...]:
    return meaning.group(meaning.tfidf(texts), placed or ()).of


def test_texts_with_the_same_meaning_come_together_and_their_number_is_found() -> None:
    assert of([*NIGHT, *FORM, "bananas"]) == (0, 0, 0, 1, 1, 1, ALONE)


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["…", "?!"], ["one"]])
def test_where_nothing_can_be_grouped_each_is_on_its_own(texts: list[str]) -> None:
    assert of(texts) == (ALONE,) * len(texts)


def test_the_same_words_are_one_group() -> None:
    assert of(["rest"] * 4) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["больше отдыха", "больше отдыха ночью"], ["короткая анкета", "анкета короткая"]),
        (["もっと休みたい", "もっと休みが要る"], ["用紙が長い", "用紙が長すぎる"]),
        (["रात में दूसरी नर्स", "रात में दो नर्स"], ["छोटा फॉर्म", "फॉर्म छोटा हो"]),
        (["ممرضة ثانية ليلا", "ممرضة ثانية في الليل"], ["استمارة أقصر", "استمارة أقصر من فضلك"]),
    ],
)
def test_any_script_is_read(one: list[str], other: list[str]) -> None:
    assert of([*one, *other]) == (0, 0, 1, 1)


def test_what_people_placed_stays_and_new_texts_join_it() -> None:
    texts = [*FORM, *NIGHT]
    assert of(texts, [FREE, 0, FREE, ALONE, 1, FREE]) == (0, 0, 0, ALONE, 1, 1)


def test_a_group_of_people_s_making_is_kept_however_unlike() -> None:
    assert of(["bananas", "the night shift"], [0, 0]) == (0, 0)


def test_more_texts_than_the_tree_can_hold_join_what_was_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(meaning.groups, "MOST_LINKED", 6)
    found = of([*NIGHT * 3, *FORM * 3])
    assert len(set(found[:9])) == len(set(found[9:])) == 1
    assert found[0] != found[-1]


def test_one_place_for_each_text_is_asked_for() -> None:
    with pytest.raises(ValueError, match="one place"):
        of(["one", "two"], [FREE])


def test_the_tree_is_the_one_of_all_pairs() -> None:
    """Against the plain way: at each step the two branches most alike on average come together."""
    dice = np.random.default_rng(7)
    rows = dice.normal(size=(24, 5))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    alike = (rows @ rows.T).astype(np.float32)
    branches = [[n] for n in range(24)]
    expected = []
    while len(branches) > 1:
        pairs = [(a, b) for a in range(len(branches)) for b in range(a)]
        means = [alike[np.ix_(branches[a], branches[b])].mean() for a, b in pairs]
        best = int(np.argmax(means))
        a, b = pairs[best]
        expected.append(means[best])
        branches[b] = branches[b] + branches.pop(a)
    merges = average_linkage(alike)
    assert [one.alike for one in merges] == pytest.approx(sorted(expected, reverse=True), abs=1e-5)


def test_a_silhouette_is_that_of_its_definition() -> None:
    dice = np.random.default_rng(3)
    rows = dice.normal(size=(12, 4))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    alike = (rows @ rows.T).astype(np.float32)
    labels = np.array([0] * 4 + [1] * 5 + [2] * 2 + [3])
    far = 1 - alike
    expected = []
    for text in range(12):
        own = [other for other in range(12) if labels[other] == labels[text] and other != text]
        if not own:
            expected.append(0.0)
            continue
        near = far[text, own].mean()
        rest = min(far[text, labels == one].mean() for one in (0, 1, 2) if one != labels[text])
        expected.append((rest - near) / max(rest, near))
    assert silhouette(alike, labels) == pytest.approx(np.mean(expected), abs=1e-5)


def test_a_cut_above_everything_leaves_each_on_its_own() -> None:
    alike = np.eye(3, dtype=np.float32)
    assert list(cut(average_linkage(alike), 3, 0.5)) == [0, 1, 2]


def test_a_name_is_made_of_words_that_set_the_group_apart() -> None:
    night, form = meaning.suggest([NIGHT, FORM], small_words={"the", "a", "one", "is", "too", "at"})
    assert night == "night" or night.startswith("night")
    assert set(form.split(", ")) == {"form", "intake"}


def test_a_word_only_one_said_names_nothing() -> None:
    assert meaning.suggest([["quiet please", "more rest"]]) == ("",)


def test_words_are_folded_and_kept_whole() -> None:
    assert words_in("Don’t MOVE the Straße, 2 days!") == [
        "don’t",
        "move",
        "the",
        "strasse",
        "2",
        "days",
    ]
