"""Every page, in every role: axe finds nothing, nothing runs off the screen, no script complains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.places import Scene, Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
CONTRAST = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
}
PARTS = 8
WIDE, PHONE = (1280, 900), (390, 844)
SHAPE = """() => ({
    h1: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    lang: document.documentElement.lang,
})"""
# What reaches further right than the window, were it not cut off.
RUNS_OFF = "document.documentElement.scrollWidth > innerWidth"


def look(
    page: Page, size: tuple[int, int], scheme: str, *, rules: dict[str, Any] = RULES
) -> Iterator[str]:
    """What is wrong with the page as it stands, in this light."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    if page.evaluate(RUNS_OFF):
        yield f"{size[0]} px: wider than the window"
    for one in Axe().run(page, options=rules).response["violations"]:
        yield f"{size[0]} px, {scheme}: {one['id']} {one['nodes'][0]['html'][:140]}"


def visit(page: Page, one: Visit) -> Iterator[str]:
    """Everything wrong with one page."""
    response = page.goto(one.path)
    if response is None or response.status != one.status:
        yield f"answers {response and response.status}"
    shape = page.evaluate(SHAPE)
    if shape["h1"] != 1 or not shape["title"] or not shape["lang"]:
        yield f"its shape: {shape}"
    yield from look(page, WIDE, "light")
    yield from look(page, PHONE, "dark")


def faults(page: Page, scene: Scene, visits: list[Visit]) -> list[str]:
    """Visit them all, changing who looks as seldom as possible."""
    wrong: list[str] = []
    who = ""
    for one in visits:
        if one.who != who:
            places.become(page, one.who, scene)
            who = one.who
        wrong += [f"{one.who} at {one.path}: {fault}" for fault in visit(page, one)]
    return wrong


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_sound(page: Page, part: int) -> None:
    """In parts, for two processes, each well within its time."""
    scene = places.build()
    every = places.every_page(scene)
    assert len(every) > 120
    visits = every[part::PARTS]
    assert faults(page, scene, visits) == []


def test_wrong_input_is_shown_soundly(page: Page) -> None:
    scene = places.build()
    places.sign_in(page, scene.world.lead)
    for name in ["initiatives:new", "pages:note", "promises:new", "initiatives:backings"]:
        path = places.address(name, scene.ids)
        page.goto(path)
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        page.locator("main form button:not(.quiet)").last.click()
        expect(page.locator(".errorlist").first).to_be_visible()
        assert [*look(page, WIDE, "light"), *look(page, PHONE, "dark")] == [], path
