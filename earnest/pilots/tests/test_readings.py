"""Readings are only ever added to; each renews the answer to "did it help?"."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from earnest.pilots import actions, queries
from earnest.pilots.actions import AlreadyCorrected, PilotReadingDraft
from earnest.pilots.forms.measures import PilotMeasureForm, PilotReadingForm, read_sheet
from earnest.pilots.models import PilotMeasure
from earnest.pilots.tests.piloted import COMPARISON, DAY, a_measure, a_pilot, read
from tests.worlds import NOW, World

WEEK = timedelta(days=7)
AFTER = NOW + timedelta(weeks=12)


@pytest.fixture
def measure(world: World) -> PilotMeasure:
    return a_measure(world, a_pilot(world), comparison="Ward 5")


@pytest.fixture
def share(world: World) -> PilotMeasure:
    name = "of requests had one owner within a day"
    return a_measure(
        world, a_pilot(world), name=name, counts="share", better="up", comparison="Ward 5", unit=""
    )


def values(measure: PilotMeasure) -> list[tuple[str, Decimal | None]]:
    return [(str(one.on), one.value) for one in queries.measured_of([measure])[0].readings]


def test_the_same_figure_again_is_known_and_another_corrects_the_old_one(
    world: World, measure: PilotMeasure
) -> None:
    assert read(measure, world, DAY, 6).new == 1
    assert read(measure, world, DAY, 6).known == 1
    taken = read(measure, world, DAY, 7)
    assert (taken.new, taken.corrected) == (0, 1)
    assert values(measure) == [(str(DAY), Decimal(7))]
    assert measure.readings.count() == 2  # the old one is kept
    assert measure.readings.order_by("pk")[1].corrects == measure.readings.order_by("pk")[0]


def test_a_figure_taken_back_stands_nowhere_and_can_be_read_anew(
    world: World, measure: PilotMeasure
) -> None:
    read(measure, world, DAY, 6)
    there = measure.readings.get()
    actions.correct_reading(there, None, by=world.lead, at=NOW)
    assert values(measure) == []
    with pytest.raises(AlreadyCorrected):
        actions.correct_reading(there, None, by=world.lead, at=NOW)
    read(measure, world, DAY, 5)
    assert values(measure) == [(str(DAY), Decimal(5))]


def test_pilot_and_comparison_are_read_on_the_same_day(world: World, measure: PilotMeasure) -> None:
    read(measure, world, DAY, 6)
    read(measure, world, DAY, 8, group=COMPARISON)
    assert len(values(measure)) == 2


def test_few_readings_are_too_early_to_say(world: World, measure: PilotMeasure) -> None:
    read(measure, world, DAY - WEEK, 6)
    read(measure, world, DAY + WEEK, 5, at=AFTER)
    measure.refresh_from_db()
    told = queries.measured_of([measure])[0]
    assert told.found
    assert not told.found.enough
    assert told.found.sentence
    assert told.helped is None


def weeks_of(share: PilotMeasure, world: World) -> None:
    """Ten weeks before and ten after: 34 % to 61 %, beside 35 % to 37 %."""
    drafts = []
    for week in range(-10, 10):
        after = week >= 0
        for group, before_is, after_is, often in (("pilot", 34, 61, 3), ("comparison", 35, 37, 4)):
            value = Decimal((after_is if after else before_is) + week % often - 1)
            drafts.append(PilotReadingDraft(DAY + week * WEEK, value, group, 60))
    actions.add_readings(share, drafts, by=world.lead, at=AFTER)


@pytest.mark.parametrize(
    "name", ["of {all} 100 % [[what]] “über” – <b>", "\\1 %s, 7 before; likely"]
)
def test_the_name_of_a_share_stands_in_the_sentence_unchanged(world: World, name: str) -> None:
    share = a_measure(world, a_pilot(world), name=name, counts="share", better="up", unit="")
    weeks_of(share, world)
    share.refresh_from_db()
    told = queries.measured_of([share])[0]
    assert told.found
    assert f"61 % {name}, 34 % before" in told.found.sentence


def test_enough_readings_give_a_plain_sentence(world: World, share: PilotMeasure) -> None:
    weeks_of(share, world)
    share.refresh_from_db()
    told = queries.measured_of([share])[0]
    assert told.found
    assert told.found.enough
    assert told.helped
    assert told.found.sentence.startswith(
        "61 % of requests had one owner within a day, 34 % before"
    )


def test_less_is_better_where_it_was_said_so(world: World, share: PilotMeasure) -> None:
    weeks_of(share, world)
    actions.change_measure(share, {"better": "down"}, by=world.lead, at=AFTER)
    share.refresh_from_db()
    assert queries.measured_of([share])[0].helped is False


def test_a_sheet_is_read_by_its_head_or_its_order(world: World, share: PilotMeasure) -> None:
    headed = b"group,at,value,of\npilot,2026-11-02,61.5,126\nWard 5,2026-11-02,37,120\n"
    one, other = read_sheet(headed, share, today=DAY).good
    assert (one.group, one.value, one.of) == ("pilot", Decimal("61.5"), 126)
    assert other.group == "comparison"
    plain = b"2.11.2026;61,5;126;;weekly list\n9.11.2026;62;130\n"
    assert [x.note for x in read_sheet(plain, share, today=DAY).good] == ["weekly list", ""]


def test_wrong_rows_are_named_by_their_line(world: World, share: PilotMeasure) -> None:
    rows = [
        "at,value,of,group",
        "2026-11-02,61,126,",
        "2026-11-09,161,126,",  # no share
        "2026-11-16,61,,",  # of how many?
        "2027-11-16,61,5,",  # to come
        "2026-11-02,61,126,",  # the same again
        "2026-11-02,62,126,",  # the same day, another figure
        "2026-11-10,61,5,Ward 9",  # neither of the two
    ]
    found = read_sheet("\n".join(rows).encode(), share, today=DAY)
    assert [one.line for one in found.bad] == [3, 4, 5, 7, 8]
    assert len(found.good) == 1


def test_a_sheet_sent_twice_is_taken_once(world: World, share: PilotMeasure) -> None:
    good = read_sheet(b"at,value,of\n2026-11-02,61,126\n", share, today=DAY).good
    assert actions.add_readings(share, good, by=world.lead, at=NOW).new == 1
    assert actions.add_readings(share, good, by=world.lead, at=NOW).known == 1


def test_signs_nobody_can_read_are_refused(share: PilotMeasure) -> None:
    typed = {"on": str(DAY), "value": "5", "of": "20", "note": "\x7fabc"}
    form = PilotReadingForm(typed, measure=share, today=DAY)
    assert "cannot be shown" in form.errors["note"][0]
    typed = {"name": "\x7fabc", "unit": "\x7f", "comparison": "\x7fabc"}
    about = PilotMeasureForm(typed, instance=share)
    for name in typed:
        assert "cannot be shown" in about.errors[name][0]
    found = read_sheet(f"on,value,of,note\n{DAY},5,20,\x7fabc\n".encode(), share, today=DAY)
    assert (found.good, [one.line for one in found.bad]) == ([], [2])
