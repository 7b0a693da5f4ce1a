"""Another language is another word file: here the few German words that dates need."""

import tomllib
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from earnest.engine.language import WordList, read_notes
from earnest.engine.language.tests.conftest import FRIDAY

GERMAN_DATES = """
weekdays = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
months = ["januar", "februar", "märz", "april", "mai", "juni", "juli", "dezember"]
spelled = {}
numbers = { einem = 1, einer = 1, zwei = 2, drei = 3 }
units = { tag = "day", tage = "day", tagen = "day", woche = "week", wochen = "week", monat = "month", monats = "month", monaten = "month" }
feasts = { heiligabend = "24 dezember" }
near = ["heute", "morgen", "übermorgen"]
today = ["feierabend"]
by = ["bis", "bis zum", "bis zu"]
before = ["vor"]
on = ["am", "im", "zu"]
within = ["in", "innerhalb von"]
from_now = []
next = ["nächsten", "nächste", "nächster"]
this = ["diesen", "diese"]
end_of = ["ende"]
of = []
the = ["der", "die", "den", "dem", "des"]
ordinals = []
parts_of_day = ["abend"]
not_due = ["seit", "vom"]
slashes = "day first"
"""
WHEN = [
    ("bis Dienstag", date(2025, 12, 9)),
    ("am Freitag", date(2025, 12, 12)),
    ("nächsten Montag", date(2025, 12, 8)),
    ("in zwei Wochen", date(2025, 12, 19)),
    ("innerhalb von drei Tagen", date(2025, 12, 8)),
    ("in einem Monat", date(2026, 1, 5)),
    ("übermorgen", date(2025, 12, 7)),
    ("bis Feierabend", FRIDAY),
    ("nächste Woche", date(2025, 12, 12)),
    ("Ende des Monats", date(2025, 12, 31)),
    ("bis Ende März", date(2026, 3, 31)),
    ("im Mai 2027", date(2027, 5, 31)),
    ("bis 5. Januar", date(2026, 1, 5)),
    ("bis zum 5. März 2027", date(2027, 3, 5)),
    ("bis 5.1.2026", date(2026, 1, 5)),
    ("bis 5/12", FRIDAY),
    ("vor Heiligabend", date(2025, 12, 23)),
    ("bis 29. Februar", None),
]


@pytest.fixture(scope="module")
def german(mapping: dict[str, Any]) -> WordList:
    empty = deepcopy(mapping)
    for section in ("people", "promises", "other"):
        empty[section] = {key: [] for key in empty[section]}
    empty["promises"] |= {"first": ["ich werde"], "deeds": ["den"]}
    dates = tomllib.loads(GERMAN_DATES)
    return WordList.from_mapping({**empty, "language": "de", "dates": dates, "sensitive": {}})


@pytest.mark.parametrize("note", ["< den Entwurf {}", "Ich werde den Entwurf {} schicken."])
@pytest.mark.parametrize(("phrase", "due"), WHEN)
def test_german_dates_need_only_german_words(
    german: WordList, note: str, phrase: str, due: date | None
) -> None:
    (found,) = read_notes(note.format(phrase), written_on=FRIDAY, words=german)
    assert (found.due, found.due_words) == (due, phrase)
