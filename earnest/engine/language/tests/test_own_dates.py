"""Why some dates are not left to dateparser: what it answers, beside what people mean."""

from datetime import date, datetime

import pytest
from dateparser.date import DateDataParser

from earnest.engine.language import WordList
from earnest.engine.language.meanings import Meanings
from earnest.engine.language.tests.conftest import FRIDAY, Read

MONDAY, NEW_YEARS_EVE = date(2025, 12, 1), date(2024, 12, 31)


def answer(phrase: str, written_on: date, **settings: object) -> date | None:
    """What dateparser says itself, with the future preferred."""
    base = datetime.combine(written_on, datetime.min.time())
    given = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY", **settings}
    found = DateDataParser(languages=["en"], settings=given).get_date_data(phrase).date_obj
    return found.date() if found else None


OTHERWISE = [
    ("next week", FRIDAY, "next week", date(2025, 12, 12)),
    ("next week", MONDAY, "next week", date(2025, 12, 12)),
    ("by next Tuesday", MONDAY, "next tuesday", date(2025, 12, 9)),
    ("this week", MONDAY, "this week", date(2025, 12, 5)),
    ("by the end of the month", FRIDAY, "the end of the month", date(2025, 12, 31)),
    ("by the end of next month", FRIDAY, "the end of next month", date(2026, 1, 31)),
    ("by the end of the year", FRIDAY, "end of the year", date(2025, 12, 31)),
    ("next quarter", FRIDAY, "next quarter", date(2026, 3, 31)),
    ("by the end of the quarter", FRIDAY, "end of the quarter", date(2025, 12, 31)),
    ("in two quarters", FRIDAY, "in two quarters", date(2026, 6, 5)),
    ("by the 3rd", FRIDAY, "the 3rd", date(2026, 1, 3)),
    ("by 5 Dec", FRIDAY, "5 december", FRIDAY),
    ("by 29 Feb", FRIDAY, "29 february", None),
    ("by 1/13", FRIDAY, "1/13", date(2026, 1, 13)),
    ("by 1.2.24", FRIDAY, "1.2.24", None),
    ("by eod", FRIDAY, "eod", FRIDAY),
    ("by close of business", FRIDAY, "close of business", FRIDAY),
    ("before Tuesday", FRIDAY, "before tuesday", date(2025, 12, 8)),
    ("by Christmas", FRIDAY, "christmas", date(2025, 12, 25)),
    ("by Thurs", FRIDAY, "thurs", date(2025, 12, 11)),
    ("in February", NEW_YEARS_EVE, "february", date(2025, 2, 28)),
]


@pytest.mark.parametrize(("phrase", "written_on", "asked", "due"), OTHERWISE)
def test_what_dateparser_reads_otherwise_is_read_as_people_mean_it(
    read: Read, *, phrase: str, written_on: date, asked: str, due: date | None
) -> None:
    (found,) = read(f"I'll send the draft {phrase}", written_on=written_on)
    assert found.due == due
    if (asked, written_on) != ("next week", FRIDAY):  # there both happen to say the same
        assert answer(asked, written_on) != due


def test_every_word_of_the_list_that_dateparser_is_given_is_known_to_it(words: WordList) -> None:
    means, dates = Meanings(words.language, FRIDAY), words.dates
    days = {name: means.weekday(dates.spelled.get(name, name)) for name in dates.weekdays}
    months = {name: means.month(name, None, last=True) for name in dates.months}
    feasts = {name: means.day(feast) for name, feast in dates.feasts.items()}
    units = {u: means.counted(2, u) for u, kind in dates.units.items() if kind != "quarter"}
    near = {" ".join(p): means.near(" ".join(p)) for ps in dates.near.by_first.values() for p in ps}
    for given in (days, months, feasts, units, near):
        assert [name for name, day in given.items() if day is None] == []
    assert len(set(days.values())) == 7
    assert len(set(months.values())) == 12
