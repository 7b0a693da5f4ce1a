"""Beside the peer on the same open conversations: closer to Polis' own groups.

How much faster is measured by ``benchmarks.opinion``: a benchmark is no timed test.
"""

from __future__ import annotations

import pytest

from benchmarks.opinion.contest import Bout, bout, run_pipeline
from benchmarks.opinion.conversations import conversations, folder, made_up
from benchmarks.opinion.told import medians

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(
        folder() is None, reason="the open conversations are not beside the repository"
    ),
    pytest.mark.skipif(run_pipeline is None, reason="red-dwarf (group peers) is not installed"),
]


@pytest.fixture(scope="module")
def bouts() -> list[Bout]:
    return [bout(one, bootstrap=0) for one in conversations()]


def test_median_agreement_with_polis_is_above_the_peers(bouts: list[Bout]) -> None:
    _, ours, theirs = medians(bouts)
    assert theirs is not None
    assert ours > theirs


def test_among_ten_thousand_people_it_finds_the_groups_they_were_made_of() -> None:
    found = bout(made_up(10_000, 200, 0.2), bootstrap=0)
    assert found.everybody > 0.95
