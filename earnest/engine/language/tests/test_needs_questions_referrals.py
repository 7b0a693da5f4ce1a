import pytest

from earnest.engine.language import Kind
from earnest.engine.language.tests.conftest import Read

NEEDS = [
    ("Joan worries that nobody will look at it in a year.", "Joan"),
    ("Joan needs somebody for Fridays.", "Joan"),
    ("Met Joan. She wants to see the draft first.", "Joan"),
    ("Joan would like two desks.", "Joan"),
    ("The problem is Friday afternoon.", None),
    ("There is too little time for the forms.", None),
    ("Not enough people on Fridays", None),
    ("Joan struggles with the new form.", "Joan"),
    ("The night shift is short of people.", None),
    ("Met Joan. She has thirty requests a day and only two people.", "Joan"),
    ("Their team is overloaded.", None),
]
QUESTIONS = [
    ("Joan asked who decides about the weekend.", "who decides about the weekend", "Joan"),
    ("She wanted to know whether the pilot ends.", "whether the pilot ends", None),
    ("Who decides about the weekend?", "Who decides about the weekend?", None),
]
REFERRALS = [
    ("You should talk to Maria Lopez.", "Maria Lopez"),
    ("She said I should speak with Sam Reyes.", "Sam Reyes"),
    ("Speak with Sam Reyes!", "Sam Reyes"),
    ("Sam did this in the North.", "Sam"),
    ("Sam Reyes has done this before.", "Sam Reyes"),
    ("Maria knows how it works.", "Maria"),
    ("You could also ask Pete.", "Pete"),
]


@pytest.mark.parametrize(("text", "speaker"), NEEDS)
def test_a_need_is_the_whole_sentence(read: Read, text: str, speaker: str | None) -> None:
    (found,) = read(text)
    assert (found.kind, found.speaker) == (Kind.NEED, speaker)


@pytest.mark.parametrize(("text", "said", "speaker"), QUESTIONS)
def test_a_question_owed_an_answer(read: Read, text: str, said: str, speaker: str | None) -> None:
    (found,) = read(text)
    assert (found.kind, found.words, found.speaker) == (Kind.QUESTION, said, speaker)


@pytest.mark.parametrize(("text", "whom"), REFERRALS)
def test_who_else_to_speak_with(read: Read, text: str, whom: str) -> None:
    (found,) = read(text)
    assert (found.kind, found.whom) == (Kind.REFERRAL, whom)


def test_a_person_is_referred_to_once(read: Read) -> None:
    assert len(read("You should talk to Sam. Sam did this in the North.")) == 1


def test_the_person_of_the_conversation_is_no_referral(read: Read) -> None:
    assert read("Talked with Joan. Joan has done this before.") == ()


def test_a_known_name_is_a_person(read: Read) -> None:
    (found,) = read("Yesterday Wen. She needs a desk.", names=["Wen Li"])
    assert found.speaker == "Wen"


def test_a_known_name_that_is_a_common_word_is_read_with_care(read: Read) -> None:
    names = ["Will Smith", "May Chen"]
    assert read("Will it work in May.", names=names) == ()
    (found,) = read("May Chen needs a desk.", names=names)
    assert found.speaker == "May Chen"


def test_a_name_of_two_parts_is_whole(read: Read) -> None:
    (found,) = read("Anne-Marie van der Berg promised to send the list.")
    assert found.speaker == "Anne-Marie van der Berg"
