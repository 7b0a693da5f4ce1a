"""Who would like to go first? Asked of everyone, answered by who wants to, taken back any time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives.models import AskedToStop
from earnest.messaging.models import Contact, Message
from earnest.pilots import actions, queries
from earnest.pilots.actions import AlreadyAsked, CallClosed, CallDraft, Offer, VolunteerSettled
from earnest.pilots.forms import NotedForm, VolunteerForm
from earnest.pilots.models import Volunteer
from earnest.pilots.tests.piloted import TAKES, WHAT, a_call, a_pilot, a_yes
from earnest.standing import queries as standing
from tests.worlds import NOW, World

LATER = NOW + timedelta(hours=1)


def test_it_is_asked_once_at_a_time(world: World) -> None:
    call = a_call(world)
    with pytest.raises(AlreadyAsked):
        actions.ask_who_goes_first(
            world.initiative, CallDraft(WHAT, TAKES), by=world.lead, at=LATER
        )
    assert actions.close_call(call, by=world.lead, at=LATER)
    assert not actions.close_call(call, by=world.lead, at=LATER)
    assert a_call(world, at=LATER).pk != call.pk


def test_a_yes_by_their_own_tap_is_a_deed_and_said_twice_is_one(world: World) -> None:
    call = a_call(world)
    said = a_yes(call, world.joan, words="We lose a day each week")
    assert a_yes(call, world.joan).pk == said.pk
    (row,) = standing.record_of(world.joan.pk)
    assert (row.kind, row.item, row.value) == ("did", "helped", 1)
    call.refresh_from_db()
    assert call.volunteers_waiting == 1


def test_said_again_it_is_as_they_say_it_last_until_they_have_an_answer(world: World) -> None:
    call = a_call(world)
    a_yes(call, world.joan)
    for words in ("We lose a day", ""):
        a_yes(call, world.joan, words=words, passed_on="named", at=LATER)
        said = Volunteer.objects.get()
        assert (said.words, said.passed_on) == ("We lose a day", "named")
    assert len(standing.record_of(world.joan.pk)) == 1
    actions.answer_not_now(said, "Next time", by=world.lead, at=LATER)
    a_yes(call, world.joan, words="We lose a day", passed_on="named", at=LATER)
    with pytest.raises(VolunteerSettled):
        a_yes(call, world.joan, words="We lose two", at=LATER)
    assert Volunteer.objects.get().words == "We lose a day"


def test_a_yes_by_their_own_tap_is_a_contact_with_them(world: World) -> None:
    a_yes(a_call(world), world.joan)
    contact = Contact.objects.get(participation_id=world.joan.pk)
    assert (contact.direction, contact.kind, contact.at) == ("they", "answer", NOW)


def test_a_yes_that_a_lead_was_told_is_no_deed(world: World) -> None:
    call = a_call(world)
    actions.volunteer(call, world.joan, Offer("Ward 3"), by=world.lead, at=NOW)
    assert standing.record_of(world.joan.pk) == []


def test_a_yes_is_taken_back_any_time_and_counts_neither_way(world: World) -> None:
    call = a_call(world)
    said = a_yes(call, world.joan, words="We lose a day each week")
    assert actions.take_back(said, by=None, at=LATER)
    assert not actions.take_back(said, by=None, at=LATER)
    said.refresh_from_db()
    assert (said.words, said.stands) == ("", False)
    assert all(row.value is None or row.value == 1 for row in standing.record_of(world.joan.pk))
    world.joan.rung.refresh_from_db()
    assert world.joan.rung.did_at is None
    call.refresh_from_db()
    assert call.volunteers_waiting == 0
    assert a_yes(call, world.joan, at=LATER).stands  # and said again


def test_once_it_is_closed_nobody_says_yes_and_who_did_still_stands(world: World) -> None:
    call = a_call(world)
    a_yes(call, world.joan)
    actions.close_call(call, by=world.lead, at=LATER)
    with pytest.raises(CallClosed):
        a_yes(call, world.sam)
    assert [one.participation for one in queries.volunteers_of(call)] == [world.joan]


def test_after_a_stop_a_lead_notes_no_yes(world: World) -> None:
    call = a_call(world)
    type(world.joan).objects.filter(pk=world.joan.pk).update(stopped_at=NOW)
    world.joan.refresh_from_db()
    with pytest.raises(AskedToStop):
        actions.volunteer(call, world.joan, Offer("Ward 3"), by=world.lead, at=NOW)


def test_each_yes_has_one_answer(world: World) -> None:
    call = a_call(world)
    joan, sam = a_yes(call, world.joan), a_yes(call, world.sam, "Ward 5")
    actions.answer_not_now(joan, "We begin with one", by=world.lead, at=LATER)
    with pytest.raises(VolunteerSettled):
        a_pilot(world, volunteer=joan)
    pilot = a_pilot(world, volunteer=sam)
    assert pilot.volunteer == sam
    with pytest.raises(VolunteerSettled):
        actions.answer_not_now(sam, "No", by=world.lead, at=LATER)
    assert list(queries.waiting(call)) == []


def test_they_stand_in_the_order_in_which_they_said_so(world: World) -> None:
    call = a_call(world)
    a_yes(call, world.sam, "Ward 5", at=NOW)
    a_yes(call, world.joan, at=LATER)
    assert [one.part for one in queries.volunteers_of(call)] == ["Ward 5", "Ward 3"]


def test_mail_asks_each_once_and_within_the_limits(world: World) -> None:
    call = a_call(world)
    waiting = list(queries.not_mailed(call))
    assert [one.pk for one in waiting] == [world.joan.pk]  # Sam has no address
    done = actions.mail_call(call, waiting, "", by=world.lead, at=NOW)
    assert (done.count, done.not_now) == (1, [])
    assert actions.mail_call(call, waiting, "", by=world.lead, at=NOW).count == 0
    (mail,) = Message.objects.filter(thread=call.thread)
    assert mail.kind == Message.Kind.ASK
    assert WHAT in mail.text
    assert list(queries.not_mailed(call)) == []


def test_what_asks_and_has_not_left_leaves_no_more_after_a_yes_or_the_close(world: World) -> None:
    for ends in (
        lambda call: a_yes(call, world.joan),
        lambda call: actions.close_call(call, by=world.lead, at=LATER),
    ):
        call = a_call(world)
        actions.mail_call(call, [world.joan], "", by=world.lead, at=NOW)
        mails = Message.objects.filter(thread=call.thread)
        mails.update(state=Message.State.WAITING)
        ends(call)
        assert mails.get().state == Message.State.WITHDRAWN
        actions.close_call(call, by=world.lead, at=LATER)


def test_noted_first_their_own_tap_is_theirs_and_a_deed(world: World) -> None:
    call = a_call(world)
    actions.volunteer(call, world.joan, Offer("Ward 3", words="She nods"), by=world.lead, at=NOW)
    for _twice in range(2):
        said = a_yes(call, world.joan, words="We lose a day", passed_on="named", at=LATER)
    said = Volunteer.objects.get(pk=said.pk)
    assert (said.noted_by, said.words, said.passed_on) == (None, "We lose a day", "named")
    (row,) = standing.record_of(world.joan.pk)
    assert row.item == "helped"


def test_who_was_asked_enough_is_not_written_to(world: World) -> None:
    call = a_call(world)
    for days in (1, 2):
        Contact.objects.create(
            person_id=world.joan.person_id,
            id=f"00000000-0000-7000-8000-00000000000{days}",
            participation_id=world.joan.pk,
            initiative_id=world.initiative.pk,
            at=NOW - timedelta(days=days),
            direction="we",
            channel="mail",
            kind="ask",
        )
    done = actions.mail_call(call, [world.joan], "", by=world.lead, at=NOW)
    assert done.count == 0
    assert len(done.not_now) == 1


def test_who_reads_their_words_is_theirs_to_say(world: World) -> None:
    said = a_yes(a_call(world), world.joan, words="We lose a day")
    assert actions.pass_volunteer_on(said, Volunteer.PassedOn.NAMED, at=LATER)
    assert not actions.pass_volunteer_on(said, Volunteer.PassedOn.NAMED, at=LATER)


def test_beside_the_part_it_says_that_everyone_reads_it_and_it_stays(world: World) -> None:
    noted = NotedForm(initiative=world.initiative)
    for form in (VolunteerForm(whose=world.joan), noted):
        hint = form.fields["part"].help_text
        assert "Name nobody: once a pilot is planned, everyone on the initiative reads it" in hint
