"""Chromium, once a process; a fresh page for each test. Playwright runs an event loop beside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the loop is Playwright's, not ours
TIMEOUT_MS = 10_000


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file, as where people use it: pages ask for several things at once, and in memory all
    threads of the server would share one connection, and each other's transactions."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "earnest.sqlite3"
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    path = chromium.executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(chrome: Browser, live_server: LiveServer, *, script: bool) -> Iterator[Page]:
    """A page of the running server, 1280 wide; whatever it asks of another host fails the test."""
    context = chrome.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 900},
        locale="en-GB",
        java_script_enabled=script,
    )
    context.set_default_timeout(TIMEOUT_MS)
    elsewhere: list[str] = []
    context.on("request", lambda request: elsewhere.append(request.url))
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if complains(said) else None)
    yield page
    context.close()
    foreign = [url for url in elsewhere if not url.startswith((live_server.url, "data:"))]
    assert foreign == [], "asked of another host"
    assert faults == [], "scripts failed"


def complains(said: ConsoleMessage) -> bool:
    """True of an error, the content security policy's too; a page that says 404 is none."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def page(chrome: Browser, live_server: LiveServer) -> Iterator[Page]:
    with opened(chrome, live_server, script=True) as page:
        yield page


@pytest.fixture
def plain_page(chrome: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with opened(chrome, live_server, script=False) as page:
        yield page
