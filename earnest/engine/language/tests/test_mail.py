from earnest.engine.language import Kind
from earnest.engine.language.tests.conftest import Read

MAIL = """Thanks, I'll look at it tomorrow.

On Mon, 1 Dec 2025 at 10:00, Joan Smith <joan@example.org> wrote:
> Good to talk. I'll send you
> the list by Tuesday.
> Who decides about the weekend?
"""


def test_quoted_mail_is_prose_and_its_first_person_is_the_writer(read: Read) -> None:
    ours, theirs, question = read(MAIL)
    assert (ours.direction, ours.words) == ("ours", "look at it")
    assert (theirs.direction, theirs.speaker) == ("theirs", "Joan Smith")
    assert theirs.words == "send you the list"
    assert (question.kind, question.speaker) == (Kind.QUESTION, "Joan Smith")
    assert not any(one.marked for one in (ours, theirs, question))


def test_three_lines_in_a_row_are_quoted_mail(read: Read) -> None:
    assert read("> Hello,\n> nice to meet you\n> and your team") == ()


def test_two_lines_in_a_row_are_two_promises(read: Read) -> None:
    found = read("> she will ask Sam\n> the list by Tuesday")
    assert [one.words for one in found] == ["ask Sam", "the list"]


def test_a_doubled_mark_is_quoted_mail(read: Read) -> None:
    assert read(">> the list is with Sam") == ()
    assert read("> > the list is with Sam") == ()


def test_one_line_after_wrote_is_quoted_mail(read: Read) -> None:
    assert read("Joan wrote:\n\n> thank you for the visit") == ()
