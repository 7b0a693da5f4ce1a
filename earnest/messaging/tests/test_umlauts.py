"""Addresses that the head of a mail cannot hold: the mail is not lost over them."""

from __future__ import annotations

from datetime import timedelta

from earnest.messaging import actions
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import Server, put, send
from tests.worlds import NOW, World


def test_the_mail_of_a_lead_with_an_umlaut_before_the_at_leaves(
    world: World, server: Server
) -> None:
    world.lead.email = "jürgen@example.org"
    world.lead.save()
    message = put(world.joan)
    send()
    send(NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    [mail] = server.mails
    assert (mail["From"].addresses[0].display_name, mail["Reply-To"]) == ("Lead Lead", None)


def test_an_umlaut_behind_the_at_is_answered_to(world: World, server: Server) -> None:
    world.lead.email = "lead@müller.example"
    world.lead.save()
    put(world.joan)
    send()
    assert server.mails[0]["Reply-To"].addresses[0].addr_spec == "lead@xn--mller-kva.example"


def test_by_hand_it_can_be_sent_to_and_from_such_addresses(world: World) -> None:
    world.lead.email = "jürgen@example.org"
    world.lead.save()
    world.joan.person.email = "zoë@example.org"
    world.joan.person.save()
    handed = actions.hand_over(put(world.joan, "reply"), by=world.lead, at=NOW)
    assert handed.mailto.startswith("mailto:zo%C3%AB@example.org")
    assert b"X-Unsent: 1" in handed.eml
