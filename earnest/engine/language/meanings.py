"""What a date phrase means, counted from the day of writing: `dateparser` reads it.

It is handed one phrase at a time, in the language of the word list. It reads no clock (a
base day is always given) and no time zone of the machine (midnight, UTC). What it reads
otherwise than people mean it, or not at all, is in calendar_rules, each with its reason.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from earnest.engine.language import calendar_rules as rules

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

# dateparser takes about a millisecond: a note of thousands of different dates must not take
# many seconds. The dates past this number stay open, for the page to ask.
MOST_READ = 500
LONGEST_WITHOUT_YEAR = timedelta(days=366)
RELATIVE, ABSOLUTE = "relative-time", "absolute-time"


class _Reading(NamedTuple):
    """How a phrase is to be read: by which parser, from which day, to which day of a month."""

    parser: str
    base: date
    day_of_month: str = "current"


class Meanings:
    """The meanings of the date phrases of one note; each phrase is read once."""

    def __init__(self, language: str, written_on: date) -> None:
        self.language, self.written_on = language, written_on
        self._readers: dict[_Reading, DateDataParser] = {}
        self._read: dict[tuple[str, _Reading], date | None] = {}

    def near(self, phrase: str) -> date | None:
        """“Tomorrow”, “the day after tomorrow”."""
        return self._meaning(phrase, _Reading(RELATIVE, self.written_on))

    def counted(self, number: int, unit: str) -> date | None:
        """“2 weeks”: ahead, also without “in”, which would be a word of the language."""
        return self._meaning(f"{number} {unit}", _Reading(RELATIVE, self.written_on))

    def weekday(self, name: str) -> date | None:
        """The next such day strictly after the day of writing."""
        return self._meaning(name, _Reading(ABSOLUTE, self.written_on))

    def weekday_next_week(self, name: str) -> date | None:
        """That day in the week (Monday to Sunday) after the one of writing.

        Asked for “next Tuesday” on a Monday, dateparser answers tomorrow; so it is asked for
        the first Tuesday after this week's Sunday.
        """
        sunday = rules.shifted(self.written_on, rules.SUNDAY - self.written_on.weekday())
        return self._meaning(name, _Reading(ABSOLUTE, sunday)) if sunday else None

    def day(self, words: str) -> date | None:
        """“5 december”: its next coming.

        dateparser never answers its base day, but a due day may be today: the base is
        yesterday. Years ahead it would find a 29 February; nobody means that one.
        """
        yesterday = rules.shifted(self.written_on, -1) or self.written_on
        found = self._meaning(words, _Reading(ABSOLUTE, yesterday))
        near = found and timedelta(0) <= found - self.written_on <= LONGEST_WITHOUT_YEAR
        return found if near else None

    def day_of_year(self, words: str, *, short: bool = False) -> date | None:
        """“5.12.2026”: exactly that day; if the year was `short`, “26”, none that is past."""
        found = self._meaning(words, _Reading(ABSOLUTE, self.written_on))
        return None if found and short and found < self.written_on else found

    def month(self, name: str, year: int | None, *, last: bool) -> date | None:
        """The first or last day of a month to come; of the month of writing always the last.

        A year is always said: without one, dateparser looks from a 31 December for a
        “February” that has 29 days, years ahead.
        """
        this_year = self.written_on.year
        years = [year] if year else [this_year, this_year + 1]
        ends = [self._meaning(f"{name} {each:04}", self._of_month("last")) for each in years]
        end = next((end for end in ends if year or (end and end >= self.written_on)), None)
        if end is None or last:
            return end
        first = self._meaning(f"{name} {end.year:04}", self._of_month("first"))
        return first if first and first > self.written_on else end

    def _of_month(self, day: str) -> _Reading:
        return _Reading(ABSOLUTE, self.written_on, day)

    def _meaning(self, phrase: str, reading: _Reading) -> date | None:
        asked = phrase, reading
        if asked not in self._read and len(self._read) < MOST_READ:
            self._read[asked] = self._parsed(phrase, reading)
        return self._read.get(asked)

    def _parsed(self, phrase: str, reading: _Reading) -> date | None:
        if reading not in self._readers:
            self._readers[reading] = _reader(self.language, reading)
        try:
            found = self._readers[reading].get_date_data(phrase).date_obj
        except (OverflowError, ValueError):  # days beyond the year 9999
            return None
        return found.date() if found else None


def _reader(language: str, reading: _Reading) -> "DateDataParser":
    # Importing dateparser takes 0.2 s: only a note with a date in it pays that, and neither
    # `earnest --help` nor the start of the web process does.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    settings = {
        "PARSERS": [reading.parser],
        "RELATIVE_BASE": datetime.combine(reading.base, datetime.min.time()),
        "PREFER_DATES_FROM": "future",
        "PREFER_DAY_OF_MONTH": reading.day_of_month,
        "DATE_ORDER": "DMY",  # dates.py has put numbers into this order
        "PREFER_LOCALE_DATE_ORDER": False,
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=[language], settings=settings)
