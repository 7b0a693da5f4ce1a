"""Open questions on the phone of who is asked, on leads' pages, in the record, and erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from earnest.ideas.access import token_of
from earnest.ideas.actions.tips import TipDraft, name_tip, reply
from earnest.ideas.models import Answer, Passing, Speaker, Tip, Topic, TopicReply
from earnest.ideas.tests.asking import SHIFTS, a_topic, answer, voice_of
from earnest.initiatives import actions as initiatives
from earnest.pages import erasure, sweeps
from earnest.pages.everything import everything_about
from earnest.pages.record import record_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def joan(world: World, client: Client) -> Client:
    secret = initiatives.make_link(world.joan, by=world.lead, at=NOW)
    client.get(reverse("pages:open_link", args=[secret]))
    return client


@pytest.fixture
def lead(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


def own(name: str, world: World, topic: Topic, *more: int | str) -> str:
    return reverse(f"pages:mine_{name}", args=[world.joan.pk, topic.space_id, topic.pk, *more])


def test_an_answer_takes_one_form_and_then_shows_what_others_say(
    world: World, joan: Client
) -> None:
    topic = a_topic(world)
    answer(topic, world.sam, "More rest", passing="named")
    assert b"More rest" not in joan.get(own("topic", world, topic)).content
    said: dict[str, Any] = {"words": SHIFTS[0], "passing": "unnamed"}
    page = joan.post(own("topic_answered", world, topic), said, follow=True)
    assert SHIFTS[0] in page.content.decode()
    assert "More rest" in page.content.decode()
    assert "Sam Reyes" in page.content.decode()


def test_an_empty_answer_is_a_sentence_beside_the_field(world: World, joan: Client) -> None:
    topic = a_topic(world)
    page = joan.post(own("topic_answered", world, topic), {"words": " ", "passing": "unnamed"})
    assert page.status_code == 400
    assert "Write a word or two first." in page.content.decode()
    assert not Answer.objects.exists()


def test_without_names_one_answers_at_the_one_address_and_reading_writes_nothing(
    world: World,
) -> None:
    topic = a_topic(world, names=False)
    assert topic.space
    args = [token_of(topic.space), topic.pk]
    browser = Client()
    assert browser.get(reverse("pages:topic", args=args)).status_code == 200
    assert not Speaker.objects.exists()
    said = {"words": "Rest", "passing": Passing.UNNAMED}
    page = browser.post(reverse("pages:topic_answered", args=args), said, follow=True)
    assert "Nobody sees it yet" in page.content.decode()
    assert Client().get(reverse("pages:topic", args=args)).content.count(b"Rest") == 0


def test_another_browser_cannot_take_an_answer_back(world: World) -> None:
    topic = a_topic(world, names=False)
    assert topic.space
    said = answer(topic, "browser one", "Rest")
    at = reverse("pages:answer_removed", args=[token_of(topic.space), topic.pk, said.pk])
    assert Client().post(at).status_code == 404
    assert Answer.objects.exists()


def test_a_tip_a_reply_and_a_voice_by_phone(world: World, joan: Client) -> None:
    topic = a_topic(world, kind="tips")
    sams = name_tip(topic, voice_of(topic, world.sam), TipDraft("Walk the floor"), at=NOW)
    joan.post(own("tip", world, topic), {"words": "Listen", "named": "on"})
    joan.post(own("tip_helped", world, topic, sams.pk, "helped"))
    joan.post(own("topic_replied", world, topic), {"words": "Every day?", "tip": sams.pk})
    page = joan.post(own("topic_followed", world, topic, "followed"), follow=True)
    shown = page.content.decode()
    assert "Every day?" in shown
    assert "helped 1 person" in shown
    assert Tip.objects.get(words="Listen").passing == Passing.NAMED
    assert Speaker.objects.get(voice__participation=world.joan).follows


def test_everything_under_questions_stands_in_the_record_and_in_everything_held(
    world: World, joan: Client, lead: Client
) -> None:
    topic = a_topic(world, kind="tips")
    voice = voice_of(topic, world.joan)
    name_tip(topic, voice, TipDraft("Listen"), at=NOW)
    reply(topic, voice, "Every day", at=NOW)
    record = record_of(world.joan, today=NOW.date())
    assert {one.words for one in record.said_openly} == {"Listen", "Every day"}
    held = everything_about(world.joan, at=NOW)["initiative"]["under_open_questions"]
    assert {one["words"] for one in held} == {"Listen", "Every day"}
    mine = joan.get(reverse("pages:mine", args=[world.joan.pk])).content.decode()
    theirs = lead.get(reverse("pages:person", args=[world.initiative.pk, world.joan.pk]))
    for words in ("Listen", "Every day"):
        assert words in mine
        assert words in theirs.content.decode()


def test_erased_the_words_are_gone_and_the_counts_stay(world: World) -> None:
    topic, tips = a_topic(world), a_topic(world, kind="tips")
    said = answer(topic, world.joan, "My very own words")
    group = topic.groups.create(name="Rest", kept=True, size=1, people=1)
    Answer.objects.filter(pk=said.pk).update(group=group)
    voice = voice_of(tips, world.joan)
    name_tip(tips, voice, TipDraft("My very own tip", in_playbook=True), at=NOW)
    reply(tips, voice, "My very own reply", at=NOW)
    erasure.erase_from_initiative(world.joan, by=world.lead, at=NOW)
    for model in (Answer, Tip, TopicReply):
        row = model.objects.get()
        assert row.words == "erased"
        assert row.speaker is None
    group.refresh_from_db()
    assert group.size == 1
    assert not Tip.objects.get().in_playbook


def test_a_question_is_begun_from_a_prompt_and_asked_by_mail_once(
    world: World, lead: Client
) -> None:
    new = reverse("ideas:new_topic", args=[world.initiative.pk])
    assert "What would make your work easier" in lead.get(f"{new}?prompt=0").content.decode()
    said = {"question": "What do you need?", "kind": "answers", "names": "yes"}
    lead.post(new, said)
    topic = Topic.objects.get()
    asked = reverse("ideas:topic_asked", args=[topic.pk])
    lead.post(asked, {"words": "I will answer each of you."})
    waiting = list(world.joan.messages.all())
    assert len(waiting) == 1
    assert "What do you need?" in waiting[0].text
    assert "What do you need?" in waiting[0].html
    assert "I will answer each of you." in waiting[0].text
    lead.post(asked, {"words": ""})
    assert world.joan.messages.count() == 1


def test_who_answered_by_themselves_gets_no_mail_that_asks_them(world: World, lead: Client) -> None:
    topic = a_topic(world)
    answer(topic, world.sam, "More rest")
    page = lead.get(reverse("ideas:topic", args=[topic.pk])).content.decode()
    assert "1 person was not asked yet" in page
    lead.post(reverse("ideas:topic_asked", args=[topic.pk]), {"words": ""})
    assert (world.joan.messages.count(), world.sam.messages.count()) == (1, 0)


def test_without_names_who_answered_cannot_be_told_from_who_did_not(
    world: World, lead: Client
) -> None:
    topic = a_topic(world, names=False)
    answer(topic, "browser", "More rest")
    page = lead.get(reverse("ideas:topic", args=[topic.pk])).content.decode()
    assert "2 people were not asked yet" in page


def test_words_nobody_passed_on_are_never_the_name_at_one_tap(world: World, lead: Client) -> None:
    topic = a_topic(world)
    group = topic.groups.create(suggestion="night, shift", size=2, people=1)
    at = reverse("ideas:group", args=[group.pk])
    page = lead.get(at)
    assert "Words they share: night, shift" in page.content.decode()
    assert page.context["form"]["name"].value() == ""
    assert lead.post(f"{at}named/", {"name": ""}).status_code == 400
    group.refresh_from_db()
    assert group.name == ""


def test_what_was_marked_and_typed_stays_when_it_cannot_be_split_off(
    world: World, lead: Client
) -> None:
    topic = a_topic(world)
    said = answer(topic, world.joan, SHIFTS[0])
    group = topic.groups.create(name="Nights", size=1, people=1)
    Answer.objects.update(group=group)
    at = reverse("ideas:group_split", args=[group.pk])
    unnamed = lead.post(at, {"name": " ", "answers": [said.pk]})
    assert unnamed.status_code == 400
    assert "Give it a name of a few words." in unnamed.content.decode()
    assert f'value="{said.pk}" form="split" checked' in unnamed.content.decode()
    unmarked = lead.post(at, {"name": "Two of us", "answers": ["x", "999"]})
    assert unmarked.status_code == 400
    assert "Mark the answers first" in unmarked.content.decode()
    assert 'value="Two of us"' in unmarked.content.decode()


def test_a_question_waits_above_all_else_on_its_space_until_they_answered(
    world: World, joan: Client
) -> None:
    topic = a_topic(world)
    home = reverse("pages:mine_space", args=[world.joan.pk, topic.space_id])
    page = joan.get(home).content.decode()
    assert page.index("Answer it") < page.index("Give this idea")
    answer(topic, world.joan, SHIFTS[0])
    page = joan.get(home).content.decode()
    assert "Answer it" not in page
    assert page.index("Give this idea") < page.index("What others say")


def test_each_open_question_comes_up_until_they_answered_it(world: World, joan: Client) -> None:
    first, second = a_topic(world), a_topic(world, kind="tips")
    Topic.objects.filter(pk=second.pk).update(space=first.space, question="Your one tip?")
    second.refresh_from_db()
    home = reverse("pages:mine_space", args=[world.joan.pk, first.space_id])
    assert "Your one tip?" in joan.get(home).content.decode()
    name_tip(second, voice_of(second, world.joan), TipDraft("Listen"), at=NOW)
    page = joan.get(home).content.decode()
    assert "Your one tip?" not in page
    assert "Answer it" in page


def test_once_they_answered_what_others_say_comes_before_one_more_answer(
    world: World, joan: Client
) -> None:
    topic = a_topic(world)
    answer(topic, world.joan, SHIFTS[0])
    answer(topic, world.sam, "More rest", passing="named")
    page = joan.get(own("topic", world, topic)).content.decode()
    assert page.index("More rest") < page.index("One more answer")


def test_after_a_tap_under_a_tip_one_is_still_there(world: World, joan: Client) -> None:
    topic = a_topic(world, kind="tips")
    tip = name_tip(topic, voice_of(topic, world.sam), TipDraft("Listen"), at=NOW)
    there = f"{own('topic', world, topic)}#tip-{tip.pk}"
    helped = joan.post(own("tip_helped", world, topic, tip.pk, "helped"))
    said = joan.post(own("topic_replied", world, topic), {"words": "So do I", "tip": tip.pk})
    assert [helped.headers["Location"], said.headers["Location"]] == [there, there]
    assert f'id="tip-{tip.pk}"' in joan.get(there).content.decode()


def test_the_mail_of_a_question_without_names_holds_the_same_address_for_all(
    world: World, lead: Client
) -> None:
    topic = a_topic(world, names=False)
    assert topic.space
    lead.post(reverse("ideas:topic_asked", args=[topic.pk]), {"words": ""})
    address = reverse("pages:topic", args=[token_of(topic.space), topic.pk])
    mails = [*world.joan.messages.all(), *world.sam.messages.all()]
    assert len(mails) == 2
    assert all(address in one.text and "[[page]]" not in one.html for one in mails)


def test_a_lead_names_splits_joins_and_moves_on_pages(world: World, lead: Client) -> None:
    topic = a_topic(world)
    first = answer(topic, world.joan, SHIFTS[0])
    second = answer(topic, world.joan, SHIFTS[1], after=1)
    group = topic.groups.create(suggestion="night, shift", size=2, people=1)
    Answer.objects.update(group=group)
    assert "night, shift" in lead.get(reverse("ideas:topic", args=[topic.pk])).content.decode()
    lead.post(reverse("ideas:group_named", args=[group.pk]), {"name": "Never alone"})
    split = {"name": "Two of us", "answers": [second.pk]}
    lead.post(reverse("ideas:group_split", args=[group.pk]), split)
    other = topic.groups.get(name="Two of us")
    lead.post(reverse("ideas:answer_placed", args=[first.pk]), {"group": other.pk})
    lead.post(reverse("ideas:group_joined", args=[group.pk]), {"into": other.pk})
    assert [one.name for one in topic.groups.all()] == ["Two of us"]
    page = lead.get(reverse("ideas:group", args=[other.pk])).content.decode()
    assert SHIFTS[0] in page
    assert SHIFTS[1] in page


def test_answers_without_names_go_when_records_go(world: World) -> None:
    topic = a_topic(world, names=False)
    answer(topic, "browser", "My very own words")
    world.initiative.closed_at = NOW
    world.initiative.save()
    sweeps.keep_no_longer(at=NOW + timedelta(days=300))
    assert Answer.objects.get().words == "My very own words"
    sweeps.keep_no_longer(at=NOW + timedelta(days=400))
    assert Answer.objects.get().words == "erased"
