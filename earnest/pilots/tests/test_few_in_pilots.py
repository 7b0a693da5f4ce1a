"""What tells of fewer than five people is for those who lead: in pages, files, cards and the spread."""

from __future__ import annotations

import pytest
from django.test import Client

from earnest.pilots import access, actions
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Asker, Wish, ask_for_it
from earnest.pilots.models import Pilot, PilotMeasure
from earnest.pilots.queries import cards as queries
from earnest.pilots.queries.spread import spread_of
from earnest.pilots.tests.carded import HELPED, a_card, a_pilot, measured, shown
from earnest.pilots.tests.piloted import a_team, on_it
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(world: World) -> PilotMeasure:
    """One of its readings counts three."""
    one = measured(a_pilot(world), HELPED)
    few = one.readings.earliest("pk")
    one.readings.filter(pk=few.pk).update(of=3, note="of the three on Friday")
    return one


def test_a_reading_of_three_and_what_is_found_with_it_are_for_its_leads(
    world: World, measure: PilotMeasure
) -> None:
    pages = (f"/pilots/{measure.pilot_id}/", f"/pilot-measures/{measure.pk}/readings.csv")
    for who, reads in ((world.lead, True), (world.sponsor, False)):
        client = Client()
        client.force_login(who)
        page, file = (client.get(place).content.decode() for place in pages)
        assert ("of the three on Friday" in page) is reads
        assert ("of the three on Friday" in file) is reads
        assert (str(HELPED["sentence"]) in page) is reads
        assert ("fewer than five are for those who lead" in page) is not reads


def test_a_card_says_nothing_found_of_readings_it_leaves_out(
    world: World, measure: PilotMeasure
) -> None:
    card = a_card(world, measure.pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    read = queries.read_card(shown(card))
    (figure,) = read.figures
    assert (figure.sentence, figure.enough, figure.left_out) == ("", False, 1)
    assert (len(figure.points), read.version.outcome) == (9, "early")


def test_what_was_published_says_no_more_once_fewer_than_five_are_left(world: World) -> None:
    pilot = a_pilot(world, people_count=5)
    measured(pilot, HELPED)
    card = a_card(world, pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    sponsor = Client()
    sponsor.force_login(world.sponsor)
    sentence = str(HELPED["sentence"])
    place = f"/cards/{card.pk}/"

    def told() -> list[bool]:
        (row,) = spread_of(world.initiative, today=NOW.date(), leads=False).rows
        pages = ['class="tag deed">' in sponsor.get(one).text for one in (place, "/cards/")]
        return [*pages, row.ran[0].became == "helped"]

    assert sentence in sponsor.get(place).text
    before = told()
    Pilot.objects.update(people_count=4)
    page = sponsor.get(place).text
    assert sentence not in page
    assert "Fewer than five people took part" in page
    assert (before, told()) == ([True] * 3, [False] * 3)
    assert shown(card).outcome == "helped"  # kept as it was: shown again where five are there again


def test_that_it_was_stopped_stands_there_however_few_are_left(world: World) -> None:
    pilot = a_pilot(world, people_count=5, stopped_at=NOW, why="Too slow")
    card = a_card(world, pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    Pilot.objects.update(people_count=4)
    read = queries.read_card(shown(card))
    (row,) = spread_of(world.initiative, today=NOW.date(), leads=False).rows
    assert (read.version.outcome, row.ran[0].became) == ("stopped", "stopped")


def test_others_count_people_of_pilots_of_five_and_more(world: World) -> None:
    a_pilot(world, "South desk", people_count=6)
    a_pilot(world, "Two of us", people_count=2)
    today = NOW.date()
    assert spread_of(world.initiative, today=today, leads=True).people == 8
    assert spread_of(world.initiative, today=today, leads=False).people == 6
    Pilot.objects.filter(people_count=6).update(people_count=5)
    assert spread_of(world.initiative, today=today, leads=False).people == 5


def test_a_reading_of_five_is_for_all(world: World) -> None:
    pilot = a_pilot(world, people_count=5)
    measured(pilot, HELPED, of=5)
    publish_card(card := a_card(world, pilot), "workspace", by=world.lead, at=NOW)
    (figure,) = queries.read_card(shown(card)).figures
    assert (figure.sentence, figure.left_out, len(figure.points)) == (HELPED["sentence"], 0, 10)


def test_a_request_stands_at_no_part_whose_rest_is_fewer_than_five(world: World) -> None:
    card = a_card(world, a_pilot(world))
    publish_card(card, "initiative", by=world.lead, at=NOW)
    house = a_team(world, "House", people_in=2)
    site = a_team(world, "Site", parent=house)
    a_team(world, "South", parent=site, people_in=6)
    small = a_team(world, "Two of us", parent=site, people_in=2)
    ask_for_it(shown(card), Asker(world.joan), Wish("Two of us", "Why not", small), at=NOW)

    def asked() -> list[str]:
        seen = spread_of(world.initiative, today=NOW.date(), leads=False)
        return [row.name for row in seen.rows if row.asked]

    assert asked() == []  # of Site all but two are in South, of House all but four
    a_team(world, "Night", parent=house, people_in=1)
    assert asked() == ["House"]


def test_others_read_no_number_of_people_that_leaves_fewer_than_five(world: World) -> None:
    house = a_team(world, "House", people_in=4)
    south = a_team(world, "South", parent=house, people_in=8)
    a_pilot(world, "House", team=house)
    a_pilot(world, "South", team=south)

    def told(*, leads: bool) -> list[int | None]:
        rows = spread_of(world.initiative, today=NOW.date(), leads=leads).rows
        return [row.people for row in rows]

    assert told(leads=True) == [12, 8]
    assert told(leads=False) == [None, 8]
    a_team(world, "Night", parent=house, people_in=1)
    assert told(leads=False) == [13, 8]


def test_nor_by_subtracting_parts_on_several_steps(world: World) -> None:
    house = a_team(world, "House")
    day = a_team(world, "Day", parent=house, people_in=6)
    night = a_team(world, "Night", parent=house, people_in=1)
    desk = a_team(world, "Night desk", parent=night, people_in=5)
    for team in (house, day, night, desk):
        a_pilot(world, team.name, team=team)
    rows = spread_of(world.initiative, today=NOW.date(), leads=False).rows
    assert {row.name: row.people for row in rows} == {
        "House": None,  # 12: but for Day and the Night desk it is one person
        "Day": 6,
        "Night": None,
        "Night desk": 5,
    }


def test_a_part_around_another_is_told_of_where_five_are_left_beside_it(world: World) -> None:
    around = a_team(world, "Department")
    ward = a_team(world, "Ward 9", parent=around)
    for number in range(5):
        on_it(world, f"In the ward {number}", ward)
    last = [on_it(world, f"Beside it {number}", around) for number in range(5)][-1]
    whole, inner = (a_pilot(world, team=one, part=one.name) for one in (around, ward))

    def is_shown() -> list[bool]:
        for one in (whole, inner):
            actions.bring_part_in(one, at=NOW)
            one.refresh_from_db()
        return [access.figures_are_shown(one, leads=False) for one in (whole, inner)]

    assert is_shown() == [True, True]
    (there,) = whole.people.filter(participation=last)
    actions.remove_person(there, by=world.lead, at=NOW)
    assert is_shown() == [False, True]  # nine less five: four
    assert access.figures_are_shown(whole, leads=True)
    assert whole.people_count == 9
