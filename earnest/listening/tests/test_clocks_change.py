"""The night the clocks change: an hour there is not, or twice, is no time to meet."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from earnest.listening.forms import AnotherTimeForm, HourForm, OfferForm
from tests.worlds import NOW

FORWARD, BACK = "2027-03-28", "2027-10-31"
SAID = ["The clocks change in that night; choose another time."]


@pytest.fixture(autouse=True)
def in_amsterdam() -> Iterator[None]:
    with timezone.override(ZoneInfo("Europe/Amsterdam")):
        yield


@pytest.mark.parametrize("form", [HourForm, AnotherTimeForm])
@pytest.mark.parametrize("day", [FORWARD, BACK])
def test_an_hour_that_is_not_or_twice_is_said_beside_the_field(
    form: type[HourForm], day: str
) -> None:
    typed = form({"day": day, "hour": "02:30"}, at=NOW)
    assert not typed.is_valid()
    assert dict(typed.errors) == {"hour": SAID}
    assert form({"day": day, "hour": "03:30"}, at=NOW).is_valid()


def test_so_it_is_where_other_times_are_offered() -> None:
    typed = OfferForm({"1-day": FORWARD, "1-hour": "02:30"}, at=NOW)
    assert not typed.is_valid()
    assert dict(typed.rows[0].errors) == {"hour": SAID}
