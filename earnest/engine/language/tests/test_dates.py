from datetime import date

import pytest

from earnest.engine.language.tests.conftest import FRIDAY, Read

WHEN = [
    ("by Tuesday", date(2025, 12, 9)),
    ("on Friday", date(2025, 12, 12)),
    ("next Tuesday", date(2025, 12, 9)),
    ("this Saturday", date(2025, 12, 6)),
    ("Monday morning", date(2025, 12, 8)),
    ("before Tuesday", date(2025, 12, 8)),
    ("today", FRIDAY),
    ("tomorrow", date(2025, 12, 6)),
    ("the day after tomorrow", date(2025, 12, 7)),
    ("in two weeks", date(2025, 12, 19)),
    ("in a week", date(2025, 12, 12)),
    ("in 10 days", date(2025, 12, 15)),
    ("within three days", date(2025, 12, 8)),
    ("two weeks from now", date(2025, 12, 19)),
    ("in a couple of weeks", date(2025, 12, 19)),
    ("in three months", date(2026, 3, 5)),
    ("next week", date(2025, 12, 12)),
    ("this week", FRIDAY),
    ("by the end of the week", FRIDAY),
    ("by the end of next week", date(2025, 12, 12)),
    ("by the end of the month", date(2025, 12, 31)),
    ("end of next month", date(2026, 1, 31)),
    ("next year", date(2026, 12, 31)),
    ("by the end of March", date(2026, 3, 31)),
    ("in March", date(2026, 3, 31)),
    ("by March", date(2026, 3, 1)),
    ("by 5 Dec", FRIDAY),
    ("by 4 Dec", date(2026, 12, 4)),
    ("by the 5th of January", date(2026, 1, 5)),
    ("by January 5th", date(2026, 1, 5)),
    ("by Dec. 9", date(2025, 12, 9)),
    ("by 9 December 2026", date(2026, 12, 9)),
    ("by Wednesday, 10 December", date(2025, 12, 10)),
    ("on the 14th", date(2025, 12, 14)),
    ("by the 3rd", date(2026, 1, 3)),
    ("by 2026-12-05", date(2026, 12, 5)),
    ("by 5.1", date(2026, 1, 5)),
    ("by 5.1.2027", date(2027, 1, 5)),
    ("by 13/1", date(2026, 1, 13)),
    ("by 1/13", date(2026, 1, 13)),
    ("before Christmas", date(2025, 12, 24)),
    ("by Christmas", date(2025, 12, 25)),
    ("by 1 May 2020", date(2020, 5, 1)),
]
NO_DATE = ["for two weeks", "with May", "since Friday", "version 2.1", "about Friday", "at 10:30"]
UNSURE = ["by 5/12", "by 29 Feb", "by 31 April", "by 1.2.24"]


@pytest.mark.parametrize(("phrase", "due"), WHEN)
def test_a_date_in_words_is_counted_from_the_day_of_writing(
    read: Read, phrase: str, due: date
) -> None:
    (found,) = read(f"I'll send the draft {phrase}.")
    assert (found.due, found.due_words, found.words) == (due, phrase, "send the draft")


@pytest.mark.parametrize("phrase", NO_DATE)
def test_what_tells_no_day_gives_no_due_date(read: Read, phrase: str) -> None:
    (found,) = read(f"I'll send the draft {phrase}")
    assert (found.due, found.due_words) == (None, None)


@pytest.mark.parametrize("phrase", UNSURE)
def test_an_impossible_or_unsure_date_is_shown_but_not_guessed(read: Read, phrase: str) -> None:
    (found,) = read(f"I'll send the draft {phrase}")
    assert found.due is None
    assert (found.due_words or "") in phrase


def test_the_29th_of_february_is_found_in_a_leap_year(read: Read) -> None:
    (found,) = read("I'll send it by 29 Feb", written_on=date(2027, 6, 1))
    assert found.due == date(2028, 2, 29)


def test_a_month_is_cut_to_its_last_day(read: Read) -> None:
    (found,) = read("I'll send it in a month", written_on=date(2026, 1, 31))
    assert found.due == date(2026, 2, 28)


def test_the_same_weekday_is_a_week_away(read: Read) -> None:
    (found,) = read("I'll send it on Friday", written_on=FRIDAY)
    assert found.due == date(2025, 12, 12)


def test_the_end_of_the_week_written_on_sunday_is_the_coming_friday(read: Read) -> None:
    (found,) = read("I'll send it by the end of the week", written_on=date(2025, 12, 7))
    assert found.due == date(2025, 12, 12)


def test_next_tuesday_written_on_monday_is_next_weeks(read: Read) -> None:
    (found,) = read("I'll send it next Tuesday", written_on=date(2025, 12, 1))
    assert found.due == date(2025, 12, 9)


def test_a_date_of_something_else_stays_in_the_words(read: Read) -> None:
    (found,) = read("Joan will send Friday's list by tomorrow.")
    assert (found.words, found.due) == ("send Friday's list", date(2025, 12, 6))


def test_a_date_before_the_person_counts(read: Read) -> None:
    (found,) = read("On Thursday I'll call Joan.")
    assert (found.words, found.due) == ("call Joan", date(2025, 12, 11))


def test_a_date_of_what_happened_before_does_not_count(read: Read) -> None:
    (found,) = read("Talked with Joan on Friday, I'll send her the minutes.")
    assert found.due is None


@pytest.mark.parametrize("last", [date(9999, 12, 31), date(1, 1, 1)])
@pytest.mark.parametrize(
    "phrase", ["in 999 years", "next month", "tomorrow", "by Friday", "by 1 May", "by the 31st"]
)
def test_the_ends_of_the_calendar_do_no_harm(read: Read, last: date, phrase: str) -> None:
    read(f"I'll send it {phrase}", written_on=last)
