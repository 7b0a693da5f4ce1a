"""From the link in a mail to an answer: on a phone, by keyboard alone, without a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from earnest.initiatives import actions as initiatives
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import invite, times_of
from tests import worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> worlds.World:
    return worlds.build(at=timezone.now())


def asked_by_mail(world: worlds.World) -> tuple[Invitation, str]:
    """An ask, and the link that left with it."""
    at = timezone.now()
    times = tuple(at + timedelta(days=days) for days in (2, 3))
    invitation = invite(world, world.joan, at=at, times=times)
    secret = initiatives.make_link(world.joan, by=None, at=at)
    return invitation, f"/p/{secret}/asked/{invitation.pk}/"


def test_a_time_is_agreed_by_keyboard_on_a_phone(plain_page: Page, world: worlds.World) -> None:
    invitation, link = asked_by_mail(world)
    second = times_of(invitation)[1]
    plain_page.set_viewport_size({"width": 390, "height": 800})
    plain_page.goto(f"{link}?time={second.pk}")
    for _n in range(12):
        plain_page.keyboard.press("Tab")
        if plain_page.evaluate("document.activeElement.matches('button.primary')"):
            break
    plain_page.keyboard.press("Enter")
    expect(plain_page.get_by_role("link", name="Add to calendar")).to_be_visible()
    assert not plain_page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.time) == (Invitation.State.ACCEPTED, second)


def test_a_link_to_an_answer_opens_it(plain_page: Page, world: worlds.World) -> None:
    invitation, link = asked_by_mail(world)
    plain_page.goto(f"{link}#no")
    plain_page.get_by_label("Why not, if you like to say").fill("Not before the move")
    plain_page.get_by_role("button", name="No, thank you").press("Enter")
    expect(plain_page.get_by_text("A no is welcome")).to_be_visible()
    invitation.refresh_from_db()
    assert invitation.reason == "Not before the move"
