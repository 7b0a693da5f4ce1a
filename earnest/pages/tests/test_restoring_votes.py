"""A backup brought back undoes neither what was taken off the vote nor what was published since."""

from __future__ import annotations

import pytest

from earnest.ideas.actions import outcomes, statements, votes
from earnest.ideas.models import OpinionMap, Outcome, Space, Statement, Voter
from earnest.ideas.tests.spaces import voice_of
from earnest.ideas.tests.voting import seeded, space_of
from earnest.pages.actions.restoring import make_right
from earnest.pages.queries.since import since
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(world: World) -> Space:
    return space_of(world)


def a_map(space: Space, version: int) -> OpinionMap:
    made = {"made_on": NOW.date(), "people": 12 + version, "result": {"k": 0}}
    return OpinionMap.objects.create(space=space, version=version, **made)


def test_what_was_hidden_or_taken_back_since_stays_so(world: World, space: Space) -> None:
    kept, hidden = seeded(space, 2, by=world.lead)
    joan = voice_of(space, world.joan)
    back = statements.write_statement(space, joan, "Fridays free", at=NOW)
    pk = back.pk
    statements.hide(hidden, "It names somebody", by=world.lead, at=NOW)
    statements.take_statement_back(back, joan, at=NOW)
    known = since(NOW)
    # As it was when the backup was made.
    Statement.objects.filter(pk=hidden.pk).update(state="shown", reason="")
    Statement.objects.create(pk=pk, space=space, voice=joan, words="x", made_on=NOW.date())
    make_right(known, [], backup_at=NOW, at=NOW)
    hidden.refresh_from_db()
    assert (hidden.state, hidden.reason) == ("hidden", "It names somebody")
    assert set(Statement.objects.values_list("pk", flat=True)) == {kept.pk, hidden.pk}


def test_who_wants_no_word_any_more_gets_none_and_nobody_is_told_twice(
    world: World, space: Space
) -> None:
    for one in (world.joan, world.sam):
        votes.want_word(voice_of(space, one), wants=True, at=NOW)
    votes.want_word(voice_of(space, world.sam), wants=False, at=NOW)
    known = since(NOW)
    Voter.objects.update(wants_word=True)
    outcomes.say_outcome(space, "We try it", by=world.lead, at=NOW)
    make_right(known, [], backup_at=NOW, at=NOW)
    wanting = Voter.objects.filter(wants_word=True)
    assert [one.voice.participation for one in wanting] == [world.joan]
    assert Outcome.objects.get().told_at == NOW


def test_a_map_published_since_is_there_again_with_everybodys_seat(
    world: World, space: Space
) -> None:
    a_map(space, 1)
    votes.want_word(voice_of(space, world.joan), wants=True, at=NOW)
    a_map(space, 2)
    Voter.objects.update(seat=1, sure=0.5)
    known = since(NOW)
    OpinionMap.objects.filter(version=2).delete()
    Voter.objects.update(seat=None, sure=None)
    for _ in range(2):  # done twice it changes nothing more
        make_right(known, [], backup_at=NOW, at=NOW)
        people = OpinionMap.objects.filter(space=space).values_list("version", "people")
        assert list(people) == [(2, 14), (1, 13)]
        assert (Voter.objects.get().seat, Voter.objects.get().sure) == (1, 0.5)
