"""An introduction from both sides, and as whoever leads offers it (4.6)."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from django.utils.timezone import now

from earnest.ideas.tests.spaces import idea_of, named_space, voice_of
from earnest.messaging.models import Message
from earnest.pages.tests.own import opened
from earnest.rhythm.models import Introduction, IntroductionSide
from tests.worlds import World


def meeting(world: World) -> str:
    """Sam built on Joan's idea; the address of the page where whoever leads sees it."""
    space = named_space(world)
    first = idea_of(voice_of(space, world.joan), "A shared list of open slots")
    idea_of(voice_of(space, world.sam), "On the wall, with a pen", first)
    return f"/initiatives/{world.initiative.pk}/introductions/"


def both(world: World) -> dict[str, int]:
    low, high = sorted((world.joan.pk, world.sam.pk))
    return {"low": low, "high": high}


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def offer(client: Client, world: World) -> None:
    client.force_login(world.lead)
    client.post(f"{meeting(world)}offered/", both(world) | {"by_mail": "1"})


def own_page(world: World, whose: str) -> tuple[Client, str]:
    """Their own browser, and the address of the introduction on their page."""
    phone, participation = Client(), getattr(world, whose)
    home = opened(phone, participation)
    return phone, f"{home}introductions/{participation.introduced.get().pk}/"


def test_both_are_told_by_mail_unless_whoever_leads_says_otherwise(
    client: Client, world: World
) -> None:
    client.force_login(world.lead)
    html = read(client, meeting(world))
    assert '<input type="checkbox" name="by_mail" value="1" checked>' in html
    there = f"/initiatives/{world.initiative.pk}/introductions/offered/"
    said = client.post(there, both(world) | {"by_mail": "1"}, follow=True).content.decode()
    assert "a message to each is ready" in said
    assert {one.participation_id for one in Message.objects.filter(kind="ask")} == {
        world.joan.pk,
        world.sam.pk,
    }


def test_pressed_twice_it_is_offered_once_and_a_stale_tab_is_told(
    client: Client, world: World
) -> None:
    offer(client, world)
    again = client.post(
        f"/initiatives/{world.initiative.pk}/introductions/offered/", both(world), follow=True
    )
    assert "That was decided before" in again.content.decode()
    assert (Introduction.objects.count(), IntroductionSide.objects.count()) == (1, 2)


def test_what_may_be_passed_on_is_asked_apart_from_the_answer(client: Client, world: World) -> None:
    offer(client, world)
    phone, there = own_page(world, "joan")
    html = read(phone, there)
    assert "Somebody built on your idea." in html
    assert html.index("Rather not") < html.index("they are told your name") < html.index("My idea")
    assert "Sam" not in html
    assert "On the wall, with a pen" not in html


def test_each_reads_what_the_other_allowed_once_both_said_yes(client: Client, world: World) -> None:
    offer(client, world)
    joan, hers = own_page(world, "joan")
    sam, his = own_page(world, "sam")
    joan.post(hers, {"answer": "yes", "shows_address": "on", "line": "Mornings are best"})
    assert "Joan" not in read(sam, his)
    sam.post(his, {"answer": "yes", "shows_idea": "on"})
    assert "You and Joan Okafor" in read(sam, his)
    assert "joan@example.org" in read(sam, his)
    assert "Mornings are best" in read(sam, his)
    assert "On the wall, with a pen" in read(joan, hers)


def test_a_no_leaves_the_page_of_the_other_as_it_was(client: Client, world: World) -> None:
    offer(client, world)
    joan, hers = own_page(world, "joan")
    sam, his = own_page(world, "sam")
    sam.post(his, {"answer": "yes"})
    assert "You said yes" in read(sam, his)
    before = read(sam, his).partition("<main")[2]
    joan.post(hers, {"answer": "no"})
    after = read(sam, his).partition("<main")[2]
    assert without_token(before) == without_token(after)


def without_token(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def test_an_answer_that_is_none_or_too_long_keeps_what_was_typed(
    client: Client, world: World
) -> None:
    offer(client, world)
    joan, hers = own_page(world, "joan")
    none = joan.post(hers, {"line": "Mornings are best"})
    assert (none.status_code, "Choose one of the two" in none.content.decode()) == (400, True)
    assert "Mornings are best" in none.content.decode()
    long = joan.post(hers, {"answer": "yes", "line": "x" * 301})
    assert "more than 300 characters" in long.content.decode()
    assert not IntroductionSide.objects.exclude(answer="").exists()


def test_after_its_time_nothing_is_asked_any_more(client: Client, world: World) -> None:
    offer(client, world)
    Introduction.objects.update(made_at=now() - timedelta(days=31))
    joan, hers = own_page(world, "joan")
    html = read(joan, hers)
    assert "Nothing came of this one" in html
    assert "Rather not" not in html
    assert (
        "The time for this is over"
        in joan.post(hers, {"answer": "yes"}, follow=True).content.decode()
    )
