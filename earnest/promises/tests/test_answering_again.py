"""How is it now: what they answer, and what becomes of it in the record (4.2, docs/model.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact, Message
from earnest.promises import actions
from earnest.promises.actions import AnswerOver, Draft, Said, TheirsToSay
from earnest.promises.models import AskedAgain
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World

LATER = NOW + timedelta(days=31)


@pytest.fixture
def row(world: World) -> AskedAgain:
    """Joan kept a promise, and was asked a month later."""
    promise = actions.make_promise(
        world.joan, Draft("ask Sam", "theirs", due=NOW.date()), by=None, at=NOW
    )
    actions.keep_promise(promise, by=None, at=NOW)
    return ask(world, 30, NOW + timedelta(days=30))


def ask(world: World, after: int, at: datetime) -> AskedAgain:
    return AskedAgain.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        after=after,
        due=at.date(),
        deed="promise 1",
        deed_at=NOW,
        state="asked",
        state_at=at,
        asked_at=at,
    )


def rung(world: World) -> Rung:
    return Rung.objects.get(pk=world.joan.pk)


def stands(row: AskedAgain) -> list[tuple[str, int | None]]:
    """What the record has of this question that was not taken back."""
    mine = Evidence.objects.filter(source=row.source)
    back = set(mine.exclude(corrects=None).values_list("corrects", flat=True))
    rows = mine.filter(corrects=None).order_by("kind")
    return [(one.kind, one.value) for one in rows if one.id not in back]


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        (Said("goes_on"), ([("did", 1)], "again")),
        (Said("another_way", "By phone"), ([("did", 1)], "again")),
        (Said("no_occasion"), ([], "did")),
        (Said("not_any_more"), ([("did", 0)], "fading")),
        (Said("not_any_more", "An hour a day", is_no=True), ([("agreed", 0), ("did", 0)], "no")),
    ],
)
def test_what_becomes_evidence_follows_the_table(
    world: World, row: AskedAgain, said: Said, becomes: tuple[list[tuple[str, int]], str]
) -> None:
    actions.answer_again(row, said, at=LATER)
    assert (stands(row), rung(world).step) == becomes


def test_no_answer_writes_nothing(world: World, row: AskedAgain) -> None:
    assert not Evidence.objects.filter(kind="silent").exists()
    assert stands(row) == []
    assert rung(world).step == "did"


def test_what_changed_stands_on_the_ladder_in_their_words(world: World, row: AskedAgain) -> None:
    actions.answer_again(row, Said("not_any_more", "The rota changed"), at=LATER)
    there = rung(world)
    assert (there.step, there.reason, there.last_did_at) == ("fading", "The rota changed", NOW)
    actions.answer_again(row, Said("goes_on"), at=LATER + timedelta(days=1))
    assert (rung(world).step, rung(world).reason) == ("again", "")


def test_changed_until_the_next_and_pressed_twice_is_once(world: World, row: AskedAgain) -> None:
    assert actions.answer_again(row, Said("not_any_more"), at=LATER)
    assert not actions.answer_again(row, Said("not_any_more"), at=LATER)
    assert actions.answer_again(row, Said("no_occasion"), at=LATER)
    assert stands(row) == []
    ask(world, 90, NOW + timedelta(days=90))
    with pytest.raises(AnswerOver):
        actions.answer_again(row, Said("goes_on"), at=LATER)
    assert stands(row) == []


def test_an_answer_is_a_contact_from_them(world: World, row: AskedAgain) -> None:
    actions.answer_again(row, Said("goes_on"), at=LATER)
    assert Contact.objects.get().direction == "they"


def test_their_own_word_works_after_a_stop_too(world: World, row: AskedAgain) -> None:
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=LATER)
    assert actions.answer_again(row, Said("not_any_more", "Enough", is_no=True), at=LATER)
    assert rung(world).step == "no"


def test_a_lead_notes_what_was_said_in_a_talk(world: World, row: AskedAgain) -> None:
    initiatives.make_link(world.joan, by=world.lead, at=NOW)
    assert actions.note_answer(row, Said("not_any_more", "No time"), by=world.lead, at=LATER)
    row.refresh_from_db()
    assert (row.noted_by, rung(world).step) == (world.lead, "fading")
    assert actions.answer_again(row, Said("goes_on"), at=LATER)
    row.refresh_from_db()
    assert (row.noted_by, rung(world).step) == (None, "again")


def test_what_a_lead_notes_and_they_cannot_see_is_no_evidence(
    world: World, row: AskedAgain
) -> None:
    assert not world.joan.can_see
    actions.note_answer(row, Said("goes_on"), by=world.lead, at=LATER)
    assert stands(row) == []
    assert actions.answer_again(row, Said("goes_on"), at=LATER)
    assert stands(row) == [("did", 1)]


def test_what_they_said_themselves_only_they_change(world: World, row: AskedAgain) -> None:
    actions.answer_again(row, Said("goes_on"), at=LATER)
    with pytest.raises(TheirsToSay):
        actions.note_answer(row, Said("not_any_more"), by=world.lead, at=LATER)


def test_nothing_is_noted_after_a_stop(world: World, row: AskedAgain) -> None:
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=LATER)
    with pytest.raises(AskedToStop):
        actions.note_answer(row, Said("goes_on"), by=world.lead, at=LATER)


def test_an_answer_takes_back_a_mail_that_has_not_left(world: World, row: AskedAgain) -> None:
    draft = messaging.Draft("nudge", "How is it now?", "…")
    message = messaging.put_in_outbox(world.joan, draft, by=None, at=LATER)
    AskedAgain.objects.filter(pk=row.pk).update(message_id=message.pk)
    actions.answer_again(row, Said("goes_on"), at=LATER)
    assert Message.objects.get().state == "withdrawn"
