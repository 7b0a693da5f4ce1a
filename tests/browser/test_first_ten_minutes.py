"""From an empty install to the first promise on Today: by keyboard alone, and without script."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.accounts import actions
from tests import worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """Sat with Joan by the tray. "Fridays it is full and nobody owns it."
I will send Joan the draft of the form by Tuesday.
She asked who decides about the printer?"""
PROMISE = "end Joan the draft of the form"
KEYS_A_SECOND, SECONDS_A_PAGE, SECONDS_TO_COPY = 5, 2, 15
MOST_TABS = 60
# What somebody who listens to the page is told of the thing in focus.
NAME = """() => {
    const here = document.activeElement;
    const labels = [...(here.labels || [])].map((label) => label.innerText);
    return (here.getAttribute("aria-label") || labels.join(" ") || here.innerText || "").trim();
}"""


@dataclass
class Typist:
    """Somebody with a keyboard and no mouse; counts what it costs them."""

    page: Page
    keys: int = 0
    pages: int = 0

    @property
    def seconds(self) -> float:
        return self.keys / KEYS_A_SECOND + self.pages * SECONDS_A_PAGE + SECONDS_TO_COPY

    def arrived(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.pages += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def paste(self, words: str) -> None:
        self.page.keyboard.insert_text(words)
        self.keys += 1

    def to(self, name: str) -> None:
        """Tab until the thing of that name has the focus."""
        for _tab in range(MOST_TABS):
            if self.page.evaluate(NAME).startswith(name):
                return
            self.press("Tab")
        pytest.fail(f"Tab never came to “{name}”")


def set_up_path() -> str:
    path = actions.setup_link(timezone.now())
    assert path
    return path


def test_by_keyboard_alone_the_first_promise_stands_on_today_in_five_minutes(page: Page) -> None:
    lead = Typist(page)
    page.goto(set_up_path())
    lead.arrived("Begin")
    for label, words in [
        ("Your name", "Amara Diallo"),
        ("E-mail address", "amara.diallo@example.org"),
        ("Password", worlds.PASSWORD),
        ("Your organisation or team", "Harbour Clinic"),
    ]:
        lead.to(label)
        lead.type(words)
    lead.press("Enter")

    lead.arrived("Start with a conversation")
    lead.to("Your notes")
    lead.paste(NOTES)
    lead.to("In one sentence")
    lead.type("Every request has one owner within a day")
    lead.press("Enter")

    lead.arrived("This was found")
    lead.to("Who was there")
    lead.type("Joan Okafor")
    lead.to("Write it down")
    lead.press("Enter")

    lead.arrived("This is what I heard")
    lead.to("Later today")
    lead.press("Enter")

    lead.arrived("Good")
    expect(page.get_by_role("heading", name="You promised")).to_be_visible()
    expect(page.locator("article", has_text=PROMISE)).to_be_visible()
    assert lead.seconds < 5 * 60


def test_without_script_the_first_promise_stands_on_today(plain_page: Page) -> None:
    page = plain_page
    page.goto(set_up_path())
    page.get_by_label("Your name").fill("Amara Diallo")
    page.get_by_label("E-mail address").fill("amara.diallo@example.org")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.get_by_label("Your organisation or team").fill("Harbour Clinic")
    page.get_by_role("button").last.click()

    page.get_by_label("Your notes").fill(NOTES)
    page.get_by_label("In one sentence").fill("Every request has one owner within a day")
    page.get_by_role("button", name="Show what I promised").click()

    page.get_by_label("Who was there?").fill("Joan Okafor")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("link", name="Later today").click()

    expect(page.get_by_role("heading", name="You promised")).to_be_visible()
    expect(page.locator("article", has_text=PROMISE)).to_be_visible()
