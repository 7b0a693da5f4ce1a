"""Try-outs: offered by fit to the work, taken or not, and how it went in their words (0.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening.actions import rounds
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.practice.actions import tries
from earnest.practice.actions.tries import Tried, TryDraft
from earnest.practice.models import TryOut
from earnest.practice.queries.tries import fits_of
from earnest.practice.tests.taught import a_lesson
from earnest.standing import actions as standing
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World

TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=3)


def draft(**more: Any) -> TryDraft:
    said: dict[str, Any] = {
        "what": "Pass one request on with its story",
        "starts_at": TOMORROW,
        "minutes": 20,
        "place": "The North counter",
        "help": "Bo",
        "fit": "goal",
        "why": "You work for: an empty tray on Friday",
    }
    return TryDraft(**said | more)


def offered(world: World, whom: Participation | None = None, **more: Any) -> TryOut:
    by_mail = more.pop("by_mail", False)
    row, _why = tries.offer(
        whom or world.joan, draft(**more), by_mail=by_mail, by=world.lead, at=NOW
    )
    return row


def evidence(whom: Participation) -> list[int | None]:
    """What stands of it: the values that nothing takes back."""
    rows = Evidence.objects.filter(participation_id=whom.pk, kind="did", item="practised")
    gone = set(rows.exclude(corrects=None).values_list("corrects", flat=True))
    return [row.value for row in rows if row.id not in gone and row.value is not None]


def test_an_offer_alone_is_no_evidence_and_no_mail(world: World) -> None:
    row = offered(world)
    assert row.state == TryOut.State.OFFERED
    assert evidence(world.joan) == []
    assert not Message.objects.exists()


def test_the_same_offered_twice_is_one(world: World) -> None:
    assert offered(world).pk == offered(world).pk


def test_a_mailed_offer_counts_as_asking(world: World) -> None:
    offered(world, by_mail=True)
    message = Message.objects.get()
    assert message.kind == Message.Kind.NUDGE
    assert "an empty tray on Friday" in message.text
    assert "no answer means nothing" in message.text


def test_where_there_is_no_room_it_stands_on_their_page_and_the_lead_is_told(
    world: World,
) -> None:
    for n in (1, 2):
        then = NOW - timedelta(days=n)
        messaging.note_contact(world.joan, direction="we", channel="mail", kind="ask", at=then)
    row, why = tries.offer(world.joan, draft(), by_mail=True, by=world.lead, at=NOW)
    assert row.pk
    assert why
    assert not Message.objects.exists()


def test_nothing_is_offered_after_a_stop(world: World) -> None:
    rounds.obey(world.joan, Wish.NOT_THIS, at=NOW)
    world.joan.refresh_from_db()
    with pytest.raises(AskedToStop):
        offered(world)


@pytest.mark.parametrize("state", ["taken", "declined", "not_held"])
def test_wished_for_declined_or_not_held_is_no_evidence(world: World, state: str) -> None:
    row = offered(world)
    assert tries.answer(row, Tried(state), at=LATER)
    assert evidence(world.joan) == []


@pytest.mark.parametrize("how", ["helped", "no_help"])
def test_tried_by_their_own_word_is_a_deed_whether_it_helped_or_not(world: World, how: str) -> None:
    tries.answer(offered(world), Tried("done", how, "Quick"), at=LATER)
    assert evidence(world.joan) == [1]
    assert Rung.objects.get(pk=world.joan.pk).step == Rung.Step.DID


def test_had_the_chance_and_chose_not_to_counts_once_and_can_be_said_otherwise(
    world: World,
) -> None:
    row = offered(world)
    tries.answer(row, Tried("chose_not", "", "Too long a line"), at=LATER)
    assert not tries.answer(row, Tried("chose_not", "", "Too long a line"), at=LATER)
    assert evidence(world.joan) == [0]
    tries.answer(row, Tried("done", "helped"), at=LATER)
    assert evidence(world.joan) == [1]
    tries.answer(row, Tried("not_held"), at=LATER)
    assert evidence(world.joan) == []


def test_a_chance_by_their_own_word_takes_the_mark_no_chance_yet_away(world: World) -> None:
    standing.mark_no_chance(world.joan, by=world.lead, at=NOW)
    row = offered(world)
    tries.answer(row, Tried("taken"), at=NOW)
    assert Rung.objects.get(pk=world.joan.pk).no_chance_since
    tries.answer(row, Tried("done", "helped"), at=LATER)
    assert Rung.objects.get(pk=world.joan.pk).no_chance_since is None


def test_their_word_is_taken_after_a_stop_too(world: World) -> None:
    row = offered(world)
    rounds.obey(world.joan, Wish.NOT_THIS, at=NOW)
    assert tries.answer(row, Tried("declined"), at=LATER)


def test_an_offer_is_taken_back_with_its_mail(world: World) -> None:
    row = offered(world, by_mail=True)
    row.refresh_from_db()
    assert tries.withdraw(row, by=world.lead, at=NOW)
    assert not tries.withdraw(row, by=world.lead, at=NOW)
    assert Message.objects.get().state == Message.State.WITHDRAWN
    with pytest.raises(tries.NotOfferedAnyMore):
        tries.answer(row, Tried("done", "helped"), at=LATER)


def test_what_was_used_is_not_taken_back(world: World) -> None:
    row = offered(world)
    tries.answer(row, Tried("done", "helped"), at=LATER)
    with pytest.raises(tries.AnsweredAlready):
        tries.withdraw(row, by=world.lead, at=LATER)


def test_reasons_come_from_their_own_work_as_it_is_on_record(world: World) -> None:
    world.joan.own_goals = "An empty tray on Friday"
    world.joan.person.job = "Desk nurse"
    need = world.initiative.needs.create(words="Rest", made_at=NOW)
    need.named.create(participation=world.joan, at=NOW)
    a_lesson(world, world.joan)
    assert [one.sentence for one in fits_of(world.joan)] == [
        "You work for: An empty tray on Friday",
        "You said you need: Rest",
        "You were at “Handing a request over”, and it had no chance yet",
        "It is part of what you do: Desk nurse",
    ]


def test_a_lead_offers_one_with_place_time_help_and_a_reason(client: Client, world: World) -> None:
    client.force_login(world.lead)
    world.joan.own_goals = "An empty tray on Friday"
    world.joan.save()
    address = f"/practice/people/{world.joan.pk}/try-out/"
    assert "You work for: An empty tray on Friday" in client.get(address).content.decode()
    said = {
        "what": "Pass one on",
        "day": "2030-05-02",
        "hour": "09:30",
        "minutes": "20",
        "place": "The counter",
        "help": "Bo",
    }
    wrong = client.post(address, said)
    assert wrong.status_code == 400
    assert "Why them?" in wrong.content.decode()
    client.post(address, {**said, "fit": "goal-0"})
    row = TryOut.objects.get()
    assert (row.fit, row.why) == ("goal", "You work for: An empty tray on Friday")
    listed = client.get(f"/practice/on/{world.initiative.pk}/try-outs/").content.decode()
    assert "Pass one on" in listed


@pytest.mark.parametrize(("whose", "offered"), [("joan", 1), ("sam", 0)])
def test_the_reason_may_be_their_own_word_and_nobody_elses(
    client: Client, world: World, whose: str, offered: int
) -> None:
    words = "Every second request has lost its owner"
    whom = getattr(world, whose)
    world.initiative.quotes.create(participation=whom, words=words, said_on=NOW.date())
    client.force_login(world.lead)
    said = {"what": "Pass one on", "day": "2030-05-02", "hour": "09:30", "minutes": "20"}
    sent = {**said, "place": "The counter", "help": "Bo", "why": f"You see that {words}"}
    client.post(f"/practice/people/{world.joan.pk}/try-out/", sent)
    assert TryOut.objects.count() == offered


def test_a_time_that_is_past_is_not_offered(client: Client, world: World) -> None:
    client.force_login(world.lead)
    said = {"what": "x", "day": "2020-05-02", "hour": "09:30", "minutes": "20", "place": "a"}
    sent = client.post(
        f"/practice/people/{world.joan.pk}/try-out/", {**said, "help": "b", "why": "c"}
    )
    assert "That is past" in sent.content.decode()
    assert not TryOut.objects.exists()


@pytest.mark.parametrize("field", ["what", "place", "help", "why"])
def test_signs_nobody_can_see_are_refused(client: Client, world: World, field: str) -> None:
    client.force_login(world.lead)
    said = {"what": "x", "day": "2030-05-02", "hour": "09:30", "minutes": "20", "place": "a"}
    said |= {"help": "b", "why": "c"}
    said[field] = "one\x1fowner"
    sent = client.post(f"/practice/people/{world.joan.pk}/try-out/", said)
    assert "a sign in it that nobody can see" in sent.content.decode()
    assert not TryOut.objects.exists()
