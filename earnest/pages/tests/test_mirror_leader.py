"""The reversed question: "how do you get a yes from us?", planned, asked and noted (2.22)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from earnest.pages.actions import mirror as actions
from earnest.pages.actions.mirror import Noted
from earnest.pages.models import LeaderQuestion
from earnest.pages.queries.mirror import questions_due
from tests.worlds import NOW, World

DAY = timedelta(days=1)
TODAY = NOW.date()
HOW = "How do you get a yes from us?"


def to_come() -> date:
    """A day the clock of the views has still before it."""
    return now().date() + 30 * DAY


def planned(world: World, on: date = TODAY) -> LeaderQuestion:
    return actions.plan_question(HOW, on, by=world.lead, at=NOW)


def test_the_question_is_prepared_and_planned_for_a_day(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert HOW in client.get("/mirror/leader/").content.decode()
    client.post("/mirror/leader/", {"question": HOW, "planned_on": to_come().isoformat()})
    page = client.get("/mirror/leader/").content.decode()
    assert f"Planned for {to_come().day} " in page
    assert LeaderQuestion.objects.get().user == world.lead


def test_pressed_twice_is_planned_once(client: Client, world: World) -> None:
    client.force_login(world.lead)
    for _time in range(2):
        posted = {"question": HOW, "planned_on": to_come().isoformat()}
        answer = client.post("/mirror/leader/", posted, follow=True)
    assert "One is planned already" in answer.content.decode()
    assert LeaderQuestion.objects.count() == 1


def test_a_day_that_is_over_is_not_planned_for(client: Client, world: World) -> None:
    client.force_login(world.lead)
    over = {"question": HOW, "planned_on": "2020-01-01"}
    answer = client.post("/mirror/leader/", over)
    assert "That day is over. Choose today or later." in answer.content.decode()
    assert not LeaderQuestion.objects.exists()
    one = planned(world, date(2020, 1, 1))
    client.post(f"/mirror/leader/{one.pk}/", over | {"question": "How, then?"})
    one.refresh_from_db()
    assert one.question == "How, then?"


def test_its_day_and_words_can_change_while_it_was_not_asked(world: World) -> None:
    one = planned(world)
    actions.change_question(one, "How?", TODAY + DAY, by=world.lead, at=NOW)
    one.refresh_from_db()
    assert (one.question, one.planned_on, one.sequence) == ("How?", TODAY + DAY, 1)
    noted = Noted(TODAY, "By asking twice")
    actions.note_answer(one, noted, by=world.lead, at=NOW)
    with pytest.raises(actions.AlreadyAsked):
        actions.change_question(one, HOW, TODAY, by=world.lead, at=NOW)


def test_it_is_due_from_its_day_on_until_it_was_asked(world: World) -> None:
    one = planned(world, TODAY + DAY)
    assert questions_due(world.lead, at=NOW).first() is None
    assert questions_due(world.lead, at=NOW + 2 * DAY).first() == one
    assert questions_due(world.co_lead, at=NOW + 2 * DAY).first() is None
    actions.note_answer(one, Noted(TODAY, "By asking"), by=world.lead, at=NOW)
    assert questions_due(world.lead, at=NOW + 2 * DAY).first() is None


def test_what_my_leader_said_and_what_i_will_do_stand_on_the_mirror(
    client: Client, world: World
) -> None:
    one = planned(world)
    client.force_login(world.lead)
    said = {
        "asked_on": localdate().isoformat(),
        "said": "My leader first asks what we would stop doing",
        "differently": "I ask what can stop before I ask for more",
    }
    client.post(f"/mirror/leader/{one.pk}/asked/", said)
    whole = client.get("/mirror/leader/").content.decode()
    assert said["said"] in whole
    assert said["differently"] in whole
    mirror = client.get(f"/initiatives/{world.initiative.pk}/mirror/").content.decode()
    assert said["differently"] in mirror


def test_after_it_was_asked_the_next_can_be_planned(world: World) -> None:
    one = planned(world)
    with pytest.raises(actions.AlreadyPlanned):
        planned(world)
    actions.note_answer(one, Noted(TODAY, "By asking"), by=world.lead, at=NOW)
    assert planned(world).pk != one.pk


def test_a_name_in_what_was_said_is_refused_and_what_was_typed_stays(
    client: Client, world: World
) -> None:
    one = planned(world)
    client.force_login(world.lead)
    said = {"asked_on": "2026-11-20", "said": "That Joan is always asked", "differently": ""}
    answer = client.post(f"/mirror/leader/{one.pk}/asked/", said)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Leave the name out" in page
    assert said["said"] in page
    one.refresh_from_db()
    assert (one.said, one.asked_on) == ("", None)
    asked = {"question": "What of Joan?", "planned_on": to_come().isoformat()}
    assert client.post(f"/mirror/leader/{one.pk}/", asked).status_code == 400


def test_the_day_goes_into_ones_own_calendar_and_invites_nobody(
    client: Client, world: World
) -> None:
    one = planned(world, date(2026, 12, 1))
    client.force_login(world.lead)
    answer = client.get(f"/mirror/leader/{one.pk}/calendar/")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    read = icalendar.Calendar.from_ical(answer.content.decode())
    event: Any = read.walk("VEVENT")[0]
    assert str(read["method"]) == "PUBLISH"
    assert event["dtstart"].dt == date(2026, 12, 1)
    assert HOW in str(event["summary"])
    assert "attendee" not in event
    assert "organizer" not in event


def test_it_can_be_dropped_and_deleted(client: Client, world: World) -> None:
    one = planned(world)
    client.force_login(world.lead)
    client.post(f"/mirror/leader/{one.pk}/removed/")
    assert not LeaderQuestion.objects.exists()
