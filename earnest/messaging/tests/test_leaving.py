"""How mail leaves: what the server says, and what becomes of the message then."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from earnest.initiatives import actions as initiatives
from earnest.initiatives.access import participation_by_secret
from earnest.initiatives.models import PersonLink
from earnest.messaging import actions, calendars, emails, leaving, outcomes
from earnest.messaging.models import Contact, Delivery, Message, Suppression
from earnest.messaging.tests.mails import Server, mailers, put, send
from earnest.messaging.wire import Answer, Line
from earnest.people.models import Person
from tests.commands import free_port
from tests.worlds import NOW, World

MINUTE = timedelta(minutes=1)
WAITING, SENT, FAILED = Message.State.WAITING, Message.State.SENT, Message.State.FAILED
UNCLEAR, WITHDRAWN = Message.State.UNCLEAR, Message.State.WITHDRAWN


def now(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def body(server: Server, kind: str = "plain") -> str:
    part = server.mails[-1].get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_message_leaves_with_a_link_of_its_own_in_both_forms(
    world: World, server: Server
) -> None:
    message = put(world.joan)
    assert send() == 1
    assert now(message).state == SENT
    [(receiver, _mail)] = server.taken
    assert receiver == "joan@example.org"
    text = body(server)
    secret = text.split("/p/")[1].split("/")[0]
    assert participation_by_secret(secret, at=NOW) == world.joan
    assert f"http://localhost:8000/p/{secret}/asked/12/" in text
    assert f'href="http://localhost:8000/p/{secret}/asked/12/"' in body(server, "html")
    assert "[[" not in text + body(server, "html")
    kept = now(message)
    assert secret not in kept.text + kept.html
    assert "[[page]]asked/12/" in kept.text


def test_its_head_says_who_writes_and_how_to_stop_it(
    world: World, server: Server, settings: Settings
) -> None:
    settings.HTTPS = True
    message = put(world.joan, subject="Intake: =?utf-8?q?x?= — grüße\nBcc: x@y.org")
    send()
    mail = server.mails[0]
    assert mail["From"].addresses[0].display_name == "Lead Lead"
    assert mail["From"].addresses[0].addr_spec == "earnest@localhost"
    assert mail["Reply-To"].addresses[0].addr_spec == "lead@example.org"
    assert mail["To"].addresses[0].addr_spec == "joan@example.org"
    assert mail["Bcc"] is None
    assert mail["Message-ID"] == message.message_id
    assert mail["List-Unsubscribe"].strip().startswith("<http://localhost:8000/p/")
    assert mail["List-Unsubscribe"].endswith("/stop/>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] is None


def test_an_invitation_goes_as_a_form_of_the_mail_and_as_a_file(
    world: World, server: Server
) -> None:
    meeting = calendars.Meeting(
        uid="1@x", sequence=0, starts_at=NOW, ends_at=NOW + 20 * MINUTE, summary="Intake",
        lead_name="Lead", lead_email="lead@example.org", person_name="Joan Okafor",
    )  # fmt: skip
    put(world.joan, calendar=calendars.request(meeting, at=NOW))
    send()
    mail = server.mails[0]
    parts = {part.get_content_type(): part for part in mail.walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["text/calendar"].get_param("charset") == "utf-8"
    assert "mailto:joan@example.org" in parts["text/calendar"].get_content().replace("\n ", "")
    assert parts["application/ics"].get_filename() == "invite.ics"
    forms = [one.get_content_type() for one in mail.get_payload()[0].iter_parts()]  # type: ignore[union-attr, index, unused-ignore]
    assert forms == ["text/plain", "text/html", "text/calendar"]


def test_the_first_mail_tells_everything_and_the_next_a_line(world: World, server: Server) -> None:
    put(world.joan)
    put(world.joan, "reply")
    send()
    first, second = (str(mail.get_body(("plain",))) for mail in server.mails)
    for words in ("Never for appraisal", "6 months", "How to object", "Responsible is", "privacy"):
        assert words in first
    assert "Never for appraisal" not in second
    assert "/stop/" in second
    world.joan.refresh_from_db()
    assert world.joan.first_told_at == NOW


def test_mails_of_one_thread_answer_each_other(world: World, server: Server) -> None:
    one = put(world.joan, thread="ask 12")
    put(world.joan, "reply", thread="ask 12")
    put(world.joan, "reply", thread="ask 13")
    send()
    assert [mail["In-Reply-To"] for mail in server.mails] == [None, one.message_id, None]


def test_a_temporary_failure_backs_off_and_leaves_no_link(world: World, server: Server) -> None:
    server.says["RCPT"] = ["451 4.3.0 busy, joan@example.org"] * 2
    message = put(world.joan)
    links = PersonLink.objects.count()
    send()
    assert (now(message).state, now(message).leaves_at) == (WAITING, NOW + MINUTE)
    send(NOW + MINUTE)
    assert now(message).leaves_at == NOW + 6 * MINUTE
    assert PersonLink.objects.count() == links
    assert not Contact.objects.exists()
    assert send(NOW + 5 * MINUTE) == 0
    send(NOW + 6 * MINUTE)
    assert now(message).state == SENT
    tries = list(message.deliveries.values_list("outcome", "code"))
    assert tries == [("later", 451), ("later", 451), ("sent", 250)]
    assert "joan@" not in " ".join(message.deliveries.values_list("words", flat=True))


def test_it_is_tried_for_three_days_and_then_shown(world: World, settings: Settings) -> None:
    settings.MAILERS = mailers(free_port())
    message = put(world.joan, "reply")
    tried = []
    while now(message).state == WAITING:
        tried.append(now(message).leaves_at - NOW)
        send(now(message).leaves_at)
    minutes = [one // MINUTE for one in tried]
    assert minutes[:6] == [0, 1, 6, 21, 81, 321]
    assert minutes[6:] == [321 + 1440, 321 + 2880]
    assert now(message).state == FAILED
    assert "three days" in now(message).reason
    assert message.deliveries.count() == len(tried)


def test_an_ask_is_not_tried_at_night(world: World, server: Server) -> None:
    six_to_six = NOW + timedelta(hours=7, minutes=59, seconds=30)
    server.says["MAIL"] = ["421 closing"]
    message = put(world.joan)
    reply = put(world.joan, "reply")
    Message.objects.filter(pk=reply.pk).update(leaves_at=six_to_six + timedelta(seconds=1))
    send(six_to_six)
    monday = datetime(2026, 11, 23, 7, 0, tzinfo=NOW.tzinfo)
    assert now(message).leaves_at == monday
    send(NOW + timedelta(hours=12))
    assert now(reply).state == SENT


def test_what_waited_until_night_for_a_worker_leaves_in_the_morning(
    world: World, server: Server
) -> None:
    message = put(world.joan)
    send(NOW + timedelta(hours=12))
    assert server.taken == []
    assert now(message).leaves_at == datetime(2026, 11, 23, 7, 0, tzinfo=NOW.tzinfo)
    assert not message.deliveries.exists()


@pytest.mark.parametrize(
    ("step", "said", "gone"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 unknown mailbox", True),
        ("RCPT", "552 5.2.2 mailbox full", False),
        ("RCPT", "550 5.7.1 relay access denied", False),
        ("RCPT", "550 relay not permitted", False),
        ("MAIL", "550 5.1.1 who are you", False),
        ("DATA", "554 5.7.1 looks like spam", False),
    ],
)
def test_a_permanent_refusal_stops_and_shows(
    world: World, server: Server, step: str, said: str, *, gone: bool
) -> None:
    server.says[step] = [said]
    message = put(world.joan)
    send()
    assert now(message).state == FAILED
    assert now(message).reason
    assert Suppression.objects.exists() == gone
    assert not Contact.objects.exists()
    server.says.clear()
    put(world.joan, "reply")
    send()
    assert len(server.taken) == (0 if gone else 1)


def test_a_refused_address_is_kept_as_a_hash_alone(world: World, server: Server) -> None:
    server.says["RCPT"] = ["550 5.1.1 no such user"]
    put(world.joan)
    send()
    row = Suppression.objects.get()
    assert "joan" not in str(vars(row)).lower()
    Person.objects.filter(pk=world.joan.person_id).update(email="JOAN@example.org")
    again = put(world.joan, "reply")
    send()
    assert now(again).state == FAILED


def test_an_ask_whose_end_nobody_knows_is_unclear_and_never_repeated(
    world: World, server: Server
) -> None:
    server.says["DATA"] = ["hang up"]
    message = put(world.joan)
    send()
    assert now(message).state == UNCLEAR
    assert message.deliveries.get().outcome == Delivery.Outcome.UNCLEAR
    assert Contact.objects.get().message_id == message.pk
    for hours in range(1, 100):
        send(NOW + timedelta(hours=hours))
    assert server.taken == []
    world.joan.refresh_from_db()
    assert world.joan.first_told_at is None


def test_a_reply_whose_end_nobody_knows_leaves_again_under_the_same_message_id(
    world: World, server: Server
) -> None:
    server.says["DATA"] = ["hang up"]
    message = put(world.joan, "reply")
    send()
    assert now(message).state == WAITING
    send(NOW + MINUTE)
    assert now(message).state == SENT
    assert [mail["Message-ID"] for mail in server.mails] == [message.message_id]
    assert Contact.objects.count() == 1


def dies_at(message: Message, *, handed: bool) -> None:
    """As a worker leaves it that died before, or after, it began to hand the mail over."""
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.LEAVING, lease_until=NOW, handed_at=NOW if handed else None
    )
    Delivery.objects.create(message=message, began_at=NOW)


@pytest.mark.parametrize(
    ("kind", "handed", "ends"),
    [
        ("ask", False, (SENT, 1)),
        ("ask", True, (UNCLEAR, 0)),
        ("nudge", True, (UNCLEAR, 0)),
        ("check_in", True, (UNCLEAR, 0)),
        ("progress", True, (UNCLEAR, 0)),
        ("reply", False, (SENT, 1)),
        ("reply", True, (SENT, 1)),
        ("confirmation", True, (SENT, 1)),
    ],
)
def test_a_worker_that_died_loses_nothing_and_doubles_no_ask(
    world: World, server: Server, kind: str, ends: tuple[str, int], *, handed: bool
) -> None:
    message = put(world.joan, kind)
    dies_at(message, handed=handed)
    assert send(NOW) == 0  # its lease is not over
    for minutes in (5, 7, 9):
        send(NOW + minutes * MINUTE)
    assert (now(message).state, len(server.taken)) == ends
    assert not message.deliveries.filter(outcome="").exists()
    assert Contact.objects.count() == 1


def test_one_who_was_only_slow_still_says_how_it_ended(world: World, server: Server) -> None:
    message = put(world.joan)
    slow = Message.objects.select_related("participation__person").get(pk=message.pk)
    dies_at(message, handed=True)
    slow.lease_until = NOW
    send(NOW + 5 * MINUTE)
    assert now(message).state == UNCLEAR
    answer = Answer(Delivery.Outcome.SENT, 250, "taken")
    outcomes.settle(slow, None, answer, at=NOW + 6 * MINUTE)
    assert now(message).state == SENT
    assert Contact.objects.count() == 1


def test_what_came_meanwhile_is_obeyed_as_it_leaves(world: World, server: Server) -> None:
    ask, reply, agreed = (put(world.joan, kind) for kind in ("ask", "reply", "confirmation"))
    owed = put(world.joan, "confirmation", owed=True)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_AT_ALL, at=NOW)
    send()
    for message in (ask, reply, agreed):
        assert now(message).state == WITHDRAWN
        assert "left alone" in now(message).reason
    assert now(owed).state == SENT


@pytest.mark.parametrize("kind", ["ask", "reply"])
def test_a_stop_between_greeting_and_handing_over_is_obeyed(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    message = put(world.joan, kind)
    before = Line.announce

    def stops(line: Line, mail: object) -> None:
        before(line, mail)  # type: ignore[arg-type]
        initiatives.say_wish(world.joan, initiatives.Wish.NOT_AT_ALL, at=NOW)

    monkeypatch.setattr(Line, "announce", stops)
    send()
    send(NOW + 2 * MINUTE)
    assert server.taken == []
    assert now(message).state == WITHDRAWN


def test_two_workers_never_send_the_same(world: World, server: Server) -> None:
    message = put(world.joan)
    assert leaving.leave(message.pk, clock=lambda: NOW)
    assert not leaving.leave(message.pk, clock=lambda: NOW)
    assert len(server.taken) == 1


def test_without_a_mail_server_everything_waits_to_be_handed_over(
    world: World, settings: Settings, mailoutbox: list[object]
) -> None:
    settings.EMAIL_URL = ""
    message = put(world.joan)
    assert send() == 0
    assert now(message).state == WAITING
    assert mailoutbox == []


def test_who_has_no_address_gets_no_mail_and_it_waits(world: World, server: Server) -> None:
    message = put(world.sam)
    assert send() == 0
    assert now(message).state == WAITING


def test_mail_to_somebody_made_up_never_leaves(world: World, server: Server) -> None:
    Person.objects.filter(pk=world.joan.person_id).update(is_example=True)
    message = put(world.joan)
    send()
    assert (now(message).state, server.taken) == (WITHDRAWN, [])


def test_a_server_out_of_reach_is_asked_once_for_all_that_waits(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILERS = mailers(free_port())
    asked: list[object] = []

    def refuses(backend: object) -> None:
        asked.append(backend)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.open", refuses)
    for _ in range(3):
        put(world.joan, "reply")
    assert send() == 3
    assert len(asked) == 1
    assert Delivery.objects.filter(outcome="later").count() == 3


def test_dots_at_the_beginning_of_a_line_arrive(world: World, server: Server) -> None:
    put(world.joan, text=".hidden\n..\n.\nand more\n" + "é" * 1200)
    send()
    assert body(server).startswith(".hidden\n..\n.\nand more\n")
    assert "é" * 1200 in body(server)


def test_a_mail_that_cannot_be_written_is_shown_and_not_tried_for_ever(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = put(world.joan)
    monkeypatch.setattr(emails, "as_mail", lambda *_a, **_k: 1 / 0)
    send()
    assert now(message).state == FAILED
    assert "put together" in now(message).reason


def test_words_mended_while_the_server_is_greeted_leave_mended(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.joan, "reply", text="You said: “nobody knows”")
    before = Line.announce

    def mends(line: Line, mail: object) -> None:
        before(line, mail)  # type: ignore[arg-type]
        actions.replace_words(world.joan, ["nobody knows"], "few know", at=NOW)

    monkeypatch.setattr(Line, "announce", mends)
    send()
    assert server.taken == []
    send(NOW + MINUTE)
    assert body(server).startswith("You said: “few know”")
