"""What is compared with is a group, too: of fewer than five people it is for those who lead."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from earnest.people.models import Person
from earnest.pilots import queries
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.forms import PilotMeasureForm
from earnest.pilots.models import Pilot, PilotMeasure
from earnest.pilots.queries import cards
from earnest.pilots.tests.carded import HELPED, a_card, a_pilot, measured, shown
from earnest.pilots.tests.piloted import a_team
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db

BESIDE = {**HELPED, "comparison_before": 34.0, "comparison_after": 36.0}


@pytest.fixture
def measure(world: World) -> PilotMeasure:
    """Beside the night desk, which is no team, and of which nobody said how many it is."""
    one = measured(a_pilot(world), BESIDE)
    PilotMeasure.objects.filter(pk=one.pk).update(comparison="Night desk", comparison_of_five=False)
    one.refresh_from_db()
    return one


def is_large(measure: PilotMeasure) -> bool:
    return measure.pk in queries.large_comparisons([measure])


def page_of(measure: PilotMeasure, user: object) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.get(f"/pilots/{measure.pilot_id}/").text


def file_of(measure: PilotMeasure, user: object) -> str:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.get(f"/pilot-measures/{measure.pk}/readings.csv").text


def test_what_is_no_team_is_large_where_its_leads_say_so(measure: PilotMeasure) -> None:
    assert not is_large(measure)
    measure.comparison_of_five = True
    assert is_large(measure)


def test_a_team_of_the_directory_is_as_large_as_it_is(world: World, measure: PilotMeasure) -> None:
    site = a_team(world, "Night desk", people_in=3)
    measure.comparison_of_five = True
    assert not is_large(measure)
    a_team(world, "Late shift", parent=site, people_in=2)
    measure.comparison_of_five = False
    assert is_large(measure)
    Person.objects.filter(team=site).update(erased_at=NOW)
    assert not is_large(measure)


def test_its_figures_and_what_is_found_with_them_are_for_its_leads(
    world: World, measure: PilotMeasure
) -> None:
    few, sentence = "Night desk may be fewer than five people", escape(str(HELPED["sentence"]))
    page = page_of(measure, world.lead)
    assert few in page
    assert sentence in page
    assert "comparison," in file_of(measure, world.lead)
    page = page_of(measure, world.sponsor)
    assert few in page
    assert sentence not in page
    assert ">33<" not in page  # read of the night desk, and of nobody else
    assert "comparison," not in file_of(measure, world.sponsor)
    assert "pilot," in file_of(measure, world.sponsor)


def test_said_to_be_five_others_read_it_all(world: World, measure: PilotMeasure) -> None:
    PilotMeasure.objects.filter(pk=measure.pk).update(comparison_of_five=True)
    page = page_of(measure, world.sponsor)
    assert escape(str(HELPED["sentence"])) in page
    assert "comparison," in file_of(measure, world.sponsor)


def test_an_answer_without_the_comparison_is_read_by_others(
    world: World, measure: PilotMeasure
) -> None:
    PilotMeasure.objects.filter(pk=measure.pk).update(effect=HELPED)
    page = page_of(measure, world.sponsor)
    assert escape(str(HELPED["sentence"])) in page
    assert "so its figures are for those who lead.<" in page


def test_a_card_leaves_it_out_and_says_so(
    client: Client, world: World, measure: PilotMeasure
) -> None:
    card = a_card(world, measure.pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    (figure,) = cards.read_card(shown(card)).figures
    assert (figure.compared_few, figure.comparison, figure.left_out) == (True, "", 0)
    assert [there for there, _on, _value in figure.points] == [1] * 5
    assert figure.sentence == ""
    client.force_login(world.lead)
    assert "stay with those who lead it" in client.get(f"/cards/{card.pk}/").text
    assert client.get(f"/cards/{card.pk}/pdf/").content.startswith(b"%PDF")


def test_the_list_of_pilots_says_for_others_what_its_page_does(
    client: Client, world: World, measure: PilotMeasure
) -> None:
    place = f"/initiatives/{world.initiative.pk}/pilots/"
    client.force_login(world.sponsor)
    assert "it helped" not in client.get(place).text
    client.force_login(world.lead)
    assert "it helped" in client.get(place).text


def test_another_comparison_is_said_anew_to_be_five(measure: PilotMeasure) -> None:
    typed = {
        "name": measure.name,
        "counts": "share",
        "better": "up",
        "every_days": "7",
        "initial-comparison": measure.comparison,
        "comparison": "Archive",
        "initial-name": measure.name,
        "initial-counts": "share",
        "initial-better": "up",
        "initial-every_days": "7",
        "initial-comparison_of_five": "True",
    }
    form = PilotMeasureForm(typed, instance=measure)
    assert form.is_valid(), form.errors
    assert form.changes == {"comparison": "Archive", "comparison_of_five": False}


def test_a_comparison_that_holds_the_pilot_is_as_large_as_what_is_left(world: World) -> None:
    around = a_team(world, "Department", people_in=3)
    ward = a_team(world, "Ward 9", parent=around, people_in=6)
    one = measured(a_pilot(world, team=ward, part="Ward 9"), HELPED)
    for compared, own in (("Department", ward), ("Ward 9", around)):
        PilotMeasure.objects.update(comparison=compared, comparison_of_five=False)
        Pilot.objects.update(team=own)
        assert not is_large(PilotMeasure.objects.get(pk=one.pk))
    a_team(world, "Ward 10", parent=around, people_in=2)
    assert is_large(PilotMeasure.objects.get(pk=one.pk))  # five are left beside the ward


def test_a_card_leaves_a_comparison_out_that_became_small(world: World) -> None:
    site = a_team(world, "Night desk", people_in=6)
    pilot = a_pilot(world)
    Pilot.objects.filter(pk=pilot.pk).update(people_count=6)
    pilot.refresh_from_db()
    one = measured(pilot, {**HELPED, "comparison_before": 34.0, "comparison_after": 36.0})
    PilotMeasure.objects.filter(pk=one.pk).update(comparison="Night desk")
    card = a_card(world, pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    (before,) = cards.read_card(shown(card)).figures
    assert before.comparison == "Night desk"
    assert any(point[0] == 0 for point in before.points)
    Person.objects.filter(team=site).update(erased_at=NOW)
    (after,) = cards.read_card(shown(card)).figures
    assert (after.comparison, after.sentence, after.compared_few) == ("", "", True)
    assert after.points
    assert all(point[0] == 1 for point in after.points)
