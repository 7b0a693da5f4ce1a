"""Before it is sent and after, the lead reads when it leaves, or that it is theirs to send."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils.timezone import now

from earnest.listening.models import Ask, Invitation
from earnest.listening.queries.leaving import how_it_leaves
from earnest.listening.tests.test_ask_pages import html, lead, post
from earnest.messaging.models import Message
from tests.worlds import World

__all__ = ["lead"]
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
NO_MAIL = override_settings(EMAIL_URL=None)
MAIL = override_settings(EMAIL_URL="smtp://localhost:2525")


@MAIL
def test_on_a_saturday_it_says_monday_in_their_working_hours(world: World) -> None:
    said = how_it_leaves(world.joan.person, SATURDAY).sentence
    assert said.startswith("It leaves Monday 23 November, 0")
    assert said.endswith("in the working hours of Joan.")


@MAIL
def test_who_has_no_address_is_written_to_by_hand(world: World) -> None:
    leaving = how_it_leaves(world.sam.person, SATURDAY)
    assert not leaving.by_mail
    assert "It is for you to send: no address of Sam is known." in leaving.sentence


@pytest.mark.parametrize("what", ["", "sent/"])
@NO_MAIL
def test_without_a_mail_server_nothing_is_said_to_be_sent(
    lead: Client, world: World, what: str
) -> None:
    page = html(post(lead, world.joan, what))
    assert "It is for you to send: no mail server is set up." in page


@pytest.mark.parametrize("what", ["", "sent/"])
@MAIL
def test_with_one_it_says_when_it_leaves(lead: Client, world: World, what: str) -> None:
    assert "It leaves " in html(post(lead, world.joan, what))


@NO_MAIL
def test_an_ask_that_did_not_leave_is_nowhere_called_sent(lead: Client, world: World) -> None:
    page = html(post(lead, world.joan, "sent/"))
    row = Invitation.objects.get()
    assert "for you to send" in page
    own = html(lead.get(f"/invitations/{row.pk}/"))
    assert "not sent yet" in own
    assert "Sent on" not in own
    assert "<p>Asked<br>" in own
    Message.objects.update(state="sent", sent_at=now())
    assert "Sent on" in html(lead.get(f"/invitations/{row.pk}/"))


def proposed_day(lead: Client, world: World) -> str:
    form: Any = lead.get(f"/people/{world.joan.pk}/ask/").context["form"]
    return str(form.fields["answer_by"].initial)


def test_a_proposed_last_day_left_as_it_was_follows_the_times(lead: Client, world: World) -> None:
    proposed = proposed_day(lead, world)
    soon = date.fromisoformat(proposed) - timedelta(days=2)
    post(lead, world.joan, "sent/", answer_by=proposed, day_1=str(soon))
    assert Ask.objects.get().answer_by == soon
