"""A promise in the browser: written by hand, kept, moved and told, released; wrong input said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from earnest.promises import actions
from earnest.promises.actions import Draft
from earnest.promises.models import Promise
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


@pytest.fixture
def promise(world: World) -> Promise:
    draft = Draft("send her the draft", "ours", due=localdate() + timedelta(days=3))
    return actions.make_promise(world.joan, draft, by=world.lead, at=NOW)


def state(promise: Promise) -> str:
    promise.refresh_from_db()
    return promise.state


def new(lead: Client, world: World, **given: str) -> str:
    form = {"direction": "ours", "words": "bring the list", "when": "dated", **given}
    return lead.post(f"/promises/with/{world.joan.pk}/new/", form, follow=True).content.decode()


@pytest.mark.parametrize(
    ("given", "when"),
    [
        ({"due": "2030-01-15"}, "dated"),
        ({"when": "conditional", "condition": "when it is decided"}, "conditional"),
        ({"when": "standing"}, "standing"),
        ({"when": "standing", "due": "2030-01-15"}, "standing"),  # the choice counts
    ],
)
def test_a_promise_is_written_down_by_hand(
    lead: Client, world: World, given: dict[str, str], when: str
) -> None:
    assert "Bring the list" in new(lead, world, **given)
    assert Promise.objects.get().when == when


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": ""}, "Write what was promised."),
        ({"due": ""}, "By which day?"),
        ({"due": "soon"}, "That is not a date."),
        ({"when": "conditional"}, "When what happens?"),
        ({"words": "x" * 281, "due": "2030-01-15"}, "280"),
        ({"when": "sometime"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    lead: Client, world: World, given: dict[str, str], said: str
) -> None:
    assert said in new(lead, world, **given)
    assert not Promise.objects.exists()


def test_kept_and_back_to_where_one_was(lead: Client, promise: Promise) -> None:
    sent = lead.post(f"/promises/{promise.pk}/kept/", {"next": "/?all"})
    assert sent.headers["Location"] == "/?all"
    assert state(promise) == "kept"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_no_address_leads_to_another_site(lead: Client, promise: Promise, elsewhere: str) -> None:
    sent = lead.post(f"/promises/{promise.pk}/kept/", {"next": elsewhere})
    assert sent.headers["Location"] == f"/promises/{promise.pk}/"


def test_a_second_tap_is_told_kindly(lead: Client, promise: Promise) -> None:
    lead.post(f"/promises/{promise.pk}/kept/")
    html = lead.post(f"/promises/{promise.pk}/released/", follow=True).content.decode()
    assert "This promise was settled before." in html
    assert state(promise) == "kept"


def test_moving_gives_the_words_to_tell_and_waits_until_they_know(
    lead: Client, promise: Promise
) -> None:
    day = localdate() + timedelta(days=30)
    sent = {"due": str(day), "why": "the board meets later"}
    html = lead.post(f"/promises/{promise.pk}/moved/", sent, follow=True).content.decode()
    assert "Tell Joan the new date" in html
    assert "the board meets later" in html
    assert "mailto:joan%40example.org" in html
    html = lead.post(f"/promises/{promise.pk}/told/", follow=True).content.decode()
    assert "Tell Joan the new date" not in html


@pytest.mark.parametrize(
    ("due", "said"),
    [("", "By which day now?"), ("2020-01-01", "That day is over."), ("x", "That is not a date.")],
)
def test_a_wrong_new_date_is_said_beside_the_field(
    lead: Client, promise: Promise, due: str, said: str
) -> None:
    sent = lead.post(f"/promises/{promise.pk}/moved/", {"due": due, "why": "because of May"})
    html = sent.content.decode()
    assert sent.status_code == 400
    assert said in html
    assert "because of May" in html  # what was typed is still there


def test_not_done_carries_its_reason_and_may_still_be_kept(lead: Client, promise: Promise) -> None:
    lead.post(f"/promises/{promise.pk}/missed/", {"why": "I forgot"})
    html = lead.get(f"/promises/{promise.pk}/").content.decode()
    assert "I forgot" in html
    assert "Kept after all" in html
    lead.post(f"/promises/{promise.pk}/kept/")
    assert state(promise) == "kept"


def test_a_mistake_is_taken_back(lead: Client, promise: Promise) -> None:
    lead.post(f"/promises/{promise.pk}/kept/")
    lead.post(f"/promises/{promise.pk}/taken-back/")
    assert state(promise) == "open"
    html = lead.post(f"/promises/{promise.pk}/taken-back/", follow=True).content.decode()
    assert "open already" in html


def test_the_list_shows_both_sides_and_the_kept_record(
    lead: Client, world: World, promise: Promise
) -> None:
    actions.keep_promise(promise, by=world.lead, at=NOW)
    theirs = Draft("ask Sam", "theirs", due=localdate() + timedelta(days=1))
    actions.make_promise(world.joan, theirs, by=world.lead, at=NOW)
    html = lead.get(f"/promises/on/{world.initiative.pk}/").content.decode()
    assert "1 kept" in html
    assert "Ask Sam" in html
    assert "Send her the draft" not in html  # kept: under its own heading
    assert (
        "Send her the draft"
        in lead.get(f"/promises/on/{world.initiative.pk}/?only=kept").content.decode()
    )


def test_long_lists_go_on_by_key_and_lose_nobody(lead: Client, world: World) -> None:
    due = [None if n % 5 == 0 else localdate() + timedelta(days=n // 7) for n in range(120)]
    for n, day in enumerate(due):
        actions.make_promise(world.joan, Draft(f"p{n:03}.", "ours", due=day), by=world.lead, at=NOW)
    address, seen = f"/promises/on/{world.initiative.pk}/?", list[str]()
    for _page in range(5):
        page = lead.get(address).context["page"]
        seen += [one.words for one in page.promises]
        if not page.after:
            break
        address = f"/promises/on/{world.initiative.pk}/?after={page.after}"
    assert sorted(seen) == [f"p{n:03}." for n in range(120)]


@pytest.mark.parametrize("key", ["x", "~", "2026-13-45~1", "2026-01-01~x", "~5", "9999-12-31~99"])
def test_a_senseless_key_shows_a_page(lead: Client, world: World, key: str) -> None:
    assert lead.get(f"/promises/on/{world.initiative.pk}/?after={key}").status_code == 200
