"""Passkeys in Chromium, with an authenticator the browser plays itself."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.accounts import actions
from tests import worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(page: Page) -> Page:
    """A page whose browser holds a security key with a fingerprint."""
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def add_a_passkey(page: Page) -> None:
    """As the lead, by keyboard: prove oneself, name the key, add it."""
    page.goto("/account/2fa/passkeys/add/")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Name").fill("Blue key")
    page.get_by_role("button", name="Add the passkey").press("Enter")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def sign_in(page: Page, world: worlds.World) -> None:
    page.goto(actions.make_sign_in_link(world.lead, at=timezone.now()))
    page.get_by_role("button").press("Enter")
    expect(page).to_have_url("/")


def test_a_passkey_is_added_used_renamed_and_removed(page: Page) -> None:
    world = worlds.build()
    sign_in(page, world)
    add_a_passkey(page)

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    expect(page).to_have_url("/")
    page.goto("/account/you/")
    expect(page.get_by_text("lead@example.org")).to_be_visible()

    page.goto("/account/2fa/passkeys/")
    page.get_by_role("link", name="Rename Blue key").click()
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Name").fill("Red key")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Remove Red key").click()
    page.get_by_role("button", name="Remove the passkey").press("Enter")
    expect(page.get_by_text("Add the first one")).to_be_visible()
    assert not Authenticator.objects.filter(user=world.lead, type="webauthn").exists()


def test_a_password_needs_the_passkey_as_second_step(page: Page) -> None:
    world = worlds.build()
    sign_in(page, world)
    add_a_passkey(page)

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("lead@example.org")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey instead").press("Enter")
    expect(page).to_have_url("/")


def test_without_a_key_at_hand_the_page_says_what_happened(page: Page) -> None:
    worlds.build()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed")
