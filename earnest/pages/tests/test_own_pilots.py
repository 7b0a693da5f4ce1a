"""On one's own page: who would like to go first, and what runs in one's part of the organisation."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.core.templatetags.days import day
from earnest.pages import erasure
from earnest.pages.everything import everything_about
from earnest.pages.labels import readable
from earnest.pages.tests.own import opened
from earnest.people.models import Person, Team
from earnest.pilots import actions, queries
from earnest.pilots.models import PilotWord, Volunteer
from earnest.pilots.tests.piloted import (
    STOP,
    TAKES,
    WHAT,
    a_call,
    a_measure,
    a_running_pilot,
    a_team,
    a_yes,
    on_it,
)
from tests.worlds import NOW, World

WORDS = "The ibis costs us a day each week"


@pytest.fixture
def joan(client: Client, world: World) -> str:
    """Her page, opened; she is in a team."""
    team = Team.objects.create(workspace=world.workspace, name="Ward 3")
    Person.objects.filter(pk=world.joan.person_id).update(team=team)
    return opened(client, world.joan)


def test_one_tap_says_that_her_team_would_like_to(client: Client, world: World, joan: str) -> None:
    call = a_call(world)
    page = client.get(joan).text
    assert WHAT in page
    assert TAKES in page
    assert "Ward 3 would like to" in page
    client.post(f"{joan}first/said/", {"part": "Ward 3"})
    said = Volunteer.objects.get(call=call)
    assert (said.part, said.team and said.team.name, said.noted_by) == ("Ward 3", "Ward 3", None)
    after = client.get(joan).text
    assert "Ward 3 would like to go first" in after
    assert "No answer yet." in after
    client.post(f"{joan}first/{said.pk}/taken-back/")
    assert "taken back" in client.get(joan).text


def test_what_she_says_after_an_answer_is_shown_to_her_and_not_lost(
    client: Client, world: World, joan: str
) -> None:
    a_call(world)
    client.post(f"{joan}first/said/", {"part": "Ward 3"})
    client.post(f"{joan}first/said/", {"part": "Ward 3", "words": WORDS}, follow=True)
    said = Volunteer.objects.get()
    assert said.words == WORDS
    actions.answer_not_now(said, "Next time", by=world.lead, at=NOW)
    shown = client.post(f"{joan}first/said/", {"part": "Ward 3", "words": "We lose two days"})
    assert shown.status_code == 400
    assert "It stands as it was." in shown.text
    assert "We lose two days" in shown.text
    assert "Thank you" not in shown.text


def test_in_her_words_and_who_may_read_them(client: Client, world: World, joan: str) -> None:
    a_call(world)
    assert client.get(f"{joan}first/").status_code == 200
    assert client.post(f"{joan}first/said/", {"part": ""}).status_code == 400
    given = {"part": "The night desk", "words": WORDS, "passed_on": "unnamed"}
    client.post(f"{joan}first/said/", given)
    said = Volunteer.objects.get()
    assert (said.part, said.team, said.passed_on) == ("The night desk", None, "unnamed")
    client.post(f"{joan}first/{said.pk}/passed-on/", {"passed_on": "leads"})
    said.refresh_from_db()
    assert said.passed_on == "leads"


def test_a_sign_that_parts_texts_is_refused_and_what_holds_one_is_shown(
    client: Client, world: World, joan: str
) -> None:
    call = a_call(world)
    answer = client.post(f"{joan}first/said/", {"part": "Ward\x1f3"})
    assert answer.status_code == 400
    assert not Volunteer.objects.exists()
    a_yes(call, world.joan, "Ward\x1f3")
    page = client.get(joan)
    assert page.status_code == 200
    assert "Ward 3 would like to go first" in page.text


def test_an_old_mail_leads_to_how_it_stands(client: Client, world: World, joan: str) -> None:
    actions.close_call(a_call(world), by=world.lead, at=NOW)
    assert "not asked any more" in client.get(f"{joan}first/", follow=True).text
    client.post(f"{joan}first/said/", {"part": "Ward 3"})
    assert not Volunteer.objects.exists()


def test_what_a_lead_noted_stands_on_both_pages(client: Client, world: World, joan: str) -> None:
    call = a_call(world)
    offer = actions.Offer("Ward 3", words=WORDS)
    actions.volunteer(call, world.joan, offer, by=world.lead, at=NOW)
    lead = Client()
    lead.force_login(world.lead)
    theirs = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/").text
    for page in (client.get(joan).text, theirs):
        assert WORDS in page
        assert "noted by" in page


def test_everyone_in_the_part_reads_that_it_runs(client: Client, world: World, joan: str) -> None:
    ward = Team.objects.get(name="Ward 3")
    pilot = a_running_pilot(world, team=ward)
    page = client.get(joan).text
    for words in (WHAT, STOP, "Days until there is an owner"):
        assert words in page
    own = client.get(f"{joan}pilots/{pilot.pk}/").text
    assert "So few are in it" in own  # one person: figures are for those who lead
    assert client.get(f"{joan}pilots/{pilot.pk + 1}/").status_code == 404


def test_she_may_object_and_is_owed_an_answer(client: Client, world: World, joan: str) -> None:
    pilot = a_running_pilot(world)
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)
    address = f"{joan}pilots/{pilot.pk}/"
    assert client.post(f"{address}said/", {"words": ""}).status_code == 400
    for _twice in range(2):
        client.post(f"{address}said/", {"words": WORDS, "objects_to_it": "on"})
    (word,) = PilotWord.objects.all()
    assert word.objects_to_it
    assert word.input.answered_at is None
    world.initiative.refresh_from_db()
    assert world.initiative.inputs_open == 1
    lead = Client()
    lead.force_login(world.lead)
    shown = lead.get(f"/pilots/{pilot.pk}/").text
    assert WORDS in shown
    assert "objects to it" in shown
    sponsor = Client()
    sponsor.force_login(world.sponsor)
    assert WORDS not in sponsor.get(f"/pilots/{pilot.pk}/").text


def test_an_objection_said_after_the_words_and_the_same_words_of_another_pilot_both_count(
    world: World,
) -> None:
    first, second = a_running_pilot(world), a_running_pilot(world, part="Ward 5")
    for pilot, objects in ((first, False), (first, True), (first, False), (second, False)):
        actions.say_word(pilot, world.joan, WORDS, objects=objects, at=NOW)
    assert [one.objects_to_it for one in queries.words_about(first)] == [True]
    assert [one.objects_to_it for one in queries.words_about(second)] == [False]


def test_it_is_among_everything_held_and_goes_with_it(
    client: Client, world: World, joan: str
) -> None:
    pilot = a_running_pilot(world)
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)
    said = a_yes(a_call(world), world.joan, words=WORDS)
    held = everything_about(world.joan, at=now())["initiative"]
    assert held["would_like_to_go_first"][0]["words"] == WORDS
    assert held["pilots_in_your_part"][0]["what_is_tried"] == WHAT
    assert readable(held)
    erasure.erase_from_initiative(world.joan, by=None, at=now())
    said.refresh_from_db()
    pilot.refresh_from_db()
    assert (said.words, pilot.people_count) == ("erased", 0)
    assert list(queries.waiting(said.call)) == []
    said.call.refresh_from_db()
    assert said.call.volunteers_waiting == 0
    assert not pilot.people.exists()


def test_figures_are_shown_to_others_from_five_people_on(client: Client, world: World) -> None:
    ward = a_team(world, "Ward 3")
    for number in range(4):
        on_it(world, f"Nurse {number}", ward)
    pilot = a_running_pilot(world, team=ward)
    client.force_login(world.sponsor)
    address = f"/pilots/{pilot.pk}/"
    assert "fewer than five people" in client.get(address).text
    measure = pilot.measures.get()
    assert client.get(f"/pilot-measures/{measure.pk}/readings.csv").status_code == 404
    on_it(world, "Nurse 5", ward)
    actions.bring_part_in(pilot, at=NOW)
    assert "Days until there is an owner" in client.get(address).text
    assert "Nurse 5" not in client.get(address).text
    assert client.get(f"/pilot-measures/{measure.pk}/readings.csv").status_code == 200


def test_own_page_and_pilot_pages_cost_no_more_with_more(
    client: Client, world: World, joan: str
) -> None:
    call = a_call(world)
    ward = Team.objects.get(name="Ward 3")
    pilot = a_running_pilot(world, team=ward)
    lead = Client()
    lead.force_login(world.lead)
    pages = [
        (client, joan),
        (client, f"{joan}pilots/{pilot.pk}/"),
        (lead, f"/pilots/{pilot.pk}/"),
        (lead, f"/calls/{call.pk}/"),
        (lead, f"/initiatives/{world.initiative.pk}/pilots/"),
    ]
    a_yes(call, world.joan)
    few = [cost(*page) for page in pages]
    for number in range(6):
        a_yes(call, on_it(world, f"Nurse {number}", ward), f"Ward {number}")
        a_running_pilot(world, team=ward, part=f"Part {number}")
    actions.bring_part_in(pilot, at=NOW)
    assert [cost(*page) for page in pages] == few
    assert max(few) <= 15


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_share_is_called_with_its_sign(client: Client, world: World, joan: str) -> None:
    pilot = a_running_pilot(world)
    a_measure(world, pilot, name="of requests had one owner", counts="share", better="up", unit="")
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)
    assert "% of requests had one owner" in client.get(joan).text


def test_it_stands_with_the_days_it_ran(client: Client, world: World) -> None:
    """Planned from four weeks before it was begun, and ended before it was meant to."""
    planned = world.workspace.day(NOW) - timedelta(weeks=4)
    pilot = a_running_pilot(world, starts_on=planned)
    actions.add_person(pilot, world.joan, by=world.lead, at=NOW)
    over = NOW + timedelta(days=9)
    actions.end_pilot(pilot, "It held", by=world.lead, at=over)
    page = client.get(opened(client, world.joan)).text
    assert f"{day(world.workspace.day(NOW))} to {day(world.workspace.day(over))}" in page
    assert day(planned) not in page
