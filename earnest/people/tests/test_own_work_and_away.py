"""A person's own goals and measures (1.6), and the days they are not there (2.1)."""

from __future__ import annotations

from datetime import date

import pytest

from earnest.core.models import Event
from earnest.people import actions
from earnest.people.forms import AwayForm, OwnWorkForm
from earnest.people.models import Away
from tests.worlds import NOW, World

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def test_goals_and_measures_are_kept_in_their_words(world: World) -> None:
    person = world.joan.person
    form = OwnWorkForm({"goals": "fewer nights ", "measures": "no complaint"}, work=person.own_work)
    assert form.is_valid()
    said = {name: form.cleaned_data[name] for name in ("goals", "measures")}
    actions.write_own_work(person, **said, by=world.lead, at=NOW)
    person.refresh_from_db()
    assert (person.own_goals, person.own_measures) == ("fewer nights", "no complaint")
    event = Event.objects.get(action="own_work_written")
    assert event.detail == {}


def test_only_what_they_wrote_themselves_is_in_their_own_hand(world: World) -> None:
    person = world.joan.person
    assert not actions.write_own_work(
        person, goals="as the file had it", measures="", by=world.owner, at=NOW
    ).own_work.in_own_hand
    assert actions.write_own_work(
        person, goals="mine", measures="", by=None, at=NOW
    ).own_work.in_own_hand
    assert not actions.write_own_work(
        person, goals="", measures=" ", by=None, at=NOW
    ).own_work.in_own_hand


def test_days_away_are_noted_once_and_removed(world: World) -> None:
    person = world.joan.person
    form = AwayForm({"first_day": MONDAY.isoformat(), "last_day": FRIDAY.isoformat()})
    assert form.is_valid()
    for _again in range(2):
        away = actions.note_away(person, **form.cleaned_data, by=world.lead, at=NOW)
    assert Away.objects.count() == 1
    actions.remove_away(away, by=world.lead, at=NOW)
    actions.remove_away(away, by=world.lead, at=NOW)
    assert not Away.objects.exists()
    assert Event.objects.filter(action="away_removed").count() == 1


def test_the_last_day_never_lies_before_the_first(world: World) -> None:
    form = AwayForm({"first_day": FRIDAY.isoformat(), "last_day": MONDAY.isoformat()})
    assert "last_day" in form.errors
    with pytest.raises(actions.Refused):
        actions.note_away(
            world.joan.person, first_day=FRIDAY, last_day=MONDAY, by=world.lead, at=NOW
        )
