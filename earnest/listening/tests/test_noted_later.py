"""An answer that came in time and is noted later: the lead says on which day it came."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from earnest.listening import actions, sweeps
from earnest.listening.actions import Came, Wanted
from earnest.listening.models import Conversation, Invitation
from earnest.listening.tests.asked import DAY, HOUR, invite, record_of
from earnest.messaging.models import Contact
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

LATE = NOW + 8 * DAY
MAIL = """From: Joan Okafor <joan@example.org>
Date: {date}
Subject: Re: Fridays
Content-Type: text/plain

Fridays are hard because of the rota.
"""


def lapsed(world: World) -> Invitation:
    asked = invite(world, world.joan)
    sweeps.lapse_due(at=NOW + 7 * DAY)
    assert record_of(world.joan) == [("silent", "", 0)]
    return asked


def silence(world: World) -> list[int | None]:
    return [value for kind, _item, value in record_of(world.joan) if kind == "silent"]


@pytest.mark.parametrize("way", ["written", "no", "time", "else"])
def test_what_came_in_time_takes_the_silence_back(world: World, way: str) -> None:
    asked = lapsed(world)
    (zero,) = Evidence.objects.filter(kind="silent")
    said = {"by": world.lead, "at": LATE, "came": Came("mail", on=(NOW + 2 * DAY).date())}
    if way == "written":
        actions.answer_in_writing(asked, "The rota.", **said)  # type: ignore[arg-type]
    elif way == "no":
        actions.decline(asked, **said)  # type: ignore[arg-type]
    elif way == "time":
        actions.propose_time(asked, Wanted(None, "in May"), **said)  # type: ignore[arg-type]
    else:
        actions.refer(asked, "Sam", "", **said)  # type: ignore[arg-type]
    assert silence(world) == [1]
    assert Evidence.objects.filter(corrects=zero.id).count() == 1
    assert Contact.objects.get().at.date() == (NOW + 2 * DAY).date()


@pytest.mark.parametrize("on", [None, 6, 8])
def test_what_came_too_late_does_not(world: World, on: int | None) -> None:
    asked = lapsed(world)
    day = (NOW + on * DAY).date() if on else None
    actions.answer_in_writing(asked, "The rota.", by=world.lead, at=LATE, came=Came("mail", day))
    assert silence(world) == [0]


def test_in_time_for_times_offered_later_it_was_silence_before(world: World) -> None:
    asked = lapsed(world)
    actions.propose_time(asked, Wanted(None, "in May"), by=None, at=LATE)
    actions.offer_times(asked, [NOW + 60 * DAY], by=world.lead, at=LATE + HOUR)
    came = Came("mail", on=(LATE + DAY).date())
    actions.decline(asked, by=world.lead, at=LATE + 2 * DAY, came=came)
    assert silence(world) == [0]


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def asked_days_ago(world: World) -> tuple[str, date]:
    """Asked eight days ago, lapsed two days ago; the address of its answers, and the day."""
    sent = now() - 8 * DAY
    asked = invite(world, world.joan, at=sent)
    sweeps.lapse_due(at=sent + 6 * DAY)
    return f"/invitations/{asked.pk}/written/", world.workspace.day(sent)


def test_the_day_is_asked_for_and_stands_at_today(lead: Client, world: World) -> None:
    address, sent = asked_days_ago(world)
    page = lead.get(address.removesuffix("written/")).content.decode()
    assert "On which day did it come?" in page
    assert f'value="{world.workspace.day(now())}"' in page
    lead.post(address, {"text": "The rota.", "came_on": str(sent + 2 * DAY)})
    assert silence(world) == [1]
    assert Conversation.objects.get().held_on == sent + 2 * DAY


@pytest.mark.parametrize(
    ("days", "sentence"), [(-1, "That was before it was sent"), (9, "That day is still to come")]
)
def test_a_day_that_cannot_be_meant_is_said_beside_the_field(
    lead: Client, world: World, days: int, sentence: str
) -> None:
    address, sent = asked_days_ago(world)
    said = lead.post(address, {"text": "The rota.", "came_on": str(sent + days * DAY)})
    assert said.status_code == 400
    assert sentence in said.content.decode()
    assert "The rota." in said.content.decode()
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(("days", "found"), [(2, [1]), (-3, [0]), (7, [0])])
def test_a_mail_says_itself_on_which_day_it_came(
    lead: Client, world: World, days: int, found: list[int]
) -> None:
    address, sent = asked_days_ago(world)
    text = MAIL.format(date=(now() + (days - 8) * DAY).strftime("%a, %d %b %Y %H:%M:%S +0000"))
    mail = SimpleUploadedFile("answer.eml", text.encode())
    lead.post(address, {"file": mail, "came_on": str(world.workspace.day(now()))})
    assert silence(world) == found
    assert Conversation.objects.get().held_on >= sent
