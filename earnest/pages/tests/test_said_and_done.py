"""Said and done, week by week, always apart (2.3, 3.1): in numbers and as a picture."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from earnest.initiatives.models import Initiative, Participation
from earnest.pages.charts import said_and_done as charts
from earnest.pages.queries.overview import SaidAndDone, Week, said_and_done
from earnest.people.models import Person
from earnest.standing.models import Rung
from tests.worlds import NOW, World

A_WEEK = timedelta(weeks=1)  # NOW is Friday the 20th of November 2026
MONDAY = date(2026, 11, 16)


def begun(world: World, at: datetime) -> Initiative:
    """As if it had begun then, with Joan and Sam on it from that day."""
    Initiative.objects.filter(pk=world.initiative.pk).update(made_at=at)
    Participation.objects.filter(initiative=world.initiative).update(since=at)
    world.initiative.refresh_from_db()
    return world.initiative


def stands(one: Participation, **moments: datetime | str | None) -> None:
    Rung.objects.update_or_create(
        participation=one, defaults={"initiative_id": one.initiative_id, **moments}
    )


def counts(found: SaidAndDone) -> list[tuple[int, int, int]]:
    return [(one.people, one.said, one.did) for one in found.weeks]


def test_each_week_counts_who_had_said_yes_and_who_had_done_it_by_its_end(world: World) -> None:
    initiative = begun(world, NOW - 2 * A_WEEK)
    stands(world.joan, said_at=NOW - A_WEEK, did_at=NOW)
    stands(world.sam, said_at=NOW)
    assert counts(said_and_done(initiative, at=NOW)) == [(2, 0, 0), (2, 1, 0), (2, 2, 1)]


def test_shares_are_of_those_who_were_on_it_by_then(world: World) -> None:
    initiative = begun(world, NOW - A_WEEK)
    Participation.objects.filter(pk=world.sam.pk).update(since=NOW)
    stands(world.joan, said_at=NOW - A_WEEK)
    weeks = said_and_done(initiative, at=NOW).weeks
    assert [one.said_share for one in weeks] == [1.0, 0.5]


def test_a_week_begins_on_monday_by_the_clock_of_the_workspace(world: World) -> None:
    initiative = begun(world, NOW - A_WEEK)
    sunday_night_in_utc = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)  # Monday in Amsterdam
    stands(world.joan, said_at=sunday_night_in_utc)
    stands(world.sam, said_at=sunday_night_in_utc - timedelta(hours=1))
    assert counts(said_and_done(initiative, at=NOW)) == [(2, 1, 0), (2, 2, 0)]


def test_the_last_twenty_six_weeks_are_shown_and_what_came_before_counts(world: World) -> None:
    initiative = begun(world, NOW - 60 * A_WEEK)
    stands(world.joan, said_at=NOW - 50 * A_WEEK, did_at=NOW - 40 * A_WEEK)
    weeks = said_and_done(initiative, at=NOW).weeks
    assert (len(weeks), weeks[-1].begins) == (26, MONDAY)
    assert (weeks[0].people, weeks[0].said, weeks[0].did) == (2, 1, 1)


def test_a_deed_without_a_yes_in_words_is_told_as_such(world: World) -> None:
    initiative = begun(world, NOW)
    stands(world.joan, did_at=NOW)
    found = said_and_done(initiative, at=NOW)
    assert (found.now.said, found.now.did, found.unsaid) == (0, 1, 1)
    assert "Who did it without a yes in words: 1." in charts.in_words(found)


def test_who_was_erased_stays_as_a_count(world: World) -> None:
    initiative = begun(world, NOW)
    stands(world.joan, said_at=NOW)
    Person.objects.filter(pk=world.joan.person_id).update(erased_at=NOW, name="")
    assert counts(said_and_done(initiative, at=NOW)) == [(2, 1, 0)]


def test_another_initiative_counts_nothing_here(world: World) -> None:
    stands(world.joan, said_at=NOW, step="nodded")
    found = said_and_done(world.other_initiative, at=NOW)
    assert (counts(found), found.anything, found.totals) == ([(0, 0, 0)], False, [])


def test_totals_tell_marks_apart_also_of_whom_nothing_is_on_record(world: World) -> None:
    stands(world.joan, step="did", no_chance_since=NOW)
    found = said_and_done(world.initiative, at=NOW)
    assert [(one.kind, one.n) for one in found.totals] == [("unheard", 1), ("nochance", 1)]
    stands(world.joan, step="unheard", no_chance_since=None, heard_at=NOW)
    found = said_and_done(world.initiative, at=NOW)
    assert [(one.kind, one.n) for one in found.totals] == [("unheard", 1), ("heard", 1)]
    assert found.heard == 1


def test_the_first_and_each_tenth_person_who_did_it_are_known_by_their_moment(world: World) -> None:
    for n in range(25):
        person = Person.objects.create(workspace=world.workspace, name=f"P {n:02}")
        one = Participation.objects.create(
            person=person, initiative=world.initiative, held_by=world.lead, since=NOW
        )
        stands(one, did_at=NOW + timedelta(hours=n))
    found = said_and_done(world.initiative, at=NOW + A_WEEK)
    assert found.deeds == tuple((n, NOW + timedelta(hours=n - 1)) for n in (1, 10, 20))


def drawn(*shares: tuple[int, int]) -> charts.Picture:
    """Weeks of a hundred people, so many said and so many done."""
    weeks = [Week(MONDAY + n * A_WEEK, 100, *both) for n, both in enumerate(shares)]
    return charts.picture_of(SaidAndDone(weeks))


def test_what_was_said_and_not_done_lies_between_the_lines() -> None:
    picture = drawn((30, 3), (68, 41))
    assert picture.behind.count("Z") == 1
    assert picture.ahead == ""


def test_where_the_lines_cross_each_area_ends() -> None:
    picture = drawn((10, 0), (20, 30), (40, 30))
    assert (picture.behind.count("Z"), picture.ahead.count("Z")) == (2, 1)


def test_one_week_alone_is_drawn_in_the_middle() -> None:
    picture = drawn((50, 25))
    assert picture.said.end[0] == pytest.approx((picture.left + picture.right) / 2, abs=1)
    assert (picture.behind, picture.ahead, len(picture.days)) == ("", "", 1)


def test_words_at_the_ends_stand_over_neither_line() -> None:
    picture = drawn((0, 0), (50, 50), (50, 50))
    line = picture.said.end[1]
    assert picture.said.text_y < line - 4
    assert picture.did.text_y > line + 10


def test_days_below_never_crowd() -> None:
    for weeks in range(1, 27):
        places = [one.x for one in drawn(*[(1, 1)] * weeks).days]
        assert len(places) <= 6
        assert all(after - before > 45 for before, after in pairwise(places))
