"""A mail that answers an open question is an answer, a tip or a reply (1.1, 1.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas.actions.asking import ask_everyone
from earnest.ideas.actions.tips import follow, reply
from earnest.ideas.actions.topics import close_topic, start_peer_topic
from earnest.ideas.models import Answer, Speaker, Tip, TopicReply
from earnest.ideas.tests.asking import a_topic
from earnest.intake.actions import receive
from earnest.intake.models import Inbound
from earnest.intake.tests.mails import mail
from earnest.listening.models import Conversation
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=1)


def asked(world: World, *, kind: str = "answers", names: bool = True) -> str:
    """Joan was asked by mail; the Message-ID of that mail."""
    topic = a_topic(world, kind=kind, names=names)
    ask_everyone(topic, "", by=world.lead, at=NOW)
    world.joan.messages.update(state="sent", sent_at=NOW)
    return world.joan.messages.get().message_id


def test_a_line_by_mail_is_an_answer_for_the_leads_alone(world: World) -> None:
    to = asked(world)
    inbound = receive(mail("More rest on Fridays.\n", answers=to), at=SOON)
    said = Answer.objects.get()
    assert inbound.kind == Inbound.Kind.WORDS
    assert (said.words, said.passing) == ("More rest on Fridays.", "leads")
    assert not Conversation.objects.exists()


def test_the_first_mail_to_a_question_for_tips_names_the_tip_the_next_replies(
    world: World,
) -> None:
    to = asked(world, kind="tips")
    receive(mail("Listen.\n", answers=to), at=SOON)
    second = mail("And then wait.\n", answers=to).replace(b"Message-ID: <", b"Message-ID: <again-")
    receive(second, at=SOON)
    assert Tip.objects.get().words == "Listen."
    assert not Tip.objects.get().in_playbook
    assert TopicReply.objects.get().words == "And then wait."


@pytest.mark.parametrize("names", [False])
def test_a_mail_to_a_question_without_names_is_no_answer_to_it(world: World, names: bool) -> None:
    """It carries a name: it is kept as what they wrote in their own hand."""
    to = asked(world, names=names)
    receive(mail("More rest.\n", answers=to), at=SOON)
    assert not Answer.objects.exists()
    assert Conversation.objects.get().notes == "More rest."


def test_a_mail_to_a_closed_question_is_kept_as_their_own_words(world: World) -> None:
    to = asked(world)
    topic = a_topic(world)
    close_topic(topic, by=world.lead, at=NOW)
    receive(mail("More rest.\n", answers=to), at=SOON)
    assert not Answer.objects.exists()
    assert Conversation.objects.get().notes == "More rest."


def test_a_member_replies_by_mail_from_their_own_address_alone(world: World) -> None:
    topic = start_peer_topic(world.workspace, "Your tip?", by=world.lead, at=NOW)
    follow(topic, world.member, wanted=True, at=NOW)
    Speaker.objects.filter(user=world.member).update(told_as="<topic.1.2@localhost>")
    other = mail("Not mine.\n", answers="<topic.1.2@localhost>", sender="joan@example.org")
    receive(other, at=SOON)
    assert not TopicReply.objects.exists()
    own = mail("Yes, daily.\n", answers="<topic.1.2@localhost>", sender=world.member.email)
    receive(own.replace(b"Message-ID: <", b"Message-ID: <own-"), at=SOON)
    said = TopicReply.objects.get()
    assert (said.words, said.speaker.user if said.speaker else None) == (
        "Yes, daily.",
        world.member,
    )
    assert reply(topic, world.member, "Yes, daily.", at=SOON) == said
