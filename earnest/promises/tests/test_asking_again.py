"""Asked again at 30, 90, 180 and 365 days after the first deed, within the limits (4.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging import actions as messaging
from earnest.messaging import sweeps as mail
from earnest.messaging.models import Contact, Message
from earnest.people import actions as people
from earnest.people.models import Person
from earnest.promises import actions, sweeps
from earnest.promises.actions import Draft
from earnest.promises.models import AskedAgain, Promise
from earnest.standing import actions as standing
from earnest.standing.actions import Fact
from tests.worlds import NOW, World


def day(number: int) -> datetime:
    """So many days after the first deed, at eleven in the morning where they live."""
    return NOW + timedelta(days=number, hours=1)


@pytest.fixture
def deed(world: World) -> Promise:
    """Joan kept what she had promised, today."""
    draft = Draft("ask Sam for the list", "theirs", due=NOW.date())
    promise = actions.make_promise(world.joan, draft, by=None, at=NOW)
    actions.keep_promise(promise, by=None, at=NOW)
    return promise


def asked(world: World) -> list[int]:
    rows = world.joan.asked_again.filter(state="asked")
    return sorted(rows.values_list("after", flat=True))


def test_one_question_leaves_on_the_thirtieth_day_in_the_words_of_what_they_did(
    world: World, deed: Promise
) -> None:
    assert sweeps.ask_again(at=day(29)) == 0
    assert sweeps.ask_again(at=day(30)) == 1
    row = world.joan.asked_again.get()
    assert (row.after, row.state, row.deed) == (30, "asked", f"promise {deed.pk}")
    assert row.due == (NOW + timedelta(days=30)).date()
    message = Message.objects.get(pk=row.message_id or 0)
    assert message.kind == Message.Kind.NUDGE
    assert "In November 2026 you did this: “ask Sam for the list”. How is it now?" in message.text
    assert f"[[page]]again/{row.pk}/?answer=not_any_more" in message.text
    assert f"[[page]]again/{row.pk}/?answer=goes_on" in message.html


def test_it_is_asked_once_however_often_the_clock_looks(world: World, deed: Promise) -> None:
    assert [sweeps.ask_again(at=day(30)) for _ in range(3)] == [1, 0, 0]
    assert sweeps.ask_again(at=day(31)) == 0


def test_four_times_in_a_year_and_never_after(world: World, deed: Promise) -> None:
    for number in range(0, 500, 5):
        sweeps.ask_again(at=day(number))
        Message.objects.filter(state="waiting").update(state="sent")
    assert asked(world) == [30, 90, 180, 365]


@pytest.mark.parametrize(
    ("number", "after"), [(70, [30]), (130, [90]), (200, [180]), (400, [365]), (500, [])]
)
def test_after_weeks_without_a_clock_only_the_latest_due_one_is_asked(
    world: World, deed: Promise, number: int, after: list[int]
) -> None:
    sweeps.ask_again(at=day(number))
    assert asked(world) == after


def test_whoever_was_asked_enough_is_asked_when_there_is_room(world: World, deed: Promise) -> None:
    for number in (28, 29):
        at = day(number)
        messaging.put_in_outbox(
            world.joan, messaging.Draft("ask", "A", "a"), by=world.lead, at=at, leaves_at=at
        )
    assert sweeps.ask_again(at=day(30)) == 0
    row = world.joan.asked_again.get()
    assert (row.state, row.why, row.message_id) == ("waiting", "enough", None)
    Message.objects.update(state="withdrawn")
    assert sweeps.ask_again(at=day(31)) == 1
    assert world.joan.asked_again.get().state == "asked"


def test_where_no_room_comes_it_is_left_with_the_reason(world: World, deed: Promise) -> None:
    messaging.say_wish(world.joan, Wish.LESS, at=NOW)
    for number in (30, 60, 89):
        assert sweeps.ask_again(at=day(number)) == 0
    assert world.joan.asked_again.get().state == "waiting"
    sweeps.ask_again(at=day(90))
    row = world.joan.asked_again.get(after=30)
    assert (row.state, row.why) == ("left", "less")
    assert not Message.objects.exists()


def test_nobody_is_asked_while_away(world: World, deed: Promise) -> None:
    first = day(29).date()
    last = first + timedelta(days=7)
    person = world.joan.person
    people.note_away(person, first_day=first, last_day=last, by=None, at=NOW)
    assert sweeps.ask_again(at=day(30)) == 0
    assert world.joan.asked_again.get().why == "away"
    assert sweeps.ask_again(at=day(38)) == 1


def test_nobody_is_asked_in_a_rest(world: World, deed: Promise) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(left_alone_until=day(40))
    assert sweeps.ask_again(at=day(30)) == 0
    assert world.joan.asked_again.get().why == "rest"
    assert sweeps.ask_again(at=day(41)) == 1


@pytest.mark.parametrize("wish", [Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_who_asked_to_stop_is_never_asked_nor_written_about(
    world: World, deed: Promise, wish: Wish
) -> None:
    messaging.say_wish(world.joan, wish, at=NOW)
    assert sweeps.ask_again(at=day(30)) == 0
    assert not AskedAgain.objects.exists()


def test_who_stops_while_it_waits_is_left(world: World, deed: Promise) -> None:
    messaging.say_wish(world.joan, Wish.LESS, at=NOW)
    sweeps.ask_again(at=day(30))
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=day(31))
    sweeps.ask_again(at=day(31))
    row = world.joan.asked_again.get()
    assert (row.state, row.why) == ("left", "stopped")


def test_a_closed_initiative_asks_nobody(world: World, deed: Promise) -> None:
    Initiative.objects.filter(pk=world.initiative.pk).update(closed_at=NOW)
    assert sweeps.ask_again(at=day(30)) == 0
    assert not AskedAgain.objects.exists()


def test_a_no_is_welcome_and_not_worked_on(world: World, deed: Promise) -> None:
    standing.note_no(world.joan, "It costs us the ward round", by=None, at=day(1))
    assert sweeps.ask_again(at=day(30)) == 0
    assert not AskedAgain.objects.exists()


def test_a_deed_taken_back_asks_nothing_twice(world: World, deed: Promise) -> None:
    sweeps.ask_again(at=day(30))
    Message.objects.update(state="sent")
    actions.take_back(deed, by=None, at=day(31))
    assert sweeps.ask_again(at=day(61)) == 0
    actions.keep_promise(deed, by=None, at=day(40))
    assert sweeps.ask_again(at=day(70)) == 0
    assert sweeps.ask_again(at=day(130)) == 1
    assert asked(world) == [30, 90]


def test_what_waits_for_a_deed_that_was_none_is_forgotten(world: World, deed: Promise) -> None:
    messaging.say_wish(world.joan, Wish.LESS, at=NOW)
    sweeps.ask_again(at=day(30))
    actions.take_back(deed, by=None, at=day(31))
    sweeps.ask_again(at=day(31))
    assert not AskedAgain.objects.exists()


def test_two_initiatives_never_ask_one_person_within_thirty_days(world: World) -> None:
    second = initiatives.start_initiative(
        world.workspace, title="Second", target="t", by=world.lead, at=NOW
    )
    there = initiatives.put_on(second, world.joan.person, held_by=world.lead, by=world.lead, at=NOW)
    for one in (world.joan, there):
        standing.record_evidence(one, Fact("did", 1, "promise 0", item="kept"), at=NOW)
    assert sweeps.ask_again(at=day(30)) == 1
    Message.objects.update(state="sent")
    assert sweeps.ask_again(at=day(59)) == 0
    assert sweeps.ask_again(at=day(61)) == 1


def test_a_mail_that_never_left_is_not_asked_again(world: World, deed: Promise) -> None:
    sweeps.ask_again(at=day(30))
    Message.objects.update(state="withdrawn", reason="It waited two weeks")
    assert sweeps.ask_again(at=day(45)) == 0
    row = world.joan.asked_again.get()
    assert (row.state, row.why) == ("left", "not_sent")


def test_it_counts_for_the_cap_and_leaves_in_their_working_hours(
    world: World, deed: Promise
) -> None:
    saturday = NOW + timedelta(days=36)
    sweeps.ask_again(at=saturday)
    message = Message.objects.get()
    assert message.leaves_at.weekday() == 0
    mail.drain(at=saturday)
    assert not Contact.objects.filter(kind="nudge").exists()


def test_many_at_once_cost_a_fixed_number_of_queries(world: World) -> None:
    def sweep(many: int, at: datetime) -> int:
        names = [people.Named(f"P{at:%j}{one} Q") for one in range(many)]
        made = people.add_people(world.workspace, names, by=world.lead, at=at)
        for one in made:
            there = initiatives.put_on(
                world.initiative, one, held_by=world.lead, by=world.lead, at=at
            )
            standing.record_evidence(there, Fact("did", 1, "promise 0", item="kept"), at=at)
        with CaptureQueriesContext(connection) as few:
            assert sweeps.ask_again(at=at + timedelta(days=30, hours=1)) == many
        return len(few)

    assert sweep(3, NOW) == sweep(30, NOW + timedelta(days=500))


def test_the_search_for_who_is_due_walks_an_index(world: World, deed: Promise) -> None:
    with CaptureQueriesContext(connection) as done:
        sweeps.ask_again(at=day(10))
    found = [one["sql"] for one in done if "did_at" in one["sql"] and "NOT" in one["sql"]]
    assert len(found) == 2 * 4
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            pytest.skip("the plan is read from SQLite")
        cursor.execute(f"EXPLAIN QUERY PLAN {found[0]}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "rung_did" in plan
    assert Participation.objects.exists()
