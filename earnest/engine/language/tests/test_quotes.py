import pytest

from earnest.engine.language import Kind
from earnest.engine.language.tests.conftest import Read

SAID = [
    ("“We tried that twice,” said Joan.", "We tried that twice", "Joan"),
    ("Joan said: “We tried that twice.”", "We tried that twice.", "Joan"),
    ('Joan said, "We tried that twice."', "We tried that twice.", "Joan"),
    ("“We tried that twice.” – Joan", "We tried that twice.", "Joan"),
    ("Joan said: we tried that twice.", "we tried that twice.", "Joan"),
    ("Met Joan. „Das hatten wir schon“", "Das hatten wir schon", "Joan"),
    ("Talked to Joan.\n\nIt is late. «We tried that twice.»", "We tried that twice.", "Joan"),
    ("She said: “We tried that twice.”", "We tried that twice.", None),
    ("Joan and Sam asked a lot. “We tried that twice.”", "We tried that twice.", None),
]


@pytest.mark.parametrize(("text", "said", "speaker"), SAID)
def test_a_quote_in_prose_is_verbatim_with_its_speaker(
    read: Read, text: str, said: str, speaker: str | None
) -> None:
    (found,) = read(text)
    assert (found.kind, found.words, found.speaker) == (Kind.QUOTE, said, speaker)
    assert text[found.start : found.end] == said


def test_two_speakers_keep_their_own_words(read: Read) -> None:
    joan, sam = read("Joan said, “We tried that twice.” Sam answered: “Not like this.”")
    assert (joan.speaker, sam.speaker) == ("Joan", "Sam")


def test_a_promise_inside_their_words_is_theirs(read: Read) -> None:
    promise, quote = sorted(read("“I'll bring the list on Monday,” said Joan."), key=str)
    assert {promise.kind, quote.kind} == {Kind.PROMISE, Kind.QUOTE}
    theirs = promise if promise.kind is Kind.PROMISE else quote
    assert (theirs.direction, theirs.speaker, theirs.words) == ("theirs", "Joan", "bring the list")


def test_a_question_inside_their_words_is_owed_an_answer(read: Read) -> None:
    found = read("Joan said: “Who decides about the weekend?”")
    assert [(one.kind, one.speaker) for one in found] == [
        (Kind.QUESTION, "Joan"),
        (Kind.QUOTE, "Joan"),
    ]
