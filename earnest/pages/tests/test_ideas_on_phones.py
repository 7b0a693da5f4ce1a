"""Spaces as people see them, by both doors: the target first, an idea, building on one (4.4, 4.5)."""

from __future__ import annotations

from django.test import Client

from earnest.ideas import access, actions
from earnest.ideas.actions.sessions import begin_session
from earnest.ideas.models import Idea, Space, Support, Voice
from earnest.ideas.tests.spaces import browser, idea_of, named_space, unnamed_space, voice_of
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.pages.tests.own import opened
from earnest.plans import actions as plans
from earnest.plans.actions import Answer
from tests.worlds import NOW, World

TARGET = "Every request has one owner within a day"


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def by_name(client: Client, world: World) -> str:
    return f"{opened(client, world.joan)}spaces/{named_space(world).pk}/"


def at_one_address(world: World) -> str:
    return f"/together/{access.token_of(unnamed_space(world))}/"


def test_the_target_and_the_question_come_first(client: Client, world: World) -> None:
    html = read(client, by_name(client, world)).partition("<main")[2]
    assert html.index(TARGET) < html.index("How would you make it work?") < html.index("<textarea")
    assert not Voice.objects.exists()  # looking is not speaking


def test_a_session_that_goes_on_stands_above_everything_one_can_do(
    client: Client, world: World
) -> None:
    home = by_name(client, world)
    begin_session(Space.objects.get(), by=world.lead, at=NOW)
    html = read(client, home)
    assert html.index("A working session goes on") < html.index("<textarea")
    assert html.count(">Come in<") == 1


def test_an_idea_is_given_and_built_on_by_link(client: Client, world: World) -> None:
    home = by_name(client, world)
    answer = client.post(f"{home}ideas/given/", {"words": "Paint the ibis line", "named": "on"})
    first = Idea.objects.get()
    assert answer.headers["Location"] == f"{home}ideas/{first.pk}/"
    assert (first.participation, first.passed_on) == (world.joan, "named")
    client.post(f"{home}ideas/{first.pk}/built/", {"words": "And number it"})
    assert first.built_on.get().idea.words == "And number it"
    assert "And number it" in read(client, f"{home}ideas/{first.pk}/")


def test_nothing_written_is_said_beside_the_field(client: Client, world: World) -> None:
    home = by_name(client, world)
    answer = client.post(f"{home}ideas/given/", {"words": "   "})
    assert answer.status_code == 400
    assert "Write a line first." in answer.content.decode()
    assert not Voice.objects.exists()


def test_without_names_the_same_browser_alone_knows_its_own(world: World) -> None:
    home = at_one_address(world)
    mine, other = Client(), Client()
    mine.post(f"{home}ideas/given/", {"words": "Paint the ibis line"})
    idea = Idea.objects.get()
    assert ">yours<" in read(mine, f"{home}ideas/")
    assert ">yours<" not in read(other, f"{home}ideas/")
    assert mine.get(f"{home}ideas/{idea.pk}/change/").status_code == 200
    assert other.get(f"{home}ideas/{idea.pk}/change/").status_code == 404


def test_one_tap_is_for_it_and_one_takes_that_back(world: World) -> None:
    home = at_one_address(world)
    mine, other = Client(), Client()
    mine.post(f"{home}ideas/given/", {"words": "Paint the ibis line"})
    idea = Idea.objects.get()
    other.post(f"{home}ideas/{idea.pk}/supported/")
    other.post(f"{home}ideas/{idea.pk}/supported/")
    assert Support.objects.count() == 1
    assert "One person is for it." in read(mine, f"{home}ideas/")
    other.post(f"{home}ideas/{idea.pk}/support-taken-back/")
    assert not Support.objects.exists()


def test_a_closed_space_says_so_keeps_what_was_typed_and_notes_nobody(
    client: Client, world: World
) -> None:
    home = by_name(client, world)
    actions.close_space(named_space(world), by=world.lead, at=NOW)
    html = client.post(f"{home}ideas/given/", {"words": "Too late"}).content.decode()
    assert "This was closed meanwhile." in html
    assert "Too late" in html
    assert not Idea.objects.exists()
    assert not Voice.objects.exists()


def test_after_a_stop_a_sentence_says_why_nothing_is_written(client: Client, world: World) -> None:
    home = by_name(client, world)
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    answer = client.post(f"{home}ideas/given/", {"words": "Against my will"})
    assert answer.status_code == 400
    assert not Idea.objects.exists()


def test_own_words_are_changed_and_taken_back_everywhere(client: Client, world: World) -> None:
    home = by_name(client, world)
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    taken, _new = plans.take_idea_up(idea, by=world.lead, at=NOW)
    client.post(f"{home}ideas/{idea.pk}/change/", {"words": "Paint two lines"})
    taken.refresh_from_db()
    assert taken.words == "Paint two lines"
    client.post(f"{home}ideas/{idea.pk}/taken-back/")
    idea.refresh_from_db()
    taken.refresh_from_db()
    assert (idea.words, taken.words, taken.erased_at is None) == ("", "", False)


def test_what_became_of_mine_stands_with_its_reply(client: Client, world: World) -> None:
    home = by_name(client, world)
    idea = idea_of(voice_of(named_space(world), world.joan), "Paint the ibis line")
    taken, _new = plans.take_idea_up(idea, by=world.lead, at=NOW)
    plans.reply(taken, Answer("used", "It is painted on Monday"), by=world.lead, at=NOW)
    html = read(client, f"{home}ideas/own/")
    assert "It is painted on Monday" in html
    assert "used" in html


def test_not_the_same_is_said_with_one_tap(client: Client, world: World) -> None:
    home = by_name(client, world)
    space = named_space(world)
    mine = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    other = idea_of(voice_of(space, world.sam), "A painted line")
    merge = actions.merge_ideas(other, mine, by=world.lead, at=NOW)
    assert "A painted line" in read(client, f"{home}ideas/own/")
    client.post(f"{home}merges/{merge.pk}/not-same/")
    mine.refresh_from_db()
    assert mine.merged_into is None


def test_a_link_of_another_initiative_opens_no_space(client: Client, world: World) -> None:
    own = opened(client, world.joan)
    space = actions.start_space(
        world.other_initiative,
        actions.SpaceDraft("Elsewhere?", names=True),
        by=world.outsider,
        at=NOW,
    )
    assert client.get(f"{own}spaces/{space.pk}/").status_code == 404


def test_the_few_to_answer_are_those_of_others(client: Client, world: World) -> None:
    space = named_space(world)
    idea_of(voice_of(space, world.joan), "Paint the ibis line")
    idea_of(voice_of(space, world.sam), "Number the ibis line")
    few = read(client, by_name(client, world)).partition("Few have answered these yet")[2]
    assert "Number the ibis line" in few
    assert "Paint the ibis line" not in few


def test_without_names_nobody_is_promised_credit(client: Client, world: World) -> None:
    given = idea_of(browser(unnamed_space(world), "a browser"), "Paint the ibis line")
    assert "are credited" not in read(client, f"{at_one_address(world)}ideas/{given.pk}/")
    given = idea_of(voice_of(named_space(world), world.sam), "Number the ibis line")
    assert "are credited" in read(client, f"{by_name(client, world)}ideas/{given.pk}/")
