"""Mails to others repeat ideas, tips and replies: what their author mends, takes back or has erased
is mended there too, whether they left or not (privacy.md 4, 13)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas import actions, sweeps
from earnest.ideas.actions import tips
from earnest.ideas.actions.tips import TipDraft
from earnest.ideas.models import Idea, TopicReply
from earnest.ideas.tests import asking
from earnest.ideas.tests.spaces import idea_of, named_space, voice_of
from earnest.messaging.models import Message
from earnest.pages.erasure import erase_person
from earnest.pages.tests.test_erasing import found
from earnest.plans.actions import mend_idea
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


def mail_to_sam(world: World) -> str:
    return "\n".join(
        f"{one.text}\n{one.html}" for one in Message.objects.filter(participation=world.sam)
    )


def told_of_a_change(world: World) -> Idea:
    """Sam is for Joan's idea, and was written her new words; his stands with hers as one."""
    space = named_space(world)
    idea = idea_of(voice_of(space, world.joan), "Paint the ibis line")
    sam = voice_of(space, world.sam)
    actions.support_idea(idea, sam, at=NOW)
    actions.reword_idea(idea, "Ibises everywhere", at=NOW)
    sweeps.tell_supporters(at=NOW + timedelta(hours=2))
    idea.refresh_from_db()
    actions.merge_ideas(idea, idea_of(sam, "Birds on walls"), by=world.lead, at=NOW)
    assert mail_to_sam(world).count("Ibises everywhere") == 4
    return idea


def replied(world: World) -> TopicReply:
    """Joan's tip and her reply, as Sam, who follows, was mailed of them."""
    topic = asking.a_topic(world, kind="tips")
    joan, sam = asking.voice_of(topic, world.joan), asking.voice_of(topic, world.sam)
    tip = tips.name_tip(topic, joan, TipDraft(f"Ibis {'x' * 200}"), at=NOW)
    tips.follow(topic, sam, wanted=True, at=NOW)
    said = tips.reply(topic, joan, "Ibis first", tip=tip, at=NOW + timedelta(hours=1))
    assert sweeps.tell_followers(at=LATER) == 1
    assert "“Ibis first”" in mail_to_sam(world)
    return said


def test_an_idea_mended_reads_anew_in_mails_to_who_is_for_it(world: World) -> None:
    mend_idea(told_of_a_change(world), "Two lines", at=LATER)
    assert "Ibises" not in mail_to_sam(world)
    assert mail_to_sam(world).count("Two lines") == 4


def test_an_idea_taken_back_stands_in_no_mail(world: World) -> None:
    mend_idea(told_of_a_change(world), "", at=LATER)
    assert "Ibises" not in mail_to_sam(world)
    assert "Birds on walls" in mail_to_sam(world)


def test_a_reply_and_a_tip_taken_back_stand_in_no_mail(world: World) -> None:
    said = replied(world)
    tips.take_reply_back(said, at=LATER)
    assert "Ibis first" not in mail_to_sam(world)
    assert said.tip
    tips.take_tip_back(said.tip, at=LATER)
    assert "Ibis" not in mail_to_sam(world)


def test_erased_their_words_go_from_mails_to_others(world: World) -> None:
    told_of_a_change(world)
    replied(world)
    erase_person(world.joan.person, by=None, at=LATER)
    assert found(["Ibis", "Joan"]) == []
    assert "Birds on walls" in mail_to_sam(world)
