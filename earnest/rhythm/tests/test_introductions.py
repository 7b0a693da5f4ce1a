"""Between people whose ideas or needs meet: offered to both, known once both said yes (4.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas import actions as ideas
from earnest.ideas.actions.ideas import Given
from earnest.ideas.models import Idea
from earnest.ideas.tests.sat import a_space
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging.models import Message
from earnest.people import actions as people
from earnest.people.models import Tie
from earnest.rhythm.actions import introducing
from earnest.rhythm.actions.introducing import LASTS, IntroductionOver, Said
from earnest.rhythm.models import Introduction, IntroductionSide
from earnest.rhythm.queries.introductions import Match, match_of, meeting_of, proposals
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
YES, NO = Said("yes", line="Call me"), Said("no")


def given(world: World, whose: Participation, words: str, of: Idea | None = None) -> Idea:
    space = world.initiative.spaces.first() or a_space(world)
    voice = ideas.speak(space, participation=whose, key_hash="", at=NOW)
    return ideas.give_idea(space, voice, Given(words, of=of), at=NOW)


def built(world: World) -> Match:
    """Sam built on an idea of Joan's."""
    first = given(world, world.joan, "A shared list of open slots")
    given(world, world.sam, "On the wall", of=first)
    (match,) = proposals(world.initiative).matches
    return match


def offered(world: World, *, by_mail: bool = False) -> dict[int, IntroductionSide]:
    done = introducing.offer(built(world), by_mail=by_mail, by=world.lead, at=NOW)
    return {side.participation_id: side for side in done.introduction.sides.all()}


def fresh(side: IntroductionSide) -> IntroductionSide:
    return IntroductionSide.objects.select_related(
        "introduction__low_idea", "introduction__high_idea", "participation__person"
    ).get(pk=side.pk)


def test_who_built_on_whose_idea_is_proposed_with_its_reason(world: World) -> None:
    match = built(world)
    assert {match.low, match.high} == {world.joan, world.sam}
    assert match.why == "builds_on"


def test_a_need_named_by_both_brings_them_together(world: World) -> None:
    need = world.initiative.needs.create(words="Rest", made_at=NOW, people_count=2)
    for whose in (world.joan, world.sam):
        need.named.create(participation=whose, words="Rest", at=NOW)
    assert [one.why for one in proposals(world.initiative).matches] == ["same_need"]


def test_two_rare_words_in_common_are_enough_and_one_is_not(world: World) -> None:
    given(world, world.joan, "Paint the shared corridor green")
    given(world, world.sam, "A corridor for beds")
    assert proposals(world.initiative).matches == []
    given(world, world.sam, "Green lights in the corridor")
    assert [one.why for one in proposals(world.initiative).matches] == ["same_words"]


def test_who_works_together_already_needs_no_introduction(world: World) -> None:
    built(world)
    Tie.objects.create(person=world.sam.person, other=world.joan.person, kind="works_with")
    found = proposals(world.initiative)
    assert (found.matches, found.together) == ([], 1)


def test_left_once_it_is_not_proposed_again(world: World) -> None:
    introducing.leave(built(world), by=world.lead, at=NOW)
    assert proposals(world.initiative).matches == []


def test_nobody_is_offered_whom_no_reason_brings_together(world: World) -> None:
    assert match_of(world.initiative, world.joan.pk, world.sam.pk) is None


def test_before_both_said_yes_neither_learns_anything_of_the_other(world: World) -> None:
    sides = offered(world)
    introducing.answer(sides[world.joan.pk], YES, at=NOW)
    seen = meeting_of(fresh(sides[world.sam.pk]))
    assert (seen.who, seen.address, seen.idea, seen.line) == ("", "", "", "")


def test_once_both_said_yes_each_sees_what_the_other_allowed(world: World) -> None:
    sides = offered(world)
    introducing.answer(
        sides[world.joan.pk], Said("yes", shows_address=True, shows_idea=True), at=NOW
    )
    introducing.answer(sides[world.sam.pk], YES, at=NOW)
    theirs = meeting_of(fresh(sides[world.sam.pk]))
    assert (theirs.who, theirs.address) == ("Joan Okafor", "joan@example.org")
    assert theirs.idea == "A shared list of open slots"
    hers = meeting_of(fresh(sides[world.joan.pk]))
    assert (hers.who, hers.address, hers.line) == ("Sam Reyes", "", "Call me")


def test_what_was_passed_on_can_be_taken_back(world: World) -> None:
    sides = offered(world)
    for side in sides.values():
        introducing.answer(side, YES, at=NOW)
    introducing.hide(sides[world.sam.pk], at=NOW)
    assert meeting_of(fresh(sides[world.joan.pk])).line == ""


def test_a_no_looks_to_the_other_as_if_nothing_was_answered_yet(world: World) -> None:
    sides = offered(world)
    introducing.answer(sides[world.joan.pk], NO, at=NOW)
    assert introducing.answer(sides[world.sam.pk], YES, at=NOW).state == "not_taken"
    assert not meeting_of(fresh(sides[world.sam.pk])).is_known


def test_a_no_may_become_a_yes_until_its_time_is_over(world: World) -> None:
    sides = offered(world)
    introducing.answer(sides[world.joan.pk], NO, at=NOW)
    introducing.answer(sides[world.sam.pk], YES, at=NOW)
    assert introducing.answer(sides[world.joan.pk], YES, at=NOW).state == "taken"
    with pytest.raises(IntroductionOver):
        introducing.answer(sides[world.joan.pk], NO, at=NOW)


def test_after_its_time_it_is_closed(world: World) -> None:
    sides = offered(world)
    with pytest.raises(IntroductionOver):
        introducing.answer(sides[world.joan.pk], YES, at=NOW + LASTS)
    assert introducing.close_old(at=NOW + LASTS - timedelta(seconds=1)) == 0
    assert introducing.close_old(at=NOW + LASTS) == 1


def test_a_mail_about_it_is_an_ask_and_counts_once(world: World) -> None:
    offered(world, by_mail=True)
    low, high = sorted((world.joan, world.sam), key=lambda one: one.pk)
    done = introducing.offer(
        Match(low, high, "builds_on"),
        by_mail=True,
        by=world.lead,
        at=NOW,
    )
    assert done.introduction.sides.count() == 2
    kinds = Message.objects.filter(participation=world.joan).values_list("kind", flat=True)
    assert list(kinds) == ["ask"]


def test_both_are_told_by_mail_who_it_is(world: World) -> None:
    for side in offered(world).values():
        introducing.answer(side, YES, at=NOW)
    (mail,) = Message.objects.filter(participation=world.joan, kind="confirmation")
    assert "Sam Reyes" in mail.text
    assert "Call me" not in mail.text


def test_who_asked_to_be_left_alone_is_neither_proposed_nor_introduced(world: World) -> None:
    match = built(world)
    done = introducing.offer(match, by_mail=False, by=world.lead, at=NOW).introduction
    sides = {side.participation_id: side for side in done.sides.all()}
    introducing.answer(sides[world.joan.pk], YES, at=NOW)
    Participation.objects.filter(pk=world.joan.pk).update(stopped_at=NOW)
    assert introducing.answer(sides[world.sam.pk], YES, at=NOW).state == "offered"
    with pytest.raises(AskedToStop):
        introducing.answer(sides[world.joan.pk], NO, at=NOW)
    Introduction.objects.all().delete()
    assert proposals(world.initiative).matches == []


def test_nobody_is_proposed_twice_at_once_nor_while_an_offer_waits_for_them(world: World) -> None:
    (named,) = people.add_people(
        world.workspace, [people.Named("Eva Bloem", "eva@example.org")], by=world.lead, at=NOW
    )
    eva = initiatives.put_on(world.initiative, named, held_by=world.lead, by=world.lead, at=NOW)
    first = given(world, world.joan, "A shared list of open slots")
    for one in (world.sam, eva):
        given(world, one, "On the wall", of=first)
    (match,) = proposals(world.initiative).matches
    assert world.joan in {match.low, match.high}
    done = introducing.offer(match, by_mail=False, by=world.lead, at=NOW).introduction
    waiting = proposals(world.initiative)
    assert (waiting.matches, waiting.later) == ([], 1)
    for side in done.sides.all():
        introducing.answer(side, YES, at=NOW)
    assert len(proposals(world.initiative).matches) == 1


def test_each_is_told_which_of_them_built_on_the_other(world: World) -> None:
    sides = offered(world)
    assert meeting_of(fresh(sides[world.joan.pk])).reason == "is_built_on"
    assert meeting_of(fresh(sides[world.sam.pk])).reason == "built"
