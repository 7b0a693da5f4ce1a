"""The stored counts say what the promises themselves say."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.initiatives import actions as initiatives
from earnest.promises import actions, queries
from earnest.promises.actions import Draft
from earnest.promises.models import Promise
from tests.worlds import NOW, World

TODAY = NOW.date()
CHANGES = {
    "kept": actions.keep_promise,
    "missed": actions.miss_promise,
    "released": actions.release_promise,
    "taken back": actions.take_back,
}
steps = st.tuples(st.integers(0, 3), st.sampled_from(sorted(CHANGES)), st.integers(0, 5))


def two_each_way(world: World) -> list[Promise]:
    drafts = [Draft(word, side, due=TODAY) for word in "ab" for side in ("ours", "theirs")]
    return [actions.make_promise(world.joan, one, by=world.lead, at=NOW) for one in drafts]


@given(st.lists(steps, max_size=14))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_stored_counts_are_those_of_the_promises_whatever_happens(
    world: World, happened: list[tuple[int, str, int]]
) -> None:
    with transaction.atomic():
        made = two_each_way(world)
        for which, change, days in happened:
            with suppress(actions.PromiseOver, actions.NothingToUndo):
                CHANGES[change](made[which], by=world.lead, at=NOW + timedelta(days=days))
        stored = queries.records_on(world.initiative, today=TODAY)
        assert stored == queries.records_with(world.joan.promises.all(), today=TODAY)
        transaction.set_rollback(True)


def test_two_who_keep_it_at_once_count_it_once(world: World) -> None:
    promise, *_others = two_each_way(world)
    same = Promise.objects.get(pk=promise.pk)
    actions.keep_promise(promise, by=world.lead, at=NOW)
    with suppress(actions.PromiseOver):
        actions.keep_promise(same, by=world.co_lead, at=NOW)
    assert queries.records_on(world.initiative, today=TODAY).ours.kept == 1


def test_what_was_kept_stays_counted_when_somebody_is_taken_off(world: World) -> None:
    ours, theirs, *_others = two_each_way(world)
    actions.keep_promise(ours, by=world.lead, at=NOW)
    actions.miss_promise(theirs, by=world.lead, at=NOW)
    initiatives.take_off(world.joan, by=world.lead, at=NOW)
    record = queries.records_on(world.initiative, today=date(2027, 1, 1))
    assert (record.ours.kept, record.theirs.missed) == (1, 1)
    assert (record.ours.open, record.theirs.open) == (0, 0)
