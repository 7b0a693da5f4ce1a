import pytest

from earnest.engine.language import WordList, sensitive_topics
from earnest.engine.language.tests.conftest import Read

TOUCHED = [
    ("She has been on sick leave since May.", ("health",)),
    ("Her back pain is getting worse.", ("health",)),
    ("He is the union rep.", ("union",)),
    ("The works council must agree.", ("union",)),
    ("She fasts in Ramadan.", ("belief",)),
    ("Her husband works nights.", ("family",)),
    ("She is pregnant and getting divorced.", ("health", "family")),
    ("He came out as gay.", ("sexuality",)),
    ("She votes for the Green Party.", ("politics",)),
]
UNTOUCHED = [
    "The union of two lists.",
    "We have a healthy pipeline.",
    "The European Union decides.",
    "She is sick of the new form.",
    "A breakdown of the costs.",
    "An ill-defined target.",
    "You can strike any line.",
    "In good faith.",
    "The account was disabled.",
    "Most votes for the idea came late.",
    "",
]


@pytest.mark.parametrize(("text", "topics"), TOUCHED)
def test_a_sensitive_matter_is_named(words: WordList, text: str, topics: tuple[str, ...]) -> None:
    assert sensitive_topics(text, words) == topics


@pytest.mark.parametrize("text", UNTOUCHED)
def test_everyday_words_are_not_sensitive(words: WordList, text: str) -> None:
    assert sensitive_topics(text, words) == ()


def test_prose_that_touches_them_is_not_offered(read: Read) -> None:
    assert read("Joan said: “I have been on sick leave.” I'll ask the union rep by Tuesday.") == ()


def test_the_sentence_beside_is_offered_still(read: Read) -> None:
    (found,) = read("Joan is on sick leave. I'll send her the draft.")
    assert found.words == "send her the draft"


def test_a_marked_line_is_kept_and_says_so(read: Read) -> None:
    (found,) = read("< talk to the works council by Tuesday")
    assert found.sensitive == ("union",)
