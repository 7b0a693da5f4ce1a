"""Signing in with address and password, and what is not offered."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from earnest.accounts.models import User
from tests.worlds import PASSWORD, World


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Where the form leads; empty when it is shown again."""
    response = client.post("/account/login/", {"login": email, "password": password})
    return response.headers.get("Location", "")


def test_the_right_password_leads_to_today(client: Client, world: World) -> None:
    assert sign_in(client, "lead@example.org") == "/"
    assert client.get("/account/you/").status_code == 200


def test_the_address_may_be_typed_in_any_case(client: Client, world: World) -> None:
    assert sign_in(client, "LEAD@Example.ORG") == "/"


def test_two_users_cannot_share_an_address_in_another_case(world: World) -> None:
    with pytest.raises(IntegrityError):
        User.objects.create(email="LEAD@example.org", name="Twin")


def test_a_wrong_password_is_refused_and_the_address_stays(client: Client, world: World) -> None:
    response = client.post(
        "/account/login/", {"login": "lead@example.org", "password": "something else"}
    )
    assert "do not go together" in response.text
    assert 'value="lead@example.org"' in response.text


def test_too_many_wrong_passwords_are_refused(
    client: Client, world: World, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}  # the ones the server runs with
    cache.clear()
    for _ in range(5):
        sign_in(client, "lead@example.org", "not this one")
    response = client.post("/account/login/", {"login": "lead@example.org", "password": PASSWORD})
    assert "Too many tries" in response.text
    assert client.get("/account/you/").status_code == 302


def test_nobody_signs_up_unasked(client: Client, world: World) -> None:
    assert "by invitation" in client.get("/account/signup/").text
    told = {"email": "new@example.org", "password1": "a long way round"}
    client.post("/account/signup/", told)
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    "path",
    [
        "/account/confirm-email/",
        "/account/login/code/",
        "/account/social/signup/",
        "/account/3rdparty/",
        "/account/2fa/trust/",
    ],
)
def test_pages_we_do_not_want_do_not_exist(client: Client, world: World, path: str) -> None:
    client.force_login(world.lead)
    assert client.get(path).status_code == 404


def test_opening_the_sign_out_page_signs_nobody_out(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/account/you/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/account/you/").status_code == 302
