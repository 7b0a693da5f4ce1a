"""Take more time: recorded with its cause and what moved, told to everyone on it (3.17)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Initiative, RunUpStep, ScheduleChange
from earnest.messaging.models import Message
from earnest.plans import actions
from earnest.plans.actions import MoreTime
from tests.worlds import NOW, World


def soon(days: int) -> date:
    return now().date() + timedelta(days=days)


@pytest.fixture
def dated(world: World) -> World:
    Initiative.objects.filter(pk=world.initiative.pk).update(
        starts_on=soon(5), launches_on=soon(20)
    )
    world.initiative.refresh_from_db()
    return world


@pytest.fixture
def as_lead(client: Client, dated: World) -> Client:
    client.force_login(dated.lead)
    return client


def post(client: Client, world: World, **fields: object) -> str:
    asked = {
        "cause": "Two of five are not heard yet.",
        "starts_on": soon(5),
        "launches_on": soon(34),
        "take": "1",
        **fields,
    }
    given = {name: str(value) for name, value in asked.items() if value is not None}
    address = f"/initiatives/{world.initiative.pk}/more-time/"
    return client.post(address, given, follow=True).content.decode()


def test_the_cause_is_proposed_from_who_was_not_heard(as_lead: Client, dated: World) -> None:
    html = as_lead.get(f"/initiatives/{dated.initiative.pk}/more-time/").content.decode()
    assert "2 of 2 people are not heard yet." in html


def test_it_is_recorded_with_what_moved_and_told(as_lead: Client, dated: World) -> None:
    step = RunUpStep.objects.create(
        initiative=dated.initiative, on=soon(8), who="Night shift", what="the draft"
    )
    html = post(as_lead, dated, **{f"step-{step.pk}": soon(12)})
    assert "Recorded. 1 person is told. 1 cannot be written to now" in html
    change = ScheduleChange.objects.get()
    assert change.moved == {
        "launches_on": [soon(20).isoformat(), soon(34).isoformat()],
        f"run_up {step.pk}": [soon(8).isoformat(), soon(12).isoformat()],
    }
    dated.initiative.refresh_from_db()
    step.refresh_from_db()
    assert (dated.initiative.launches_on, step.on) == (soon(34), soon(12))
    assert dated.initiative.starts_on == soon(5)
    mail = Message.objects.get(kind=Message.Kind.PROGRESS)
    assert mail.participation == dated.joan
    for form in (mail.text, mail.html):
        assert "Two of five are not heard yet." in form
        assert "Launch" in form
        assert "Night shift: the draft" in form
    assert "Two of five" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_it_stands_on_the_page_with_its_cause(as_lead: Client, dated: World) -> None:
    html = post(as_lead, dated)
    assert "When more time was taken" in html
    assert "Two of five are not heard yet." in html
    as_lead.force_login(dated.sponsor)
    shown = as_lead.get(f"/initiatives/{dated.initiative.pk}/").content.decode()
    assert "Two of five are not heard yet." in shown
    assert "one person told" not in shown


def test_it_is_looked_at_before_it_is_sent(as_lead: Client, dated: World) -> None:
    html = post(as_lead, dated, take=None, look="1")
    assert "As they will read it" in html
    assert "We take more time" in html
    assert not ScheduleChange.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"launches_on": soon(20)}, "No day is later than it was."),
        ({"launches_on": soon(19)}, "This is earlier than it was."),
        ({"launches_on": ""}, "Give a day, or leave it as it was."),
        ({"starts_on": soon(40)}, "The launch cannot be before the first day."),
        ({"decides_on": soon(-2)}, "This day is over."),
        ({"cause": " "}, "Say why."),
    ],
)
def test_what_is_no_later_day_is_not_taken(
    as_lead: Client, dated: World, fields: dict[str, object], sentence: str
) -> None:
    assert sentence in post(as_lead, dated, **fields)
    assert not ScheduleChange.objects.exists()
    dated.initiative.refresh_from_db()
    assert dated.initiative.launches_on == soon(20)


def test_pressed_twice_it_is_one_decision(as_lead: Client, dated: World) -> None:
    post(as_lead, dated)
    assert "No day is later than it was." in post(as_lead, dated)
    assert ScheduleChange.objects.count() == 1
    with pytest.raises(actions.NothingMoves):
        actions.take_more_time(
            dated.initiative,
            MoreTime("again", {"launches_on": soon(34)}),
            by=dated.lead,
            at=NOW,
        )


def test_who_stopped_is_not_told(dated: World) -> None:
    initiatives.say_wish(dated.joan, Wish.NOT_THIS, at=NOW)
    more = MoreTime("We hear more first", {"launches_on": soon(60)})
    change = actions.take_more_time(dated.initiative, more, by=dated.lead, at=NOW)
    assert (change.told_count, change.not_told_count) == (0, 1)
    assert not Message.objects.exists()


def test_a_step_already_heard_does_not_move(dated: World) -> None:
    step = RunUpStep.objects.create(
        initiative=dated.initiative, on=soon(1), who="All", what="it", done_at=NOW
    )
    more = MoreTime("why", steps={step.pk: soon(9)})
    with pytest.raises(actions.NothingMoves):
        actions.take_more_time(dated.initiative, more, by=dated.lead, at=NOW)
