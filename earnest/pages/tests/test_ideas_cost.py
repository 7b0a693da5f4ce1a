"""Pages of ideas cost fifteen queries at most, however many ideas there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.ideas import actions
from earnest.ideas.models import BuildsOn, Idea, Space, Support
from earnest.ideas.tests.spaces import idea_of, named_space, voice_of
from earnest.pages.tests.own import opened
from tests.worlds import NOW, World

MANY = 120


def full(world: World) -> Space:
    """Many ideas of both, half of them grown from others, some merged, supported and changed."""
    space = named_space(world)
    joan, sam = voice_of(space, world.joan), voice_of(space, world.sam)
    first = idea_of(joan, "Paint the ibis line")
    other = idea_of(sam, "A painted line")
    actions.support_idea(other, joan, at=NOW)
    actions.reword_idea(other, "A line, painted", at=NOW)
    actions.merge_ideas(first, other, by=world.lead, at=NOW)
    about = {"initiative": world.initiative, "space": space, "on": NOW.date()}
    sams = {**about, "voice": sam, "participation": world.sam}
    more = Idea.objects.bulk_create(Idea(**sams, words=f"Idea {n}") for n in range(MANY))
    grown = Idea.objects.bulk_create(
        Idea(**sams, words=f"And {one.words}", root=first) for one in more
    )
    BuildsOn.objects.bulk_create(BuildsOn(idea=one, of=first) for one in grown)
    Support.objects.bulk_create(Support(idea=one, voice=joan, on=NOW.date()) for one in more)
    return space


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked)


@pytest.mark.django_db
def test_every_page_of_ideas_costs_fifteen_queries_at_most(
    client: Client, world: World, subtests: pytest.Subtests
) -> None:
    space = full(world)
    first = space.ideas.get(words="Paint the ibis line")
    there = f"{opened(client, world.joan)}spaces/{space.pk}/"
    lead = Client()
    lead.force_login(world.lead)
    pages = [(client, f"{there}{more}") for more in ("", "ideas/", "ideas/own/")]
    pages.append((client, f"{there}ideas/{first.pk}/"))
    pages.append((lead, f"/initiatives/{world.initiative.pk}/spaces/"))
    pages += [(lead, f"/spaces/{space.pk}/{more}") for more in ("", "invite/", "ideas/")]
    pages += [(lead, f"/ideas/{first.pk}/"), (lead, f"/ideas/{first.pk}/became/")]
    for who, address in pages:
        with subtests.test(address):
            assert cost(who, address) <= 15
