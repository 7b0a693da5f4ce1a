"""On a phone: things are big enough for a thumb, and nothing hides behind the bar below."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import test_doors as doors
from tests.browser import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# WCAG 2.2, 2.5.8: 24 by 24; links within a sentence are held by axe's own rule (every page).
TOO_SMALL = """() => {
    const wrong = [];
    for (const one of document.querySelectorAll("button, .button, input, select, textarea, summary, nav a")) {
        if (!one.checkVisibility() || one.type === "hidden" || one.matches(".link")) continue;
        const box = (one.closest("label") || one).getBoundingClientRect();
        const least = one.matches("button, .button") ? 44 : 24;
        if (box.height < least || box.width < 24)
            wrong.push(`${Math.round(box.width)} × ${Math.round(box.height)}: ${one.outerHTML.slice(0, 90)}`);
    }
    return wrong;
}"""
# What still lies below the bar's upper edge once one has come to the end of the page.
HIDDEN = """() => {
    scrollTo(0, document.documentElement.scrollHeight);
    const bar = document.querySelector(".rail");
    const edge = bar ? bar.getBoundingClientRect().top : innerHeight;
    return [...document.querySelectorAll("main *")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().bottom > edge + 1)
        .map((one) => one.outerHTML.slice(0, 90));
}"""


def test_a_thumb_finds_everything_and_the_bar_hides_nothing(page: Page) -> None:
    scene = places.build()
    page.set_viewport_size({"width": 390, "height": 844})
    person = {"initiative_pk": scene.example.pk, "pk": scene.busy.pk}
    for who, path in [
        ("lead", "/"),
        ("lead", reverse("pages:person", kwargs=person)),
        ("lead", reverse("pages:found", args=[scene.ids["talk"]])),
        (doors.LINK, reverse("pages:mine", args=[scene.busy.pk])),
    ]:
        places.become(page, who, scene)
        page.goto(path)
        assert page.evaluate(TOO_SMALL) == [], path
        assert page.evaluate(HIDDEN) == [], path


def test_no_word_over_the_days_of_the_rhythm_is_broken_on_a_phone(page: Page) -> None:
    scene = places.build()
    page.set_viewport_size({"width": 390, "height": 844})
    places.become(page, "lead", scene)
    page.goto(reverse("rhythm:rhythm", args=[scene.example.pk]))
    lines = page.locator(".days thead .number").evaluate_all(
        """(heads) => heads.map((head) => {
            const words = document.createRange();
            words.selectNodeContents(head);
            return words.getClientRects().length;
        })"""
    )
    assert lines
    assert set(lines) == {1}
