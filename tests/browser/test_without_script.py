"""The daily deeds in a browser that runs no script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.initiatives import actions as initiatives
from earnest.listening.models import Conversation
from earnest.promises import actions as promises
from earnest.promises.models import Promise
from tests import worlds
from tests.browser import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    return worlds.build(at=timezone.now())


def promised(world: worlds.World) -> Promise:
    """Something Amara promised Joan for today."""
    today = world.workspace.day(timezone.now())
    draft = promises.Draft("bring the list", "ours", due=today)
    return promises.make_promise(world.joan, draft, by=world.lead, at=timezone.now())


def test_a_promise_is_kept_from_today(plain_page: Page, world: worlds.World) -> None:
    promise = promised(world)
    places.sign_in(plain_page, world.lead)
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Kept").first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_be_visible()
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_a_talk_is_noted(plain_page: Page, world: worlds.World) -> None:
    places.sign_in(plain_page, world.lead)
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Note what you heard").click()
    plain_page.get_by_label("What did you hear?").fill("I will show Joan the list by Friday.")
    plain_page.get_by_label("From whom?").fill("Joan Okafor joan@example.org")
    plain_page.get_by_role("button", name="Keep, and look through").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("This was found")
    plain_page.get_by_role("button", name="Write it down").click()
    expect(plain_page.get_by_text("1 promise written down.")).to_be_visible()
    assert Conversation.objects.get().people.get() == world.joan


def test_a_promise_is_moved(plain_page: Page, world: worlds.World) -> None:
    promise = promised(world)
    later = promise.due + timedelta(days=7) if promise.due else None
    places.sign_in(plain_page, world.lead)
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Move the date, and tell").first.click()
    plain_page.get_by_text("Move the date, and tell").click()  # a fold opens without script
    plain_page.locator("[name=due]:visible").fill(str(later))
    plain_page.get_by_role("button", name="Move").first.click()
    expect(plain_page.get_by_role("heading", level=1)).to_be_visible()
    promise.refresh_from_db()
    assert promise.due == later


def test_less_is_said_on_ones_own_page(plain_page: Page, world: worlds.World) -> None:
    secret = initiatives.make_link(world.joan, by=world.lead, at=timezone.now())
    plain_page.goto(reverse("pages:open_link", args=[secret]))
    plain_page.get_by_role("button", name="Less, please").click()
    expect(plain_page.get_by_role("button", name="Ask me as before")).to_be_visible()
    world.joan.person.refresh_from_db()
    assert world.joan.person.wants_less_at
