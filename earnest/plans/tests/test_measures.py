"""Measures: readings by hand and from a sheet, corrections that name the old row (2.20)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives.models import Measure, Reading
from earnest.plans import actions, queries
from earnest.plans.actions import MeasureDraft, PartDraft, ReadingDraft
from tests.worlds import NOW, World


def a_measure(world: World, **more: object) -> Measure:
    given = {"unit": "%", "baseline": Decimal(34), "target": Decimal(95), **more}
    draft = MeasureDraft("Requests with an owner", **given)  # type: ignore[arg-type]
    return actions.add_measure(world.initiative, draft, by=world.lead, at=NOW)


def read(measure: Measure, world: World, *values: int, first: date = date(2026, 9, 1)) -> None:
    drafts = [ReadingDraft(first + timedelta(weeks=n), Decimal(v)) for n, v in enumerate(values)]
    actions.add_readings(measure, drafts, by=world.lead, at=NOW)


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def values(measure: Measure) -> list[tuple[date, Decimal | None]]:
    return [(one.on, one.value) for one in queries.readings_of(measure)]


def test_a_measure_has_where_it_began_and_where_it_should_be(as_lead: Client, world: World) -> None:
    fields = {"name": "Waiting", "unit": "days", "direction": "down", "baseline": "9,5"}
    address = f"/initiatives/{world.initiative.pk}/measures/new/"
    html = as_lead.post(address, {**fields, "target": "2"}, follow=True).content.decode()
    assert "began at 9.5" in html
    assert "to be 2" in html
    wrong = as_lead.post(address, {**fields, "target": "12"})
    assert wrong.status_code == 400
    assert "Less is better" in wrong.content.decode()
    assert world.initiative.measures.count() == 1


def test_a_measure_changes_in_words_alone_where_that_was_touched(
    as_lead: Client, world: World
) -> None:
    measure = a_measure(world)
    page = as_lead.get(f"/measures/{measure.pk}/about/").content.decode()
    assert 'value="34"' in page
    Measure.objects.filter(pk=measure.pk).update(target=90)
    asked = {"name": "With one owner", "initial-name": measure.name, "unit": "%"}
    old = {"initial-unit": "%", "baseline": "34", "initial-baseline": "34", "target": "95"}
    same = {"initial-target": "95", "direction": "up", "initial-direction": "up"}
    as_lead.post(f"/measures/{measure.pk}/about/", {**asked, **old, **same})
    measure.refresh_from_db()
    assert (measure.name, measure.target) == ("With one owner", Decimal(90))


def test_a_reading_by_hand_pressed_twice_is_one(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    for _ in range(2):
        asked = {"on": "2026-11-02", "value": "61,5 %", "source": "weekly list"}
        html = as_lead.post(f"/measures/{measure.pk}/readings/", asked, follow=True)
    assert "This reading was there already." in html.content.decode()
    assert values(measure) == [(date(2026, 11, 2), Decimal("61.5"))]
    assert "61.5" in html.content.decode()


def test_a_day_to_come_is_not_taken_and_what_was_typed_stays(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    html = as_lead.post(
        f"/measures/{measure.pk}/readings/", {"on": tomorrow, "value": "a lot", "source": "me"}
    ).content.decode()
    assert "This day is still to come." in html
    assert "This is not a number." in html
    assert 'value="a lot"' in html
    assert values(measure) == []


def test_lines_are_pasted_with_a_decimal_comma_and_a_head(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    lines = "day;value;source\n01.09.2026;34,5;list\n08.09.2026;41\n"
    address = f"/measures/{measure.pk}/readings/sheet/"
    html = as_lead.post(address, {"lines": lines}, follow=True).content.decode()
    assert "2 readings taken." in html
    assert values(measure) == [
        (date(2026, 9, 1), Decimal("34.5")),
        (date(2026, 9, 8), Decimal(41)),
    ]
    again = as_lead.post(address, {"lines": lines + "15.09.2026;50\n"}, follow=True)
    assert "1 reading taken. 2 were there already." in again.content.decode()


def test_two_columns_and_a_decimal_comma_are_not_three_columns(
    as_lead: Client, world: World
) -> None:
    measure = a_measure(world)
    address = f"/measures/{measure.pk}/readings/sheet/"
    as_lead.post(address, {"lines": "2026-09-01\t34,5\n2026-09-08\t41,5"})
    assert [value for _on, value in values(measure)] == [Decimal("34.5"), Decimal("41.5")]


def test_one_bad_line_and_nothing_is_written(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    sheet = b"day,value\n2026-09-01,34\n2026-09-08,many\n31.02.2026,4\n"
    address = f"/measures/{measure.pk}/readings/sheet/"
    sent = as_lead.post(address, {"file": SimpleUploadedFile("r.csv", sheet)})
    html = sent.content.decode()
    assert sent.status_code == 400
    assert "2 lines cannot be read" in html
    assert '<td class="number">3</td><td>2026-09-08, many</td>' in html
    assert "There is no such day." in html
    assert "2026-09-08;many" in html  # what was sent stands there to be mended
    assert values(measure) == []


def test_a_pasted_line_without_a_head_keeps_its_number(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    address = f"/measures/{measure.pk}/readings/sheet/"
    html = as_lead.post(address, {"lines": "2026-09-01;1\n2026-09-02;x"}).content.decode()
    assert '<td class="number">2</td><td>2026-09-02, x</td>' in html
    assert "2026-09-02;x" in html


def test_an_empty_sheet_is_said_to_be_one(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    address = f"/measures/{measure.pk}/readings/sheet/"
    assert "Choose a file" in as_lead.post(address, {"lines": " "}).content.decode()
    only_head = as_lead.post(address, {"lines": "day;value"}).content.decode()
    assert "no line with a day and a value" in only_head
    broken = SimpleUploadedFile("r.xlsx", b"PK\x03\x04 nothing")
    assert as_lead.post(address, {"file": broken}).status_code == 400


def test_a_correction_names_the_old_row(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    read(measure, world, 40)
    old = Reading.objects.get()
    as_lead.post(f"/readings/{old.pk}/corrected/", {"on": "2026-09-01", "value": "44"})
    assert [value for _on, value in values(measure)] == [Decimal(44)]
    assert Reading.objects.get(corrects=old).value == Decimal(44)
    old.refresh_from_db()
    assert old.value == Decimal(40)
    again = as_lead.post(
        f"/readings/{old.pk}/corrected/", {"on": "2026-09-01", "value": "45"}, follow=True
    )
    assert "It was corrected before." in again.content.decode()
    assert Reading.objects.count() == 2


def test_a_reading_is_taken_back(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    read(measure, world, 40)
    as_lead.post(f"/readings/{Reading.objects.get().pk}/corrected/", {"taken_back": "1"})
    assert values(measure) == []
    assert Reading.objects.count() == 2


def test_readings_are_taken_along_and_read_in_again(as_lead: Client, world: World) -> None:
    measure = a_measure(world)
    draft = ReadingDraft(date(2026, 9, 1), Decimal("34.5"), "=SUM(A1)")
    actions.add_readings(measure, [draft], by=world.lead, at=NOW)
    file = as_lead.get(f"/measures/{measure.pk}/readings/file/")
    assert file["Content-Type"].startswith("text/csv")
    assert b"2026-09-01,34.5,'=SUM(A1)" in file.content
    other = a_measure(world, unit="of 100")
    as_lead.post(
        f"/measures/{other.pk}/readings/sheet/", {"file": SimpleUploadedFile("r.csv", file.content)}
    )
    assert values(other) == values(measure)


def test_how_far_it_came_works_both_ways_and_stays_within_its_ends(world: World) -> None:
    up, down = (
        a_measure(world),
        a_measure(world, unit="days", direction="down", baseline=Decimal(9), target=Decimal(2)),
    )
    read(up, world, 40, 64)
    read(down, world, 12)
    found = queries.courses_of(world.initiative)
    assert [(one.value, one.share) for one in found] == [(Decimal(64), 49), (Decimal(12), 0)]
    read(down, world, 1, first=date(2026, 10, 1))
    last = queries.courses_of(world.initiative)[1]
    assert (last.share, last.reached) == (100, True)


def test_what_is_not_followed_any_more_leaves_the_plan_and_comes_back(
    as_lead: Client, world: World
) -> None:
    measure = a_measure(world)
    draft = PartDraft("Weekend cover", "Fridays", measures=(measure,))
    actions.add_part(world.initiative, draft, by=world.lead, at=NOW)
    plan = f"/initiatives/{world.initiative.pk}/plan/"
    assert measure.name in as_lead.get(plan).content.decode()
    as_lead.post(f"/measures/{measure.pk}/left/")
    assert measure.name not in as_lead.get(plan).content.decode()
    as_lead.post(f"/measures/{measure.pk}/followed/")
    assert measure.name in as_lead.get(plan).content.decode()


def test_who_does_not_lead_reads_measures_and_not_who_read_them(
    client: Client, world: World
) -> None:
    measure = a_measure(world)
    read(measure, world, 40, 64)
    client.force_login(world.sponsor)
    html = client.get(f"/measures/{measure.pk}/").content.decode()
    assert "<polyline" in html
    assert str(world.lead) not in html
    assert "/corrected/" not in html
