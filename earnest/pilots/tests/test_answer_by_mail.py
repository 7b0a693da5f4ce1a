"""Who asked for it by an account alone hears the answer by mail, once (1.12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from earnest.accounts.models import Membership
from earnest.messaging.models import Message
from earnest.pilots import sweeps
from earnest.pilots.actions import spreading as actions
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Answer, Asker, Wish
from earnest.pilots.models import CardVersion, SpreadRequest
from earnest.pilots.tests.carded import a_card, a_pilot, shown
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WISH = Wish("Archive", "We search for it every day")
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def version(world: World) -> CardVersion:
    card = a_card(world, a_pilot(world))
    publish_card(card, "workspace", by=world.lead, at=NOW)
    return shown(card)


@pytest.fixture
def asked(world: World, version: CardVersion) -> SpreadRequest:
    return actions.ask_for_it(version, Asker(user=world.member), WISH, at=NOW)


def answer(world: World, asked: SpreadRequest) -> None:
    actions.answer_request(asked, Answer("not_now", "After the move"), by=world.lead, at=NOW)


def test_a_member_who_asked_hears_the_answer_once(world: World, asked: SpreadRequest) -> None:
    assert sweeps.tell_who_asked(at=SOON) == 0
    answer(world, asked)
    assert sweeps.tell_who_asked(at=SOON) == 1
    assert sweeps.tell_who_asked(at=SOON) == 0
    (sent,) = mail.outbox
    assert sent.to == [world.member.email]
    assert sent.subject == "What you asked for: Archive"
    assert "After the move" in sent.body
    assert f"/cards/{asked.version.card_id}/" in sent.body
    assert "[[" not in sent.body + str(sent.alternatives[0])
    assert not Message.objects.exists()


def test_of_two_who_mail_at_once_one_does(world: World, asked: SpreadRequest) -> None:
    answer(world, asked)
    assert actions.say_mailed(asked, at=SOON)
    assert not actions.say_mailed(asked, at=SOON)


def test_who_is_on_it_hears_it_by_the_outbox_alone(world: World, version: CardVersion) -> None:
    world.joan.person.user = world.member
    world.joan.person.save()
    whose = Asker(world.joan, world.member)
    answer(world, actions.ask_for_it(version, whose, WISH, at=NOW))
    assert sweeps.tell_who_asked(at=SOON) == 0
    assert Message.objects.filter(participation=world.joan).count() == 1


def test_no_news_is_mailed_to_who_left_or_after_a_week(world: World, asked: SpreadRequest) -> None:
    answer(world, asked)
    assert sweeps.tell_who_asked(at=NOW + timedelta(days=8)) == 0
    Membership.objects.filter(user=world.member).delete()
    assert sweeps.tell_who_asked(at=SOON) == 0


def test_what_was_taken_back_is_answered_to_nobody(world: World, asked: SpreadRequest) -> None:
    actions.take_back(asked, by=world.member, at=NOW)
    assert sweeps.tell_who_asked(at=SOON) == 0


def test_without_a_mail_server_it_waits_on_the_card(
    world: World, asked: SpreadRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(world, asked)
    monkeypatch.setattr("earnest.pilots.telling.mail_is_set_up", lambda: False)
    assert sweeps.tell_who_asked(at=SOON) == 0
    asked.refresh_from_db()
    assert asked.mailed_at is None
