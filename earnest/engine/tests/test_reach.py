"""Where to begin, among parts that said yes: likeness and reach, as counts that can be checked."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.reach import NONE, Network, advise

REAL = Path("/work/shared/data/networks")


def ints(*values: int) -> np.ndarray:
    return np.asarray(values, np.int64)


def network(parts: list[int], ties: list[tuple[int, int]], **traits: list[int]) -> Network:
    pairs = np.asarray(ties, np.int64).reshape(-1, 2)
    return Network(ints(*parts), {name: ints(*codes) for name, codes in traits.items()}, pairs)


TWO_WARDS = [0] * 5 + [1] * 5 + [2] * 5
FIVE = [(0, other) for other in range(5, 10)]
TO_THE_THIRD = [(0, other) for other in range(10, 15)]


def test_somebody_tied_to_two_of_the_part_is_reached_once() -> None:
    one = advise(network(TWO_WARDS, [*FIVE, (6, 0), (1, 5), (0, 1)]), [[0]])[0]
    assert (one.reaches_people, one.reaches_parts, one.outside) == (5, 1, 10)


def test_a_tie_counts_in_both_directions_and_never_to_oneself() -> None:
    there, back = advise(
        network(TWO_WARDS, [(0, 5), (5, 0), (1, 6), (7, 2), (3, 8), (9, 4), (3, 3)]), [[0], [1]]
    )
    assert there.reaches_people == back.reaches_people == 5


def test_of_whom_it_reaches_fewer_than_five_are_not_counted() -> None:
    four, five, none = (
        advise(network(TWO_WARDS, ties), [[0]])[0] for ties in (FIVE[:4], FIVE, FIVE[:0])
    )
    assert (four.reaches_people, four.reaches_parts, four.reaches_few) == (0, 0, True)
    assert (five.reaches_people, five.reaches_parts, five.reaches_few) == (5, 1, False)
    assert (none.reaches_people, none.reaches_few) == (0, False)


def test_a_team_with_the_teams_in_it_does_not_reach_itself() -> None:
    whole = advise(network(TWO_WARDS, [(0, 5), *TO_THE_THIRD]), [[0, 1]])[0]
    assert (whole.people, whole.reaches_people, whole.reaches_parts) == (10, 5, 1)


def test_the_same_mix_has_everything_in_common_and_another_mix_nothing() -> None:
    roles = [0, 0, 0, 1, 1] * 3
    same = advise(network(TWO_WARDS, [], roles=roles), [[0]])[0]
    assert same.alike["roles"] == pytest.approx(1)
    apart = advise(network(TWO_WARDS, [], roles=[2] * 5 + roles[5:]), [[0]])[0]
    assert apart.alike["roles"] == 0


def test_of_fewer_than_five_people_nothing_but_their_number_is_told() -> None:
    few = advise(network([0] * 4 + [1] * 9, [(0, 5)], roles=[0] * 13), [[0]])[0]
    assert few.people == 4
    assert not few.can_be_told
    assert (few.reaches_people, few.usual, dict(few.alike)) == (0, None, {})


def test_what_is_recorded_of_fewer_than_five_is_no_mix() -> None:
    roles = [0, 0, 0, NONE, NONE] + [0] * 10
    assert advise(network(TWO_WARDS, [], roles=roles), [[0]])[0].alike == {}


def test_the_size_is_seen_beside_that_of_the_others() -> None:
    parts = [0] * 8 + [1] * 6 + [2] * 8 + [3] * 10 + [4] * 40
    one, big = advise(network(parts, []), [[0], [4]])
    assert one.of_usual_size
    assert not big.of_usual_size


def test_answers_come_in_the_order_asked_for_and_of_volunteers_alone() -> None:
    asked = advise(network(TWO_WARDS, [*FIVE, *TO_THE_THIRD, (10, 1)]), [[2], [0]])
    assert [one.reaches_people for one in asked] == [0, 10]


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="not there"):
        advise(network(TWO_WARDS, [(0, 99)]), [[0]])
    with pytest.raises(ValueError, match="each person"):
        advise(network(TWO_WARDS, [], roles=[0]), [[0]])


people = st.integers(8, 40)


@given(st.data())
def test_reach_is_what_counting_by_hand_finds(data: st.DataObject) -> None:
    count = data.draw(people)
    parts = data.draw(st.lists(st.integers(NONE, 4), min_size=count, max_size=count))
    person = st.integers(0, count - 1)
    ties = data.draw(st.lists(st.tuples(person, person), max_size=80))
    inside = data.draw(st.sets(st.integers(0, 4), min_size=1))
    one = advise(network(parts, ties), [sorted(inside)])[0]
    if not one.can_be_told:
        return
    both = [*ties, *((b, a) for a, b in ties)]
    found = {b for a, b in both if parts[a] in inside and parts[b] not in {*inside, NONE}}
    told = found if len(found) >= 5 else set()
    assert one.reaches_people == len(told)
    assert one.reaches_parts == len({parts[b] for b in told})
    assert one.reaches_few == (len(told) < len(found))


@pytest.mark.skipif(not REAL.exists(), reason="the open networks are not here")
def test_departments_of_a_real_organisation_reach_who_they_really_write_to() -> None:
    """1,005 people of a research institution, 42 departments (email-Eu-core)."""
    labels = np.loadtxt(REAL / "email-Eu-core-department-labels.txt", dtype=np.int64)
    ties = np.loadtxt(REAL / "email-Eu-core.txt", dtype=np.int64)
    part = np.empty(labels.shape[0], np.int64)
    part[labels[:, 0]] = labels[:, 1]
    found = advise(Network(part, {}, ties), [[one] for one in range(42)])
    whom: set[int] = set()
    for a, b in ties:
        if part[a] == 14 != part[b]:
            whom.add(int(b))
        if part[b] == 14 != part[a]:
            whom.add(int(a))
    assert found[14].reaches_people == len(whom)
    assert found[14].reaches_parts == len({int(part[one]) for one in whom})
    assert all(one.reaches_people <= one.outside for one in found)


@pytest.mark.skipif(not REAL.exists(), reason="the open networks are not here")
def test_a_small_real_organisation_is_told_of_in_departments_of_five_and_more() -> None:
    """21 managers in five departments, and who asks whom for advice (Krackhardt 1987)."""
    people, ties = rows_of("ht_advice.nodes"), rows_of("ht_advice.edges")
    part = ints(*(int(float(one["dept"])) for one in people))
    pairs = np.asarray([(int(one["from"]), int(one["to"])) for one in ties], np.int64)
    level = ints(*(int(float(one["level"])) for one in people))
    found = advise(Network(part, {"level": level}, pairs), [[one] for one in range(5)])
    told = [one.can_be_told for one in found]
    assert told == [int((part == one).sum()) >= 5 for one in range(5)]
    assert all(0 <= one.alike["level"] <= 1 for one in found if one.can_be_told)


def rows_of(name: str) -> list[dict[str, str]]:
    with (REAL / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))
