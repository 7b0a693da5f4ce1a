"""Every page of accounts: axe finds nothing, nothing runs off a phone, all is there without script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from earnest.accounts import actions, queries
from tests import worlds

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
LOOKS = [(1280, "light"), (390, "dark")]


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop here
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_pages(world: worlds.World) -> list[str]:
    """Pages for who is not signed in."""
    now = timezone.now()
    new, known = (
        actions.invite(world.workspace, email, role="member", by=world.owner, at=now)
        for email in ("nia@example.org", "stranger@example.org")
    )
    return [
        "/account/login/",
        "/account/signup/",
        "/account/link/",
        "/account/link/over/",
        actions.make_sign_in_link(world.member, at=now),
        "/account/password/reset/",
        queries.password_path(world.member),
        "/account/inactive/",
        "/account/provider/error/",
        f"/join/{new.secret}/",
        f"/join/{known.secret}/",
        "/join/over/",
    ]


def own_pages(world: worlds.World) -> list[str]:
    """Pages of an owner who has just proved to be oneself."""
    root = f"/workspaces/{world.workspace.pk}/"
    member = world.workspace.memberships.get(user=world.member)
    return [
        "/account/you/",
        "/account/email/",
        "/account/email/over/",
        "/account/password/change/",
        "/account/reauthenticate/",
        "/account/logout/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/passkeys/",
        "/account/2fa/passkeys/add/",
        "/account/provider/",
        "/workspaces/new/",
        root,
        f"{root}leave/",
        f"{root}members/",
        f"{root}members/{member.pk}/remove/",
        f"{root}invites/",
    ]


def sign_in(page: Page, world: worlds.World) -> None:
    page.goto(actions.make_sign_in_link(world.owner, at=timezone.now()))
    page.get_by_role("button").press("Enter")
    expect(page).to_have_url("/")
    page.goto("/account/reauthenticate/?next=/account/2fa/")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/account/2fa/")


def look_at(page: Page, path: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    found = Axe().run(page, options=RULES).response["violations"]
    wrong = [f"{path}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append(f"{path}: wider than the window")
    return wrong


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_are_sound(
    chromium: Browser, live_server: LiveServer, width: int, scheme: str
) -> None:
    world = worlds.build()
    page = chromium.new_page(
        base_url=live_server.url,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    wrong = [w for path in open_pages(world) for w in look_at(page, path)]
    sign_in(page, world)
    wrong += [w for path in own_pages(world) for w in look_at(page, path)]
    assert not wrong


def test_the_first_run_is_sound(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_page(base_url=live_server.url, viewport={"width": 390, "height": 800})
    path = actions.setup_link(timezone.now())
    assert path
    assert not [w for one in ("/", path) for w in look_at(page, one)]
    for label, value in {
        "Your name": "Olga Owner",
        "E-mail address": "olga@example.org",
        "Password": worlds.PASSWORD,
        "Your organisation or team": "Harbour Clinic",
    }.items():
        page.get_by_label(label).fill(value)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/first/")


def test_all_but_passkeys_works_without_script(chromium: Browser, live_server: LiveServer) -> None:
    world = worlds.build()
    page = chromium.new_page(base_url=live_server.url, java_script_enabled=False)
    page.goto("/account/login/")
    assert "<noscript>" in page.content()  # says that passkeys need it
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/")
    page.goto(f"/workspaces/{world.workspace.pk}/invites/")
    page.get_by_label("E-mail address").fill("nia@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_label("The link")).to_be_visible()
