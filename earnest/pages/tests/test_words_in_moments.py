"""Words for the leads alone, copied into a moment, are read by nobody it is for."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.listening.models import Quote
from earnest.messaging.models import Message
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from earnest.pages.tests.test_words_in_pilots import KEPT, signed_in
from earnest.practice.actions import moments
from earnest.practice.actions.moments import Noticed
from earnest.practice.actions.nudging import send_nudge
from earnest.practice.forms.moments import MomentForm, NudgeForm
from earnest.practice.models import MomentSeen
from earnest.practice.tests.moments import a_moment
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(world: World) -> MomentSeen:
    """Written before anybody looked for words in it, and come."""
    Quote.objects.create(
        initiative=world.initiative,
        participation=world.sam,
        words=KEPT,
        said_on=NOW.date(),
        passed_on="leads",
    )
    moment = a_moment(world, what=f"As Sam says: {KEPT}", link=f"Because {KEPT}")
    noticed = Noticed("hand", "hand 1", words=f"Then {KEPT}")
    return moments.notice(moment, world.joan, noticed, by=world.lead, at=NOW)


def test_their_page_holds_none(client: Client, world: World, seen: MomentSeen) -> None:
    joan = opened(client, world.joan)
    for place in (joan, f"{joan}moments/{seen.pk}/"):
        page = client.get(place).text
        assert KEPT not in page
        for words in ("As Sam says: […]", "Because […]", "Then […]"):
            assert words in page
    assert KEPT not in str(everything_about(world.joan, at=NOW))


def test_its_leads_read_it_as_it_was_typed(world: World, seen: MomentSeen) -> None:
    page = signed_in(world.lead).get(reverse("practice:seen", args=[seen.pk])).text
    assert f"As Sam says: {KEPT}" in page
    assert "As Sam says: […]" in page  # the mail beside it, as Joan would read it


def test_the_mail_holds_none(world: World, seen: MomentSeen) -> None:
    send_nudge(seen, link=f"Because {KEPT}", line=f"Sam: {KEPT}", by=world.lead, at=NOW)
    mail = Message.objects.get()
    assert KEPT not in f"{mail.text} {mail.html}"
    assert "As Sam says: […]" in mail.text
    seen.refresh_from_db()
    assert seen.words == f"Then {KEPT}"


def test_who_writes_it_is_told_so(world: World, seen: MomentSeen) -> None:
    typed = {"what": KEPT, "link": KEPT, "whom": "one", "person": "Joan Okafor", "how": "hand"}
    form = MomentForm(typed, initiative=world.initiative, today=NOW.date())
    assert "own word" in form.errors["what"][0]
    assert "own word" in form.errors["link"][0]
    mail = NudgeForm({"line": "", "link": KEPT}, seen=seen)
    assert "own word" in mail.errors["link"][0]


def test_their_own_words_may_be_said_to_them(world: World, seen: MomentSeen) -> None:
    typed = {"what": KEPT, "link": KEPT, "whom": "one", "person": "Sam Reyes", "how": "hand"}
    form = MomentForm(typed, initiative=world.initiative, today=NOW.date())
    assert not form.errors.keys() & {"what", "link"}
