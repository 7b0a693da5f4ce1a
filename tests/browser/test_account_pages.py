"""Getting in: the first run, and signing in without script. How pages look: test_every_page."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.accounts import actions
from tests import worlds
from tests.browser.test_every_page import PHONE, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_first_run_is_sound(page: Page) -> None:
    path = actions.setup_link(timezone.now())
    assert path
    for one in ("/", path):
        page.goto(one)
        assert list(look(page, PHONE, "light")) == [], one
    for label, value in {
        "Your name": "Olga Owner",
        "E-mail address": "olga@example.org",
        "Password": worlds.PASSWORD,
        "Your organisation or team": "Harbour Clinic",
    }.items():
        page.get_by_label(label).fill(value)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/first/")


def test_all_but_passkeys_works_without_script(plain_page: Page) -> None:
    world = worlds.build()
    page = plain_page
    page.goto("/account/login/")
    assert "<noscript>" in page.content()  # says that passkeys need it
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/first/")
    page.goto(f"/workspaces/{world.workspace.pk}/invites/")
    page.get_by_label("E-mail address").fill("nia@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_label("The link")).to_be_visible()
