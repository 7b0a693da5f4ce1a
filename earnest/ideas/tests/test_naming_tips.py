"""Peers: one favourite tip each, replies, what helped, and new replies by mail (1.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from earnest.ideas import sweeps
from earnest.ideas.access import topics as doors
from earnest.ideas.actions import tips as actions
from earnest.ideas.actions.tips import TipDraft
from earnest.ideas.actions.topics import start_peer_topic
from earnest.ideas.models import Speaker, Tip, Topic, Voice
from earnest.ideas.queries import topics as queries
from earnest.ideas.tests.asking import a_topic, voice_of
from earnest.messaging.models import Message
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=3, hours=1)  # a Monday


@pytest.fixture
def topic(world: World) -> Topic:
    return a_topic(world, kind="tips")


@pytest.fixture
def joan(topic: Topic, world: World) -> Voice:
    return voice_of(topic, world.joan)


@pytest.fixture
def sam(topic: Topic, world: World) -> Voice:
    return voice_of(topic, world.sam)


def test_a_person_has_one_tip_and_can_change_it(topic: Topic, joan: Voice) -> None:
    first = actions.name_tip(topic, joan, TipDraft("Listen"), at=NOW)
    again = actions.name_tip(topic, joan, TipDraft("Listen first"), at=NOW)
    assert first == again
    assert Tip.objects.get().words == "Listen first"
    topic.refresh_from_db()
    assert topic.tips_count == 1


def test_a_voice_is_given_once_not_to_oneself_and_taken_back(
    topic: Topic, joan: Voice, sam: Voice
) -> None:
    tip = actions.name_tip(topic, joan, TipDraft("Listen"), at=NOW)
    assert actions.say_helped(tip, sam, helped=True, at=NOW)
    assert not actions.say_helped(tip, sam, helped=True, at=NOW)
    assert not actions.say_helped(tip, joan, helped=True, at=NOW)
    tip.refresh_from_db()
    assert tip.helped == 1
    assert actions.say_helped(tip, sam, helped=False, at=NOW)
    tip.refresh_from_db()
    assert tip.helped == 0


def test_with_other_words_voices_begin_anew(topic: Topic, joan: Voice, sam: Voice) -> None:
    tip = actions.name_tip(topic, joan, TipDraft("Listen"), at=NOW)
    actions.say_helped(tip, sam, helped=True, at=NOW)
    actions.name_tip(topic, joan, TipDraft("Listen", named=True), at=NOW)
    assert Tip.objects.get().helped == 1
    actions.name_tip(topic, joan, TipDraft("Talk"), at=NOW)
    assert Tip.objects.get().helped == 0


def test_a_tip_stands_in_the_playbook_as_its_author_allowed(
    topic: Topic, joan: Voice, sam: Voice, world: World
) -> None:
    actions.name_tip(topic, joan, TipDraft("Listen", named=True, in_playbook=True), at=NOW)
    actions.name_tip(topic, sam, TipDraft("Walk the floor"), at=NOW)
    found = queries.playbook(doors.playbook_of(world.member), "", None)
    assert [(one.tip.words, one.who) for one in found.tips] == [("Listen", "Joan Okafor")]
    actions.name_tip(topic, joan, TipDraft("Listen", in_playbook=True), at=NOW)
    found = queries.playbook(doors.playbook_of(world.member), "LISTEN", topic.pk)
    assert [(one.tip.words, one.who) for one in found.tips] == [("Listen", "")]
    assert not queries.playbook(doors.playbook_of(world.member), "floor", None).tips
    assert not doors.playbook_of(world.outsider).exists()
    assert not doors.playbook_of(world.stranger).exists()


def test_who_follows_gets_new_replies_of_others_in_one_mail_a_day(
    topic: Topic, joan: Voice, sam: Voice, world: World
) -> None:
    actions.follow(topic, joan, wanted=True, at=NOW)
    tip = actions.name_tip(topic, joan, TipDraft("Listen"), at=NOW)
    soon = NOW + timedelta(minutes=1)
    actions.reply(topic, sam, "How long?", tip=tip, at=soon)
    actions.reply(topic, sam, "And to whom?", at=soon)
    actions.reply(topic, joan, "An hour", tip=tip, at=soon)
    assert sweeps.tell_followers(at=NOW + timedelta(hours=2)) == 0
    assert sweeps.tell_followers(at=TOMORROW) == 1
    told = Message.objects.get(kind=Message.Kind.PROGRESS)
    assert told.participation == world.joan
    assert "How long?" in told.text
    assert "And to whom?" in told.text
    assert "An hour" not in told.text
    assert f"[[page]]spaces/{topic.space_id}/topics/{topic.pk}/" in told.text
    assert sweeps.tell_followers(at=TOMORROW + timedelta(days=2)) == 0


def test_who_wants_less_is_told_later_with_what_came(
    topic: Topic, joan: Voice, sam: Voice, world: World
) -> None:
    actions.follow(topic, joan, wanted=True, at=NOW)
    actions.reply(topic, sam, "How long?", at=NOW + timedelta(minutes=1))
    world.joan.person.wants_less_at = NOW
    world.joan.person.save()
    assert sweeps.tell_followers(at=TOMORROW) == 0
    assert Speaker.objects.get(voice=joan).told_to == NOW
    world.joan.person.wants_less_at = None
    world.joan.person.save()
    assert sweeps.tell_followers(at=TOMORROW + timedelta(hours=1)) == 1


def test_members_name_tips_among_themselves_and_follow_by_mail(world: World) -> None:
    topic = start_peer_topic(world.workspace, "Your favourite tip?", by=world.lead, at=NOW)
    actions.name_tip(topic, world.member, TipDraft("Listen", named=True), at=NOW)
    actions.follow(topic, world.member, wanted=True, at=NOW)
    actions.reply(topic, world.lead, "How long?", at=NOW + timedelta(minutes=1))
    assert sweeps.tell_followers(at=TOMORROW) == 1
    sent = mail.outbox[-1]
    assert sent.to == [world.member.email]
    assert "How long?" in sent.body
    assert isinstance(sent, EmailMultiAlternatives)
    assert "[[" not in sent.body + str(sent.alternatives)
    assert Speaker.objects.get(user=world.member).told_as == sent.extra_headers["Message-ID"]


def test_the_same_reply_pressed_twice_is_one(topic: Topic, sam: Voice) -> None:
    assert actions.reply(topic, sam, "Yes", at=NOW) == actions.reply(topic, sam, "Yes", at=NOW)
    topic.refresh_from_db()
    assert topic.replies_count == 1


def test_what_is_taken_back_leaves_the_replies_of_others(
    topic: Topic, joan: Voice, sam: Voice
) -> None:
    tip = actions.name_tip(topic, joan, TipDraft("Listen"), at=NOW)
    said = actions.reply(topic, sam, "How long?", tip=tip, at=NOW)
    actions.take_tip_back(tip, at=NOW)
    said.refresh_from_db()
    assert said.tip is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 302), ("co_lead", 302), ("member", 302), ("contributor", 404), ("outsider", 404)],
)
def test_who_asked_among_members_and_who_leads_there_close_it(
    world: World, client: Client, who: str, status: int
) -> None:
    among = start_peer_topic(world.workspace, "Your one tip?", by=world.member, at=NOW)
    client.force_login(getattr(world, who))
    answered = client.post(reverse("ideas:member_topic_closed", args=[among.pk]))
    among.refresh_from_db()
    assert (answered.status_code, among.is_open) == (status, status == 404)


def test_closed_among_members_it_takes_no_tip_until_it_is_opened_again(
    world: World, client: Client
) -> None:
    among = start_peer_topic(world.workspace, "Your one tip?", by=world.member, at=NOW)
    client.force_login(world.member)
    page = client.post(reverse("ideas:member_topic_closed", args=[among.pk]), follow=True)
    assert "Name your one favourite tip" not in page.content.decode()
    client.post(reverse("ideas:member_tip", args=[among.pk]), {"words": "Listen"})
    assert not Tip.objects.exists()
    page = client.post(reverse("ideas:member_topic_opened", args=[among.pk]), follow=True)
    assert "Name your one favourite tip" in page.content.decode()


def test_taken_back_it_is_a_deed_no_more(topic: Topic, joan: Voice, world: World) -> None:
    tip = actions.name_tip(topic, joan, TipDraft("Listen"), at=NOW)
    deed = Evidence.objects.get(participation_id=world.joan.pk, kind="did")
    assert actions.take_tip_back(tip, at=NOW)
    assert Evidence.objects.get(corrects=deed.id).value is None
