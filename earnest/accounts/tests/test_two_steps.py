"""Codes from an app, recovery codes, passkeys: added by who proves to be oneself."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from earnest.accounts import actions
from earnest.accounts.models import User
from tests.worlds import PASSWORD, World

SECRET = "JBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def turn_on_codes(user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    cache.clear()


def is_signed_in(client: Client) -> bool:
    return client.get("/account/you/").status_code == 200


def reauthenticate(client: Client) -> None:
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/you/"})


def test_a_password_alone_is_not_enough_once_codes_are_on(client: Client, world: World) -> None:
    turn_on_codes(world.lead)
    told = {"login": "lead@example.org", "password": PASSWORD}
    assert client.post("/account/login/", told).headers["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    assert "not right" in client.post("/account/2fa/authenticate/", {"code": "000000"}).text
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert is_signed_in(client)


def test_a_one_time_link_still_asks_for_the_code(client: Client, world: World) -> None:
    turn_on_codes(world.lead)
    path = actions.make_sign_in_link(world.lead, at=timezone.now())
    assert client.post(path).headers["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert is_signed_in(client)


def test_a_recovery_code_signs_in_once(client: Client, world: World) -> None:
    turn_on_codes(world.lead)
    row = Authenticator.objects.get(user=world.lead, type="recovery_codes")
    code = row.wrap().get_unused_codes()[0]
    told = {"login": "lead@example.org", "password": PASSWORD}
    client.post("/account/login/", told)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert is_signed_in(client)
    second = Client()
    second.post("/account/login/", told)
    second.post("/account/2fa/authenticate/", {"code": code})
    assert not is_signed_in(second)


def test_guessing_codes_is_stopped(client: Client, world: World, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    turn_on_codes(world.lead)
    client.post("/account/login/", {"login": "lead@example.org", "password": PASSWORD})
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "path",
    ["/account/2fa/totp/activate/", "/account/2fa/passkeys/add/", "/account/2fa/codes/generate/"],
)
def test_changing_steps_needs_the_password_again(client: Client, world: World, path: str) -> None:
    client.force_login(world.lead)
    assert client.get(path).headers["Location"].startswith("/account/reauthenticate/")
    reauthenticate(client)
    assert client.get(path).status_code == 200


def test_codes_are_turned_on_and_off(client: Client, world: World) -> None:
    client.force_login(world.lead)
    reauthenticate(client)
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.text
    on = client.post("/account/2fa/totp/activate/", {"code": code_now(secret)}, follow=True)
    assert "recovery codes" in on.text
    assert client.get("/account/2fa/codes/download/")["Content-Type"].startswith("text/plain")
    assert "Turn off" in client.get("/account/2fa/").text
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=world.lead).exists()


def test_signing_in_with_a_passkey_begins_with_a_fresh_challenge(
    client: Client, world: World
) -> None:
    told = client.get("/account/2fa/passkeys/login/", headers={"accept": "application/json"})
    first = json.loads(told.content)["request_options"]["publicKey"]["challenge"]
    again = client.get("/account/2fa/passkeys/login/", headers={"accept": "application/json"})
    assert first != json.loads(again.content)["request_options"]["publicKey"]["challenge"]
    assert client.get("/account/2fa/passkeys/login/").headers["Location"] == "/account/login/"


def test_a_made_up_passkey_is_refused(client: Client, world: World) -> None:
    client.get("/account/2fa/passkeys/login/", headers={"accept": "application/json"})
    told = {"credential": json.dumps({"id": "x", "rawId": "x", "type": "public-key"})}
    client.post("/account/2fa/passkeys/login/", told)
    assert not is_signed_in(client)


def test_the_pages_of_passkeys_say_what_they_need(client: Client, world: World) -> None:
    client.force_login(world.lead)
    reauthenticate(client)
    assert "Passkeys need JavaScript" in client.get("/account/2fa/passkeys/add/").text
    assert "Add the first one" in client.get("/account/2fa/passkeys/").text


def test_the_passkeys_of_somebody_else_are_not_there(client: Client, world: World) -> None:
    theirs = Authenticator.objects.create(
        user=world.member, type="webauthn", data={"name": "key", "credential": {}}
    )
    client.force_login(world.lead)
    reauthenticate(client)
    for verb in ("edit", "remove"):
        assert client.get(f"/account/2fa/passkeys/{theirs.pk}/{verb}/").status_code == 404
