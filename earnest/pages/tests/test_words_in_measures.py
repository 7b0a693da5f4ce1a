"""Words for the leads alone, copied into what is measured of a pilot, or into its part, are read by
nobody else: on pages, in files, on cards; and what leads write to somebody holds none of others'."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from earnest.messaging.models import Message
from earnest.pages.everything import everything_about
from earnest.pages.export import What, to_zip
from earnest.pages.tests.own import opened
from earnest.pages.tests.test_words_in_pilots import KEPT, signed_in
from earnest.pilots import actions
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.forms import MailForm, PilotMeasureForm
from earnest.pilots.models import Pilot, PilotMeasure, SpreadRequest
from earnest.pilots.queries import cards
from earnest.pilots.tests.carded import HELPED, a_card, a_pilot, measured, said, shown
from earnest.pilots.tests.piloted import DAY, a_call, a_running_pilot, a_yes, read
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(world: World) -> PilotMeasure:
    """Typed before anybody looked for words in it; notes came in a file."""
    said(world.sam, KEPT, passed_on="leads")
    pilot = a_pilot(world, team=None)
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)
    Pilot.objects.filter(pk=pilot.pk).update(people_count=6, part=f"Ward: {KEPT}")
    pilot.refresh_from_db()
    one = measured(pilot, {**HELPED, "sentence": "61 % [[what]], 34 % before."})
    one.readings.update(note=f"Sam: {KEPT}")
    PilotMeasure.objects.filter(pk=one.pk).update(name=f"where {KEPT}", comparison=KEPT)
    return PilotMeasure.objects.get(pk=one.pk)


def exported(world: World, *, with_people: bool) -> str:
    made = io.BytesIO()
    to_zip(What(world.initiative, with_people, "Lead Lead", NOW), made)
    with zipfile.ZipFile(made) as whole:
        return "".join(whole.read(name).decode() for name in whole.namelist() if "pilot" in name)


def test_others_read_what_is_measured_without_them(world: World, measure: PilotMeasure) -> None:
    here = f"/initiatives/{world.initiative.pk}"
    for place in (
        f"/pilots/{measure.pilot_id}/",
        f"/pilot-measures/{measure.pk}/readings.csv",
        f"{here}/pilots/",
        f"{here}/spread/",
    ):
        for who in (world.sponsor, world.contributor):
            page = signed_in(who).get(place).text
            assert KEPT not in page, place
            assert "[…]" in page, place
        assert KEPT in signed_in(world.lead).get(place).text, place
    page = signed_in(world.sponsor).get(f"/pilots/{measure.pilot_id}/").text
    assert "61 % where […], 34 % before." in page


def test_a_unit_is_cut_and_refused_too(world: World) -> None:
    words = "Sam cannot stand it"
    said(world.sam, words, passed_on="leads")
    pilot = a_running_pilot(world)
    one = pilot.measures.get()
    PilotMeasure.objects.update(unit=words)
    Pilot.objects.update(people_count=6)
    one.refresh_from_db()
    for day in range(-4, 4):
        read(one, world, DAY + timedelta(weeks=day), 9 + day % 2)
    page = f"/pilots/{pilot.pk}/"
    assert f"9.5 {words} since" in signed_in(world.lead).get(page).text
    shown = signed_in(world.sponsor).get(page).text
    assert "9.5 […] since" in shown
    assert words not in shown
    typed = {"name": "Days", "counts": "value", "better": "down", "every_days": "7", "unit": words}
    assert "unit" in PilotMeasureForm(typed, instance=PilotMeasure(pilot=pilot)).errors


def test_their_names_in_a_file_are_cut_too(world: World, measure: PilotMeasure) -> None:
    place = f"/pilot-measures/{measure.pk}/readings.csv"
    assert "hides" not in signed_in(world.sponsor).get(place)["Content-Disposition"]
    assert "hides" in signed_in(world.lead).get(place)["Content-Disposition"]


def test_their_own_pages_hold_none(client: Client, world: World, measure: PilotMeasure) -> None:
    joan = opened(client, world.joan)
    for place in (joan, f"{joan}pilots/{measure.pilot_id}/"):
        page = client.get(place).text
        assert KEPT not in page
        assert "[…]" in page
    assert KEPT not in str(everything_about(world.joan, at=NOW))


def test_whoever_said_it_reads_it(client: Client, world: World, measure: PilotMeasure) -> None:
    actions.add_person(measure.pilot, world.sam, by=world.lead, at=NOW)
    sam = opened(client, world.sam)
    assert f"where {KEPT}" in client.get(f"{sam}pilots/{measure.pilot_id}/").text


def test_a_card_names_its_figures_without_them(world: World, measure: PilotMeasure) -> None:
    card = a_card(world, measure.pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    read = cards.read_card(shown(card))
    (figure,) = read.figures
    assert (figure.name, figure.comparison) == ("% where […]", "[…]")
    assert figure.sentence == "61 % where […], 34 % before."
    assert read.version.where == "Ward: […]"
    for place in (f"/cards/{card.pk}/", "/cards/"):
        assert KEPT not in signed_in(world.sponsor).get(place).text
    figure.refresh_from_db()
    assert figure.comparison == KEPT  # as it was published


def test_they_leave_with_people_alone(world: World, measure: PilotMeasure) -> None:
    assert KEPT not in exported(world, with_people=False)
    assert "61" in exported(world, with_people=False)
    assert KEPT in exported(world, with_people=True)


def test_what_leads_type_of_a_measure_holds_none(world: World, measure: PilotMeasure) -> None:
    lead = signed_in(world.lead)
    new = {"name": "Days", "counts": "value", "better": "down", "every_days": "7"}
    read = {"group": "pilot", "on": str(NOW.date()), "value": "5", "of": "20"}
    for place, sent in (
        (f"/pilots/{measure.pilot_id}/measures/new/", {**new, "name": f"days {KEPT}"}),
        (f"/pilots/{measure.pilot_id}/measures/new/", {**new, "comparison": KEPT}),
        (f"/pilot-measures/{measure.pk}/readings/", {**read, "note": f"Sam: {KEPT}"}),
    ):
        answer = lead.post(place, sent)
        assert answer.status_code == 400, place
        assert "own word" in answer.text
    assert measure.pilot.measures.count() == 1


def test_a_mail_that_asks_who_goes_first_holds_none(world: World) -> None:
    said(world.sam, KEPT)
    sent = {"words": f"As Sam says, {KEPT}.", "people": [world.joan.pk]}
    answer = signed_in(world.lead).post(f"/calls/{a_call(world).pk}/mail/", sent)
    assert answer.status_code == 400
    assert "own word" in answer.text
    assert not Message.objects.exists()


def test_signs_nobody_can_read_are_refused_above_the_question(world: World) -> None:
    form = MailForm({"words": "\x07"}, initiative=world.initiative, waiting=[world.joan])
    assert "cannot be shown" in form.errors["words"][0]


def test_an_answer_holds_no_words_of_others_but_may_hold_theirs(
    world: World, measure: PilotMeasure
) -> None:
    said(world.joan, "our ward has been waiting for years", passed_on="leads")
    lead, theirs = signed_in(world.lead), "You said our ward has been waiting for years"
    yes = a_yes(a_call(world), world.joan)
    place = f"/volunteers/{yes.pk}/not-now/"
    assert lead.post(place, {"words": KEPT}).status_code == 400
    assert lead.post(place, {"words": theirs}).status_code == 302
    card = a_card(world, measure.pilot)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    asked = SpreadRequest.objects.create(
        initiative=world.initiative,
        version=shown(card),
        participation=world.joan,
        part="Ward 9",
        at=NOW,
    )
    place = f"/requests/{asked.pk}/"
    assert lead.post(place, {"state": "not_now", "words": KEPT}).status_code == 400
    assert lead.post(place, {"state": "not_now", "words": theirs}).status_code == 302


def test_an_answer_that_holds_them_since_is_read_without(
    client: Client, world: World, measure: PilotMeasure
) -> None:
    yes = a_yes(a_call(world), world.joan)
    actions.answer_not_now(yes, f"Because {KEPT}", by=world.lead, at=NOW)
    page = client.get(opened(client, world.joan)).text
    assert "Because […]" in page
    assert KEPT not in page
