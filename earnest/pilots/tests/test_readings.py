"""Readings are only ever added to; each renews the answer to "did it help?"."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from earnest.pilots import actions, queries
from earnest.pilots.actions import AlreadyCorrected, PilotReadingDraft
from earnest.pilots.forms.measures import PilotMeasureForm, PilotReadingForm, read_sheet
from earnest.pilots.models import PilotMeasure
from earnest.pilots.tests.piloted import COMPARISON, DAY, WHY, a_measure, a_pilot, read
from tests.worlds import NOW, World

WEEK = timedelta(days=7)
AFTER = NOW + timedelta(weeks=12)


@pytest.fixture
def measure(world: World) -> PilotMeasure:
    return begun(world, comparison="Ward 5")


@pytest.fixture
def share(world: World) -> PilotMeasure:
    name = "of requests had one owner within a day"
    return begun(world, name=name, counts="share", better="up", comparison="Ward 5", unit="")


def begun(world: World, **more: Any) -> PilotMeasure:
    """Measured of a pilot that runs."""
    made = a_measure(world, a_pilot(world), **more)
    actions.start_pilot(made.pilot, by=world.lead, at=NOW)
    return PilotMeasure.objects.get(pk=made.pk)


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


def test_the_file_is_as_the_command_reads_it(
    client: Client, world: World, measure: PilotMeasure, share: PilotMeasure
) -> None:
    client.force_login(world.lead)
    read(measure, world, DAY, 6)
    weeks_of(share, world)
    heads = []
    for one in (measure, share):
        text = client.get(f"/pilot-measures/{one.pk}/readings.csv").text
        heads.append(text.partition("\r\n")[0])
    assert heads == ["group,at,value,source", "group,at,value,of,source"]


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
    share = begun(world, name=name, counts="share", better="up", unit="")
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


def test_nothing_helped_before_it_began(world: World) -> None:
    pilot = a_pilot(world)
    share = a_measure(world, pilot, name="of requests", counts="share", better="up", unit="")
    weeks_of(share, world)
    share.refresh_from_db()
    assert share.effect is None
    actions.start_pilot(pilot, by=world.lead, at=NOW)
    share.refresh_from_db()
    assert share.effect
    assert share.effect["enough"]


@pytest.mark.parametrize("of", ["9" * 5000, "١٢", "²", "1e3"])
def test_of_how_many_is_a_plain_number(share: PilotMeasure, of: str) -> None:
    found = read_sheet(f"at,value,of\n2026-11-02,61,{of}\n".encode(), share, today=DAY)
    assert [one.line for one in found.bad] == [2]


@pytest.mark.parametrize("rows", ["2026-11-02;1.234\n2026-11-09;2.500\n", "2026-11-02;1,234\n"])
def test_what_may_be_thousands_is_refused_where_no_cell_tells(
    measure: PilotMeasure, rows: str
) -> None:
    found = read_sheet(rows.encode(), measure, today=DAY)
    assert not found.good
    assert "two ways" in found.bad[0].reason
    told = read_sheet(f"{rows}2026-11-16;1.234,5\n".encode(), measure, today=DAY)
    assert not told.bad


def test_nothing_is_read_of_a_day_after_its_end(world: World, measure: PilotMeasure) -> None:
    actions.end_pilot(measure.pilot, WHY, by=world.lead, at=NOW)
    measure = PilotMeasure.objects.get(pk=measure.pk)
    after = str(DAY + WEEK)
    found = read_sheet(f"on,value\n{DAY},5\n{after},5\n".encode(), measure, today=DAY + WEEK)
    assert [(one.line, one.reason) for one in found.bad] == [(3, "The pilot was over by then.")]
    typed = {"on": after, "value": "5", "group": "pilot"}
    form = PilotReadingForm(typed, measure=measure, today=DAY + WEEK)
    assert form.errors["on"] == ["The pilot was over by then."]


def test_the_next_reading_is_due_as_often_as_it_is_to_be_read(
    world: World, measure: PilotMeasure
) -> None:
    actions.change_measure(measure, {"every_days": 1}, by=world.lead, at=NOW)
    measure.refresh_from_db()
    assert measure.due_on == DAY + timedelta(days=1)
    read(measure, world, DAY + WEEK, 5, at=AFTER)
    measure.refresh_from_db()
    assert measure.due_on == DAY + timedelta(days=8)
    actions.correct_reading(measure.readings.get(), None, by=world.lead, at=AFTER)
    measure.refresh_from_db()
    assert measure.due_on == DAY + timedelta(days=1)


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
