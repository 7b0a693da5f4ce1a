"""What somebody sent by mail is held about them, and goes with them."""

from __future__ import annotations

from earnest.intake.actions import receive
from earnest.intake.models import Inbound
from earnest.intake.tests.mails import mail
from earnest.listening.tests.asked import HOUR
from earnest.messaging import actions as messaging
from earnest.pages import erasure, sweeps
from earnest.pages.everything import everything_about
from tests.worlds import NOW, World

SOON = NOW + HOUR


def received(world: World) -> Inbound:
    draft = messaging.Draft("reply", "This is what I heard", "Right?")
    ours = messaging.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    return receive(mail("The zebra form.", answers=ours.message_id), at=SOON)


def test_it_is_held_about_them_and_goes_with_them(world: World) -> None:
    received(world)
    assert "The zebra form." in str(everything_about(world.joan, at=SOON)["initiative"])
    erasure.erase_person(world.joan.person, by=None, at=SOON)
    inbound = Inbound.objects.get()
    assert (bytes(inbound.raw), inbound.participation, inbound.answers) == (b"", None, None)


def test_as_it_came_it_is_kept_as_long_as_notes_are(world: World) -> None:
    inbound = received(world)
    sweeps.keep_no_longer(at=SOON + 150 * 24 * HOUR)
    inbound.refresh_from_db()
    assert bytes(inbound.raw)
    sweeps.keep_no_longer(at=SOON + 200 * 24 * HOUR)
    inbound.refresh_from_db()
    assert bytes(inbound.raw) == b""
    assert inbound.participation == world.joan
