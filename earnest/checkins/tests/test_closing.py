"""A round ends: published once, in groups of five or more; what cannot be shown is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.checkins import actions, queries, sweeps
from earnest.checkins.actions import Taps
from earnest.checkins.models import AnswerSlot, Condition, Line, Round
from earnest.checkins.tests.asking import AFTER, LAST_DAY, answer, more_people, opened, sent
from earnest.messaging.tests.mails import Server
from tests.worlds import NOW, World


def test_it_closes_when_its_last_day_is_over_where_they_are(world: World) -> None:
    made = opened(world, is_anonymous=False)
    late = datetime(2026, 11, 27, 22, 59, tzinfo=UTC)  # 23:59 in Amsterdam
    assert sweeps.close_due(at=late) == 0
    assert sweeps.close_due(at=late + timedelta(minutes=2)) == 1
    assert sweeps.close_due(at=AFTER) == 0
    made.refresh_from_db()
    assert made.closed_at == late + timedelta(minutes=2)


def test_results_are_published_once_and_every_slot_is_gone(world: World, server: Server) -> None:
    made, links = sent(world, server)
    for n, path in enumerate(links.values()):
        answer(path, matters=str(n % 5 + 1), owns="3" if n else "0", line=f"line {n}")
    sweeps.mix_slots(at=NOW)
    assert actions.close_round(made, at=AFTER)
    made.refresh_from_db()
    assert made.answer_count == 7
    assert made.results == {"matters": {"counts": [2, 2, 1, 1, 1], "unsaid": 0}}
    assert not AnswerSlot.objects.exists()
    assert sorted(made.lines.values_list("words", flat=True)) == [f"line {n}" for n in range(7)]
    assert not actions.close_round(made, at=AFTER)
    assert made.lines.count() == 7


def test_with_fewer_than_five_nothing_is_shown_and_what_was_written_is_gone(
    world: World, server: Server
) -> None:
    made, links = sent(world, server)
    for n, path in enumerate(list(links.values())[:4]):
        answer(path, matters=str(n + 1), line=f"line {n}")
    actions.close_round(made, at=AFTER)
    made.refresh_from_db()
    assert (made.results, made.answer_count) == ({}, None)
    assert not AnswerSlot.objects.exists()
    assert not Line.objects.exists()


def test_lines_come_in_an_order_of_chance(world: World, server: Server) -> None:
    """Not in that of answering, of mails, or of keys."""
    orders = set()
    for _ in range(6):
        made = Round(initiative=world.initiative, closes_on=LAST_DAY, made_at=NOW, opened_at=NOW)
        made.save()
        secrets = actions.lay_slots(made, 9, at=NOW)
        for n, secret in enumerate(secrets):
            actions.answer_unnamed(secret, Taps(line=f"line {n}"))
        actions.close_round(made, at=AFTER)
        actions.say_answered(made, by=world.lead, at=AFTER)
        orders.add(tuple(made.lines.order_by("pk").values_list("words", flat=True)))
    assert len(orders) > 1


def test_by_name_others_see_groups_that_tell_of_nobody(world: World) -> None:
    people = [*more_people(world, 8), world.joan, world.sam]
    first = _by_name(world, people, NOW)
    assert set(first.results) == {"matters", "owns"}
    second = _by_name(world, people[:9], NOW + timedelta(days=30))
    assert second.answer_count == 9
    assert second.results == {}  # the tenth could be subtracted
    third = _by_name(world, people, NOW + timedelta(days=60))
    assert third.results == first.results


def _by_name(world: World, answering: list[Any], at: datetime) -> Round:
    made = opened(world, at, is_anonymous=False, closes_on=(at + timedelta(days=7)).date())
    for n, one in enumerate(answering):
        actions.answer_by_name(made, one, Taps(matters=n % 2 + 1, owns=n % 3 + 1), at=at)
    actions.close_round(made, at=at + timedelta(days=9))
    actions.say_answered(made, by=world.lead, at=at + timedelta(days=9))
    made.refresh_from_db()
    return made


tap = st.one_of(st.none(), st.integers(1, 5))
answers = st.lists(
    st.builds(
        AnswerSlot,
        understands=tap,
        matters=tap,
        doable=st.sampled_from((None, 3)),
        owns=st.just(4),
        under_a_minute=st.sampled_from((None, True, False)),
    ),
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(answers)
def test_what_is_published_is_about_five_or_more_and_never_of_all_alike(
    rows: list[AnswerSlot],
) -> None:
    shown = queries.may_be_published(rows)
    assert shown == {} or len(rows) >= 5
    assert "owns" not in shown
    assert "doable" not in shown
    for name in set(shown) & set(Condition.values):
        counts = shown[name]["counts"]
        assert sum(counts) >= 5
        assert max(counts) < sum(counts)
        assert sum(counts) + shown[name]["unsaid"] == len(rows)
        assert counts == [sum(getattr(row, name) == n for row in rows) for n in range(1, 6)]
    if quick := shown.get("under_a_minute"):
        assert quick["of"] >= 5
        assert 0 < quick["n"] < quick["of"]


@settings(max_examples=100, deadline=None)
@given(answers)
def test_no_two_figures_of_a_round_give_away_a_third(rows: list[AnswerSlot]) -> None:
    """Every condition is about the same people: there are no filters to subtract from."""
    shown = queries.may_be_published(rows)
    groups = {
        sum(found["counts"]) + found["unsaid"] for found in shown.values() if "counts" in found
    }
    assert groups <= {len(rows)}


@pytest.mark.parametrize("n", [4, 5])
def test_five_are_the_fewest(n: int) -> None:
    rows = [AnswerSlot(matters=i % 2 + 1) for i in range(n)]
    assert bool(queries.may_be_published(rows)) is (n == 5)
