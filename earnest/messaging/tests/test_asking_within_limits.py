"""The outbox takes no more than may be asked of one person, whoever asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import actions, contacts, queries, sweeps
from earnest.messaging.actions import AskedEnough, LeftAlone, NeverWrite, WantsLess
from earnest.messaging.models import ASKING_KINDS, Contact, Message, Suppression
from earnest.messaging.tests.mails import Server, put, send
from earnest.people.models import Away, Person
from tests.worlds import NOW, World

DAY = timedelta(days=1)
BESIDE = [kind for kind in Message.Kind if kind not in ASKING_KINDS]


def elsewhere(world: World) -> Participation:
    """Joan on a second initiative, led by somebody else."""
    second = initiatives.start_initiative(
        world.workspace, title="Rosters", target="Known a month before", by=world.co_lead, at=NOW
    )
    joan = world.joan.person
    return initiatives.put_on(second, joan, held_by=world.co_lead, by=world.co_lead, at=NOW)


def person(world: World) -> Person:
    return Person.objects.get(pk=world.joan.person_id)


def wrote(participation: Participation, days: int, kind: str = "ask") -> None:
    """We asked, so many days ago."""
    actions.note_contact(
        participation, direction="we", channel="phone", kind=kind, at=NOW - days * DAY
    )


def test_two_in_fourteen_days_over_all_initiatives(world: World, server: Server) -> None:
    put(world.joan)
    send()
    put(elsewhere(world), "check_in")
    with pytest.raises(AskedEnough) as no:
        put(world.joan, "nudge")
    assert no.value.sentence == (
        "Joan has been asked enough for now. From 4 December you can ask again."
    )
    assert person(world).asked_enough_until == NOW + 14 * DAY
    assert Message.objects.count() == 2


def test_the_sentence_never_says_by_whom_or_for_what(world: World) -> None:
    other = elsewhere(world)
    put(other)
    put(other, "nudge")
    with pytest.raises(AskedEnough) as no:
        put(world.joan)
    room = queries.room_for(person(world), NOW)
    for words in (no.value.sentence, room.sentence):
        assert not any(one in words for one in ("Rosters", "Co_Lead", "reminder", "One intake"))
    assert (room.free, room.until) == (False, NOW + 14 * DAY)


@pytest.mark.parametrize("kind", BESIDE)
def test_replies_and_confirmations_do_not_count_and_always_go(world: World, kind: str) -> None:
    put(world.joan, kind)
    put(world.joan)
    put(world.joan)
    put(world.joan, kind)
    assert Message.objects.count() == 4


@pytest.mark.parametrize("kind", ASKING_KINDS)
def test_every_kind_that_presses_counts(world: World, kind: str) -> None:
    put(world.joan, kind)
    put(world.joan, kind)
    with pytest.raises(AskedEnough):
        put(world.joan, kind)


def test_what_was_taken_back_or_never_left_does_not_count(world: World, server: Server) -> None:
    first, _second = put(world.joan), put(world.joan)
    assert not queries.room_for(person(world), NOW).free
    assert actions.withdraw(first, by=world.lead, at=NOW)
    assert person(world).asked_enough_until is None
    server.says["RCPT"] = ["554 5.7.1 no"]
    send()
    put(world.joan)
    put(world.joan)


def test_what_waits_to_leave_counts_as_of_when_it_leaves(world: World) -> None:
    put(world.joan)
    actions.put_in_outbox(
        world.joan,
        actions.Draft("ask", "Later", "Later"),
        by=world.lead,
        at=NOW,
        leaves_at=NOW + 3 * DAY,
    )
    assert person(world).asked_enough_until == NOW + 14 * DAY
    assert Message.objects.latest("pk").leaves_at == NOW + 3 * DAY


def test_the_limit_ends_by_itself(world: World, server: Server) -> None:
    put(world.joan)
    put(world.joan)
    send()
    later = NOW + 14 * DAY
    assert queries.room_for(person(world), later).free
    sweeps.open_rooms(at=later)
    assert person(world).asked_enough_until is None
    put(world.joan, at=later)


def test_less_please_is_one_in_four_weeks_and_no_reminders(world: World) -> None:
    initiatives.say_wish(world.joan, Wish.LESS, at=NOW)
    for kind in ("nudge", "progress"):
        with pytest.raises(WantsLess):
            put(world.joan, kind)
    put(world.joan)
    with pytest.raises(AskedEnough) as no:
        put(world.joan, "check_in")
    assert no.value.until == NOW + 28 * DAY


def test_less_said_while_it_waits_is_obeyed_as_it_leaves(world: World, server: Server) -> None:
    reminder = put(world.joan, "nudge")
    initiatives.say_wish(world.joan, Wish.LESS, at=NOW)
    send()
    reminder.refresh_from_db()
    assert (reminder.state, server.taken) == (Message.State.WITHDRAWN, [])


@pytest.mark.parametrize("wish", [Wish.NOT_THIS, Wish.NOT_AT_ALL])
def test_after_a_stop_only_what_is_owed_is_laid_ready(world: World, wish: Wish) -> None:
    initiatives.say_wish(world.joan, wish, at=NOW)
    for kind in (*ASKING_KINDS, "reply", "confirmation"):
        with pytest.raises(AskedToStop):
            put(world.joan, kind)
    put(world.joan, "reply", owed=True)
    put(world.joan, "confirmation", owed=True)


def test_an_address_that_asked_never_to_be_written_to_is_not(world: World) -> None:
    known = queries.address_hash(world.workspace.pk, "Joan@Example.org ")
    Suppression.objects.create(
        workspace=world.workspace, address_hash=known, reason="asked", at=NOW
    )
    with pytest.raises(NeverWrite):
        put(world.joan)


def test_rooms_of_many_cost_two_queries(world: World, django_assert_num_queries: Any) -> None:
    put(world.joan)
    put(world.joan)
    people = list(Person.objects.filter(workspace=world.workspace))
    with django_assert_num_queries(2):
        rooms = queries.rooms_for(people, NOW)
    assert rooms[world.joan.person_id].free is False
    assert rooms[world.sam.person_id].free is True


def test_three_times_no_answer_is_a_rest(world: World) -> None:
    for days in (40, 20, 6):
        wrote(world.joan, days)
    assert sweeps.give_rest(at=NOW) == 1
    assert person(world).left_alone_until == NOW + 30 * DAY
    assert sweeps.give_rest(at=NOW) == 0
    with pytest.raises(LeftAlone) as no:
        put(world.joan)
    assert "until 20 December" in no.value.sentence
    put(world.joan, "reply")


def test_the_last_ask_has_five_days_to_be_answered(world: World) -> None:
    for days in (40, 20, 4):
        wrote(world.joan, days)
    assert sweeps.give_rest(at=NOW) == 0
    assert sweeps.give_rest(at=NOW + DAY) == 1


def test_away_is_not_silent(world: World) -> None:
    for days in (40, 20, 8):
        wrote(world.joan, days)
    Away.objects.create(
        person=world.joan.person,
        first_day=(NOW - 7 * DAY).date(),
        last_day=(NOW - 2 * DAY).date(),
    )
    assert sweeps.give_rest(at=NOW) == 0
    assert sweeps.give_rest(at=NOW + 3 * DAY) == 1


def test_their_word_ends_the_rest_at_once_and_counts_anew(world: World) -> None:
    for days in (40, 20, 18):
        wrote(world.joan, days)
    sweeps.give_rest(at=NOW)
    actions.note_contact(world.joan, direction="they", channel="mail", kind="answer", at=NOW)
    assert person(world).left_alone_until is None
    assert sweeps.give_rest(at=NOW + DAY) == 0
    put(world.joan, at=NOW + DAY)


def test_after_a_rest_one_more_silence_is_no_new_rest(world: World) -> None:
    for days in (60, 50, 40):
        wrote(world.joan, days)
    sweeps.give_rest(at=NOW - 35 * DAY)
    wrote(world.joan, 3)
    assert sweeps.give_rest(at=NOW + 5 * DAY) == 0


def test_progress_mail_asks_for_no_answer(world: World) -> None:
    for days in (40, 30, 20):
        wrote(world.joan, days, "progress")
    assert sweeps.give_rest(at=NOW) == 0


def test_the_last_contact_is_the_last_either_way(world: World) -> None:
    def last() -> object:
        world.joan.refresh_from_db()
        return world.joan.last_contact_at

    actions.note_contact(world.joan, direction="they", channel="talk", kind="talk", at=NOW - DAY)
    wrote(world.joan, 3)
    assert last() == NOW - DAY
    put(world.joan)
    assert last() == NOW - DAY


def test_after_a_stop_no_contact_is_written_down(world: World) -> None:
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    actions.note_contact(world.joan, direction="they", channel="mail", kind="answer", at=NOW)
    assert not Contact.objects.exists()


def test_a_contact_that_never_happened_is_corrected_not_deleted(
    world: World, server: Server
) -> None:
    server.says["DATA"] = ["hang up"] * 2
    messages = [put(world.joan), put(world.joan)]
    send()
    assert not queries.room_for(person(world), NOW).free
    messages[0].refresh_from_db()
    assert actions.say_unclear_resolved(messages[0], arrived=False, by=world.lead, at=NOW)
    assert not actions.say_unclear_resolved(messages[0], arrived=True, by=world.lead, at=NOW)
    assert Contact.objects.count() == 3
    assert contacts.standing_of(messages[0]) is None
    assert queries.room_for(person(world), NOW).free
    messages[1].refresh_from_db()
    actions.say_unclear_resolved(messages[1], arrived=True, by=world.lead, at=NOW)
    messages[1].refresh_from_db()
    assert messages[1].state == Message.State.SENT


def test_what_nobody_handed_over_for_two_weeks_no_longer_leaves(world: World) -> None:
    ask, reply = put(world.sam), put(world.sam, "reply")
    sweeps.open_rooms(at=NOW + 14 * DAY)
    ask.refresh_from_db()
    assert ask.state == Message.State.WAITING
    sweeps.open_rooms(at=NOW + 15 * DAY)
    ask.refresh_from_db()
    reply.refresh_from_db()
    assert (ask.state, reply.state) == (Message.State.WITHDRAWN, Message.State.WAITING)
    assert "two weeks" in ask.reason
