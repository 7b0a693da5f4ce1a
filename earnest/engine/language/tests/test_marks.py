import pytest

from earnest.engine.language import Kind
from earnest.engine.language.tests.conftest import Read

ONE_LINE = [
    ("“Fridays are the problem”", Kind.QUOTE, "Fridays are the problem"),
    ('" Fridays are the problem', Kind.QUOTE, "Fridays are the problem"),
    ("„Freitags ist es schwer“", Kind.QUOTE, "Freitags ist es schwer"),
    ("« Le vendredi est trop court »", Kind.QUOTE, "Le vendredi est trop court"),
    ("“ the “new” tool is gone", Kind.QUOTE, "the “new” tool is gone"),
    ("   ! one more pair of hands", Kind.NEED, "one more pair of hands"),
    ("? wer entscheidet", Kind.QUESTION, "wer entscheidet"),
    ("+ start with two desks", Kind.IDEA, "start with two desks"),
    ("@ Sam Reyes", Kind.REFERRAL, "Sam Reyes"),
    ("~ went quiet", Kind.SEEN, "went quiet"),
    ("> the list by Tuesday", Kind.PROMISE, "the list"),
    ("<send the draft", Kind.PROMISE, "send the draft"),
]


@pytest.mark.parametrize(("line", "kind", "said"), ONE_LINE)
def test_a_mark_is_taken_at_its_word(read: Read, line: str, kind: Kind, said: str) -> None:
    (found,) = read(line)
    assert (found.kind, found.words, found.marked) == (kind, said, True)


@pytest.mark.parametrize("line", ["“ Joan: Fridays are hard", "> Joan: she will ask Sam"])
def test_a_name_with_a_colon_is_the_speaker(read: Read, line: str) -> None:
    (found,) = read(line)
    assert found.speaker == "Joan"
    assert "Joan" not in found.words


def test_a_known_name_in_small_letters_is_a_speaker(read: Read) -> None:
    (found,) = read("“ joan: Fridays are hard", names=["Joan"])
    assert found.speaker == "joan"


@pytest.mark.parametrize(
    "line", ["“ Problem: Fridays", "“ Monday: nobody came", "“ see http://x.org"]
)
def test_not_every_colon_follows_a_speaker(read: Read, line: str) -> None:
    (found,) = read(line)
    assert found.speaker is None


def test_a_marked_line_gives_nothing_else(read: Read) -> None:
    (found,) = read("“ I'll ask Sam by Tuesday, I worry about Fridays, who decides?")
    assert found.kind is Kind.QUOTE


@pytest.mark.parametrize("line", ["!!!", ">", "< ", "???", "~~~", "+1 555 123 456", "<joan@x.org>"])
def test_a_mark_without_words_is_no_mark(read: Read, line: str) -> None:
    assert read(line) == ()


def test_a_sentence_that_begins_with_a_quote_is_prose(read: Read) -> None:
    found = read("“We tried that twice,” said Joan. I'll send her the draft.")
    assert [(one.kind, one.marked) for one in found] == [
        (Kind.QUOTE, False),
        (Kind.PROMISE, False),
    ]


def test_a_referral_names_whom(read: Read) -> None:
    (found,) = read("@ speak with Sam Reyes, he did this in the North")
    assert found.whom == "Sam Reyes"


def test_windows_line_ends_and_spaces_leave_places_right(read: Read) -> None:
    text = "\r\n   ! more hands  \r\n+ two desks\r\n"
    assert [text[one.start : one.end] for one in read(text)] == ["more hands", "two desks"]
