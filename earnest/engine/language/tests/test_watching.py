"""Words to watch for: found in any case, never out of a sentence about what is nobody's business."""

import pytest

from earnest.engine.language import WordList, refused_topics, watched_phrase

WATCHED = ("hand-over", "new ward")


@pytest.mark.parametrize(
    "text",
    [
        "The Hand-over on Monday went well.",
        "Nothing yet.\nOn the new ward they begin at six.",
        "Will there be a hand-over?",
    ],
)
def test_a_phrase_is_found_in_whatever_case(text: str, words: WordList) -> None:
    assert watched_phrase(text, WATCHED, words)


def test_the_phrase_is_given_back_as_it_was_written(words: WordList) -> None:
    assert watched_phrase("ON THE NEW WARD", ("New ward",), words) == "New ward"


def test_parts_of_words_are_other_words(words: WordList) -> None:
    assert not watched_phrase("The newest wards, the handovers.", WATCHED, words)


@pytest.mark.parametrize(
    "text",
    [
        "After the hand-over she was sick for a week.",
        "The union asked about the new ward.",
        "She missed the hand-over because of her son.",
    ],
)
def test_a_sentence_about_health_union_or_family_is_passed_over(text: str, words: WordList) -> None:
    assert not watched_phrase(text, WATCHED, words)


def test_the_sentence_beside_it_is_read(words: WordList) -> None:
    text = "She was sick for a week. On Monday there is a hand-over."
    assert watched_phrase(text, WATCHED, words) == "hand-over"


@pytest.mark.parametrize("phrase", ["pregnant", "son", "health", "works council", "church", "wife"])
def test_such_words_are_refused(phrase: str, words: WordList) -> None:
    assert refused_topics(phrase, words)


@pytest.mark.parametrize("phrase", ["hand-over", "new ward", "month end", "audit", "training"])
def test_words_of_work_are_not(phrase: str, words: WordList) -> None:
    assert not refused_topics(phrase, words)
