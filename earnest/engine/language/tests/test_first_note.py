"""The two notes of the screens: what a person sees first must be found."""

from datetime import date, timedelta

from earnest.engine.language import Kind
from earnest.engine.language.tests.conftest import FRIDAY, Read

FIRST = (
    "Talked with Joan on Friday. She has forty open slots and one pair of hands. “I have said "
    "yes to three new systems in two years. Two of them are gone.” I'll send her the draft "
    "before the others, in two weeks. She'll ask Sam for last year's no-show list by Tuesday. "
    "Sam did this in the North."
)
LISTEN = """“ Fridays are the problem. I have forty open slots and one pair of hands.
! fear that it goes away again, as the last two did
> she will ask Sam for last year’s no-show list by Tuesday
< I will send her the draft before the others see it, in two weeks
? who decides about the weekend
+ start with two desks
@ speak with Sam Reyes, he did this in the North
~ went quiet when the new form came up"""


def test_first_note_gives_need_quote_both_promises_and_referral(read: Read) -> None:
    assert [one.kind for one in read(FIRST)] == [
        Kind.NEED,
        Kind.QUOTE,
        Kind.PROMISE,
        Kind.PROMISE,
        Kind.REFERRAL,
    ]


def test_quote_is_verbatim_and_joans(read: Read) -> None:
    quote = read(FIRST)[1]
    assert quote.words == (
        "I have said yes to three new systems in two years. Two of them are gone."
    )
    assert FIRST[quote.start : quote.end] == quote.words
    assert quote.speaker == "Joan"


def test_our_promise_is_due_in_two_weeks(read: Read) -> None:
    ours = read(FIRST)[2]
    assert (ours.direction, ours.whom) == ("ours", "Joan")
    assert ours.words == "send her the draft before the others"
    assert ours.due == FRIDAY + timedelta(days=14)
    assert ours.due_words == "in two weeks"


def test_joans_promise_is_due_on_tuesday(read: Read) -> None:
    theirs = read(FIRST)[3]
    assert (theirs.direction, theirs.speaker) == ("theirs", "Joan")
    assert theirs.words == "ask Sam for last year's no-show list"
    assert theirs.due == date(2025, 12, 9)


def test_sam_is_who_else(read: Read) -> None:
    assert read(FIRST)[4].whom == "Sam"


def test_each_marked_line_gives_one_thing_of_its_kind(read: Read) -> None:
    found = read(LISTEN, names=["Joan"])
    assert [one.kind for one in found] == [
        Kind.QUOTE,
        Kind.NEED,
        Kind.PROMISE,
        Kind.PROMISE,
        Kind.QUESTION,
        Kind.IDEA,
        Kind.REFERRAL,
        Kind.SEEN,
    ]
    assert all(one.marked for one in found)
    assert [one.direction for one in found if one.kind is Kind.PROMISE] == ["theirs", "ours"]


def test_marked_promises_have_their_dates_and_people(read: Read) -> None:
    theirs, ours = [one for one in read(LISTEN, names=["Joan"]) if one.kind is Kind.PROMISE]
    assert (theirs.speaker, theirs.due) == ("Joan", date(2025, 12, 9))
    assert (ours.whom, ours.due) == ("Joan", date(2025, 12, 19))
    assert ours.words == "send her the draft before the others see it"
