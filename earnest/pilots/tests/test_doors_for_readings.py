"""Readings that another program brings: signed, taken once, logged, and again by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from earnest.core.signed import sign
from earnest.pilots import actions
from earnest.pilots.actions.doors import take_came
from earnest.pilots.models import PilotMeasure, PilotReading, ReadingCame, ReadingDoor
from earnest.pilots.tests.piloted import DAY, WHY, a_measure, a_pilot
from tests.worlds import NOW, World

BEFORE = NOW - timedelta(days=3)
BODY = {"on": str(DAY), "value": 6.5}


@pytest.fixture
def measure(world: World) -> PilotMeasure:
    return a_measure(world, a_pilot(world), comparison="Ward 5")


@pytest.fixture
def secret(world: World, measure: PilotMeasure) -> str:
    return actions.open_reading_door(measure, by=world.lead, at=NOW)


@contextmanager
def then() -> Iterator[None]:
    """The clock of the page stands at the world's moment."""
    with patch("earnest.pilots.views.doors.now", return_value=NOW):
        yield


def send(secret: str, body: object, *, key: str = "one") -> int:
    door = ReadingDoor.objects.get()
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with then():
        response = Client().post(
            f"/hooks/readings/{door.address}/",
            raw,
            content_type="application/json",
            headers={
                "webhook-id": key,
                "webhook-timestamp": str(int(NOW.timestamp())),
                "webhook-signature": sign(secret, key=key, at=NOW, body=raw),
            },
        )
    return response.status_code


def test_a_signed_reading_is_taken_once_however_often_it_is_sent(
    measure: PilotMeasure, secret: str
) -> None:
    assert send(secret, BODY) == 202
    assert send(secret, BODY) == 202
    (reading,) = measure.readings.all()
    assert (float(reading.value or 0), reading.source) == (6.5, PilotReading.Source.HOOK)
    (came,) = ReadingCame.objects.all()
    assert came.state == ReadingCame.State.DONE


def test_what_was_taken_is_not_taken_once_more(measure: PilotMeasure, secret: str) -> None:
    send(secret, BODY)
    came = ReadingCame.objects.get()
    assert take_came(came, at=NOW)
    assert ReadingCame.objects.get().became == came.became
    ReadingCame.objects.update(state=ReadingCame.State.REFUSED)
    assert not take_came(came, at=NOW)  # what failed is taken by hand alone


def test_several_come_at_once_for_pilot_and_comparison(measure: PilotMeasure, secret: str) -> None:
    rows = [{**BODY, "group": "pilot"}, {**BODY, "group": "comparison"}]
    assert send(secret, {"readings": rows}) == 202
    assert {one.group for one in measure.readings.all()} == {"pilot", "comparison"}


def test_another_body_under_the_same_key_is_refused(measure: PilotMeasure, secret: str) -> None:
    send(secret, BODY)
    assert send(secret, {**BODY, "value": 7}) == 409
    assert measure.readings.count() == 1
    assert ReadingDoor.objects.get().refused_why == "other"


def test_what_is_not_signed_changes_nothing(measure: PilotMeasure, secret: str) -> None:
    wrong = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    assert send(wrong, BODY) == 401
    assert not ReadingCame.objects.exists()
    assert not measure.readings.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        {"value": 6},
        {**BODY, "value": "many"},
        {**BODY, "value": float("nan")},
        {**BODY, "on": "2999-01-01"},
        {**BODY, "on": "1999-12-31"},
        {**BODY, "group": {"a": 1}},
        {**BODY, "group": "Ward 9"},
        b'{"on": "2026-11-20", "value": 1e9999999}',
        b'{"on": "2026-11-20", "value": "1e9999999"}',
        b'{"on": "2026-11-20", "value": 1e99999999999999999999}',
        {**BODY, "value": "9999999999.99999"},
        {**BODY, "note": "\ud800"},
        {**BODY, "note": "a\x00b"},
        {**BODY, "note": {"a": 1}},
        {**BODY, "note": 7},
        [BODY, {**BODY, "value": 50}],
        {"readings": []},
        [1],
        7,
    ],
    ids=str,
)
def test_what_is_no_reading_is_logged_and_not_taken(
    measure: PilotMeasure, secret: str, body: object
) -> None:
    assert send(secret, body) == 422
    (came,) = ReadingCame.objects.all()
    assert came.state == ReadingCame.State.REFUSED
    assert came.became
    assert not measure.readings.exists()


@pytest.mark.parametrize("of", [b"1e9999999", b"0.5", b"-3", b"1e7", b"null"])
def test_a_share_of_how_many_cannot_be_any_number(
    measure: PilotMeasure, secret: str, of: bytes
) -> None:
    PilotMeasure.objects.update(counts="share")
    assert send(secret, b'{"on": "2026-11-20", "value": 6, "of": %s}' % of) == 422


def test_no_note_is_an_empty_one(measure: PilotMeasure, secret: str) -> None:
    assert send(secret, [{**BODY, "note": None}, BODY]) == 202
    assert [one.note for one in measure.readings.all()] == [""]


def test_a_reading_of_a_day_after_the_end_is_refused(
    world: World, measure: PilotMeasure, secret: str
) -> None:
    actions.start_pilot(measure.pilot, by=world.lead, at=BEFORE)
    actions.stop_pilot(measure.pilot, WHY, by=world.lead, at=BEFORE)
    assert send(secret, BODY) == 422
    assert ReadingCame.objects.get().became == "The pilot was over by then."
    assert send(secret, {**BODY, "on": str(BEFORE.date())}, key="two") == 202


def test_a_request_that_died_half_way_is_taken_when_it_is_sent_again(
    measure: PilotMeasure, secret: str
) -> None:
    with (
        patch("earnest.pilots.actions.doors.take_came", side_effect=OSError),
        pytest.raises(OSError),  # noqa: PT011
    ):
        send(secret, BODY)
    assert ReadingCame.objects.get().state == ReadingCame.State.WAITING
    assert send(secret, BODY) == 202
    assert send(secret, BODY) == 202
    assert measure.readings.count() == 1
    assert ReadingCame.objects.get().state == ReadingCame.State.DONE


def test_what_could_not_be_used_goes_again_by_hand(
    world: World, measure: PilotMeasure, secret: str
) -> None:
    send(secret, {**BODY, "group": "Ward 7"})
    came = ReadingCame.objects.get()
    actions.change_measure(measure, {"comparison": "Ward 7"}, by=world.lead, at=NOW)
    assert actions.repeat_came(came, by=world.lead, at=NOW)
    assert measure.readings.get().group == "comparison"


def test_a_closed_door_is_not_there_and_a_new_secret_ends_the_old_one(
    world: World, measure: PilotMeasure, secret: str
) -> None:
    anew = actions.open_reading_door(measure, by=world.lead, at=NOW)
    assert send(secret, BODY) == 401
    assert send(anew, BODY) == 202
    lead = Client()
    lead.force_login(world.lead)
    lead.post(f"/pilot-measures/{measure.pk}/door/closed/")
    assert send(anew, BODY, key="two") == 404


def test_the_secret_is_shown_once(world: World, measure: PilotMeasure) -> None:
    lead = Client()
    lead.force_login(world.lead)
    page = f"/pilot-measures/{measure.pk}/door/"
    shown = lead.post(f"{page}opened/")
    assert "whsec_" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "whsec_" not in lead.get(page).text
