"""An idea on its way: given, built on, supported, changed, told, taken up, and the answer seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.ideas import actions, sweeps
from earnest.ideas.models import Idea, Space, Support
from earnest.ideas.queries import standing
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.messaging.models import Message
from tests import worlds
from tests.browser.places import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST, SECOND = "One list for everybody", "And a second name for days off"
MENDED = "One list for everybody, on the wall"


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    return worlds.build(at=timezone.now())


def come_in(page: Page, whose: Participation) -> None:
    """By their own link: the browser keeps the cookie of each, for each one's own page."""
    secret = initiatives.make_link(whose, by=None, at=timezone.now())
    page.goto(f"/p/{secret}/")


def fits(page: Page) -> None:
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert Axe().run(page).response["violations"] == []


def test_from_an_idea_to_the_answer_its_author_reads(page: Page, world: worlds.World) -> None:
    draft = actions.SpaceDraft("How would you make it work?", names=True)
    space = actions.start_space(world.initiative, draft, by=world.lead, at=timezone.now())
    joan, sam = (f"/mine/{one.pk}/spaces/{space.pk}/" for one in (world.joan, world.sam))
    page.set_viewport_size({"width": 390, "height": 844})
    come_in(page, world.sam)
    come_in(page, world.joan)
    first = given(page, sam, space)
    built_on(page, f"{joan}ideas/{first.pk}/")
    changed(page, f"{sam}ideas/{first.pk}/change/")
    told_and_still_for_it(page, joan, world.joan)
    answered(page, world, first)
    page.goto(f"{sam}ideas/own/")
    fits(page)
    expect(page.get_by_text("From Monday on it hangs there")).to_be_visible()


def given(page: Page, there: str, space: Space) -> Idea:
    page.goto(there)
    fits(page)
    page.get_by_label("Your idea").fill(FIRST)
    page.get_by_role("button", name="Give this idea").click()
    expect(page.get_by_text("It stands here now")).to_be_visible()
    return standing(space).get()


def built_on(page: Page, there: str) -> None:
    """And supported: both by somebody else."""
    page.goto(there)
    fits(page)
    page.get_by_role("button", name="I am for this").click()
    page.get_by_label("What you would add").fill(SECOND)
    page.get_by_role("button", name="Give this idea").click()
    expect(page.get_by_text("builds on:")).to_be_visible()


def changed(page: Page, there: str) -> None:
    page.goto(there)
    page.get_by_label("Your idea").fill(MENDED)
    page.get_by_role("button", name="Replace it everywhere").click()
    expect(page.get_by_text("Your new words stand in its place")).to_be_visible()


def told_and_still_for_it(page: Page, there: str, whom: Participation) -> None:
    sweeps.tell_supporters(at=timezone.now() + timedelta(hours=2))
    assert MENDED in Message.objects.get(participation=whom).text
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{there}ideas/own/")
    changed_words = page.get_by_label("An idea you are for was changed").locator("q").bounding_box()
    assert changed_words
    assert changed_words["width"] > 200  # words, not a column of letters
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(there)
    fits(page)
    page.get_by_role("link", name="Still for it?").click()
    page.get_by_role("button", name="Still for it").click()
    expect(page.get_by_text("changed since")).not_to_be_visible()
    assert Support.objects.get().revision == 2


def answered(page: Page, world: worlds.World, idea: Idea) -> None:
    """Whoever leads takes up what grew from it, and says what becomes of both."""
    sign_in(page, world.lead)
    grown = idea.built_on.get().idea
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/ideas/{grown.pk}/")
    heading = page.get_by_role("heading", name="What becomes of it").bounding_box()
    assert heading
    assert heading["height"] < 40  # on one line, not a column of letters
    fits(page)
    page.goto(f"/ideas/{grown.pk}/became/")
    page.get_by_role("button", name="Take it up").click()
    page.get_by_label("Used", exact=True).check()
    page.get_by_label("What becomes of it").fill("From Monday on it hangs there.")
    page.get_by_role("button", name="Check and send").click()
    page.locator("button[name=send]").click()
    expect(page.get_by_text("Answered for 2 people")).to_be_visible()
