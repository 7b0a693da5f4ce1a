"""A mail that comes in becomes the answer it is, once; what a machine says is none."""

from __future__ import annotations

import icalendar
import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.intake import sweeps
from earnest.intake.actions import receive
from earnest.intake.models import Inbound
from earnest.intake.tests.mails import Memory, an_inbox, mail, report, with_calendar
from earnest.listening import actions as listening
from earnest.listening import queries as listened
from earnest.listening.models import Conversation, Invitation
from earnest.listening.tests.asked import HOUR, happened_to, invite, record_of, times_of
from earnest.messaging.models import Contact, Message, Suppression
from earnest.plans import actions as plans
from tests.worlds import NOW, World

Kind, State = Inbound.Kind, Invitation.State
SOON = NOW + HOUR
ASKED = "<11111111-1111-4111-8111-111111111111@localhost>"
QUOTED = """\

On Fri, 20 Nov 2026 at 10:00, Lead Lead <earnest@example.org> wrote:
> Could I have 15 minutes for your input?
> Your page: https://localhost/p/secret/
"""


@pytest.fixture
def asked(world: World) -> Invitation:
    """Joan was asked by a mail that arrived."""
    invitation = invite(world, world.joan)
    message = Message.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        kind="ask",
        subject="Could I have 15 minutes",
        text="…",
        thread=f"ask {invitation.ask_id}",
        message_id=ASKED,
        state="sent",
        made_at=NOW,
        leaves_at=NOW,
        sent_at=NOW,
    )
    Invitation.objects.filter(pk=invitation.pk).update(message_id=message.pk)
    return invitation


def test_one_line_above_ours_is_their_answer(world: World, asked: Invitation) -> None:
    inbound = receive(mail("The zebra form, at the desk.\n" + QUOTED, answers=ASKED), at=SOON)
    talk = Conversation.objects.get()
    asked.refresh_from_db()
    assert (inbound.kind, inbound.participation) == (Kind.WORDS, world.joan)
    assert (talk.notes, talk.form, talk.source) == (
        "The zebra form, at the desk.",
        "written",
        "their mail",
    )
    assert asked.state == State.ANSWERED
    assert asked.events.last().by_person  # type: ignore[union-attr]
    assert record_of(world.joan) == [("silent", "", 1), ("did", "contributed", 1)]
    assert Contact.objects.get().channel == "mail"


def test_a_mail_taken_twice_is_taken_once(world: World, asked: Invitation) -> None:
    raw = mail("The zebra form.", answers=ASKED)
    assert receive(raw, at=SOON) == receive(raw, at=SOON)
    assert Conversation.objects.count() == 1
    assert happened_to(asked) == ["answered"]


def test_the_address_says_what_is_answered_where_the_head_forgot(
    world: World, asked: Invitation
) -> None:
    token = ASKED.strip("<>").partition("@")[0]
    receive(mail("The zebra form.", to=f"Lead <earnest+{token}@example.org>"), at=SOON)
    asked.refresh_from_db()
    assert asked.state == State.ANSWERED


@pytest.mark.parametrize(
    "raw",
    [
        mail("The zebra form.", answers=ASKED, sender="Sam <sam@example.org>"),
        mail("The zebra form.", answers="<unknown@example.org>"),
        mail("The zebra form."),
        mail(QUOTED, answers=ASKED),
        mail("", answers=ASKED),
        b"",
        b"\x00\xff not a mail",
    ],
)
def test_what_is_no_answer_of_theirs_leaves_nothing_here(
    world: World, asked: Invitation, raw: bytes
) -> None:
    inbound = receive(raw, at=SOON)
    assert (inbound.kind, bytes(inbound.raw)) == (Kind.UNMATCHED, b"")
    assert not Conversation.objects.exists()
    assert happened_to(asked) == []


@pytest.mark.parametrize(
    "says",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=1"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
    ],
)
def test_out_of_office_is_no_answer(world: World, asked: Invitation, says: dict[str, str]) -> None:
    inbound = receive(mail("I am away until Monday.", answers=ASKED, **says), at=SOON)
    assert inbound.kind == Kind.AUTOMATIC
    assert not Conversation.objects.exists()
    assert not Contact.objects.exists()
    assert record_of(world.joan) == []


def test_written_by_hand_says_so_and_is_an_answer(world: World, asked: Invitation) -> None:
    inbound = receive(mail("The phone.", answers=ASKED, Auto_Submitted="no"), at=SOON)
    assert inbound.kind == Kind.WORDS


def reply(invitation: Invitation, partstat: str) -> bytes:
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("method", "REPLY")
    calendar.add("prodid", "-//Somebody//EN")
    calendar.add("version", "2.0")
    event.add("uid", listened.uid_of(invitation))
    event.add("attendee", "mailto:joan@example.org", parameters={"PARTSTAT": partstat})
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


@pytest.mark.parametrize(
    ("partstat", "state"),
    [("ACCEPTED", State.ACCEPTED), ("TENTATIVE", State.ACCEPTED), ("DECLINED", State.CANCELLED)],
)
def test_a_calendars_answer_is_read_before_its_words(
    world: World, asked: Invitation, partstat: str, state: str
) -> None:
    listening.choose_time(asked, times_of(asked)[0], by=None, at=SOON)
    raw = with_calendar("Joan Okafor has declined", reply(asked, partstat))
    assert receive(raw, at=SOON).kind == Kind.CALENDAR
    asked.refresh_from_db()
    assert asked.state == state
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("uid", ["040000008200E00074C5@elsewhere", "", "<script>@x"])
def test_a_calendars_answer_to_somebody_elses_meeting_is_none_of_ours(
    world: World, asked: Invitation, uid: str
) -> None:
    ours = reply(asked, "DECLINED")
    theirs = ours.replace(listened.uid_of(asked).encode(), uid.encode())
    assert receive(with_calendar("Declined", theirs), at=SOON).kind in {
        Kind.UNMATCHED,
        Kind.AUTOMATIC,
    }
    assert happened_to(asked) == []


def test_an_answer_to_what_is_over_is_still_theirs_to_write(
    world: World, asked: Invitation
) -> None:
    Invitation.objects.filter(pk=asked.pk).update(state=State.WITHDRAWN)
    assert receive(mail("The zebra form.", answers=ASKED), at=SOON).kind == Kind.WORDS
    assert Conversation.objects.get().notes == "The zebra form."
    asked.refresh_from_db()
    assert asked.state == State.WITHDRAWN


def test_after_a_stop_the_invitation_stays_as_it_was(world: World, asked: Invitation) -> None:
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    receive(mail("Please leave it.", answers=ASKED), at=SOON)
    asked.refresh_from_db()
    assert asked.state == State.SENT
    assert happened_to(asked) == []


def test_an_answer_to_any_other_mail_is_kept_in_their_own_hand(world: World) -> None:
    told = Message.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        kind="reply",
        subject="This is what I heard",
        text="…",
        message_id=ASKED,
        state="sent",
        made_at=NOW,
        leaves_at=NOW,
    )
    inbound = receive(mail("That is right.\n" + QUOTED, answers=ASKED), at=SOON)
    assert inbound.answers == told.pk
    assert Conversation.objects.get().notes == "That is right."


def test_an_answer_to_what_became_of_it_goes_on_in_its_thread(world: World) -> None:
    noted = plans.Noted("A year, please", NOW.date(), world.joan)
    taken = plans.note_input(world.initiative, noted, by=world.lead, at=NOW)
    answer = plans.Answer("in_part", "Six weeks, not a year.")
    given = plans.reply(taken, answer, by=world.lead, at=NOW).reply
    told = Message.objects.get()
    receive(mail("Eight would do.\n" + QUOTED, answers=told.message_id), at=SOON)
    post = given.posts.get()
    assert (post.words, post.from_person, post.read_at) == ("Eight would do.", True, None)
    assert not Conversation.objects.exists()


def test_what_came_back_for_good_was_not_sent(world: World, asked: Invitation) -> None:
    receive(report(ASKED), at=SOON)
    message = Message.objects.get()
    assert (message.state, Suppression.objects.count()) == ("failed", 1)
    assert "no such address" in message.reason
    assert listening.lapse(asked, at=NOW + 200 * HOUR) is False


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [("delayed", "4.4.1", "sent"), ("failed", "5.2.2", "failed")],
)
def test_not_yet_is_not_never_and_a_full_mailbox_is_an_address(
    asked: Invitation, action: str, status: str, state: str
) -> None:
    receive(report(ASKED, action=action, status=status), at=SOON)
    assert Message.objects.get().state == state
    assert not Suppression.objects.exists()


def test_what_was_taken_leaves_the_mailbox_and_the_rest_stays(
    world: World, asked: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Memory(
        {
            "1": mail("The zebra form.", answers=ASKED),
            "2": mail("Buy this", sender="x@example.org", message_id="<2@x>"),
            "3": mail("The zebra form.", answers=ASKED),
        }
    )
    assert sweeps.take_all(box, at=SOON) == 3
    assert box.done == {"1": "taken", "2": "left", "3": "taken"}
    box.mails["4"] = mail("Again", answers=ASKED, message_id="<4@x>")
    monkeypatch.setattr("earnest.intake.actions.receive", lambda raw, at: 1 / 0)
    assert sweeps.take_all(box, at=SOON) == 0
    assert box.done["4"] == "aside"


def test_without_a_mailbox_nothing_is_looked_for(db: None) -> None:
    assert sweeps.poll(at=SOON) == 0


def test_a_mailbox_that_does_not_answer_is_no_fault_of_the_clock(
    settings: pytest.FixtureRequest, db: None
) -> None:
    settings.INBOX = an_inbox(port=1)  # type: ignore[attr-defined]
    assert sweeps.poll(at=SOON) == 0
