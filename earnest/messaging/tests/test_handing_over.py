"""Without a mail server, or instead of it: one sends the message oneself."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.access import participation_by_secret
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions, calendars
from earnest.messaging.actions import AskedEnough, CannotBeHandedOver
from earnest.messaging.models import Contact, Message
from earnest.messaging.tests.mails import Server, put, send
from tests.worlds import NOW, World


def secret_in(words: str) -> str:
    return words.split("/p/")[1].split("/", maxsplit=1)[0]


def test_it_is_filled_with_a_link_that_is_kept_nowhere(world: World) -> None:
    message = put(world.joan, text="Joan, what do you see?\n\n[[page]]asked/12/ & more")
    filled = actions.hand_over(message, by=world.lead, at=NOW)
    secret = secret_in(filled.text)
    assert participation_by_secret(secret, at=NOW) == world.joan
    assert secret in filled.html
    assert "Never for appraisal" in filled.text
    kept = Message.objects.get(pk=message.pk)
    assert secret not in kept.text + kept.html
    assert kept.state == Message.State.BY_HAND


def test_the_mail_program_gets_the_whole_text(world: World) -> None:
    world.joan.first_told_at = NOW
    world.joan.save()
    message = put(world.joan, subject="50% & more?", text="One\n\ntwo & three = ü")
    filled = actions.hand_over(message, by=world.lead, at=NOW)
    link = urlsplit(filled.mailto)
    asked = parse_qs(link.query)
    assert (link.scheme, unquote(link.path)) == ("mailto", "joan@example.org")
    assert asked["subject"] == ["50% & more?"]
    assert asked["body"][0].startswith("One\r\n\r\ntwo & three = ü")
    assert filled.mailto_is_whole


def test_a_text_too_long_for_a_link_is_to_be_pasted(world: World) -> None:
    message = put(world.joan, text="word " * 600)
    filled = actions.hand_over(message, by=world.lead, at=NOW)
    assert not filled.mailto_is_whole
    assert len(filled.mailto) < 200


def test_a_link_on_every_line_becomes_one_where_all_do_not_fit(world: World) -> None:
    world.joan.first_told_at = NOW
    world.joan.save()
    times = "\n".join(f"Tue 24 Nov, 1{n}:00: [[page]]asked/7/?time={n}" for n in range(9))
    message = put(world.joan, text=f"{'A word. ' * 30}\n{times}\nNo: [[page]]asked/7/?answer=no")
    filled = actions.hand_over(message, by=world.lead, at=NOW)
    body = parse_qs(urlsplit(filled.mailto).query)["body"][0]
    assert filled.mailto_is_whole
    assert "Tue 24 Nov, 18:00\r\n" in body
    assert body.count("/asked/7/") == 1
    assert "/stop/" in body
    assert filled.text.count("/asked/7/") == 10


def test_the_file_opens_as_a_mail_not_sent_yet(world: World) -> None:
    meeting = calendars.Meeting(
        uid="1@x", sequence=0, starts_at=NOW, ends_at=NOW, summary="Intake",
        lead_name="Lead", lead_email="lead@example.org", person_name="Joan Okafor",
    )  # fmt: skip
    message = put(world.joan, calendar=calendars.request(meeting, at=NOW))
    filled = actions.hand_over(message, by=world.lead, at=NOW)
    mail = message_from_bytes(filled.eml, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["X-Unsent"] == "1"
    assert mail["To"].addresses[0].addr_spec == "joan@example.org"
    assert mail["From"].addresses[0].addr_spec == "lead@example.org"
    kinds = {part.get_content_type() for part in mail.walk()}
    assert {"text/plain", "text/html", "text/calendar", "application/ics"} <= kinds


def test_who_has_no_address_is_handed_it_all_the_same(world: World) -> None:
    filled = actions.hand_over(put(world.sam), by=world.lead, at=NOW)
    assert filled.mailto.startswith("mailto:?subject=")
    assert b"\nTo:" not in filled.eml


def test_it_counts_once_and_each_time_has_a_fresh_link(world: World) -> None:
    message = put(world.joan)
    secrets = {secret_in(actions.hand_over(message, by=world.lead, at=NOW).text) for _ in "123"}
    assert len(secrets) == 3
    [contact] = Contact.objects.all()
    assert (contact.channel, contact.kind) == ("hand", "ask")
    world.joan.refresh_from_db()
    assert world.joan.first_told_at == NOW


def test_mail_of_ours_never_follows_it(world: World, server: Server) -> None:
    actions.hand_over(put(world.joan), by=world.lead, at=NOW)
    assert send() == 0
    assert server.taken == []


def test_what_has_left_or_was_taken_back_is_not_handed_over(world: World, server: Server) -> None:
    left, back = put(world.joan, "reply"), put(world.joan)
    actions.withdraw(back, by=world.lead, at=NOW)
    send()
    for message in (left, back):
        with pytest.raises(CannotBeHandedOver):
            actions.hand_over(message, by=world.lead, at=NOW)


def test_the_limits_hold_by_hand_too(world: World, server: Server) -> None:
    server.says["RCPT"] = ["554 5.7.1 no"]
    failed = put(world.joan)
    send()
    put(world.joan)
    put(world.joan)
    with pytest.raises(AskedEnough):
        actions.hand_over(failed, by=world.lead, at=NOW)


def test_after_a_stop_only_what_is_owed_is_shown_again(world: World) -> None:
    waiting, handed = put(world.joan), put(world.joan, "reply")
    owed = put(world.joan, "reply", owed=True)
    actions.hand_over(handed, by=world.lead, at=NOW)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    for message in (waiting, handed):
        with pytest.raises(AskedToStop):
            actions.hand_over(message, by=world.lead, at=NOW)
    assert actions.hand_over(owed, by=world.lead, at=NOW).text
