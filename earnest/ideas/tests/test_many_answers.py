"""Ten thousand answers: the pages of a question cost as much as those of twenty."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from benchmarks.measure import count
from earnest.ideas.models import Answer, Speaker, Tip, Topic
from earnest.ideas.tests.asking import a_topic, voice_of
from earnest.initiatives import actions as initiatives
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
MOST, MANY, FEW, GROUPS = 15, 10_000, 20, 10


def filled(world: World, answers: int) -> Topic:
    """So many answers of so many speakers, in ten groups, laid as rows."""
    topic = a_topic(world)
    topic.answers.all().delete()
    topic.groups.all().delete()
    topic.speakers.all().delete()
    groups = [topic.groups.create(name=f"Group {n}", kept=True) for n in range(GROUPS)]
    speakers = [Speaker(pk=n, topic=topic) for n in range(1, answers + 1)]
    Speaker.objects.bulk_create(speakers, batch_size=2000)
    rows = [
        Answer(
            pk=n,
            topic=topic,
            speaker_id=n,
            words=f"Words {n}",
            on=NOW.date(),
            passing="unnamed",
            group=groups[n % GROUPS] if n % 5 else None,
        )
        for n in range(1, answers + 1)
    ]
    Answer.objects.bulk_create(rows, batch_size=2000)
    for group in groups:
        group.size = group.people = answers // GROUPS
        group.save()
    voice = voice_of(topic, world.joan)
    Speaker.objects.filter(pk=1).update(voice=voice)
    return topic


def counted(world: World, topic: Topic) -> dict[str, int]:
    lead, joan = Client(), Client()
    lead.force_login(world.lead)
    secret = initiatives.make_link(world.joan, by=world.lead, at=NOW)
    joan.get(reverse("pages:open_link", args=[secret]))
    group = topic.groups.order_by("pk")[1]
    own = [world.joan.pk, topic.space_id, topic.pk]
    return {
        "questions": count(lead, reverse("ideas:topics", args=[world.initiative.pk])),
        "question": count(lead, reverse("ideas:topic", args=[topic.pk])),
        "group": count(lead, reverse("ideas:group", args=[group.pk])),
        "alone": count(lead, reverse("ideas:alone", args=[topic.pk])),
        "phone": count(joan, reverse("pages:mine_topic", args=own)),
    }


def test_pages_of_a_question_cost_as_many_queries_at_any_size(world: World) -> None:
    few = counted(world, filled(world, FEW))
    many = counted(world, filled(world, MANY))
    assert many == few
    assert max(many.values()) <= MOST


def test_every_answer_of_a_group_is_reached_page_by_page(world: World) -> None:
    topic = filled(world, 1200)
    group = topic.groups.order_by("pk")[1]
    lead, seen, key = Client(), 0, ""
    lead.force_login(world.lead)
    for _page in range(10):
        page = lead.get(reverse("ideas:group", args=[group.pk]), {"before": key}).context["page"]
        seen += len(page.rows)
        key = page.next_key
        if not key:
            break
    assert seen == group.answers.count()


def test_the_pages_of_tips_cost_as_many_queries_at_any_size(world: World) -> None:
    topic = a_topic(world, kind="tips")
    member = Client()
    member.force_login(world.member)
    found = []
    for more in (FEW, 500):
        start = Tip.objects.count() + 1
        keys = range(start, start + more)
        Speaker.objects.bulk_create(
            [Speaker(pk=n, topic=topic, voice=None, user=None) for n in keys]
        )
        Tip.objects.bulk_create(
            [
                Tip(
                    pk=n,
                    topic=topic,
                    speaker_id=n,
                    words=f"Tip {n}",
                    on=NOW.date(),
                    in_playbook=True,
                )
                for n in keys
            ]
        )
        lead = Client()
        lead.force_login(world.lead)
        found.append(
            (
                count(lead, reverse("ideas:topic", args=[topic.pk])),
                count(member, reverse("ideas:playbook")),
            )
        )
    assert found[0] == found[1]
    assert max(found[1]) <= MOST
