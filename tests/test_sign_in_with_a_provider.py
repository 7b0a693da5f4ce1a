"""Signing in with the organisation's own provider, against a real one on this machine."""

from __future__ import annotations

import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from oidc_provider_mock import User as Known
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings

from earnest.accounts.models import Membership, User
from earnest.config.environment import Oidc
from tests.worlds import World

CLAIMS = [
    Known(sub="lead", claims={"email": "Lead@example.org", "email_verified": True}),
    Known(
        sub="nia",
        claims={"email": "nia@example.org", "email_verified": True, "name": "Nia New"},
    ),
    Known(sub="liar", claims={"email": "member@example.org", "email_verified": False}),
    Known(sub="word", claims={"email": "member@example.org", "email_verified": "false"}),
    Known(sub="nobody", claims={}),
]
LOGIN = "/account/oidc/sso/login/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=CLAIMS) as server:
        yield f"http://localhost:{server.server_port}"


def configured(server: str, joins: int | None = None) -> dict[str, object]:
    """The settings of a server that knows this provider."""
    told = Oidc(server, "earnest", "a-secret", "Harbour Login", joins)
    return {
        "OIDC": told,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"APPS": told.apps(), "OAUTH_PKCE_ENABLED": True}
        },
    }


@pytest.fixture
def organisation(provider: str) -> Iterator[str]:
    with override_settings(**configured(provider)):
        yield provider


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def sign_in_as(client: Client, who: str) -> str:
    """Go to the provider, say who one is, come back. Returns the way back."""
    there = client.post(LOGIN).headers["Location"]
    assert "code_challenge=" in there
    answer = urllib.parse.urlencode({"sub": who}).encode()
    try:
        urllib.request.build_opener(Stay).open(there, answer)
    except urllib.error.HTTPError as redirect:
        back = urllib.parse.urlsplit(redirect.headers["Location"])
    return f"{back.path}?{back.query}"


def is_signed_in(client: Client) -> bool:
    return client.get("/account/you/").status_code == 200


def test_the_sign_in_page_shows_a_button(client: Client, world: World, organisation: str) -> None:
    assert "Sign in with Harbour Login" in client.get("/account/login/").text


def test_without_a_provider_there_is_no_button(client: Client, world: World) -> None:
    assert "oidc" not in client.get("/account/login/").text
    assert client.post(LOGIN).status_code == 404


def test_a_known_address_is_connected_and_keeps_its_password(
    client: Client, world: World, organisation: str
) -> None:
    assert client.get(sign_in_as(client, "lead")).headers["Location"] == "/"
    assert is_signed_in(client)
    world.lead.refresh_from_db()
    assert world.lead.has_usable_password()
    again = Client()
    again.get(sign_in_as(again, "lead"))
    assert is_signed_in(again)
    assert User.objects.filter(email__iexact="lead@example.org").count() == 1
    assert "Disconnect" in again.get("/account/provider/").text


@pytest.mark.parametrize("who", ["nia", "liar", "word", "nobody"])
def test_everybody_else_is_refused_plainly(
    client: Client, world: World, organisation: str, who: str
) -> None:
    before = User.objects.count()
    page = client.get(sign_in_as(client, who))
    assert page.status_code == 403
    assert "You are not known here yet" in page.text
    assert not is_signed_in(client)
    assert User.objects.count() == before


def test_new_people_join_the_workspace_that_is_named(
    client: Client, world: World, provider: str
) -> None:
    with override_settings(**configured(provider, joins=world.workspace.pk)):
        client.get(sign_in_as(client, "nia"))
    member = Membership.objects.get(user__email="nia@example.org")
    assert (member.workspace, member.role, member.user.name) == (
        world.workspace,
        "member",
        "Nia New",
    )
    assert not member.user.has_usable_password()
    assert is_signed_in(client)


def test_joining_needs_a_verified_address_too(client: Client, world: World, provider: str) -> None:
    with override_settings(**configured(provider, joins=world.workspace.pk)):
        assert client.get(sign_in_as(client, "liar")).status_code == 403
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(client: Client, world: World, provider: str) -> None:
    world.lead.is_active = False
    world.lead.save()
    with override_settings(**configured(provider, joins=world.workspace.pk)):
        client.get(sign_in_as(client, "lead"))
    assert not is_signed_in(client)


def test_an_answer_nobody_asked_for_is_refused(
    client: Client, world: World, organisation: str
) -> None:
    back = sign_in_as(Client(), "lead")
    page = client.get(back)
    assert "did not work" in page.text
    assert not is_signed_in(client)


def test_opening_the_address_alone_asks_first(
    client: Client, world: World, organisation: str
) -> None:
    assert "Go on to Harbour Login" in client.get(LOGIN).text


def test_a_provider_that_is_down_is_told_plainly(
    client: Client, world: World, settings: Settings
) -> None:
    for name, value in configured("http://localhost:9").items():
        setattr(settings, name, value)
    page = client.post(LOGIN)
    assert "did not work" in page.text
