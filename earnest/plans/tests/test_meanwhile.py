"""What somebody else did in the meantime: merged, published, wanted no news. A sentence, no error."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.messaging.models import Message
from earnest.plans import actions
from earnest.plans.actions import Answer, ChangedMeanwhile, NobodysAnyMore, Publication, connecting
from earnest.plans.queries import next_version
from earnest.plans.tests.given import a_need, a_quote
from earnest.plans.tests.planned import a_part, publish
from tests.worlds import NOW, World


def test_a_need_merged_while_it_was_answered_is_answered_by_nobody(world: World) -> None:
    need, into = a_need(world, world.joan), a_need(world, world.sam, words="rest")
    connecting.merge_needs(into, [need], by=world.lead, at=NOW)
    with pytest.raises(NobodysAnyMore):
        actions.reply(need, Answer("used"), by=world.lead, at=NOW)


@pytest.mark.parametrize("number", [0, 7])
def test_a_number_nobody_looked_at_is_not_published(world: World, number: int) -> None:
    a_part(world)
    mark = next_version(world.initiative).mark
    said = Publication(number, mark, "Forged")
    with pytest.raises(ChangedMeanwhile):
        actions.publish(world.initiative, said, by=world.lead, at=NOW)


def test_a_forged_number_brings_the_page_back(client: Client, world: World) -> None:
    a_part(world)
    client.force_login(world.lead)
    sent = {"number": "0", "mark": "x", "summary": "Forged", "publish": ""}
    page = client.post(f"/initiatives/{world.initiative.pk}/plan/publish/", sent)
    assert "The plan changed while you looked" in page.content.decode()


def test_news_that_waits_leaves_no_more_once_they_want_none(world: World) -> None:
    a_quote(world.joan)
    a_part(world)
    publish(world)
    actions.stop_news(world.joan, at=NOW)
    assert Message.objects.get().state == "withdrawn"
    actions.want_news(world.joan, at=NOW)
    a_part(world, "One list")
    publish(world, "The second")
    assert Message.objects.latest("pk").state == "waiting"
