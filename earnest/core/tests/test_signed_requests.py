"""Signed requests: what is genuine, and what is not."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from earnest.core.signed import (
    LONGEST_BODY,
    NotSigned,
    SecretLost,
    digest_of,
    new_secret,
    read_signed,
    seal,
    sign,
    unseal,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
BODY = b'{"measure": "owner within a day", "value": 61}'


def headers(*, key: str = "msg-1", at: datetime = NOW, body: bytes = BODY) -> dict[str, str]:
    return {
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(SECRET, key=key, at=at, body=body),
    }


def why(given: dict[str, str], body: bytes = BODY, at: datetime = NOW) -> str:
    with pytest.raises(NotSigned) as raised:
        read_signed(given, body, secret=SECRET, at=at)
    return raised.value.why


def test_what_is_signed_is_read() -> None:
    read = read_signed(headers(), BODY, secret=SECRET, at=NOW)
    assert (read.key, read.body) == ("msg-1", BODY)


def test_what_is_kept_of_a_body_lets_nobody_try_out_what_it_was() -> None:
    assert digest_of(b"{}") == digest_of(b"{}") != digest_of(b"{ }")
    assert digest_of(b"{}") != hashlib.sha256(b"{}").hexdigest()
    with override_settings(SECRET_KEY="of another installation"):
        there = digest_of(b"{}")
    assert there != digest_of(b"{}")


def test_the_form_is_that_of_standard_webhooks() -> None:
    """The vector of the libraries (standard-webhooks, libraries/python/tests)."""
    at = datetime.fromtimestamp(1614265330, UTC)
    made = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        key="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=at,
        body=b'{"test": 2432232314}',
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_another_body_key_or_moment_is_not_signed() -> None:
    assert why(headers(), BODY + b" ") == "signature"
    assert why({**headers(), "webhook-id": "msg-2"}) == "signature"
    later = str(int(NOW.timestamp()) + 1)
    assert why({**headers(), "webhook-timestamp": later}) == "signature"


def test_five_minutes_either_way_and_not_more() -> None:
    for apart in (timedelta(minutes=5), timedelta(minutes=-5)):
        assert read_signed(headers(at=NOW + apart), BODY, secret=SECRET, at=NOW).key == "msg-1"
    for apart in (timedelta(minutes=5, seconds=1), timedelta(minutes=-5, seconds=-1)):
        assert why(headers(at=NOW + apart)) == "time"


@pytest.mark.parametrize("stamp", ["soon", "-5", "1e9", "9" * 40, "٣"])
def test_what_is_no_moment_is_not_now(stamp: str) -> None:
    assert why({**headers(), "webhook-timestamp": stamp}) == "time"


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_each_header_is_needed(name: str) -> None:
    assert why({**headers(), name: ""}) == "missing"


def test_a_key_has_no_dot_so_that_no_other_cut_is_signed_too() -> None:
    assert why(headers(key="msg.1")) == "missing"


def test_what_is_too_long_is_refused_before_anything_is_computed() -> None:
    assert why(headers(), b"x" * (LONGEST_BODY + 1)) == "long"
    assert why(headers(key="k" * 101)) == "long"


def test_a_sender_who_changes_its_secret_may_sign_twice() -> None:
    given = headers()
    given["webhook-signature"] = f"v1,bm90IHRoaXM= v2,x v1,%% {given['webhook-signature']}"
    assert read_signed(given, BODY, secret=SECRET, at=NOW).key == "msg-1"


def test_a_stored_secret_is_of_no_use_without_the_secret_key() -> None:
    secret = new_secret()
    sealed = seal(secret)
    assert secret not in sealed
    assert unseal(sealed) == secret
    with (
        override_settings(SECRET_KEY="another-secret-key-another-secret-key"),
        pytest.raises(SecretLost),
    ):
        unseal(sealed)


def test_each_secret_is_its_own() -> None:
    assert new_secret() != new_secret()
