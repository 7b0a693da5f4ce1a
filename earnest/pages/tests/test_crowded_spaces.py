"""At an address without accounts a script is turned away, and nobody is noted for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from earnest.ideas import access
from earnest.ideas.models import Space, Statement, Voice, Vote
from earnest.ideas.tests.voting import saying, seeded, signed_in_by_link, space_of
from earnest.pages.views.together import crowd
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of each, all in one minute."""
    settings.TOGETHER_A_MINUTE = {"words": 3, "newcomers": 3}
    monkeypatch.setattr(crowd, "_counts", {})
    monkeypatch.setattr("earnest.pages.views.together.door.now", lambda: NOW)
    monkeypatch.setattr("earnest.pages.views.together.booth.now", lambda: NOW)


def there(space: Space) -> str:
    return f"/together/{access.token_of(space)}/vote/"


def test_more_words_than_a_space_takes_wait_a_minute(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    space, other = space_of(world, names=False), space_of(world, names=False)
    for n in range(3):
        assert Client().post(f"{there(space)}new/", {"words": f"We {n}"}).status_code == 302
    refused = Client().post(f"{there(space)}new/", {"words": "We too"})
    assert refused.status_code == 429
    assert "what you typed is still there" in refused.text
    assert (Statement.objects.count(), Voice.objects.count()) == (3, 3)
    assert Client().get(there(space)).status_code == 200
    assert Client().post(f"{there(other)}new/", {"words": "We"}).status_code == 302
    later = NOW + timedelta(minutes=1)
    monkeypatch.setattr("earnest.pages.views.together.door.now", lambda: later)
    assert Client().post(f"{there(space)}new/", {"words": "We too"}).status_code == 302


def test_new_voices_wait_and_who_is_there_votes_on(world: World) -> None:
    space = space_of(world, names=False)
    rows = seeded(space, 6, by=world.lead)
    own = Client()
    for one in rows:
        assert own.post(f"{there(space)}answered/", saying(one.pk, "agree")).status_code == 302
    for code in (302, 302, 429):
        answer = Client().post(f"{there(space)}answered/", saying(rows[0].pk, "agree"))
        assert answer.status_code == code
    assert own.post(f"{there(space)}answered/", saying(rows[0].pk, "pass")).status_code == 302
    assert (Voice.objects.count(), Vote.objects.count()) == (3, 9)


def test_with_names_nobody_is_turned_away(world: World) -> None:
    space = space_of(world)
    rows = seeded(space, 5, by=world.lead)
    joan = signed_in_by_link(world.joan)
    for one in rows:
        address = f"/mine/{world.joan.pk}/spaces/{space.pk}/vote/answered/"
        assert joan.post(address, saying(one.pk, "agree")).status_code == 302


def test_what_is_counted_is_the_space_and_nothing_else(world: World) -> None:
    space = space_of(world, names=False)
    Client(REMOTE_ADDR="192.0.2.7").post(f"{there(space)}new/", {"words": "We rest"})
    assert list(crowd._counts) == [(space.pk, "words")]
