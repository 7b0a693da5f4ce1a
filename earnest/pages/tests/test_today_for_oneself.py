"""Below what is owed to others, Today has what is for oneself: a question, and an offer made once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from earnest.pages.models import LeaderQuestion, WeeklyLine
from earnest.pages.queries.mirror import monday_of
from earnest.rhythm.models import Digest
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def today(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_question_of_the_week_waits_until_it_is_answered_or_left(
    as_lead: Client, world: World
) -> None:
    assert "How do I help us cooperate?" in today(as_lead)
    left = as_lead.post(f"/initiatives/{world.initiative.pk}/mirror/question/left/", {"next": "/"})
    assert left.headers["Location"] == "/"
    done = WeeklyLine.objects.filter(user=world.lead, initiative=world.initiative)
    assert done.get().monday == monday_of(world.lead, now())
    assert "How do I help us cooperate?" not in today(as_lead)


def test_the_question_to_ones_own_leader_comes_on_its_day(as_lead: Client, world: World) -> None:
    question = LeaderQuestion.objects.create(
        user=world.lead,
        question="How do you get a yes from us?",
        planned_on=now().date() + timedelta(days=3),
        changed_at=now(),
    )
    assert "How do you get a yes from us?" not in today(as_lead)
    LeaderQuestion.objects.filter(pk=question.pk).update(
        planned_on=now().date() - timedelta(days=1)
    )
    assert "How do you get a yes from us?" in today(as_lead)
    as_lead.force_login(world.co_lead)
    assert "How do you get a yes from us?" not in today(as_lead)


def test_the_digest_is_offered_once(as_lead: Client, world: World) -> None:
    assert "What waits, by mail?" in today(as_lead)
    assert as_lead.get("/account/digest/declined/").status_code == 405
    as_lead.post("/account/digest/declined/")
    assert Digest.objects.get(user=world.lead).next_at is None
    assert "What waits, by mail?" not in today(as_lead)


def test_no_thanks_on_an_old_tab_takes_nothing_back(as_lead: Client, world: World) -> None:
    chosen = Digest.objects.create(user=world.lead, every="week", next_at=now(), changed_at=now())
    as_lead.post("/account/digest/declined/")
    chosen.refresh_from_db()
    assert chosen.every == "week"


def test_without_a_mail_server_no_mail_is_offered(as_lead: Client, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    assert "What waits, by mail?" not in today(as_lead)
