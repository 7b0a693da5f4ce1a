"""Shares of counted cases: against exact answers, and at the edges."""

from __future__ import annotations

import numpy as np
import pytest

from earnest.engine.effect.shares import Cell, Change, interval

stats = pytest.importorskip("scipy.stats")


def cell(*counts: tuple[int, int]) -> Cell:
    return Cell(*np.array(counts, float).T)


@pytest.mark.parametrize(
    ("before", "after"), [((41, 120), (79, 130)), ((0, 12), (7, 9)), ((3, 400), (900, 90_000))]
)
def test_two_counts_differ_as_two_betas_do(before: tuple[int, int], after: tuple[int, int]) -> None:
    low, high, alike = interval([Change(cell(before), cell(after))], 0.9)
    grid = (np.arange(20_000) + 0.5) / 20_000
    one = stats.beta(before[0] + 0.5, before[1] - before[0] + 0.5).ppf(grid)
    other = stats.beta(after[0] + 0.5, after[1] - after[0] + 0.5)
    for edge, chance in ((low, 0.05), (high, 0.95)):
        assert other.cdf(one + edge).mean() == pytest.approx(chance, abs=2e-3)
    assert alike == 0


def test_two_changes_are_taken_from_each_other() -> None:
    changes = [
        Change(cell((41, 120)), cell((79, 130))),
        Change(cell((50, 100)), cell((52, 110)), -1.0),
    ]
    low, high, _ = interval(changes, 0.9)
    chance = np.random.default_rng(2)
    drawn = [
        chance.beta(one.yes.sum() + 0.5, (one.of - one.yes).sum() + 0.5, 400_000)
        for change in changes
        for one in (change.before, change.after)
    ]
    total = drawn[1] - drawn[0] - (drawn[3] - drawn[2])
    assert (low, high) == pytest.approx(tuple(np.quantile(total, [0.05, 0.95])), abs=2e-3)


def test_cases_that_resemble_each_other_tell_less() -> None:
    same = [(12, 40)] * 6
    torn = [(2, 40), (24, 40), (4, 40), (20, 40), (3, 40), (19, 40)]
    even = interval([Change(cell(*same), cell(*same))], 0.9)
    apart = interval([Change(cell(*torn), cell(*torn))], 0.9)
    assert apart[1] - apart[0] > 2 * (even[1] - even[0])
    assert apart[2] > 0.1 > even[2]


@pytest.mark.parametrize("yes", [0, 30])
def test_none_and_all_have_an_interval(yes: int) -> None:
    low, high, _ = interval([Change(cell((yes, 30)), cell((yes, 30)))], 0.9)
    assert -0.2 < low < 0 < high < 0.2
    assert low == pytest.approx(-high, abs=1e-3)


def test_a_billion_cases_are_counted() -> None:
    low, high, _ = interval([Change(cell((10**8, 10**9)), cell((2 * 10**8, 10**9)))], 0.9)
    assert 0.0999 < low < 0.1 < high < 0.1001
    many = [(10**8 + 1000 * one, 10**9) for one in range(5)]
    low, high, _ = interval([Change(cell(*many), cell(*many))], 0.9)
    assert low < 0 < high
