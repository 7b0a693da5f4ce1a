"""In which language somebody is written to: one rule for every mail and page."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from earnest.people.models import Person


@pytest.mark.parametrize(
    ("chosen", "own", "read"), [("en", "en", "en"), ("", "", "de"), ("xx", "", "de")]
)
def test_their_own_where_earnest_speaks_it_and_else_that_of_this_earnest(
    settings: Settings, chosen: str, own: str, read: str
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    settings.LANGUAGE_CODE = "de"
    person = Person(name="Joan Okafor", language=chosen)
    assert (person.own_language, person.reads_in) == (own, read)
