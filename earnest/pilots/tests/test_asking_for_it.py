"""Asking for it: who, when, why, and what they had read; the lead answers, and they see it (1.12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.messaging.models import Message
from earnest.people.models import Team
from earnest.pilots.actions import PilotDraft
from earnest.pilots.actions import spreading as actions
from earnest.pilots.actions.cards import publish_card, withdraw_card
from earnest.pilots.actions.spreading import Answer, Asker, Wish
from earnest.pilots.models import CardVersion, EvidenceCard, Pilot, SpreadRequest
from earnest.pilots.tests.carded import a_card, a_pilot, shown
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WISH = Wish("North desk", "Our Fridays are the same")


@pytest.fixture
def card(world: World) -> EvidenceCard:
    return a_card(world, a_pilot(world))


@pytest.fixture
def version(world: World, card: EvidenceCard) -> CardVersion:
    publish_card(card, "workspace", by=world.lead, at=NOW)
    return shown(card)


def test_who_asked_when_and_what_they_had_read_are_kept(
    world: World, card: EvidenceCard, version: CardVersion
) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    EvidenceCard.objects.update(tried="Something else.")
    publish_card(card, "workspace", by=world.lead, at=NOW)
    withdraw_card(card, by=world.lead, at=NOW)
    asked = SpreadRequest.objects.get(pk=asked.pk)
    assert (asked.participation, asked.at) == (world.joan, NOW)
    assert (asked.version.number, asked.version.tried) == (1, "One desk answers all.")


def ask_on_its_page(who: User, card: EvidenceCard, seen: str) -> int:
    """The number of the version that is noted as seen."""
    page = Client()
    page.force_login(who)
    typed = {"part": "North desk", "why": "Our Fridays are the same", "seen": seen}
    page.post(f"/cards/{card.pk}/asked/", typed)
    asked = SpreadRequest.objects.get()
    asked.delete()
    return asked.version.number


def test_the_version_they_had_before_them_is_noted_though_another_came_meanwhile(
    world: World, card: EvidenceCard, version: CardVersion
) -> None:
    page = Client()
    page.force_login(world.sponsor)
    assert 'name="seen" value="1"' in page.get(f"/cards/{card.pk}/").text
    EvidenceCard.objects.update(tried="It did harm after all.")
    publish_card(card, "workspace", by=world.lead, at=NOW)
    assert ask_on_its_page(world.sponsor, card, "1") == 1
    for other in ("2", "7", ""):
        assert ask_on_its_page(world.sponsor, card, other) == 2


def test_a_version_that_was_not_theirs_to_read_is_not_noted_as_seen(
    world: World, card: EvidenceCard
) -> None:
    publish_card(card, "initiative", by=world.lead, at=NOW)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    assert ask_on_its_page(world.member, card, "1") == 2
    assert ask_on_its_page(world.sponsor, card, "1") == 1


def test_asking_for_it_is_a_deed_once_for_each_card(world: World, version: CardVersion) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    row = Evidence.objects.get(participation_id=world.joan.pk)
    assert (row.kind, row.item, row.value) == ("did", "helped", 1)
    actions.answer_request(asked, Answer("talk"), by=world.lead, at=NOW)
    actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    assert Evidence.objects.filter(participation_id=world.joan.pk).count() == 1


def test_taken_back_it_is_no_deed_and_their_words_go(world: World, version: CardVersion) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    assert actions.take_back(asked, by=None, at=NOW)
    assert not actions.take_back(asked, by=None, at=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.why) == ("back", "")
    rows = Evidence.objects.filter(participation_id=world.joan.pk)
    assert sorted(rows.values_list("value", flat=True), key=str) == [1, None]


def test_one_request_waits_at_a_time(world: World, version: CardVersion) -> None:
    actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    with pytest.raises(actions.AskedBefore):
        actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    actions.ask_for_it(version, Asker(world.sam), WISH, at=NOW)
    actions.ask_for_it(version, Asker(user=world.member), WISH, at=NOW)
    with pytest.raises(actions.AskedBefore):
        actions.ask_for_it(version, Asker(user=world.member), WISH, at=NOW)


def test_a_member_who_is_on_it_asks_as_the_same_person(world: World, version: CardVersion) -> None:
    assert actions.asker_of(world.member, version) == Asker(None, world.member)
    world.joan.person.user = world.member
    world.joan.person.save()
    assert actions.asker_of(world.member, version) == Asker(world.joan, world.member)


def test_after_a_stop_nothing_is_written_down(world: World, version: CardVersion) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=NOW)
    world.joan.refresh_from_db()
    with pytest.raises(AskedToStop):
        actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    assert not SpreadRequest.objects.exists()


def test_they_hear_what_becomes_of_it(world: World, version: CardVersion) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    why = "First we finish in the south."
    assert actions.answer_request(asked, Answer("not_now", why), by=world.lead, at=NOW) == ""
    mail = Message.objects.get(participation=world.joan)
    assert mail.kind == Message.Kind.REPLY
    assert why in mail.text
    assert f"[[page]]cards/{version.card_id}/" in mail.text
    with pytest.raises(actions.AnsweredBefore):
        actions.answer_request(asked, Answer("talk"), by=world.lead, at=NOW)


def test_who_objected_since_is_not_written_to_and_the_answer_stands_on_their_page(
    world: World, version: CardVersion
) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    other = actions.ask_for_it(version, Asker(world.sam), WISH, at=NOW)
    for one in (world.joan, world.sam):
        initiatives.say_wish(one, initiatives.Wish.NOT_THIS, at=NOW)
    asked = SpreadRequest.objects.get(pk=asked.pk)
    assert actions.answer_request(asked, Answer("talk", "On Friday?"), by=world.lead, at=NOW)
    day = NOW.date()
    draft = PilotDraft("Ward 5", "One desk", "If it takes longer", day, day + timedelta(weeks=6))
    other = SpreadRequest.objects.get(pk=other.pk)
    pilot = actions.begin_there(other, draft, Answer("begins"), by=world.lead, at=NOW)
    assert not Message.objects.filter(thread__startswith="asked for it").exists()
    asked.refresh_from_db()
    assert (asked.answer, pilot.people.count()) == ("On Friday?", 0)


def test_a_pilot_begins_with_the_part_that_asked(world: World, version: CardVersion) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    day = NOW.date()
    draft = PilotDraft(asked.part, "One desk", "If it takes longer", day, day + timedelta(weeks=6))
    pilot = actions.begin_there(asked, draft, Answer("begins"), by=world.lead, at=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.became, pilot.part) == ("begins", pilot, "North desk")
    assert pilot.people.get().participation == world.joan
    assert "We begin a pilot there." in Message.objects.get(participation=world.joan).text
    with pytest.raises(actions.AnsweredBefore):
        actions.begin_there(asked, draft, Answer("begins"), by=world.lead, at=NOW)
    assert Pilot.objects.count() == 2


def test_nobody_is_written_to_who_did_not_ask(world: World, version: CardVersion) -> None:
    asked = actions.ask_for_it(version, Asker(user=world.member), WISH, at=NOW)
    actions.answer_request(asked, Answer("talk"), by=world.lead, at=NOW)
    assert not Message.objects.exists()


def test_what_was_taken_back_is_not_answered(world: World, version: CardVersion) -> None:
    asked = actions.ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    actions.take_back(asked, by=None, at=NOW)
    with pytest.raises(actions.AnsweredBefore):
        actions.answer_request(asked, Answer("talk"), by=world.lead, at=NOW)


def test_a_part_of_the_directory_is_known_by_its_name(world: World) -> None:
    from earnest.pilots.forms.cards import AskForm  # noqa: PLC0415

    team = Team.objects.create(workspace=world.workspace, name="North desk")
    form = AskForm({"part": " north DESK ", "why": "Fridays"}, teams=[team])
    assert form.is_valid()
    assert (form.wish.part, form.wish.team) == ("north DESK", team)
