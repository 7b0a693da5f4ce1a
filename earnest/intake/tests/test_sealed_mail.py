"""Mail of an anonymous round: its link is in the mail as it left, and nowhere else."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from earnest.checkins import access, actions, sweeps
from earnest.checkins.models import AnswerSlot
from earnest.checkins.tests.asking import (
    AFTER,
    answer,
    everything_kept,
    links_in,
    more_people,
    opened,
    secret_of,
    sent,
)
from earnest.intake import actions as intake
from earnest.intake.models import Inbound
from earnest.messaging.actions import IsSealed, hand_over
from earnest.messaging.jobs import send_message
from earnest.messaging.models import Delivery, Message
from earnest.messaging.tests.mails import Server, send
from tests.worlds import NOW, World


def test_everybody_gets_a_link_of_their_own_and_a_slot_waits_for_each(
    world: World, server: Server
) -> None:
    made, links = sent(world, server)
    assert len(links) == len(set(links.values())) == 7
    keys = {access.key_of(secret_of(path)) for path in links.values()}
    assert set(made.slots.values_list("key", flat=True)) == keys


def test_no_secret_stands_in_any_row_or_log(
    world: World, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.says["DATA"] = ["554 5.7.1 blocked", "451 later"]
    _made, links = sent(world, server)
    kept = everything_kept() + caplog.text
    assert len(links) == 5
    for path in links.values():
        assert secret_of(path) not in kept
        assert kept.count(access.key_of(secret_of(path))) == 1  # the slot's own key


def test_a_server_that_repeats_the_link_does_not_get_it_into_our_rows(
    world: World, server: Server
) -> None:
    """A filter against spam names the address it does not like."""
    more_people(world, 6)
    opened(world)
    server.says["DATA"] = ["554 5.7.1 http://localhost/c/12.abcDEF-_9.mac/ is not welcome"]
    sweeps.send_sealed(at=NOW)
    words = Delivery.objects.exclude(code=250).get().words
    assert "/c/…/" in words
    assert "abcDEF" not in words


def test_nothing_but_its_own_sweep_sends_it(world: World, server: Server) -> None:
    more_people(world, 6)
    opened(world)
    assert send() == 0
    send_message.call(Message.objects.all()[0].pk)
    assert server.taken == []
    assert Message.objects.filter(state="waiting").count() == 7


def test_it_is_never_handed_over_by_hand(world: World, server: Server) -> None:
    more_people(world, 6)
    opened(world)
    message = Message.objects.all()[0]
    with pytest.raises(IsSealed):
        hand_over(message, by=world.lead, at=NOW)
    client = Client()
    client.force_login(world.lead)
    for door in ("by-hand", "file"):
        answered = client.post(f"/messages/{message.pk}/{door}/", follow=True)
        assert "goes straight to" in answered.content.decode()
    message.refresh_from_db()
    assert message.state == "waiting"
    shown = client.get(f"/messages/{message.pk}/").content.decode()
    assert "[a link that says nothing of who answers]" in shown
    assert "Hand it over" not in shown


def test_what_could_not_leave_gets_another_link_and_its_first_slot_is_gone(
    world: World, server: Server
) -> None:
    more_people(world, 6)
    made = opened(world)
    server.says["RCPT"] = ["451 busy"] * 3
    sweeps.send_sealed(at=NOW)
    assert len(links_in(server)) == 4
    assert made.slots.count() == 4
    sweeps.send_sealed(at=NOW + timedelta(minutes=2))
    assert len(links_in(server)) == 7
    assert made.slots.count() == 7


def test_answers_given_between_two_runs_stay(world: World, server: Server) -> None:
    more_people(world, 6)
    made = opened(world)
    server.says["RCPT"] = ["451 busy"]
    sweeps.send_sealed(at=NOW)
    for path in links_in(server).values():
        assert answer(path, line="Fridays").status_code == 200
    sweeps.send_sealed(at=NOW + timedelta(minutes=2))
    assert made.slots.filter(state=AnswerSlot.State.APART, line="Fridays").count() == 6
    assert made.slots.filter(state=AnswerSlot.State.EMPTY).count() == 1


def test_after_the_dead_mails_not_sent_get_new_links(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_people(world, 6)
    made = opened(world)

    def dies(*_args: object, **_more: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("earnest.checkins.sending.leaving.leave", dies)
        with pytest.raises(KeyboardInterrupt):
            sweeps.send_sealed(at=NOW)
    sweeps.send_sealed(at=NOW)
    links = links_in(server)
    assert len(links) == 7
    assert all(access.slot_of(secret_of(path)) for path in links.values())
    assert made.slots.filter(state="answered").count() == 0


def test_none_leaves_at_night(world: World, server: Server) -> None:
    more_people(world, 6)
    opened(world)
    assert sweeps.send_sealed(at=NOW + timedelta(hours=12)) == 0
    assert server.taken == []


def test_what_waits_at_the_end_is_taken_back(world: World, server: Server) -> None:
    more_people(world, 6)
    made = opened(world)
    actions.close_round(made, at=AFTER)
    assert set(Message.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert sweeps.send_sealed(at=AFTER) == 0


def test_a_reply_that_quotes_the_link_does_not_bring_it_back_to_us(
    world: World, server: Server
) -> None:
    _made, links = sent(world, server)
    address, path = next(iter(links.items()))
    message = Message.objects.get(participation__person__email=address)
    mail = (
        f"From: {address}\r\nTo: us@example.org\r\nMessage-ID: <1@x>\r\n"
        f"In-Reply-To: {message.message_id}\r\nContent-Type: text/plain\r\n\r\n"
        f"Too many forms. See http://localhost:8000{path}\r\n> http://localhost:8000{path}\r\n"
    )
    inbound = intake.receive(mail.encode(), at=NOW)
    assert inbound.kind == Inbound.Kind.WORDS
    assert bytes(Inbound.objects.get().raw) == b""
    assert secret_of(path) not in json.dumps(everything_kept())


@pytest.mark.parametrize("times", [1, 2])
def test_nor_does_one_whose_mail_program_leads_links_over_another_place(
    world: World, server: Server, times: int
) -> None:
    _made, links = sent(world, server)
    address, path = next(iter(links.items()))
    message = Message.objects.get(participation__person__email=address)
    link = f"http://localhost:8000{path}"
    for _time in range(times):
        link = f"https://safe.example.com/?url={quote(link, safe='')}"
    mail = (
        f"From: {address}\r\nTo: us@example.org\r\nMessage-ID: <1@x>\r\n"
        f"In-Reply-To: {message.message_id}\r\nContent-Type: text/plain\r\n\r\n"
        f"Too many forms. See {link}\r\n> {link}\r\n"
    )
    inbound = intake.receive(mail.encode(), at=NOW)
    assert inbound.kind == Inbound.Kind.WORDS
    assert bytes(Inbound.objects.get().raw) == b""
    assert secret_of(path) not in json.dumps(everything_kept())
