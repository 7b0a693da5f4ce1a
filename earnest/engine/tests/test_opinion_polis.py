"""Number for number what Polis itself computed, from its own votes and its own groups."""

from __future__ import annotations

import numpy as np
import pytest

from earnest.engine.opinion.found import Tally
from earnest.engine.opinion.maps import separates_on
from earnest.engine.opinion.next import Shown, priority
from earnest.engine.opinion.polis import PolisNumbers, polis_axes, polis_numbers, polis_rule
from earnest.engine.opinion.steps import places_of, tally_of
from earnest.engine.opinion.votes import Floats
from earnest.engine.tests.conversations import Recorded, recorded

NAMES = ("25ptpt-3gp-no-strict-with-meta", "50ptpt-3gp-strict-no-meta", "above-100-ptpts")
WHOLE = ("25ptpt-3gp-no-strict-with-meta", "above-100-ptpts")  # no vote is missing


@pytest.fixture(params=NAMES)
def conversation(request: pytest.FixtureRequest) -> Recorded:
    return recorded(request.param)


@pytest.fixture(params=WHOLE)
def whole(request: pytest.FixtureRequest) -> Recorded:
    return recorded(request.param)


def tally(one: Recorded) -> Tally:
    return tally_of(one.votes, one.group, len(one.told["group-clusters"]))


def test_both_components_are_those_of_polis(conversation: Recorded) -> None:
    axes = polis_axes(conversation.votes, conversation.moderated)
    for ours, theirs in zip(axes.loadings, conversation.told["pca"]["comps"], strict=True):
        assert abs(ours @ np.array(theirs)) >= 0.999


def test_where_no_vote_is_missing_they_are_the_same_to_the_last_digits(whole: Recorded) -> None:
    axes = polis_axes(whole.votes, whole.moderated)
    assert np.allclose(axes.centre, -np.array(whole.told["pca"]["center"]), atol=1e-12)
    for ours, theirs in zip(axes.loadings, np.array(whole.told["pca"]["comps"]), strict=True):
        assert min(abs(ours - theirs).max(), abs(ours + theirs).max()) < 1e-9


def test_people_are_where_polis_put_them() -> None:
    one = recorded("25ptpt-3gp-no-strict-with-meta")
    axes = polis_axes(one.votes, one.moderated)
    places = places_of(one.votes, axes, polis_rule(one.votes, one.moderated))
    for axis, name, loading in ((places.x, "x", 0), (places.y, "y", 1)):
        theirs = np.array(one.told["pca"]["comps"][loading])
        turn = -np.sign(axes.loadings[loading] @ theirs)  # Polis' own sign of votes is the opposite
        row = {int(person): number for number, person in enumerate(one.votes.voters)}
        bases = one.told["base-clusters"]
        ours = [np.mean([axis[row[person]] for person in people]) for people in bases["members"]]
        assert np.allclose(turn * np.array(ours), bases[name], atol=1e-9)


def test_groups_are_counted_as_polis_counted_them(conversation: Recorded) -> None:
    ours = tally(conversation)
    for group, told in conversation.told["group-votes"].items():
        for statement, counts in told["votes"].items():
            at = int(group), conversation.number(int(statement))
            theirs = (counts["A"], counts["D"], counts["S"])
            assert (ours.agree[at], ours.disagree[at], ours.seen[at]) == theirs


def test_representativeness_is_number_for_number_that_of_polis(conversation: Recorded) -> None:
    numbers = polis_numbers(tally(conversation))
    for group, statements in conversation.told["repness"].items():
        for told in statements:
            at = int(group), conversation.number(told["tid"])
            ours = [float(table[at]) for table in of_answer(numbers, told["repful-for"])]
            names = ("p-success", "p-test", "repness", "repness-test")
            assert ours == pytest.approx([told[name] for name in names], rel=1e-6, abs=1e-6)


def of_answer(numbers: PolisNumbers, answer: str) -> list[Floats]:
    kinds = ("p", "test", "rep", "rep_test")
    return [getattr(numbers, f"{kind}_{answer}") for kind in kinds]


def test_consensus_across_groups_is_number_for_number_that_of_polis(
    conversation: Recorded,
) -> None:
    ours = polis_numbers(tally(conversation)).consensus
    for statement, theirs in conversation.told["group-aware-consensus"].items():
        assert ours[conversation.number(int(statement))] == pytest.approx(theirs, abs=1e-12)


def test_consensus_of_everybody_is_that_of_polis() -> None:
    one = recorded("25ptpt-3gp-no-strict-with-meta")
    everybody = np.zeros(one.votes.people, np.int8)
    numbers = polis_numbers(tally_of(one.votes, everybody, 1))
    for told in one.told["consensus"]["agree"]:
        at = 0, one.number(told["tid"])
        assert numbers.p_agree[at] == pytest.approx(told["p-success"])
        assert numbers.test_agree[at] == pytest.approx(told["p-test"])


def test_how_strongly_a_statement_separates_is_that_of_polis(whole: Recorded) -> None:
    axes = polis_axes(whole.votes, whole.moderated)
    assert np.allclose(separates_on(axes), whole.told["pca"]["comment-extremity"], atol=1e-9)


def test_what_comes_next_has_the_priority_polis_gave_it(whole: Recorded) -> None:
    counts, axes = tally(whole), polis_axes(whole.votes, whole.moderated)
    far = separates_on(axes)
    for statement, theirs in whole.told["comment-priorities"].items():
        if int(statement) not in whole.told["meta-tids"]:
            at = whole.number(int(statement))
            kinds = (counts.agree, counts.disagree, counts.passed)
            agree, disagree, passed = (int(kind[:, at].sum()) for kind in kinds)
            shown = Shown(agree, disagree, passed, separates=float(far[at]))
            assert priority(shown) == pytest.approx(theirs)
