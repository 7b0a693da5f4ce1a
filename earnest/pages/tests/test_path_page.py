"""The path with what the record says beside each stage (1.16)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Stage
from earnest.listening.tests.asked import an_ask, invite
from earnest.pilots.models import Pilot
from earnest.pilots.tests.carded import a_card
from earnest.practice.models import Lesson
from earnest.standing import actions as standing
from tests.worlds import NOW, World


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def page(lead: Client, world: World) -> str:
    html = lead.get(f"/initiatives/{world.initiative.pk}/path/").content.decode()
    return " ".join(html.split())


def test_each_stage_stands_with_what_must_be_true_and_what_is_on_record(
    lead: Client, world: World
) -> None:
    standing.note_heard(world.joan, at=NOW)
    html = page(lead, world)
    assert "Those whose work it changes were asked before anything was decided" in html
    assert "1 of 2 people were heard" in html
    for words in (
        "no ask waits for its answer",
        "no need was named yet",
        "no proposal came yet",
        "nobody did it yet",
        "no reply of ours is open",
        "no version of the plan is published yet",
        "no pilot has begun",
        "no lesson was taught yet",
        "nothing to try was offered yet",
        "no other part has asked for it yet",
    ):
        assert words in html


def test_the_record_is_counted_from_what_happened(lead: Client, world: World) -> None:
    invite(world, world.joan, an_ask(world))
    world.initiative.versions.create(number=1, summary="First", published_at=NOW, told_at=NOW)
    pilot = Pilot.objects.create(
        initiative=world.initiative,
        part="North",
        what="One list",
        stop_if="Twice the calls",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        started_at=NOW,
    )
    version = a_card(world, pilot).versions.create(number=1, readers="initiative", published_at=NOW)
    version.requests.create(
        initiative=world.initiative, participation=world.sam, part="South", why="So do we", at=NOW
    )
    Lesson.objects.create(
        initiative=world.initiative,
        title="One list",
        taught_on=NOW.date(),
        made_at=NOW,
        changed_at=NOW,
        there=4,
        came_up_for=2,
        used_by=1,
    )
    standing.record_evidence(world.joan, standing.Fact("did", 1, "said yes"), at=NOW)
    html = page(lead, world)
    for words in (
        "one version of the plan, published on",
        "one pilot, begun on",
        "1 running, 0 over",
        "one lesson; somebody was there 4 times",
        "it came up for 2 of them, and 1 used it",
        "one person did it",
        "one other part asked for it",
    ):
        assert words in html


def test_a_stage_of_ones_own_stands_without_a_record(lead: Client, world: World) -> None:
    world.initiative.stages.all().delete()
    lead.post(
        f"/initiatives/{world.initiative.pk}/stages/",
        {"name": "Signed", "must_be_true": "The board signed", "kind": ""},
    )
    html = page(lead, world)
    assert "The board signed" in html
    assert "What the record says" not in html


def test_the_first_that_is_neither_reached_nor_left_out_is_where_one_is(
    lead: Client, world: World
) -> None:
    heard, shaped = world.initiative.stages.all()[:2]
    initiatives.mark_reached(heard, reached=True, by=world.lead, at=NOW)
    initiatives.leave_stage_out(shaped, out=True, by=world.lead, at=NOW)
    html = page(lead, world)
    assert html.index("left out") < html.index("Small pilot") < html.index("you are here")


def test_without_stages_the_way_of_five_is_offered(lead: Client, world: World) -> None:
    world.initiative.stages.all().delete()
    assert "Take these five stages" in page(lead, world)
    lead.post(f"/initiatives/{world.initiative.pk}/stages/taken/")
    assert [one.kind for one in world.initiative.stages.all()] == list(Stage.Kind)


def test_the_page_costs_the_same_however_long_the_path(lead: Client, world: World) -> None:
    page(lead, world)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(lead, world)
    for n in range(20):
        initiatives.add_stage(
            world.initiative, name=f"Stage {n}", must_be_true="", by=world.lead, at=NOW, kind="grow"
        )
    with CaptureQueriesContext(connection) as many:
        page(lead, world)
    assert len(many) == len(few) <= 15
