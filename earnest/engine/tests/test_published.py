"""No figure of a map, and no sum or difference of figures, tells what one person said.

Attackers who know everything but the votes try: who voted on what between which two maps, who sits in
which group, every figure ever shown, and all a colleague says about themselves.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import pytest

from earnest.engine.published import (
    EXACT,
    FEW,
    MOST,
    Count,
    Era,
    Figure,
    Place,
    Side,
    about,
    drawn,
    may_be_founded,
    next_figure,
    next_figures,
    wholes,
)

AGREE, DISAGREE, PASS = "a", "d", "p"
type Batch = tuple[int, list[str], Figure]  # how many came, what they said, what was shown then


def shown_over_time(votes: list[list[str]]) -> list[Batch]:
    """Batches as the figures cut them: votes that came since the last time something was shown."""
    found: list[Batch] = []
    stands: Figure | None = None
    so_far: list[str] = []
    waiting: list[str] = []
    for came in votes:
        so_far += came
        waiting += came
        now = Count(len(so_far), so_far.count(AGREE), so_far.count(DISAGREE))
        figure = next_figure(stands, now)
        if figure is not None and figure is not stands:
            found.append((len(waiting), waiting, figure))
            stands, waiting = figure, []
    return found


def fits(side: Side, voted: int, count: int) -> bool:
    if side.about == MOST:
        return count >= side.count
    if side.about == FEW:
        return count <= side.count
    return count == side.count and side.about == EXACT


def worlds(batches: list[Batch], known: list[tuple[int, str]]) -> bool:
    """Whether there is a world in keeping with all that was shown, these known to have said so."""
    reached, voted = {(0, 0)}, 0
    for number, (came, _said, figure) in enumerate(batches):
        voted += came
        fixed = [said for place, said in known if place == number]
        free = came - len(fixed)
        least = fixed.count(AGREE), fixed.count(DISAGREE)
        reached = {
            (a + least[0] + more, d + least[1] + less)
            for a, d in reached
            for more in range(free + 1)
            for less in range(free - more + 1)
        }
        reached = {
            (a, d)
            for a, d in reached
            if fits(figure.agree, voted, a) and fits(figure.disagree, voted, d)
        }
    return bool(reached)


def histories(seed: int) -> Iterator[list[list[str]]]:
    """Votes as they may come: of one mind, divided, unwilling, a few at a time or many."""
    dice = random.Random(seed)
    for _ in range(60):
        weights = [dice.choice([0, 0.02, 0.2, 1]) for _ in range(3)]
        if not any(weights):
            continue
        yield [
            dice.choices((AGREE, DISAGREE, PASS), weights, k=dice.choice([0, 1, 2, 5, 7]))
            for _ in range(dice.randint(1, 6))
        ]


@pytest.mark.parametrize("seed", range(12))
def test_no_colleague_and_no_subtraction_finds_out_what_somebody_said(seed: int) -> None:
    for votes in histories(seed):
        batches = shown_over_time(votes)
        for theirs, (mine, (_m, said, _f)) in product(
            range(len(batches)), list(enumerate(batches))
        ):
            for mine_said in set(said):
                known = [(mine, mine_said)]
                for way in (AGREE, DISAGREE):
                    assert worlds(batches, [*known, (theirs, way)]), (votes, way)
                    not_so = [one for one in (AGREE, DISAGREE, PASS) if one != way]
                    assert any(worlds(batches, [*known, (theirs, one)]) for one in not_so)


def test_the_attack_finds_what_there_is_to_find() -> None:
    """Shown as they are, with every vote, the same attack names what each one said."""
    plain = [
        (5, [AGREE, AGREE, DISAGREE, PASS, PASS], Figure(5, Side(2), Side(1))),
        (1, [AGREE], Figure(6, Side(3), Side(1))),
    ]
    assert not worlds(plain, [(1, DISAGREE)])


def test_fewer_than_five_and_fewer_than_five_more_change_nothing() -> None:
    assert next_figure(None, Count(4, 2, 2)) is None
    stands = next_figure(None, Count(10, 5, 4))
    assert stands == Figure(10, Side(5), Side(4))
    assert next_figure(stands, Count(14, 7, 6)) is stands
    assert next_figure(stands, Count(15, 7, 6)) == Figure(15, Side(7), Side(6))


def test_all_and_none_look_like_nearly_all_and_hardly_any() -> None:
    for agree in (8, 9, 10):
        figure = next_figure(None, Count(10, agree, 10 - agree))
        assert figure == Figure(10, Side(8, MOST), Side(2, FEW))


def test_where_all_who_came_since_agree_the_old_figure_stays() -> None:
    stands = next_figure(None, Count(10, 5, 3))
    assert next_figure(stands, Count(20, 15, 3)) is stands


def test_a_statement_is_shown_in_every_group_or_in_none() -> None:
    era = Era(2, 20, {}, {})
    now = {(0, 7): Count(10, 5, 5), (1, 7): Count(4, 2, 2), (0, 8): Count(9, 5, 4)}
    now |= {(1, 8): Count(8, 4, 4)}
    assert set(next_figures(era, now)) == {(0, 8), (1, 8)}


def test_groups_are_founded_anew_only_among_twice_as_many_and_beside_what_was_shown() -> None:
    era = Era(1, 20, {(0, 7): Figure(20, Side(10), Side(8))}, {})
    assert not may_be_founded(era, voters=39)
    assert may_be_founded(era, voters=40)
    again = Era(2, 40, {}, wholes(era))
    nearly = {(0, 7): Count(12, 6, 5), (1, 7): Count(10, 5, 4)}  # two more than before
    assert next_figures(again, nearly) == {}
    more = {(0, 7): Count(20, 10, 8), (1, 7): Count(20, 10, 8)}
    assert set(next_figures(again, more)) == {(0, 7), (1, 7)}


def test_sizes_are_told_in_fives() -> None:
    assert [about(n) for n in (5, 9, 10, 14, 37)] == [5, 5, 10, 10, 35]


def test_no_mark_stands_for_fewer_than_five_and_none_for_a_place_of_its_own() -> None:
    dice = random.Random(3)
    bases = [
        Place(dice.gauss(group * 4, 1), dice.gauss(0, 1), group, dice.choice([1, 1, 2, 6]))
        for group in range(3)
        for _ in range(dice.randint(4, 20))
    ]
    marks = drawn([*bases, Place(9.0, 9.0, 4, 3)])
    assert {mark.group for mark in marks} <= {0, 1, 2}  # a group of three is not drawn at all
    assert all(mark.count >= 5 and mark.count % 5 == 0 for mark in marks)
    assert all(mark.x == int(mark.x) and mark.y == int(mark.y) for mark in marks)
    assert drawn([]) == []
