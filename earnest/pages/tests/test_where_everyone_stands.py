"""Where everyone stands: person by person within teams, and counted where there are many (0.1)."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.initiatives.models import Initiative, Participation
from earnest.pages.queries.overview import TeamRow, said_and_done, teams_of
from earnest.people.models import Person, Team
from earnest.standing.models import Rung
from tests.worlds import NOW, World


def people_in(world: World, team: Team | None, steps: list[str]) -> list[Participation]:
    """One person for each of these rungs; empty: not heard yet."""
    on_it = []
    for n, step in enumerate(steps):
        name = f"{team or 'Nobody'} {n:03}"
        person = Person.objects.create(workspace=world.workspace, name=name, team=team)
        one = Participation.objects.create(
            person=person, initiative=world.initiative, held_by=world.lead, since=NOW
        )
        if step:
            Rung.objects.create(
                participation=one, initiative_id=world.initiative.pk, step=step, since=NOW
            )
        on_it.append(one)
    return on_it


def team(world: World, name: str) -> Team:
    return Team.objects.create(workspace=world.workspace, name=name)


def rows(initiative: Initiative, **options: object) -> dict[str, TeamRow]:
    return {one.name: one for one in teams_of(initiative, **options).rows}  # type: ignore[arg-type]


def page(client: Client, world: World, query: str = "") -> str:
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/overview/{query}"
    return str(client.get(address).content.decode())


def test_each_person_is_a_link_that_says_in_words_where_they_stand(
    client: Client, world: World
) -> None:
    there = people_in(world, team(world, "South"), ["did", ""])
    html = page(client, world)
    assert f'href="/initiatives/{world.initiative.pk}/people/{there[0].pk}/"' in html
    assert "South 000: did it" in html
    assert "South 001: not heard yet" in html


def test_in_a_team_marks_stand_in_the_order_of_the_ladder(world: World) -> None:
    people_in(world, team(world, "South"), ["again", "", "nodded", "fading"])
    found = [one.kind for one in rows(world.initiative)["South"].marks]
    assert found == ["unheard", "nodded", "again", "fading"]


def test_no_chance_yet_is_a_mark_of_its_own_with_what_they_said_beside_it(world: World) -> None:
    (one,) = people_in(world, team(world, "Night"), ["nodded"])
    Rung.objects.filter(pk=one.pk).update(no_chance_since=NOW)
    (mark,) = rows(world.initiative)["Night"].marks
    assert (mark.kind, mark.words) == ("nochance", "no chance yet, said yes")


def test_a_reasoned_no_stays_visible_where_there_was_no_chance_yet(world: World) -> None:
    (one,) = people_in(world, team(world, "Night"), ["no"])
    Rung.objects.filter(pk=one.pk).update(no_chance_since=NOW)
    (mark,) = rows(world.initiative)["Night"].marks
    assert mark.kind == "no"
    totals = said_and_done(world.initiative, at=NOW).totals
    assert [(found.kind, found.n) for found in totals] == [("unheard", 2), ("no", 1)]


def test_who_was_heard_and_said_no_yes_is_not_shown_as_unheard(world: World) -> None:
    (one,) = people_in(world, team(world, "Night"), ["unheard"])
    Rung.objects.filter(pk=one.pk).update(heard_at=NOW)
    (mark,) = rows(world.initiative)["Night"].marks
    assert (mark.kind, mark.words) == ("heard", "heard, no yes yet")


def test_from_sixty_one_on_marks_are_counted(world: World) -> None:
    people_in(world, team(world, "Small"), ["did"] * 60)
    people_in(world, team(world, "Large"), ["did"] * 40 + [""] * 21)
    found = rows(world.initiative)
    assert len(found["Small"].marks) == 60
    assert found["Large"].marks == []
    assert [(one.kind, one.n) for one in found["Large"].counted] == [("unheard", 21), ("did", 40)]


def test_people_without_a_team_come_last_and_on_the_last_page_alone(world: World) -> None:
    for name in ("Ash", "Birch", "Cedar"):
        people_in(world, team(world, name), ["did"])
    first = teams_of(world.initiative, most=2)
    second = teams_of(world.initiative, most=2, after=str(first.next_after))
    assert [one.name for one in first.rows] == ["Ash", "Birch"]
    assert [one.name for one in second.rows] == ["Cedar", "no team"]
    assert second.next_after is None
    assert second.rows[-1].size == 2  # Joan and Sam, who are on it from the beginning


@pytest.mark.parametrize("after", ["nonsense", "-1", "99999999999999999999", "0"])
def test_a_key_that_makes_no_sense_begins_with_the_first_team(world: World, after: str) -> None:
    people_in(world, team(world, "Ash"), ["did"])
    assert next(iter(rows(world.initiative, after=after))) == "Ash"


def test_the_erased_and_people_of_another_initiative_stand_nowhere(world: World) -> None:
    south = team(world, "South")
    one, _other = people_in(world, south, ["did", "did"])
    Person.objects.filter(pk=one.person_id).update(erased_at=NOW)
    Person.objects.create(workspace=world.workspace, name="Elsewhere", team=south)
    assert rows(world.initiative)["South"].size == 1


def test_the_numbers_behind_the_marks_add_up(world: World) -> None:
    people_in(world, team(world, "South"), ["did", "did", "no"])
    found = teams_of(world.initiative)
    assert [(one.kind, one.n) for one in found.kinds] == [("unheard", 2), ("no", 1), ("did", 2)]
    assert [numbers for _team, numbers in found.table] == [["0", "1", "2"], ["2", "0", "0"]]
