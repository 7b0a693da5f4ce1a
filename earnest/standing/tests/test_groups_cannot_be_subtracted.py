"""No figure in groups, and nothing made of them, tells of one person or of several alike."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.engine.groups import (
    DID,
    FEWEST,
    OWN,
    SAID,
    Published,
    Team,
    grouped,
    next_figures,
)
from earnest.standing.models import Figure
from earnest.standing.tests.attackers import Kept, could_be, sums_and_differences


@dataclass
class Crowd:
    """One group, as the database keeps it: who is in it, who rests, and how they were counted."""

    people: frozenset[int]
    resting: dict[int, bool] = field(default_factory=dict)
    before: dict[int, bool] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)
    figures: list[int] = field(default_factory=list)
    counted: list[frozenset[int]] = field(default_factory=list)

    def now(self, state: dict[int, bool]) -> frozenset[int]:
        held = {one: self.before.get(one, False) for one in self.resting}
        return frozenset(one for one in self.people if held.get(one, state.get(one, False)))

    def kept(self) -> Kept:
        end = len(self.figures)
        return Kept(
            {one: self.last.get(one, end) for one in self.people}, self.figures, self.counted
        )


def look(crowd: Crowd, state: dict[int, bool], stands: Published, draw: random.Random) -> Published:
    """What the sweep does for one figure of one group."""
    found = crowd.now(state)
    here = len(crowd.people) - len(crowd.resting)
    after = next_figures(replace(stands, here=here), said=len(found), did=0, draw=draw)
    if after.said != stands.said and after.said is not None:
        crowd.figures.append(after.said)
        crowd.counted.append(found)
        crowd.before.update({one: one in found for one in crowd.people})
    return after


def leave(crowd: Crowd, one: int, state: dict[int, bool]) -> None:
    """They leave, stop or are erased: what was last counted of them stays."""
    if one not in crowd.resting:
        crowd.resting[one] = True
        crowd.last[one] = max(len(crowd.figures) - 1, 0)
        crowd.before.setdefault(one, state.get(one, False))  # in no figure of this sort yet


SIZE = 40
turns = st.lists(st.integers(0, SIZE - 1), max_size=20)
weeks = st.lists(
    st.tuples(turns, st.lists(st.integers(0, SIZE - 1), max_size=3), turns), max_size=8
)


def played(size: int, history: list[tuple[list[int], list[int], list[int]]], seed: int) -> Crowd:
    """A group over weeks: some say yes, some leave, some yeses turn out to be a mistake."""
    crowd, state, draw = Crowd(frozenset(range(size))), dict[int, bool](), random.Random(seed)
    stands = Published(size, size)
    for yes, gone, mistaken in history:
        for one in gone:
            if one < size:
                leave(crowd, one, state)
        state.update(dict.fromkeys(yes, True))
        state.update(dict.fromkeys(mistaken[:1], False))
        stands = look(crowd, state, stands, draw)
    return crowd


@settings(max_examples=300, deadline=None)
@given(st.integers(5, SIZE), weeks, st.integers(0, 10**6))
def test_every_sum_and_difference_is_about_five_people_who_are_not_alike(
    size: int, history: list[tuple[list[int], list[int], list[int]]], seed: int
) -> None:
    kept = played(size, history, seed).kept()
    for about, adds in sums_and_differences(kept):
        assert len(about) >= FEWEST
        assert len({adds[one] for one in about}) > 1, "all of them alike"


@settings(max_examples=300, deadline=None)
@given(st.integers(5, SIZE), weeks, st.integers(0, 10**6))
def test_nobody_is_known_to_have_said_yes_or_not_even_to_a_colleague_of_theirs(
    size: int, history: list[tuple[list[int], list[int], list[int]]], seed: int
) -> None:
    """With every conclusion there is, not sums alone; and with each colleague in turn."""
    kept = played(size, history, seed).kept()
    for teller in (None, *range(0, size, 3)):
        for one in (n for n in range(0, size, 2) if n != teller):
            for day in range(len(kept.figures)):
                assert could_be(kept, one, day, teller=teller) == {True, False}


def test_the_attacker_finds_what_there_is_to_find() -> None:
    """Without the rule people are found: so these attackers are worth something."""
    everyone = dict.fromkeys(range(6), 9)
    alike = Kept(everyone, [6], [frozenset(range(6))])
    assert could_be(alike, 0, 0, teller=None) == {True}
    but_one = Kept(everyone, [5], [frozenset(range(5))])
    assert could_be(but_one, 0, 0, teller=5) == {True}
    left = Kept({**dict.fromkeys(range(5), 9), 5: 0}, [1, 6], [frozenset({5}), frozenset(range(6))])
    assert could_be(left, 5, 0, teller=None) == {True}
    assert any(
        len({adds[one] for one in about}) == 1 for about, adds in sums_and_differences(alike)
    )


some = st.integers(0, SIZE)


@settings(max_examples=200, deadline=None)
@given(st.integers(5, SIZE), st.tuples(some, some, some), st.integers(0, 99))
def test_who_knows_every_deed_learns_of_nobody_else_what_they_said(
    people: int, counts: tuple[int, int, int], seed: int
) -> None:
    """Deeds are seen. Whoever did it said yes, they think: of the others some did, some did not."""
    gone, said, did = counts
    stands = Published(people, max(people - gone, 0))
    after = next_figures(stands, said=said, did=did, draw=random.Random(seed))
    if after.said is not None and after.did is not None and after.said >= after.did:
        without_deed = after.people - after.did
        yes_among_them = after.said - after.did
        assert 0 < yes_among_them < without_deed


def test_a_later_figure_waits_for_five_more() -> None:
    never_rests = _Draw(1)
    stands = Published(20, 20, said=4)
    assert next_figures(stands, said=8, did=0, draw=never_rests).said == 4
    assert next_figures(stands, said=9, did=0, draw=never_rests).said == 9


def test_a_figure_can_rest_by_lot_whatever_could_be_shown() -> None:
    stands = Published(20, 20)
    assert next_figures(stands, said=8, did=0, draw=_Draw(0)).said is None
    assert next_figures(stands, said=8, did=0, draw=_Draw(1)).said == 8


def test_the_lot_falls_about_once_in_four() -> None:
    draw, stands = random.Random(1), Published(20, 20)
    shown = sum(next_figures(stands, said=8, did=0, draw=draw).said == 8 for _ in range(400))
    assert 260 < shown < 340


class _Draw(random.Random):
    """Always the same lot."""

    def __init__(self, lot: int) -> None:
        super().__init__(0)
        self.lot = lot

    def randrange(self, *args: int, **_more: int) -> int:  # type: ignore[override]
        return self.lot


sizes = st.lists(st.integers(0, 25), max_size=12)


@given(sizes)
def test_every_team_is_in_one_group_and_no_group_is_small(several: list[int]) -> None:
    teams = [Team(key, people) for key, people in enumerate(several)]
    groups = grouped(teams)
    found = [one for group in groups for one in group]
    assert len(found) == len(set(found))
    assert all(sum(one.people for one in group) >= OWN for group in groups)
    if sum(several) >= OWN:
        assert {one for one in teams if one.people} == set(found)


def test_small_teams_are_put_together_and_large_ones_stand_alone() -> None:
    teams = [Team(1, 5), Team(2, 7), Team(3, 30), Team(None, 3)]
    assert grouped(teams) == [[Team(3, 30)], [Team(1, 5), Team(2, 7), Team(None, 3)]]


def test_the_names_of_both_figures_are_those_kept() -> None:
    assert {SAID, DID} == set(Figure.Kind.values)
