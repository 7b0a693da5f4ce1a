"""Answers by name: changeable until the end, evidence of what was said, and theirs to take back."""

from __future__ import annotations

import pytest

from earnest.checkins import actions
from earnest.checkins.actions import RoundOver, Taps
from earnest.checkins.erasure import erase_answers
from earnest.checkins.models import NamedAnswer, Round
from earnest.checkins.tests.asking import AFTER, opened
from earnest.core.models import Event
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World


@pytest.fixture
def made(world: World) -> Round:
    return opened(world, is_anonymous=False)


def said(world: World) -> dict[str, int | None]:
    """What stands on the record, by condition."""
    rows = list(Evidence.objects.filter(participation_id=world.joan.pk).order_by("at", "id"))
    back = {row.corrects for row in rows if row.corrects}
    return {row.item: row.value for row in rows if not row.corrects and row.id not in back}


def test_four_taps_are_four_words_on_the_record(world: World, made: Round) -> None:
    taps = Taps(understands=4, matters=2, doable=5, owns=None, line="Fridays")
    assert actions.answer_by_name(made, world.joan, taps, at=NOW)
    assert said(world) == {"understands": 4, "matters": 2, "doable": 5}
    source = set(Evidence.objects.values_list("source", "kind"))
    assert source == {(f"check-in {made.pk}", "said")}
    contact = Contact.objects.get(direction="they")
    assert (contact.channel, contact.kind) == ("page", "answer")
    assert not Event.objects.filter(detail__icontains="Fridays").exists()


def test_what_is_said_moves_no_rung(world: World, made: Round) -> None:
    actions.answer_by_name(made, world.joan, Taps(5, 5, 5, 5), at=NOW)
    assert Rung.objects.get(participation=world.joan).step == "unheard"


def test_the_last_word_counts_and_cannot_say_takes_it_back(world: World, made: Round) -> None:
    actions.answer_by_name(made, world.joan, Taps(understands=4, matters=2), at=NOW)
    assert actions.answer_by_name(made, world.joan, Taps(understands=1), at=NOW)
    assert said(world) == {"understands": 1}
    assert NamedAnswer.objects.get().understands == 1
    assert Contact.objects.filter(direction="they").count() == 1


def test_the_same_again_is_nothing(world: World, made: Round) -> None:
    taps = Taps(understands=4, line="Fridays")
    actions.answer_by_name(made, world.joan, taps, at=NOW)
    rows = Evidence.objects.count()
    assert not actions.answer_by_name(made, world.joan, taps, at=NOW)
    assert Evidence.objects.count() == rows


def test_after_the_end_nothing_changes_any_more(world: World, made: Round) -> None:
    actions.close_round(made, at=AFTER)
    with pytest.raises(RoundOver):
        actions.answer_by_name(made, world.joan, Taps(matters=3), at=AFTER)
    assert not NamedAnswer.objects.exists()


def test_no_name_is_put_to_an_anonymous_round(world: World, made: Round) -> None:
    Round.objects.update(is_anonymous=True)
    with pytest.raises(RoundOver):
        actions.answer_by_name(made, world.joan, Taps(matters=3), at=NOW)


def test_after_a_stop_nothing_is_written_but_words_can_be_taken_back(
    world: World, made: Round
) -> None:
    actions.answer_by_name(made, world.joan, Taps(matters=3), at=NOW)
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    world.joan.refresh_from_db()
    with pytest.raises(AskedToStop):
        actions.answer_by_name(made, world.joan, Taps(matters=4), at=NOW)
    assert actions.take_answer_back(made, world.joan, at=NOW)
    assert not actions.take_answer_back(made, world.joan, at=NOW)
    assert said(world) == {}


def test_erased_it_is_gone(world: World, made: Round) -> None:
    actions.answer_by_name(made, world.joan, Taps(matters=3, line="Fridays"), at=NOW)
    assert len(erase_answers(world.joan)) == 1
    assert not NamedAnswer.objects.exists()
