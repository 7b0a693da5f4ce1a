"""Dates in plain words, found among tokens; `meanings` says what day they mean.

No date is before the day of writing unless a full year was written. What names no
possible day (“29 February” of a common year, “5/12” where the order is unsure) is
located without a date, so that a page can ask.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from earnest.engine.language import calendar_rules as rules
from earnest.engine.language.meanings import Meanings
from earnest.engine.language.tokens import Token
from earnest.engine.language.words import DateWords

Meaning = Callable[[], date | None]


class Located(NamedTuple):
    """A date phrase at tokens[low:high]; `firm` when a word like “by” leads it."""

    low: int
    high: int
    firm: bool
    meaning: Meaning

    @property
    def day(self) -> date | None:
        """Worked out only for the one phrase of a promise that is its due date."""
        return self.meaning()


class _Read(NamedTuple):
    """What stands at a token: the tokens it takes, its meaning, and whether it needs a lead."""

    length: int
    meaning: Meaning
    needs_lead: bool = False


class Dates:
    """Reads the dates of one note; remembers nothing but its words and its day."""

    def __init__(self, words: DateWords, language: str, written_on: date) -> None:
        self.words, self.written_on = words, written_on
        self.means = Meanings(language, written_on)
        self._begins = _first_words(words)

    def in_clause(self, tokens: Sequence[Token], low: int, high: int) -> Located | None:
        """The due date of tokens[low:high]: the first with “by”, “on”, “in”; else the first."""
        found, index = [], low
        while index < high:
            located = self.at(tokens, index, low, high)
            if located:
                found.append(located)
            index = located.high if located else index + 1
        return next((date for date in found if date.firm), found[0] if found else None)

    def at(self, tokens: Sequence[Token], index: int, low: int, high: int) -> Located | None:
        """The date phrase that begins at `index`, within the clause tokens[low:high]."""
        word = _word(tokens, index)
        if word not in self._begins and not word[:1].isdecimal():
            return None
        lead, firm, before, on = self._lead(tokens, index)
        read = self._read(tokens, index + lead, high, on)
        if read is None:
            return None
        last = index + lead + read.length
        if last > high and _word(tokens, high) != ".":
            return None
        last = min(last, high)
        clause = tokens[low:high]
        if not firm and (read.needs_lead or self._told_of(clause, index - low, last - low)):
            return None
        meaning = partial(self._day_before, read.meaning) if before else read.meaning
        last += self.words.parts_of_day.at(tokens, last) if last < high else 0
        return Located(index, min(last, high), firm, meaning)

    def _lead(self, tokens: Sequence[Token], index: int) -> tuple[int, bool, bool, bool]:
        """The words that lead a date: how many, any, “before”, and “on” or “in”."""
        for phrases in (self.words.by, self.words.before, self.words.on):
            if length := phrases.at(tokens, index):
                return length, True, phrases is self.words.before, phrases is self.words.on
        return 0, False, False, False

    def _day_before(self, meaning: Meaning) -> date | None:
        return rules.day_before(meaning(), self.written_on)

    def _told_of(self, clause: Sequence[Token], index: int, last: int) -> bool:
        """A date without “by” or “on” that is no due date: “Friday's list”, “since May”."""
        near = self.words.near.at(clause, index) or self.words.today.at(clause, index)
        led = not near and _word(clause, index - 1) in self.words.not_due
        return led or _word(clause, last).startswith("'")

    def _read(self, tokens: Sequence[Token], index: int, high: int, on: bool) -> _Read | None:
        if index >= high:
            return None
        plain = self._near(tokens, index) or self._number_like(tokens, index)
        return (
            plain
            or self._weekday(tokens, index)
            or self._counted(tokens, index, on)
            or self._unit(tokens, index)
            or self._month(tokens, index, on)
            or self._feast(tokens, index)
        )

    def _near(self, tokens: Sequence[Token], index: int) -> _Read | None:
        if length := self.words.today.at(tokens, index):
            return _Read(length, lambda: self.written_on)
        if length := self.words.near.at(tokens, index):
            phrase = " ".join(token.word for token in tokens[index : index + length])
            return _Read(length, partial(self.means.near, phrase))
        return None

    def _weekday(self, tokens: Sequence[Token], index: int) -> _Read | None:
        length = self._the(tokens, index)
        upcoming = self.words.next.at(tokens, index + length)
        length += upcoming or self.words.this.at(tokens, index + length)
        word = _word(tokens, index + length)
        if word not in self.words.weekdays:
            return None
        place = index + length + 1
        place += _word(tokens, place) == ","
        dated = self._number_like(tokens, place) or self._month(tokens, place, on=False)
        if dated and (not dated.needs_lead or self._the(tokens, place)):
            return dated._replace(length=place - index + dated.length, needs_lead=False)
        meaning = self.means.weekday_next_week if upcoming else self.means.weekday
        return _Read(length + 1, partial(meaning, self._spelled(word)))

    def _counted(self, tokens: Sequence[Token], index: int, on: bool) -> _Read | None:
        """“In two weeks”, “within three days”, “two weeks from now”."""
        lead = self.words.within.at(tokens, index)
        inside = lead > 0 or (on and self.words.within.at(tokens, index - 1) == 1)
        place = index + lead
        taken, number = self._number(tokens, place)
        place += taken
        place += _word(tokens, place) in self.words.of
        unit = _word(tokens, place)
        if not taken or unit not in self.words.units:
            return None
        place += 1
        from_now = self.words.from_now.at(tokens, place)
        if not inside and not from_now:
            return None
        place += from_now
        if self.words.units[unit] == "quarter":
            return _Read(place - index, partial(rules.in_quarters, self.written_on, number))
        return _Read(place - index, partial(self.means.counted, number, unit))

    def _number(self, tokens: Sequence[Token], index: int) -> tuple[int, int]:
        word = _word(tokens, index)
        if word.isdecimal() and len(word) <= 3:
            return 1, int(word)
        two = f"{word} {_word(tokens, index + 1)}"
        if two in self.words.numbers:
            return 2, self.words.numbers[two]
        return (1, self.words.numbers[word]) if word in self.words.numbers else (0, 0)

    def _unit(self, tokens: Sequence[Token], index: int) -> _Read | None:
        """“Next week”, “the end of the month”, “the end of March”, “this week”."""
        end = self.words.end_of.at(tokens, index)
        place = index + end
        upcoming = self.words.next.at(tokens, place)
        this = self.words.this.at(tokens, place)
        place += upcoming or this or (self._the(tokens, place) if end else 0)
        word = _word(tokens, place)
        if word in self.words.units and (upcoming or this or end):
            unit = self.words.units[word]
            end_of_unit = partial(rules.end_of_unit, self.written_on, unit, 1 if upcoming else 0)
            return _Read(place + 1 - index, end_of_unit)
        if end and word in self.words.months:
            taken, meaning = self._whole_month(tokens, place, last=True)
            return _Read(place + taken - index, meaning)
        return None

    def _month(self, tokens: Sequence[Token], index: int, on: bool) -> _Read | None:
        """“5 December 2026”, “December 5th”, “in March”."""
        place = index + self._the(tokens, index)
        if day := self._day(tokens, place):
            place += 1 + self._dot(tokens, place)
            place += _word(tokens, place) in self.words.of
            month = _word(tokens, place)
            named = month in self.words.months
            return self._day_month(tokens, index, place + 1, f"{day} {month}") if named else None
        month = _word(tokens, index)
        if month not in self.words.months:
            return None
        place = index + 1 + (_word(tokens, index + 1) == ".")
        place += self._the(tokens, place)
        if day := self._day(tokens, place):
            return self._day_month(tokens, index, place + 1, f"{day} {month}")
        if not tokens[index].capital:
            return None
        taken, meaning = self._whole_month(tokens, index, last=on)
        return _Read(taken, meaning, True)

    def _whole_month(
        self, tokens: Sequence[Token], index: int, *, last: bool
    ) -> tuple[int, Meaning]:
        """“March” or “March 2027”: the tokens it takes, and its first or last day."""
        year, month = _year(tokens, index + 1), self._spelled(tokens[index].word)
        known = int(year) if year else None
        return 1 + bool(year), partial(self.means.month, month, known, last=last)

    def _day_month(self, tokens: Sequence[Token], index: int, place: int, words: str) -> _Read:
        comma = _word(tokens, place) == ","
        year = _year(tokens, place + comma)
        length = place + (comma + 1 if year else 0) - index
        words = " ".join(self._spelled(word) for word in [*words.split(), year] if word)
        return _Read(length, partial(self.means.day_of_year if year else self.means.day, words))

    def _spelled(self, word: str) -> str:
        """A word as dateparser knows it."""
        return self.words.spelled.get(word, word)

    def _day(self, tokens: Sequence[Token], index: int) -> int:
        """The day of a month, “14” or “14th”: 0 when there is none."""
        word = _word(tokens, index)
        digits = word.rstrip("".join({char for suffix in self.words.ordinals for char in suffix}))
        suffix = word[len(digits) :]
        fits = (
            digits.isdecimal()
            and len(digits) <= 2
            and (not suffix or suffix in self.words.ordinals)
        )
        return int(digits) if fits and 1 <= int(digits) <= 31 else 0

    def _number_like(self, tokens: Sequence[Token], index: int) -> _Read | None:
        """“2026-12-05”, “5.12.”, “5/12/2026”, “the 14th”."""
        word = _word(tokens, index)
        for mark, reader in (("-", self._dashed), (".", self._dotted), ("/", self._slashed)):
            parts = word.split(mark)
            if len(parts) in {2, 3} and all(part.isdecimal() and len(part) <= 4 for part in parts):
                read = reader([int(part) for part in parts])
                dot = mark == "." and len(parts) == 2 and self._dot(tokens, index)
                complete = read and (mark != "." or len(parts) == 3 or dot)
                if not read or not complete:
                    return None
                return read._replace(length=1 + bool(dot), needs_lead=mark == "." and bool(dot))
        the = self._the(tokens, index)
        day = self._day(tokens, index + the)
        if not the or not day or _word(tokens, index + the).isdecimal():
            return None
        if _word(tokens, index + the + 1) in self.words.of:
            return None
        return _Read(the + 1, partial(rules.day_of_month, self.written_on, day), True)

    def _dashed(self, parts: list[int]) -> _Read | None:
        if len(parts) == 3 and parts[0] > 999:
            return self._numbers(parts[2], parts[1], parts[0])
        return self._numbers(*parts) if len(parts) == 3 else None

    def _dotted(self, parts: list[int]) -> _Read | None:
        return self._numbers(*parts)

    def _slashed(self, parts: list[int]) -> _Read | None:
        """“13/1” and “1/13” say which is the day; “5/12” says it where the word list does.

        dateparser would read “1/13” as the 1 December 2113 where the day stands first.
        """
        first, second = parts[:2]
        if not (1 <= first <= 31 and 1 <= second <= 31):
            return None
        if first > 12 or second == first or self.words.slashes == "day first":
            return self._numbers(*parts)
        if second > 12 or self.words.slashes == "month first":
            return self._numbers(second, first, *parts[2:])
        return _Read(1, lambda: None, True)

    def _numbers(self, day: int, month: int, year: int | None = None) -> _Read | None:
        """A year of two digits is one of this century, and no due date if it is past.

        dateparser would move it to the next century.
        """
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        if year is None:
            return _Read(1, partial(self.means.day, f"{day}/{month}"))
        if 99 < year < 1000:
            return None
        short = year < 100
        words = f"{day}/{month}/{2000 + year if short else year}"
        return _Read(1, partial(self.means.day_of_year, words, short=short))

    def _feast(self, tokens: Sequence[Token], index: int) -> _Read | None:
        feast = self.words.feasts.get(_word(tokens, index))
        return _Read(1, partial(self.means.day, feast), True) if feast else None

    def _the(self, tokens: Sequence[Token], index: int) -> int:
        return int(_word(tokens, index) in self.words.the)

    def _dot(self, tokens: Sequence[Token], index: int) -> int:
        """A dot that touches the number before it, as in “5.12.” or “5. Dezember”."""
        after = index + 1
        touches = after < len(tokens) and tokens[after].start == tokens[index].end
        return int(touches and tokens[after].word == ".")


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _year(tokens: Sequence[Token], index: int) -> str:
    """A full year, or nothing."""
    word = _word(tokens, index)
    return word if word.isdecimal() and len(word) == 4 else ""


def _first_words(words: DateWords) -> frozenset[str]:
    """Every word a date phrase can begin with; digits aside."""
    phrases = (words.near, words.today, words.by, words.before, words.on, words.within)
    more = (words.next, words.this, words.end_of)
    tables = (words.weekdays, words.months, words.feasts)
    numbers = {number.partition(" ")[0] for number in words.numbers}
    led = (first for table in (*phrases, *more) for first in table.by_first)
    return frozenset({*led, *(word for table in tables for word in table), *numbers, *words.the})
