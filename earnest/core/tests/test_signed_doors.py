"""Doors for signed requests: begun, turned, closed, what came and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import isolate_apps

from earnest.core import actions
from earnest.core.models import Came, Event, SignedDoor
from earnest.core.signed import NotSigned, Signed, sign, unseal
from earnest.core.views import not_signed, signed_request

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BODY = b'{"value": 61}'

with isolate_apps("earnest.core"):

    class Gate(SignedDoor):
        class Meta(SignedDoor.Meta):
            app_label = "core"

    class Arrival(Came):
        door = models.ForeignKey(Gate, on_delete=models.CASCADE)

        class Meta(Came.Meta):
            app_label = "core"


@pytest.fixture(autouse=True)
def _tables(transactional_db: None) -> Iterator[None]:
    for model in (Gate, Arrival):
        with connection.schema_editor() as editor:
            editor.create_model(model)
    yield
    for model in (Arrival, Gate):
        with connection.schema_editor() as editor:
            editor.delete_model(model)


@pytest.fixture
def amara() -> AbstractUser:
    return get_user_model()._default_manager.create(email="amara@example.org", name="Amara Diallo")


@pytest.fixture
def gate() -> Gate:
    gate = Gate()
    actions.begin_door(gate, by=None, at=NOW)
    return gate


def came(gate: Gate, *, key: str = "msg-1", body: bytes = BODY) -> tuple[Arrival, bool]:
    return actions.note_came(Arrival, gate, Signed(key, body, body.hex()[:64]), at=NOW)


def knock(gate: Gate, secret: str, *, body: bytes = BODY) -> Signed:
    headers = {
        "webhook-id": "msg-1",
        "webhook-timestamp": str(int(NOW.timestamp())),
        "webhook-signature": sign(secret, key="msg-1", at=NOW, body=BODY),
    }
    request = RequestFactory().post("/", body, content_type="application/json", headers=headers)
    return signed_request(request, gate, at=NOW)


def test_the_secret_is_given_out_once_and_stored_sealed(amara: AbstractUser) -> None:
    gate = Gate()
    secret = actions.begin_door(gate, by=amara, at=NOW)
    kept = Gate._default_manager.get()
    assert secret not in kept.sealed
    assert unseal(kept.sealed) == secret
    assert secret not in str(Event.objects.values_list("detail", "object_type"))


def test_a_turned_door_opens_to_the_new_secret_alone(gate: Gate, amara: AbstractUser) -> None:
    old = unseal(gate.sealed)
    new = actions.turn_secret(gate, by=amara, at=NOW + MINUTE)
    gate.refresh_from_db()
    assert knock(gate, new).body == BODY
    with pytest.raises(NotSigned):
        knock(gate, old)


def test_of_two_who_turn_it_together_one_is_told(gate: Gate, amara: AbstractUser) -> None:
    same = Gate._default_manager.get()
    secret = actions.turn_secret(gate, by=amara, at=NOW + MINUTE)
    with pytest.raises(actions.DoorTurned):
        actions.turn_secret(same, by=amara, at=NOW + MINUTE)
    same.refresh_from_db()
    assert unseal(same.sealed) == secret


def test_a_door_is_closed_and_opened_again(gate: Gate, amara: AbstractUser) -> None:
    assert actions.close_door(gate, by=amara, at=NOW)
    assert not actions.close_door(gate, by=amara, at=NOW)
    gate.refresh_from_db()
    assert not gate.is_open
    assert actions.open_door(gate, by=amara, at=NOW)
    assert not actions.open_door(gate, by=amara, at=NOW)


def test_a_refused_request_is_noted_beside_the_door_once_a_minute(gate: Gate) -> None:
    with pytest.raises(NotSigned) as raised:
        knock(gate, unseal(gate.sealed), body=b"{}")
    assert not_signed(raised.value).status_code == 401
    gate.refresh_from_db()
    assert (gate.refused_at, gate.refused_why) == (NOW, "signature")
    actions.note_refused(gate, "time", at=NOW + MINUTE / 2)
    gate.refresh_from_db()
    assert gate.refused_why == "signature"


def test_too_much_is_answered_as_too_much(gate: Gate) -> None:
    with pytest.raises(NotSigned) as raised:
        knock(gate, unseal(gate.sealed), body=b"x" * 70_000)
    assert not_signed(raised.value).status_code == 413


def test_a_secret_of_another_installation_is_said_to_be_lost(gate: Gate) -> None:
    secret = unseal(gate.sealed)
    gate.sealed = "of another key"
    with pytest.raises(NotSigned):
        knock(gate, secret)
    gate.refresh_from_db()
    assert gate.refused_why == Gate.Why.SECRET


def test_what_is_sent_twice_comes_once(gate: Gate) -> None:
    first, is_new = came(gate)
    second, again = came(gate)
    assert (is_new, again) == (True, False)
    assert first.pk == second.pk
    gate.refresh_from_db()
    assert gate.came_at == NOW


def test_a_key_that_comes_back_with_something_else_is_refused(gate: Gate) -> None:
    came(gate)
    with pytest.raises(actions.KeyUsedTwice):
        came(gate, body=b"{}")


def test_what_became_of_it_is_said_once(gate: Gate) -> None:
    row, _ = came(gate)
    assert actions.note_became(row, "one reading", at=NOW)
    assert not actions.note_became(row, "another", at=NOW)
    row.refresh_from_db()
    assert (row.state, row.became) == ("done", "one reading")


def test_what_could_not_be_used_is_tried_again_by_hand(gate: Gate, amara: AbstractUser) -> None:
    row, _ = came(gate)
    actions.note_became(row, "no such measure", at=NOW, done=False)
    actions.repeat(row, by=amara, at=NOW + MINUTE)
    assert row.state == Came.State.WAITING
    actions.note_became(row, "one reading", at=NOW + MINUTE)
    with pytest.raises(actions.NothingToRepeat):
        actions.repeat(row, by=amara, at=NOW + MINUTE)


def test_what_was_sent_is_forgotten_after_thirty_days(gate: Gate, amara: AbstractUser) -> None:
    row, _ = came(gate)
    assert not actions.forget_bodies(Arrival, at=NOW + timedelta(days=29))
    assert actions.forget_bodies(Arrival, at=NOW + timedelta(days=30))
    row.refresh_from_db()
    assert (row.body, row.can_go_again) == ("", False)
    with pytest.raises(actions.NothingToRepeat):
        actions.repeat(row, by=amara, at=NOW + timedelta(days=31))
