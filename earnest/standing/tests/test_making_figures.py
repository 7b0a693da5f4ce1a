"""Figures in groups as the clock makes them: once a week, of people who stay in their group."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.pages.erasure import erase_from_initiative, take_off
from earnest.people.models import Person, Team
from earnest.standing import actions, queries, sweeps
from earnest.standing.models import Counted, Figure, Group, Look
from earnest.standing.tests.attackers import Kept, could_be, sums_and_differences
from earnest.standing.tests.crowded import EveryWeek, crowd, does, says, takes_it_back
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def make(world: World, *, at: datetime = NOW) -> int:
    return actions.make_figures(world.initiative, at=at, draw=EveryWeek())


def figures(kind: str = "said") -> list[tuple[int, int]]:
    rows = Figure.objects.filter(kind=kind).select_related("group").order_by("pk")
    return [(one.count, one.group.people) for one in rows]


def test_a_large_team_is_a_group_and_small_ones_are_put_together(world: World) -> None:
    there = crowd(world, {"South": 12, "North": 6, "Night": 5}, at=NOW)
    says(*there["South"][:4], *there["North"][:3], *there["Night"][:2], at=NOW)
    make(world)
    shown = queries.groups_shown(world.initiative)
    assert [(one.name, one.people) for one in shown.groups] == [
        ("Night, North, people without a team", 13),  # and Joan and Sam
        ("South", 12),
    ]
    assert [one.said.count for one in shown.groups if one.said] == [5, 4]


def test_where_all_or_none_are_alike_nothing_is_shown(world: World) -> None:
    there = crowd(world, {"South": 12, "North": 12}, at=NOW)
    says(*there["South"], there["North"][0], at=NOW)
    assert make(world) == 0
    assert not Group.objects.exists()
    assert Look.objects.get().waiting == 26


def test_who_leads_to_a_later_figure_are_five_at_least(world: World) -> None:
    there = crowd(world, {"South": 20}, at=NOW)["South"]
    says(*there[:4], at=NOW)
    make(world)
    says(*there[4:8], at=NOW)
    assert make(world, at=NOW + A_WEEK) == 0
    says(there[8], at=NOW)
    assert make(world, at=NOW + 2 * A_WEEK) == 1
    assert figures() == [(4, 22), (9, 22)]


def test_newcomers_wait_until_they_are_a_group_of_their_own(world: World) -> None:
    there = crowd(world, {"South": 12}, at=NOW)["South"]
    says(*there[:4], at=NOW)
    make(world)
    later = crowd(world, {"South": 6}, at=NOW + A_WEEK)["South"]
    says(*later[:3], at=NOW)
    assert make(world, at=NOW + A_WEEK) == 0
    assert Look.objects.get().waiting == 6
    more = crowd(world, {"South": 5}, at=NOW + 2 * A_WEEK)["South"]
    assert make(world, at=NOW + 2 * A_WEEK) == 1
    assert {one.counted.group_id for one in (*later, *more)} == {Group.objects.latest("pk").pk}


@pytest.mark.parametrize("how", ["erased", "off", "stopped", "erased directly"])
def test_who_leaves_stays_counted_as_they_were_last(world: World, how: str) -> None:
    there = crowd(world, {"South": 12}, at=NOW)["South"]
    says(*there[:4], at=NOW)
    make(world)
    leave(there[0], how, world)
    says(*there[4:9], at=NOW)
    make(world, at=NOW + A_WEEK)
    assert figures() == [(4, 14), (9, 14)]
    assert Counted.objects.filter(rests=True, said=True).count() == 1
    assert Group.objects.get().here == 13


def leave(one: Participation, how: str, world: World) -> None:
    one = Participation.objects.select_related("initiative__workspace", "person").get(pk=one.pk)
    match how:
        case "erased":
            erase_from_initiative(one, by=world.lead, at=NOW)
        case "off":
            take_off(one, by=world.lead, at=NOW)
        case "stopped":
            initiatives.say_wish(one, initiatives.Wish.NOT_THIS, at=NOW)
        case _:
            actions.erase_record(one.pk)


def test_whoever_is_erased_is_pointed_to_no_more(world: World) -> None:
    there = crowd(world, {"South": 12}, at=NOW)["South"]
    says(*there[:4], at=NOW)
    make(world)
    leave(there[0], "erased", world)
    assert not Counted.objects.filter(participation=there[0]).exists()
    assert Counted.objects.count() == 14


def test_who_changes_team_stays_in_their_group(world: World) -> None:
    there = crowd(world, {"South": 12, "North": 12}, at=NOW)
    says(*there["South"][:4], *there["North"][:4], at=NOW)
    make(world)
    moved = there["South"][0]
    Person.objects.filter(pk=moved.person_id).update(team=Team.objects.get(name="North"))
    group = moved.counted.group_id
    make(world, at=NOW + A_WEEK)
    assert Counted.objects.get(participation=moved).group_id == group
    assert len(figures()) == 2


def test_figures_are_made_on_the_first_day_of_the_week_where_the_workspace_is(
    world: World,
) -> None:
    """It is Friday; in Amsterdam Monday begins on Sunday at eleven in the evening by UTC."""
    assert sweeps.make_figures(at=NOW, draw=EveryWeek()) == 0
    first = Look.objects.get(initiative=world.initiative).at
    says(*crowd(world, {"South": 12}, at=NOW)["South"][:4], at=NOW)
    sunday = NOW.replace(day=22, hour=22, minute=30)
    assert sweeps.make_figures(at=sunday, draw=EveryWeek()) == 0
    assert Look.objects.get(initiative=world.initiative).at == first
    assert sweeps.make_figures(at=sunday + timedelta(hours=1), draw=EveryWeek()) == 1
    assert sweeps.make_figures(at=sunday + timedelta(hours=30), draw=EveryWeek()) == 0


def test_of_what_is_closed_no_figure_is_made(world: World) -> None:
    says(*crowd(world, {"South": 12}, at=NOW)["South"][:4], at=NOW)
    initiatives.close_initiative(world.initiative, by=world.lead, at=NOW)
    sweeps.make_figures(at=NOW, draw=EveryWeek())
    assert not Figure.objects.exists()


def test_many_people_cost_no_more_statements_than_few(world: World) -> None:
    few = _statements(world, crowd(world, {"South": 12}, at=NOW)["South"], NOW)
    later = NOW + A_WEEK
    many = _statements(world, crowd(world, {"North": 90}, at=later)["North"], later)
    assert many <= few + 4  # one group more


def _statements(world: World, there: list[Participation], at: datetime) -> int:
    says(*there[:4], at=at)
    with CaptureQueriesContext(
        connection,
    ) as run:
        assert make(world, at=at) == 1
    return len(run)


@pytest.mark.parametrize("seed", range(6))
def test_attackers_with_every_figure_of_a_long_history_find_nobody(world: World, seed: int) -> None:
    """Twelve weeks as they come: yeses, deeds, mistakes, people leaving, and moving, and coming."""
    draw = random.Random(seed)
    crowd(world, {"South": 14, "North": 7, "Night": 5, "": 3}, at=NOW)
    seen = _History()
    for week in range(12):
        at = NOW + week * A_WEEK
        there = list(Participation.objects.may_be_asked().filter(initiative=world.initiative))
        says(*draw.sample(there, 4), at=at)
        does(*draw.sample(there, 2), at=at)
        takes_it_back(*draw.sample(there, draw.randrange(2)))
        if week % 4 == 2:
            leave(draw.choice(there), draw.choice(["erased", "off", "stopped"]), world)
        if week == 5:
            crowd(world, {"Night": 12}, at=at)
        actions.make_figures(world.initiative, at=at, draw=draw)
        seen.look()
    assert len(seen.kept()) >= 2
    for kept in seen.kept():
        for about, adds in sums_and_differences(kept):
            assert len(about) >= 5
            assert len({adds[one] for one in about}) > 1
        for one in kept.last:
            for day in range(len(kept.figures)):
                assert could_be(kept, one, day, teller=None) == {True, False}


class _History:
    """What the database held each week, for judging what was concluded from figures alone."""

    def __init__(self) -> None:
        self.counted: dict[tuple[int, str], dict[int, frozenset[int]]] = defaultdict(dict)
        self.rested: dict[int, dict[int, int]] = defaultdict(dict)
        self.members: dict[int, set[int]] = defaultdict(set)
        self.made: dict[int, int] = defaultdict(int)

    def look(self) -> None:
        for row in Counted.objects.all():
            self.members[row.group_id].add(row.pk)
            if row.rests:  # found at this look, before its figures were made
                self.rested[row.group_id].setdefault(row.pk, self.made[row.group_id])
        for figure in Figure.objects.all():
            among = Counted.objects.filter(group=figure.group_id, **{figure.kind: True})
            held = self.counted[figure.group_id, figure.kind]
            held.setdefault(figure.pk, frozenset(among.values_list("pk", flat=True)))
        for group in self.members:
            self.made[group] = Figure.objects.filter(group=group).count()

    def kept(self) -> list[Kept]:
        return [self._kept(group, kind) for group, kind in self.counted]

    def _kept(self, group: int, kind: str) -> Kept:
        rows = Figure.objects.filter(group=group, kind=kind).order_by("pk")
        end = len(rows)
        all_made = list(Figure.objects.filter(group=group).order_by("pk"))
        last = {}
        for one in self.members[group]:
            made = self.rested[group].get(one, len(all_made))
            still = sum(figure.kind == kind for figure in all_made[:made])
            last[one] = end if one not in self.rested[group] else max(still - 1, 0)
        counted = [self.counted[group, kind][row.pk] for row in rows]
        return Kept(last, [row.count for row in rows], counted)
