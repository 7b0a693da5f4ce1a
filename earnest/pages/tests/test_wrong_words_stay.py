"""What cannot be taken stands where it was typed, with the sentence beside it (open questions)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.ideas.actions import tips as peers
from earnest.ideas.actions.tips import TipDraft
from earnest.ideas.actions.topics import start_peer_topic
from earnest.ideas.models import Tip, Topic
from earnest.ideas.tests.asking import a_topic, answer, voice_of
from earnest.pages.tests.own import opened
from tests.worlds import World

pytestmark = pytest.mark.django_db
TOO_LONG = "That is more than 2,000 characters."
MUCH = "much " * 500


def drawer_of(page: str, said: str) -> str:
    """The one thing to fold open in which this stands, as it is open now."""
    found: list[str] = [
        one for one in re.findall(r"<details open>.*?</details>", page, re.S) if said in one
    ]
    assert len(found) == 1, "beside its own words, and there alone"
    assert page.count(said) == 1
    return found[0]


def a_tip(topic: Topic, world: World) -> Tip:
    return peers.name_tip(topic, voice_of(topic, world.sam), TipDraft("Listen"), at=now())


def test_other_words_for_an_answer(client: Client, world: World) -> None:
    topic = a_topic(world)
    said = answer(topic, world.joan, "Rest")
    at = f"{opened(client, world.joan)}spaces/{topic.space_id}/topics/{topic.pk}/"
    page = client.post(f"{at}answers/{said.pk}/meant/", {"words": " "})
    assert page.status_code == 400
    drawer_of(page.content.decode(), "Write a word or two first.")
    page = client.post(f"{at}answers/{said.pk}/meant/", {"words": MUCH})
    assert MUCH in drawer_of(page.content.decode(), TOO_LONG)


def test_a_reply_under_a_tip_on_a_phone(client: Client, world: World) -> None:
    topic = a_topic(world, kind="tips")
    tip = a_tip(topic, world)
    at = f"{opened(client, world.joan)}spaces/{topic.space_id}/topics/{topic.pk}/"
    page = client.post(f"{at}replied/", {"words": MUCH, "tip": tip.pk})
    assert page.status_code == 400
    assert MUCH in drawer_of(page.content.decode(), TOO_LONG)


def test_a_reply_of_who_leads_it(client: Client, world: World) -> None:
    topic = a_topic(world, kind="tips")
    tip = a_tip(topic, world)
    client.force_login(world.lead)
    page = client.post(f"/topics/{topic.pk}/replied/", {"words": MUCH, "tip": tip.pk})
    assert MUCH in drawer_of(page.content.decode(), TOO_LONG)


def test_members_take_their_own_reply_back(client: Client, world: World) -> None:
    topic = start_peer_topic(world.workspace, "Your one tip?", by=world.lead, at=now())
    own = peers.reply(topic, world.member, "Ask first", at=now())
    theirs = peers.reply(topic, world.lead, "Wait first", at=now())
    client.force_login(world.member)
    page = client.get(f"/playbook/{topic.pk}/").content.decode()
    found = re.findall(rf'action="([^"]*/replies/({own.pk}|{theirs.pk})/[^"]*)"', page)
    assert [int(pk) for _address, pk in found] == [own.pk]
    client.post(found[0][0])
    assert "Ask first" not in client.get(f"/playbook/{topic.pk}/").content.decode()
