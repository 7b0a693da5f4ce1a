"""The lead is told of a time agreed or called off, though a mail server may be away for a while."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from earnest.initiatives.actions import Wish, say_wish
from earnest.listening import actions, sweeps
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import DAY, HOUR, invite, times_of
from earnest.people.models import Person
from tests.worlds import NOW, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The mail server hangs up, until this is undone."""

    def hangs_up(*_: object) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", hangs_up)
    return monkeypatch


@pytest.fixture
def agreed(world: World, away: pytest.MonkeyPatch) -> Invitation:
    """They chose a time while the mail server was away."""
    asked = invite(world, world.joan)
    actions.choose_time(asked, times_of(asked)[0], by=None, at=NOW)
    asked.refresh_from_db()
    assert (asked.lead_tries, asked.lead_owed) == (1, asked.starts_at)
    Invitation.objects.update(lead_next_try=NOW + MINUTE)  # the job's clock is the real one
    return asked


def told(world: World) -> list[str]:
    return [str(one.subject) for one in mail.outbox if one.to == [world.lead.email]]


def test_one_that_was_not_taken_is_sent_again_once_under_its_own_id(
    world: World, agreed: Invitation, away: pytest.MonkeyPatch
) -> None:
    assert sweeps.tell_leads(at=NOW + MINUTE) == 0
    away.undo()
    assert sweeps.tell_leads(at=NOW + 2 * MINUTE) == 0  # not yet
    assert sweeps.tell_leads(at=NOW + HOUR) == 1
    assert sweeps.tell_leads(at=NOW + DAY) == 0
    assert told(world) == ["Joan Okafor: Tue 24 Nov, 09:00"]
    [one] = [one for one in mail.outbox if one.to == [world.lead.email]]
    assert one.extra_headers["Message-ID"] == f"<{agreed.uid}.0@localhost>"


def test_it_is_given_up_after_some_tries(
    world: World, agreed: Invitation, away: pytest.MonkeyPatch
) -> None:
    for n in range(1, 30):
        sweeps.tell_leads(at=NOW + n * DAY)
    away.undo()
    assert sweeps.tell_leads(at=NOW + 30 * DAY) == 0
    assert told(world) == []


def test_one_that_was_overtaken_is_not_sent(
    world: World, agreed: Invitation, away: pytest.MonkeyPatch
) -> None:
    away.undo()
    actions.call_off(agreed, by=None, at=NOW + HOUR)
    sweeps.tell_leads(at=NOW + DAY)
    [subject] = told(world)
    assert "off" in subject.lower()


def test_of_who_was_erased_or_stopped_nothing_is_told(
    world: World, agreed: Invitation, away: pytest.MonkeyPatch
) -> None:
    away.undo()
    say_wish(world.joan, Wish.NOT_AT_ALL, at=NOW)
    assert sweeps.tell_leads(at=NOW + DAY) == 0
    agreed.refresh_from_db()
    assert agreed.lead_next_try is None
    Invitation.objects.update(lead_owed=NOW, lead_next_try=NOW, starts_at=None)
    Person.objects.filter(pk=world.joan.person_id).update(erased_at=NOW)
    assert sweeps.tell_leads(at=NOW + DAY) == 0
    assert told(world) == []


def test_after_a_stop_the_lead_still_hears_that_it_is_off(
    world: World, agreed: Invitation, away: pytest.MonkeyPatch
) -> None:
    away.undo()
    say_wish(world.joan, Wish.NOT_AT_ALL, at=NOW)
    agreed.participation.refresh_from_db()
    actions.call_off(agreed, by=None, at=NOW + HOUR)
    assert len(told(world)) == 1
