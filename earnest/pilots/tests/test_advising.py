"""Advice among those who said yes: likeness and reach in words, with the counts behind them."""

from __future__ import annotations

from django.test import Client

from earnest.people.models import Person, Team, Tie
from earnest.pilots import advising, queries
from earnest.pilots.models import Volunteer
from earnest.pilots.tests.piloted import a_call, a_team, a_yes, on_it
from tests.worlds import World


def tie(one: Person, other: Person) -> None:
    Tie.objects.create(person=one, other=other, kind=Tie.Kind.WORKS_WITH)


def people_of(team: Team) -> list[Person]:
    return list(Person.objects.filter(team=team).order_by("pk"))


def test_reach_and_size_are_told_with_their_counts(world: World) -> None:
    here, there = a_team(world, "Ward 3", people_in=5), a_team(world, "Ward 5", people_in=6)
    ours, theirs = people_of(here), people_of(there)
    tie(ours[0], theirs[0])
    tie(theirs[1], ours[0])
    tie(ours[1], theirs[0])  # reached before
    for other in theirs[2:5]:
        tie(ours[2], other)
    said = a_yes(a_call(world), on_it(world, "Ida", here), team=here)
    (one,) = advising.weigh(world.initiative, [said])
    told = " ".join(one.reasons)
    assert "6 people" in told
    assert "5 of 6 people elsewhere" in told
    assert "1 of 1 other parts" in told


def test_who_leads_whom_is_a_tie_too(world: World) -> None:
    here, there = a_team(world, "Ward 3", people_in=5), a_team(world, "Ward 5", people_in=6)
    for ours, boss in zip(people_of(here), people_of(there), strict=False):
        Person.objects.filter(pk=ours.pk).update(manager=boss)
    said = a_yes(a_call(world), on_it(world, "Ida", here), team=here)
    assert "5 of 6 people elsewhere" in told_of(world, said)


def told_of(world: World, said: Volunteer) -> str:
    return " ".join(advising.weigh(world.initiative, [said])[0].reasons)


def test_of_whom_it_reaches_fewer_than_five_are_not_counted(world: World) -> None:
    here, there = a_team(world, "Ward 3", people_in=5), a_team(world, "Ward 5", people_in=6)
    for other in people_of(there)[:4]:
        tie(people_of(here)[0], other)
    told = told_of(world, a_yes(a_call(world), on_it(world, "Ida", here), team=here))
    assert "Fewer than five people elsewhere work with somebody of it." in told
    assert "at first hand" not in told


def test_what_is_recorded_of_one_person_alone_is_no_mix(world: World) -> None:
    here, there = a_team(world, "Ward 3", people_in=4), a_team(world, "Ward 5", people_in=6)
    said = a_yes(a_call(world), on_it(world, "Ida", here), team=here)
    Person.objects.filter(team__in=(here, there)).update(job="Nurse")
    assert "by job" in told_of(world, said)
    Person.objects.filter(name="Ida").update(job="Keeper of the bees")
    assert "by job" not in told_of(world, said)  # of the other four nothing is told


def test_people_of_the_example_are_nobody_there(world: World) -> None:
    here = a_team(world, "Ward 3", people_in=5)
    said = a_yes(a_call(world), on_it(world, "Ida", here), team=here)
    Person.objects.create(workspace=world.workspace, name="Ann", team=here, is_example=True)
    assert "6 people are in it." in told_of(world, said)


def test_of_few_people_and_of_no_team_nothing_is_told(world: World) -> None:
    small = a_team(world, "Desk", people_in=2)
    call = a_call(world)
    said = [
        a_yes(call, on_it(world, "Ida", small), "Desk", team=small),
        a_yes(call, world.joan, "The evening shift"),
    ]
    few, none = advising.weigh(world.initiative, said)
    assert few.reasons == [
        "Fewer than five people are recorded in it: of so few nothing more is told."
    ]
    assert "no team of the directory" in none.reasons[0]


def test_parts_that_said_nothing_are_not_on_the_page_and_order_is_by_time(
    client: Client, world: World
) -> None:
    wide, narrow = a_team(world, "Wide", people_in=6), a_team(world, "Narrow", people_in=6)
    silent = a_team(world, "Silent", people_in=9)
    for other in people_of(silent):
        tie(people_of(wide)[0], other)
    call = a_call(world)
    a_yes(call, on_it(world, "Nia", narrow), "Narrow", team=narrow)
    a_yes(call, on_it(world, "Wim", wide), "Wide", team=wide)
    client.force_login(world.lead)
    page = client.get(f"/calls/{call.pk}/").text
    assert page.index(">Narrow<") < page.index(">Wide<")
    assert "Silent" not in page
    assert [one.part for one in queries.volunteers_of(call)] == ["Narrow", "Wide"]


def test_next_to_nothing_in_common_is_said_in_words(world: World) -> None:
    here, there = a_team(world, "Ward 3", people_in=6), a_team(world, "Ward 5", people_in=6)
    Person.objects.filter(team=here).update(job="Nurse")
    Person.objects.filter(team=there).update(job="Planner")
    said = a_yes(a_call(world), on_it(world, "Ida", here), team=here)
    (one,) = advising.weigh(world.initiative, [said])
    told = " ".join(one.reasons)
    assert "next to nothing in common with the rest, by job" in told
    assert "0 %" not in told
