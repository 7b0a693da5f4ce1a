"""By keyboard alone: Tab comes to everything, and one sees where one is."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import test_doors as doors
from tests.browser import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Numbers everything one can use, as it can be seen; radios are one stop a group.
NUMBER = """() => {
    const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    const groups = new Set();
    return [...document.querySelectorAll(kinds)].filter((one) => {
        if (!one.checkVisibility() || one.disabled) return false;
        if (one.type !== "radio") return true;
        const group = one.name, again = groups.has(group);
        groups.add(group);
        return !again;
    }).map((one, number) => { one.dataset.stop = number; return one.outerHTML.slice(0, 90); });
}"""
HERE = """() => {
    const here = document.activeElement;
    if (here === document.body || here === document.documentElement) return null;
    const group = here.type === "radio" ? `[name="${here.name}"][data-stop]` : null;
    const stop = group ? document.querySelector(group) : here;
    const style = getComputedStyle(here), box = here.getBoundingClientRect();
    const nav = document.querySelector(".rail"), fixed = nav && getComputedStyle(nav).position === "fixed";
    const under = fixed && !nav.contains(here) && box.top >= nav.getBoundingClientRect().top;
    return {
        stop: stop ? stop.dataset.stop : undefined,
        name: here.outerHTML.slice(0, 90),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            && box.right > 0 && box.left < innerWidth && !under,
    };
}"""
INNER_STOPS = 5  # a day has one for each of its parts


def walk(page: Page) -> tuple[list[str], list[str]]:
    """Tab once around: what was never reached, and where the focus could not be seen."""
    things = page.evaluate(NUMBER)
    reached: set[str] = set()
    unseen: list[str] = []
    for _tab in range(len(things) * INNER_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (here["stop"] == "0" and len(reached) > 1):
            break
        if here["stop"] is not None:
            reached.add(here["stop"])
        if not here["seen"]:
            unseen.append(here["name"])
    return [one for number, one in enumerate(things) if str(number) not in reached], unseen


def test_tab_comes_to_everything_and_the_focus_is_seen(page: Page) -> None:
    scene = places.build()
    person = {"initiative_pk": scene.example.pk, "pk": scene.busy.pk}
    pages = [
        ("lead", "/"),
        ("lead", reverse("pages:found", args=[scene.ids["talk"]])),
        ("lead", reverse("pages:person", kwargs=person)),
        (doors.LINK, reverse("pages:mine", args=[scene.busy.pk])),
    ]
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for who, path in pages:
            places.become(page, who, scene)
            page.goto(path)
            assert walk(page) == ([], []), f"{path} at {width} px"


def test_the_keys_of_a_lead(page: Page) -> None:
    scene = places.build()
    places.sign_in(page, scene.world.lead)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    fold = page.locator("summary").first
    while not fold.evaluate("here => here === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("details").first).to_have_attribute("open", "")

    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Note what you heard")
    page.get_by_label("What did you hear?").press("c")  # inside a field it is a letter
    expect(page.get_by_label("What did you hear?")).to_have_value("c")
