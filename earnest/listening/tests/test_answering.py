"""An answer: taken once, changed while that makes sense, and counted as the table says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.listening import actions
from earnest.listening.actions import AnswerOver, SlotGone, TimeOver, Wanted
from earnest.listening.models import Ask, Conversation, Invitation, Referral
from earnest.listening.tests.asked import (
    DAY,
    HOUR,
    TUESDAY,
    WEDNESDAY,
    an_ask,
    happened_to,
    invite,
    record_of,
    times_of,
)
from earnest.messaging.models import Contact
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

State = Invitation.State
SOON = NOW + HOUR


def test_a_time_chosen_is_a_yes_in_time(world: World) -> None:
    asked = invite(world, world.joan)
    first, _second = times_of(asked)
    actions.choose_time(asked, first, by=None, at=SOON)
    asked.refresh_from_db()
    first.refresh_from_db()
    assert (asked.state, asked.starts_at, asked.time) == (State.ACCEPTED, TUESDAY, first)
    assert first.taken_at == SOON
    assert happened_to(asked) == ["accepted"]
    assert asked.events.last().by_person  # type: ignore[union-attr]
    assert record_of(world.joan) == [("silent", "", 1), ("nodded", "", 1)]


def test_the_same_time_pressed_twice_is_one_yes(world: World) -> None:
    asked = invite(world, world.joan)
    first, _second = times_of(asked)
    actions.choose_time(asked, first, by=None, at=SOON)
    actions.choose_time(asked, first, by=None, at=SOON)
    assert happened_to(asked) == ["accepted"]
    assert len(record_of(world.joan)) == 2


def test_one_to_one_a_time_is_taken_once(world: World) -> None:
    asked = invite(world, world.joan)
    other = invite(world, world.sam, asked.ask)
    first, second = times_of(asked)
    actions.choose_time(asked, first, by=None, at=SOON)
    with pytest.raises(SlotGone):
        actions.choose_time(other, first, by=None, at=SOON)
    actions.choose_time(other, second, by=None, at=SOON)
    other.refresh_from_db()
    assert other.starts_at == WEDNESDAY


def test_a_small_group_shares_a_time(world: World) -> None:
    ask = an_ask(world, form=Ask.Form.SMALL_GROUP)
    one, other = invite(world, world.joan, ask), invite(world, world.sam, ask)
    for asked in (one, other):
        actions.choose_time(asked, times_of(asked)[0], by=None, at=SOON)
        asked.refresh_from_db()
    assert one.starts_at == other.starts_at == TUESDAY


def test_who_moves_to_another_time_frees_the_first(world: World) -> None:
    asked = invite(world, world.joan)
    other = invite(world, world.sam, asked.ask)
    first, second = times_of(asked)
    actions.choose_time(asked, first, by=None, at=SOON)
    actions.choose_time(asked, second, by=None, at=SOON + HOUR)
    actions.choose_time(other, first, by=None, at=SOON + HOUR)
    asked.refresh_from_db()
    assert asked.starts_at == WEDNESDAY
    assert happened_to(asked) == ["accepted", "rescheduled"]
    moved = asked.events.last()
    assert moved
    assert (moved.time_before, moved.time_after) == (TUESDAY, WEDNESDAY)
    assert record_of(world.joan) == [("silent", "", 1), ("nodded", "", 1)]


def test_a_time_that_is_over_or_of_another_ask_is_none(world: World) -> None:
    asked, elsewhere = invite(world, world.joan), an_ask(world)
    with pytest.raises(TimeOver):
        actions.choose_time(asked, times_of(asked)[0], by=None, at=TUESDAY + HOUR)
    with pytest.raises(TimeOver):
        actions.choose_time(asked, elsewhere.times.all()[0], by=None, at=SOON)


def test_another_time_may_be_an_hour_or_words(world: World) -> None:
    asked = invite(world, world.joan)
    wanted = Wanted(None, "after the holidays")
    actions.propose_time(asked, wanted, by=None, at=SOON)
    actions.propose_time(asked, wanted, by=None, at=SOON)
    asked.refresh_from_db()
    assert (asked.state, asked.wanted) == (State.PROPOSED, "after the holidays")
    assert happened_to(asked) == ["proposed"]
    assert record_of(world.joan) == [("silent", "", 1)]


def test_another_time_that_is_one_of_ours_is_chosen_at_once(world: World) -> None:
    asked = invite(world, world.joan)
    actions.propose_time(asked, Wanted(WEDNESDAY), by=None, at=SOON)
    asked.refresh_from_db()
    assert (asked.state, asked.time) == (State.ACCEPTED, times_of(asked)[1])


def test_the_time_they_proposed_is_their_yes_once_it_suits(world: World) -> None:
    asked, wanted = invite(world, world.joan), WEDNESDAY + HOUR
    actions.propose_time(asked, Wanted(wanted, "later"), by=None, at=SOON)
    actions.accept_proposed(asked, by=world.lead, at=SOON)
    actions.accept_proposed(asked, by=world.lead, at=SOON)
    asked.refresh_from_db()
    assert (asked.state, asked.starts_at, asked.wanted_at) == (State.ACCEPTED, wanted, None)
    assert happened_to(asked) == ["proposed", "accepted"]
    assert record_of(world.joan) == [("silent", "", 1), ("nodded", "", 1)]


def test_other_times_can_be_offered_with_days_to_answer(world: World) -> None:
    asked = invite(world, world.joan)
    actions.propose_time(asked, Wanted(None, "next year"), by=None, at=SOON)
    later = NOW + 4 * DAY
    actions.offer_times(asked, [NOW + 20 * DAY], by=world.lead, at=later)
    asked.refresh_from_db()
    assert asked.state == State.SENT
    assert asked.answer_by == later.date() + 5 * DAY
    assert asked.ask.times.filter(starts_at=NOW + 20 * DAY).exists()
    mail = world.joan.messages.get(kind="reply")
    assert f"[[page]]asked/{asked.pk}/?time=" in mail.text


def test_one_line_in_writing_is_a_full_answer(world: World) -> None:
    asked = invite(world, world.joan)
    text = "The phone, while I stand at the desk. I will bring the list by Friday."
    talk = actions.answer_in_writing(
        asked, text, by=None, at=SOON, came=actions.Came(source="their page")
    )
    assert actions.answer_in_writing(asked, text, by=None, at=SOON) == talk
    asked.refresh_from_db()
    world.joan.refresh_from_db()
    assert (asked.state, asked.conversation) == (State.ANSWERED, talk)
    assert (talk.form, talk.notes, talk.source, talk.read_at) == (
        Conversation.Form.WRITTEN,
        text,
        "their page",
        None,
    )
    assert world.joan.rung.heard_at == SOON
    promise = talk.findings.get(kind="promise")
    assert (promise.direction, promise.speaker) == ("theirs", "Joan Okafor")
    assert record_of(world.joan) == [("silent", "", 1), ("did", "contributed", 1)]


def test_writing_beside_a_time_agreed_keeps_the_time(world: World) -> None:
    asked = invite(world, world.joan)
    actions.choose_time(asked, times_of(asked)[0], by=None, at=SOON)
    actions.answer_in_writing(asked, "The phone.", by=None, at=SOON)
    asked.refresh_from_db()
    assert (asked.state, asked.starts_at) == (State.ACCEPTED, TUESDAY)


def test_what_a_lead_pastes_counts_as_a_deed_once_they_can_see_it(world: World) -> None:
    asked = invite(world, world.joan)
    actions.answer_in_writing(
        asked, "The phone.", by=world.lead, at=SOON, came=actions.Came("mail")
    )
    assert record_of(world.joan) == [("silent", "", 1)]
    initiatives.say_told(world.sam, by=world.lead, at=NOW)
    world.sam.refresh_from_db()
    other = invite(world, world.sam)
    actions.answer_in_writing(other, "The desk.", by=world.lead, at=SOON, came=actions.Came("mail"))
    assert ("did", "contributed", 1) in record_of(world.sam)
    assert not other.events.last().by_person  # type: ignore[union-attr]


def test_somebody_else_is_followed_up(world: World) -> None:
    asked = invite(world, world.joan)
    made = actions.refer(asked, "Sam Reyes", "keeps the list", by=None, at=SOON)
    again = actions.refer(asked, "Sam Reyes", "keeps the list", by=None, at=SOON)
    kept = Referral.objects.get()
    assert made == again == kept
    assert (kept.named_by, kept.participation) == (world.joan, world.sam)
    asked.refresh_from_db()
    assert asked.state == State.REFERRED
    assert record_of(world.joan) == [("silent", "", 1)]


def test_who_asked_to_be_left_alone_is_not_written_down_when_named(world: World) -> None:
    asked = invite(world, world.joan)
    initiatives.say_wish(world.sam, Wish.NOT_THIS, at=NOW)
    assert actions.refer(asked, "Sam", "", by=None, at=SOON) is None
    assert not Referral.objects.exists()


def test_no_without_a_reason_is_a_no_to_this_talk(world: World) -> None:
    asked = invite(world, world.joan)
    actions.decline(asked, by=None, at=SOON)
    actions.decline(asked, by=None, at=SOON)
    assert happened_to(asked) == ["declined"]
    assert record_of(world.joan) == [("silent", "", 1), ("nodded", "", 0)]
    assert world.joan.rung.step == "unheard"


@pytest.mark.parametrize("kind", ["green_light", "backing", "act"])
def test_a_reasoned_no_to_more_than_input_stands_on_the_ladder(world: World, kind: str) -> None:
    asked = invite(world, world.joan, kind=kind)
    actions.decline(asked, "Not before the move", by=None, at=SOON)
    world.joan.rung.refresh_from_db()
    rung = world.joan.rung
    assert (rung.step, rung.reason, rung.nos) == ("no", "Not before the move", 1)
    assert record_of(world.joan) == [("silent", "", 1), ("agreed", "", 0)]


def test_from_no_to_yes_the_record_names_what_it_takes_back(world: World) -> None:
    asked = invite(world, world.joan, kind="green_light")
    actions.decline(asked, "Not before the move", by=None, at=SOON)
    actions.choose_time(asked, times_of(asked)[0], by=None, at=SOON + HOUR)
    assert record_of(world.joan) == [("silent", "", 1), ("nodded", "", 1)]
    back = Evidence.objects.get(participation_id=world.joan.pk, value=None)
    no = Evidence.objects.get(participation_id=world.joan.pk, kind="agreed", value=0)
    assert back.corrects == no.id
    asked.refresh_from_db()
    assert asked.reason == ""
    assert world.joan.rung.step == "nodded"


def test_from_yes_to_no_the_time_is_free_again(world: World) -> None:
    asked = invite(world, world.joan)
    first, _second = times_of(asked)
    actions.choose_time(asked, first, by=None, at=SOON)
    actions.decline(asked, "No time after all", by=None, at=SOON + HOUR)
    first.refresh_from_db()
    assert first.taken_at is None
    assert record_of(world.joan) == [("silent", "", 1), ("nodded", "", 0)]


def test_late_is_still_an_answer_but_not_in_time(world: World) -> None:
    asked = invite(world, world.joan)
    late = NOW + 6 * DAY
    actions.answer_in_writing(asked, "The phone.", by=None, at=late)
    assert record_of(world.joan) == [("did", "contributed", 1)]


def test_the_last_day_ends_where_it_ends_later(world: World) -> None:
    world.joan.person.time_zone = "America/Los_Angeles"
    world.joan.person.save()
    asked = invite(world, world.joan)
    midnight = NOW.replace(hour=0) + 6 * DAY  # still the evening before, in California
    actions.decline(asked, by=None, at=midnight)
    assert ("silent", "", 1) in record_of(world.joan)


def test_an_answer_ends_the_rest_at_once(world: World) -> None:
    person = world.joan.person
    person.left_alone_until = NOW + timedelta(days=30)
    person.save()
    asked = invite(world, world.joan)
    actions.decline(asked, by=world.lead, at=SOON, came=actions.Came("phone"))
    person.refresh_from_db()
    assert person.left_alone_until is None
    contact = Contact.objects.get(person_id=person.pk)
    assert (contact.direction, contact.channel, contact.kind) == ("they", "phone", "answer")


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.HELD, State.NOT_HELD, State.WAITING])
def test_what_is_over_is_not_answered(world: World, state: str) -> None:
    asked = invite(world, world.joan)
    Invitation.objects.filter(pk=asked.pk).update(state=state)
    with pytest.raises(AnswerOver):
        actions.decline(asked, by=None, at=SOON)
    with pytest.raises(AnswerOver):
        actions.choose_time(asked, times_of(asked)[0], by=None, at=SOON)
    assert record_of(world.joan) == []


def test_after_a_stop_nothing_is_written_down(world: World) -> None:
    asked = invite(world, world.joan)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    for by in (None, world.lead):
        with pytest.raises(AskedToStop):
            actions.decline(asked, "No", by=by, at=SOON)
        with pytest.raises(AskedToStop):
            actions.answer_in_writing(asked, "No", by=by, at=SOON)
    assert happened_to(asked) == []
