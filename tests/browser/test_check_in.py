"""Four taps on a phone: by thumb and by keyboard alone, with and without a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.checkins import actions
from earnest.checkins.models import AnswerSlot, Round
from tests import worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_SMALL = """() => [...document.querySelectorAll(".four label, main button")]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.height < 44 || box.width < 44).length"""


@pytest.fixture
def link(transactional_db: None) -> str:
    """A link that answers without a name."""
    at = timezone.now()
    world = worlds.build(at=at)
    made = Round.objects.create(
        initiative=world.initiative,
        by=world.lead,
        closes_on=(at + timedelta(days=7)).date(),
        made_at=at,
        opened_at=at,
        changed="Dates are in the plan now.",
    )
    return f"/c/{actions.lay_slots(made, 1, at=at)[0]}/"


def tap(page: Page, question: str, what: str) -> None:
    group = page.get_by_role("group", name=question)
    group.locator("label").filter(has_text=what).first.click()


def test_by_thumb_on_a_phone_and_the_page_measures_its_own_time(page: Page, link: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(link)
    assert page.evaluate(TOO_SMALL) == 0
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert Axe().run(page).response["violations"] == []
    tap(page, "I know what is being asked", "4")
    tap(page, "It matters to our work", "2")
    tap(page, "It is realistic", "5")
    tap(page, "I have a hand in it", "cannot say yet")
    page.get_by_label("How would you make it work?").fill("Fridays")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It took you")).to_be_visible()
    slot = AnswerSlot.objects.get()
    assert (slot.understands, slot.matters, slot.doable, slot.owns) == (4, 2, 5, None)
    assert (slot.line, slot.under_a_minute) == ("Fridays", True)


def test_by_keyboard_alone(page: Page, link: str) -> None:
    page.goto(link)
    for _question in range(4):
        for _n in range(4):  # past the link that skips to the content
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.four input:not(:checked)')"):
                break
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    slot = AnswerSlot.objects.get()
    assert (slot.understands, slot.matters, slot.doable, slot.owns) == (2, 2, 2, 2)


def test_without_a_script_nothing_is_missing_but_the_time(plain_page: Page, link: str) -> None:
    plain_page.goto(link)
    for question in ("I know", "It matters", "It is realistic", "I have a hand"):
        tap(plain_page, question, "3")
    plain_page.get_by_role("button", name="Send").click()
    expect(plain_page.get_by_text("It is sent.")).to_be_visible()
    assert AnswerSlot.objects.get().under_a_minute is None


def test_a_tap_left_out_is_asked_for_beside_it(page: Page, link: str) -> None:
    page.goto(link)
    tap(page, "It matters to our work", "2")
    page.get_by_role("button", name="Send").click()
    group = page.get_by_role("group", name="I know what is being asked")
    expect(group.get_by_text("Tap a number")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    for question in ("I know", "It is realistic", "I have a hand"):
        tap(page, question, "3")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("It took you")).to_be_visible()
