"""The numbers as Polis itself computes them, from given groups: for comparing number for number.

Source: the published mathematics of Polis (compdemocracy/polis, ``math/src/polismath/math``:
``pca.clj``, ``repness.clj``, ``conversation.clj``), read for its formulas. In Polis' own data a vote of −1
agrees; here, as in its CSV files, +1 does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from earnest.engine.opinion.axes import axes_from
from earnest.engine.opinion.found import Axes, Tally
from earnest.engine.opinion.steps import Rule, rule_for, spread_of, sums_of
from earnest.engine.opinion.told import POLIS, one_share, share, two_shares
from earnest.engine.opinion.votes import Floats, Votes, Whole


class PolisNumbers(NamedTuple):
    """By group and statement (G, S), in Polis' own words: ``p_agree`` and ``p_disagree`` (p-success),
    ``test_agree`` … (p-test), ``rep_agree`` … (repness), ``rep_test_agree`` … (repness-test); and
    ``consensus`` (S,), its group-aware consensus."""

    p_agree: Floats
    p_disagree: Floats
    test_agree: Floats
    test_disagree: Floats
    rep_agree: Floats
    rep_disagree: Floats
    rep_test_agree: Floats
    rep_test_disagree: Floats
    consensus: Floats


def polis_rule(votes: Votes, moderated: Sequence[int] = ()) -> Rule:
    """Who shapes the axes in Polis: everybody with a vote."""
    return rule_for(votes.width, moderated, least=1)


def polis_axes(votes: Votes, moderated: Sequence[int] = ()) -> Axes:
    """Polis' own components: everybody shapes them; ``moderated`` are numbers of statements."""
    rule = polis_rule(votes, moderated)
    centre = sums_of(votes, rule).centre
    return axes_from(spread_of(votes, centre, rule), centre)


def polis_numbers(tally: Tally) -> PolisNumbers:
    """Representativeness and consensus with Polis' own prior; counts by recorded groups come from
    ``steps.tally_of``."""
    agree, disagree = (_of(tally, kind) for kind in (tally.agree, tally.disagree))
    return PolisNumbers(
        p_agree=agree[0],
        p_disagree=disagree[0],
        test_agree=agree[1],
        test_disagree=disagree[1],
        rep_agree=agree[2],
        rep_disagree=disagree[2],
        rep_test_agree=agree[3],
        rep_test_disagree=disagree[3],
        consensus=agree[0].prod(axis=0),
    )


def _of(tally: Tally, kind: Whole) -> tuple[Floats, Floats, Floats, Floats]:
    """p-success, p-test, repness and repness-test of one answer."""
    seen = tally.seen
    others, of_others = kind.sum(axis=0) - kind, seen.sum(axis=0) - seen
    p = share(kind, seen, POLIS)
    test = one_share(kind, seen, POLIS)
    rep_test = two_shares((kind, seen), (others, of_others), POLIS)
    return p, test, p / share(others, of_others, POLIS), rep_test
