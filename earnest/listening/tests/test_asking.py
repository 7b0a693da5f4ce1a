"""Asking: what has to be said, the gate, the limits, sent once, taken back (2.7, 2.9–2.12)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db.models import Model

from earnest.initiatives.actions import Wish, close_initiative, say_wish
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening.actions import choose_time
from earnest.listening.actions.asks import (
    AlreadySent,
    AskDraft,
    BriefOpen,
    CannotAsk,
    CannotBeTakenBack,
    change_times,
    make_ask,
    send_invitation,
    withdraw_invitation,
)
from earnest.listening.actions.briefs import write_brief
from earnest.listening.models import Ask, Invitation, InvitationEvent, LargeAsk, ProposedTime
from earnest.listening.tests.test_briefs import FIVE
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from tests.worlds import NOW, World

DRAFT = AskDraft(
    kind="input",
    minutes=15,
    about="What makes Fridays hard",
    gets="You see the draft first",
    answer_by=date(2026, 11, 27),
    times=[NOW + timedelta(days=4), NOW + timedelta(days=5)],
)
WHY = "You run the desk that is never late"


def draft(**changes: object) -> AskDraft:
    return AskDraft(**{**{name: getattr(DRAFT, name) for name in DRAFT.__slots__}, **changes})


def ask_joan(world: World, what: AskDraft = DRAFT, why: str = WHY) -> Ask:
    return make_ask(world.initiative, what, [(world.joan, why)], by=world.lead, at=NOW)


def test_an_ask_leaves_with_everything_said(world: World) -> None:
    world.initiative.decided = "One intake"
    world.initiative.who_decides = "The leads"
    world.initiative.save()
    ask = ask_joan(world)
    row = ask.invitations.get()
    message = Message.objects.get(pk=row.message_id or 0)
    for words in (
        "15 minutes for your input",
        DRAFT.about,
        WHY,
        DRAFT.gets,
        "One intake",
        "The leads",
        f"[[page]]asked/{row.pk}/?time={ask.times.all()[0].pk}",
        "Tue 24 Nov, 10:00",  # NOW is nine in UTC, ten in Amsterdam
        "Amsterdam time",
        "reply to this mail with one line",
        "without a reason",
        "Friday 27 November",
    ):
        assert words in message.text, words
        assert words in message.html.replace("&amp;", "&"), words
    assert (row.state, row.sent_at, row.answer_by) == ("sent", NOW, DRAFT.answer_by)
    assert row.events.get().kind == InvitationEvent.Kind.SENT
    assert message.kind == Message.Kind.ASK


def test_times_are_written_in_the_hours_of_whoever_reads(world: World) -> None:
    world.joan.person.time_zone = "America/New_York"
    world.joan.person.save()
    row = ask_joan(world).invitations.get()
    text = Message.objects.get(pk=row.message_id or 0).text
    assert "Tue 24 Nov, 04:00" in text
    assert "New York time" in text


@pytest.mark.parametrize("kind", ["green_light", "backing", "act"])
def test_on_an_incomplete_brief_only_input_can_be_asked(world: World, kind: str) -> None:
    with pytest.raises(BriefOpen):
        ask_joan(world, draft(kind=kind))
    assert nothing_is_kept()
    write_brief(world.joan, FIVE, by=world.lead, at=NOW)
    assert ask_joan(world, draft(kind=kind)).invitations.get().state == "sent"


def nothing_is_kept() -> bool:
    tables: list[type[Model]] = [Ask, Invitation, InvitationEvent, ProposedTime, Message]
    return not any(table._default_manager.exists() for table in tables)


def test_the_gate_stands_before_the_mail_too(world: World) -> None:
    """A brief that was emptied after the invitation was prepared keeps it from leaving."""
    ask = ask_joan(world)
    waiting = Invitation.objects.create(
        ask=ask,
        initiative=world.initiative,
        participation=world.sam,
        why_you="the night shift",
        state_at=NOW,
        answer_by=ask.answer_by,
    )
    Ask.objects.filter(pk=ask.pk).update(kind="backing")
    with pytest.raises(BriefOpen):
        send_invitation(waiting, by=world.lead, at=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message_id) == ("waiting", None)


def test_without_a_why_nobody_is_asked(world: World) -> None:
    with pytest.raises(CannotAsk, match="Why them"):
        ask_joan(world, why=" ")
    assert nothing_is_kept()


def test_a_third_ask_in_two_weeks_is_refused_and_half_of_it_is_not_kept(world: World) -> None:
    for _n in range(2):
        ask_joan(world)
    asked = [(world.sam, "the night shift"), (world.joan, WHY)]
    with pytest.raises(messaging.AskedEnough) as refused:
        make_ask(world.initiative, DRAFT, asked, by=world.lead, at=NOW)
    assert "asked enough for now" in refused.value.sentence
    assert "lead" not in refused.value.sentence.lower()
    assert Ask.objects.count() == Invitation.objects.count() == 2


def test_after_a_stop_nobody_is_asked(world: World) -> None:
    say_wish(world.joan, Wish.NOT_AT_ALL, at=NOW)
    with pytest.raises(AskedToStop):
        ask_joan(world)
    assert nothing_is_kept()


def test_on_a_closed_initiative_nobody_is_asked(world: World) -> None:
    close_initiative(world.initiative, by=world.lead, at=NOW)
    world.initiative.refresh_from_db()
    with pytest.raises(CannotAsk, match="closed"):
        ask_joan(world)


def test_pressed_twice_is_once(world: World) -> None:
    same = draft(key=uuid4())
    assert ask_joan(world, same) == ask_joan(world, same)
    assert Message.objects.count() == 1


def test_an_invitation_is_sent_once(world: World) -> None:
    row = ask_joan(world).invitations.get()
    with pytest.raises(AlreadySent):
        send_invitation(row, by=world.lead, at=NOW)
    assert Message.objects.count() == 1


def test_a_small_group_shares_the_times_of_one_ask(world: World) -> None:
    asked: list[tuple[Participation, str]] = [(world.joan, WHY), (world.sam, "the night shift")]
    ask = make_ask(world.initiative, draft(form="group"), asked, by=world.lead, at=NOW)
    texts = [Message.objects.get(pk=row.message_id or 0).text for row in ask.invitations.all()]
    assert sum(WHY in text for text in texts) == 1
    assert all("small group" in text for text in texts)
    assert ask.times.count() == 2


def test_the_same_large_ask_is_named_once(world: World) -> None:
    first = ask_joan(world, draft(large_words="Eight weeks"))
    second = make_ask(
        world.initiative,
        draft(large_words="eight weeks"),
        [(world.sam, "why")],
        by=world.lead,
        at=NOW,
    )
    assert first.large == second.large == LargeAsk.objects.get()


def test_taken_back_before_it_left_it_never_leaves(world: World) -> None:
    at_night = NOW.replace(hour=23)
    ask = make_ask(world.initiative, DRAFT, [(world.joan, WHY)], by=world.lead, at=at_night)
    row = ask.invitations.get()
    withdraw_invitation(row, by=world.lead, at=at_night)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert [one.state for one in Message.objects.all()] == ["withdrawn"]
    assert ask_joan(world).pk  # it counts for nothing


def test_taken_back_after_it_left_they_are_told_with_the_reason(world: World) -> None:
    row = ask_joan(world).invitations.get()
    Message.objects.update(state=Message.State.SENT, sent_at=NOW)
    withdraw_invitation(row, by=world.lead, at=NOW, why="It is settled")
    withdraw_invitation(row, by=world.lead, at=NOW, why="It is settled")
    told = Message.objects.get(kind=Message.Kind.CONFIRMATION)
    assert "It is settled" in told.text
    assert told.in_reply_to == Message.objects.get(kind=Message.Kind.ASK).message_id
    assert row.events.filter(kind=InvitationEvent.Kind.WITHDRAWN, ours=True).count() == 1


def test_what_was_answered_is_not_taken_back(world: World) -> None:
    row = ask_joan(world).invitations.get()
    Invitation.objects.update(state=Invitation.State.ACCEPTED)
    with pytest.raises(CannotBeTakenBack):
        withdraw_invitation(row, by=world.lead, at=NOW)


def test_without_an_address_it_waits_to_be_sent_by_hand(world: World) -> None:
    ask = make_ask(world.initiative, DRAFT, [(world.sam, "why")], by=world.lead, at=NOW)
    row = ask.invitations.get()
    assert (row.state, Message.objects.get(pk=row.message_id or 0).state) == ("sent", "waiting")
    assert mail.outbox == []


def test_other_times_take_the_place_of_those_nobody_chose(world: World) -> None:
    ask = ask_joan(world)
    chosen, left = ask.times.all()
    row = ask.invitations.get()
    choose_time(row, chosen, by=None, at=NOW)
    new = NOW + timedelta(days=6)
    change_times(ask, [new], by=world.lead, at=NOW)
    assert [one.starts_at for one in ask.times.all()] == [chosen.starts_at, new]
    assert not ProposedTime.objects.filter(pk=left.pk).exists()
    assert Message.objects.filter(kind=Message.Kind.ASK).count() == 1


def test_other_times_stand_in_the_history_as_our_doing(world: World) -> None:
    ask = ask_joan(world)
    change_times(ask, [NOW + timedelta(days=6)], by=world.lead, at=NOW)
    offered = InvitationEvent.objects.get(kind=InvitationEvent.Kind.OFFERED)
    assert offered.ours
    assert Message.objects.count() == 1
