"""The overview by keyboard and on a phone: each mark tells whose it is, and the bar has room."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Words of the bar that stick out of it, or are broken over two lines.
SQUEEZED = """() => [...document.querySelectorAll(".rail nav a")]
    .filter((one) => one.checkVisibility())
    .filter((one) => one.getBoundingClientRect().right > innerWidth
        || one.getBoundingClientRect().left < 0 || one.scrollWidth > one.clientWidth + 1
        || one.getClientRects()[0].height > 48)
    .map((one) => one.textContent.trim())"""


def test_marks_tell_whose_they_are_to_keys_thumbs_and_on_paper_nothing_is_to_press(
    page: Page,
) -> None:
    scene = places.build()
    places.sign_in(page, scene.world.lead)
    page.goto(reverse("pages:overview", args=[scene.example.pk]))
    page.emulate_media(media="print")
    for gone in ("main button", "main .button", "main summary", ".rail"):
        expect(page.locator(f"{gone} >> visible=true")).to_have_count(0)
    expect(page.get_by_role("heading", name="Where everyone stands")).to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(SQUEEZED) == []
    mark = page.locator(".person-marks a").first
    box = mark.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    mark.focus()
    told = mark.locator(".tip")
    expect(told).to_be_in_viewport()
    name = told.inner_text().split(":")[0]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_in_the_rail_nothing_sticks_out_of_its_box_however_much_it_holds(page: Page) -> None:
    scene = places.build()
    places.sign_in(page, scene.world.lead)
    page.set_viewport_size({"width": 1280, "height": 640})
    page.goto(reverse("pages:overview", args=[scene.example.pk]))
    inside = "(box) => box.scrollHeight <= box.clientHeight + 1"
    assert page.locator(".rail > .capture").evaluate(inside)
