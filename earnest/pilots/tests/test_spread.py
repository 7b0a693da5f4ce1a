"""How it spreads, over the tree and over time: leads see each part, others parts of five (3.18)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.people.models import Team
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Asker, Wish, ask_for_it
from earnest.pilots.charts.spread import picture_of
from earnest.pilots.models import CardVersion, Pilot
from earnest.pilots.queries.spread import MOST_PARTS, Spread, spread_of
from earnest.pilots.tests.carded import HELPED, a_card, a_pilot, measured, shown
from earnest.pilots.tests.piloted import a_team
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def seen(world: World, *, leads: bool = True) -> Spread:
    return spread_of(world.initiative, today=NOW.date(), leads=leads)


def asks(world: World, version: CardVersion, team: Team) -> None:
    ask_for_it(version, Asker(world.joan), Wish(team.name, "Why not", team), at=NOW)


def test_parts_stand_in_the_order_of_the_tree(world: World) -> None:
    site = a_team(world, "Site", people_in=2)
    south = a_team(world, "South desk", parent=site, people_in=6)
    a_team(world, "West", people_in=1)
    measured(a_pilot(world, team=south), HELPED)
    rows = seen(world).rows
    assert [(row.name, row.depth, row.people) for row in rows] == [
        ("Site", 0, 8),
        ("South desk", 1, 6),
    ]
    assert rows[1].ran[0].became == "helped"
    assert seen(world).bare == 2


def test_what_runs_and_tells_nothing_yet_is_said_to_run(world: World) -> None:
    pilot = a_pilot(world)
    assert seen(world).rows[0].ran[0].became == "running"
    Pilot.objects.filter(pk=pilot.pk).update(ended_at=NOW)
    assert seen(world).rows[0].ran[0].became == "early"
    Pilot.objects.filter(pk=pilot.pk).update(ended_at=None, stopped_at=NOW, why="Too slow")
    assert seen(world).rows[0].ran[0].became == "stopped"


def test_what_a_small_part_asked_for_stands_above_it_for_others(world: World) -> None:
    pilot = a_pilot(world)
    publish_card(card := a_card(world, pilot), "initiative", by=world.lead, at=NOW)
    site = a_team(world, "Site", people_in=5)
    small = a_team(world, "Two of us", parent=site, people_in=2)
    asks(world, shown(card), small)
    by_name = {row.name: row for row in seen(world).rows}
    assert by_name["Two of us"].asked == [NOW.date()]
    assert by_name["Two of us"].people is None
    for_others = {row.name: row for row in seen(world, leads=False).rows}
    assert "Two of us" not in for_others
    assert for_others["Site"].asked == [date(2026, 11, 1)]


def test_others_read_what_came_of_it_by_the_published_card(world: World) -> None:
    pilot = a_pilot(world)
    assert seen(world, leads=False).rows[0].ran[0].became == "running"
    measured(pilot, HELPED)
    assert seen(world, leads=False).rows[0].ran[0].became == "running"
    publish_card(a_card(world, pilot), "initiative", by=world.lead, at=NOW)
    assert seen(world, leads=False).rows[0].ran[0].became == "helped"


def test_people_are_counted_from_five_on(world: World) -> None:
    pilot = a_pilot(world, people_count=4)
    assert seen(world).people is None
    Pilot.objects.filter(pk=pilot.pk).update(people_count=5)
    assert seen(world).people == 5


def test_the_picture_says_in_words_what_it_shows(world: World) -> None:
    assert picture_of(seen(world)) is None
    measured(a_pilot(world), HELPED)
    drawn = picture_of(seen(world))
    assert drawn is not None
    assert (
        drawn.words == "Asked for: 0. Begun: 1. Helped: 1. 6 people are in parts where one began."
    )
    assert drawn.lines[0].bars[0].became == "helped"


def test_more_parts_than_the_picture_holds_are_all_in_the_table(
    client: Client, world: World
) -> None:
    for number in range(MOST_PARTS + 3):
        a_pilot(world, f"Desk {number:03}")
    spread = seen(world)
    drawn = picture_of(spread)
    assert drawn is not None
    assert (len(drawn.lines), spread.more) == (MOST_PARTS, 3)
    client.force_login(world.lead)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/initiatives/{world.initiative.pk}/spread/").text
    assert len(queries) <= 15
    assert "3 more parts do not fit into the picture" in page
    assert '<th scope="row">Desk 082</th>' in page
