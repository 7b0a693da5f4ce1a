"""What tests of open questions begin with: topics with names and without, and who answers them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from earnest.ideas.access.spaces import key_hash, token_of
from earnest.ideas.actions import tips as peers
from earnest.ideas.actions.answers import Said, give_answer
from earnest.ideas.actions.spaces import speak
from earnest.ideas.actions.tips import TipDraft
from earnest.ideas.actions.topics import TopicDraft, start_peer_topic, start_topic
from earnest.ideas.models import Answer, Topic, Voice
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.people import actions as people
from tests.worlds import NOW, World

SHIFTS = (
    "The night shift needs a second person",
    "A second person on the night shift",
    "Put a second nurse on the night shift",
    "Two people on every night shift please",
    "The night shift cannot be one person",
)
FORMS = (
    "The intake form is too long",
    "Shorten the intake form",
    "Nobody reads the long intake form",
    "The intake form asks the same thing twice",
    "Make the intake form one page",
)


def a_topic(world: World, *, names: bool = True, kind: str = "answers") -> Topic:
    draft = TopicDraft("What would make your work easier?", kind, names=names)
    return start_topic(world.initiative, draft, by=world.lead, at=NOW)


def voice_of(topic: Topic, who: Participation | str) -> Voice:
    """A person's, or that of a browser with this secret."""
    assert topic.space
    person = None if isinstance(who, str) else who
    key = key_hash(who) if isinstance(who, str) else ""
    return speak(topic.space, participation=person, key_hash=key, at=NOW)


def answer(
    topic: Topic, who: Participation | str, words: str, *, passing: str = "unnamed", after: int = 0
) -> Answer:
    at = NOW + timedelta(minutes=after)
    return give_answer(topic, voice_of(topic, who), Said(words, passing), at=at)


def colleagues(world: World, count: int) -> list[Participation]:
    """More people on the initiative."""
    named = [people.Named(f"Colleague {n}", f"c{n}@example.org") for n in range(count)]
    added = people.add_people(world.workspace, named, by=world.lead, at=NOW)
    return [
        initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=NOW)
        for one in added
    ]


def furnish_topics(world: World) -> dict[str, Any]:
    """One of each thing of open questions that has an address."""
    topic, tips = a_topic(world), a_topic(world, kind="tips")
    unnamed = a_topic(world, names=False)
    said, unsaid = answer(topic, world.joan, "Rest"), answer(unnamed, "browser", "Rest")
    voice = voice_of(tips, world.joan)
    tip = peers.name_tip(tips, voice, TipDraft("Listen"), at=NOW)
    reply = peers.reply(tips, voice, "Every day", at=NOW)
    among = start_peer_topic(world.workspace, "Your one tip?", by=world.lead, at=NOW)
    members = peers.name_tip(among, world.member, TipDraft("Ask"), at=NOW)
    assert unnamed.space
    return {
        "topic": topic.pk,
        "topic_space": topic.space_id,
        "topic_tips": tips.pk,
        "topic_tip": tip.pk,
        "topic_reply": reply.pk,
        "topic_answer": said.pk,
        "topic_group": topic.groups.create(name="Rest").pk,
        "topic_unnamed": unnamed.pk,
        "topic_answer_unnamed": unsaid.pk,
        "topic_token": token_of(unnamed.space),
        "topic_state": "followed",
        "member_topic": among.pk,
        "member_tip": members.pk,
        "member_reply": peers.reply(among, world.member, "Yes", at=NOW).pk,
    }
