"""dateparser is kept from what is not an argument: today's date, the machine's time zone."""

import subprocess
import sys
import time
from datetime import date, timedelta

import dateparser.date
import pytest

from earnest.engine.language import WordList
from earnest.engine.language.meanings import MOST_READ, Meanings
from earnest.engine.language.tests.conftest import Read

PHRASES = """by Tuesday|next Friday|tomorrow|in two weeks|in three months|by 14 July|by 14/7
by 14.7.|by the 14th|in March|by the end of March|before Christmas|next week""".replace("\n", "|")
LONG_AGO, FAR_AHEAD = date(1903, 6, 10), date(2303, 6, 10)  # both a Wednesday


@pytest.mark.parametrize("phrase", PHRASES.split("|"))
def test_the_same_words_mean_the_same_400_years_later(read: Read, phrase: str) -> None:
    """Were today's date looked at, one of the two would differ."""
    note = f"I'll send the draft {phrase}"
    (before,), (after,) = (read(note, written_on=day) for day in (LONG_AGO, FAR_AHEAD))
    assert before.due is not None
    assert after.due == before.due.replace(year=before.due.year + 400)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_time_zone_of_the_machine_is_of_no_account(
    read: Read, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    found = [read(f"I'll send it {phrase}", written_on=LONG_AGO) for phrase in PHRASES.split("|")]
    monkeypatch.undo()
    time.tzset()
    here = [read(f"I'll send it {phrase}", written_on=LONG_AGO) for phrase in PHRASES.split("|")]
    assert found == here


def test_dateparser_is_not_imported_before_a_date_is_read() -> None:
    """It takes 0.2 s, which the command line and the web process need not wait for."""
    code = "import sys, earnest.engine.language; sys.exit('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_each_phrase_is_read_once_and_only_the_due_one(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = dateparser.date.DateDataParser.get_date_data

    def get_date_data(
        self: dateparser.date.DateDataParser, phrase: str
    ) -> dateparser.date.DateData:
        asked.append(phrase)
        return real(self, phrase)

    monkeypatch.setattr(dateparser.date.DateDataParser, "get_date_data", get_date_data)
    read("I'll send it by Tuesday. " * 50 + "On Monday we met. I'll call Joan tomorrow or Friday.")
    assert asked == ["tuesday", "tomorrow"]


def test_after_very_many_different_dates_the_rest_stays_open(words: WordList) -> None:
    means = Meanings(words.language, date(2026, 1, 1))
    days = [date(2026, 1, 1) + timedelta(number) for number in range(MOST_READ + 2)]
    read = [means.day_of_year(f"{day:%d/%m/%Y}") for day in days]
    assert read == [*days[:MOST_READ], None, None]
    assert means.day_of_year(f"{days[0]:%d/%m/%Y}") == days[0]
