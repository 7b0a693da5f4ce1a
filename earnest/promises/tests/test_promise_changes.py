"""What may become of a promise, and what the record says of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.promises import actions, queries, sweeps
from earnest.promises.actions import Draft
from earnest.promises.models import Promise, PromiseEvent
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World

TODAY = NOW.date()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def ours(world: World) -> Promise:
    draft = Draft("send her the draft", "ours", due=NEXT_WEEK)
    return actions.make_promise(world.joan, draft, by=world.lead, at=NOW)


@pytest.fixture
def theirs(world: World) -> Promise:
    draft = Draft("ask Sam for the list", "theirs", due=NEXT_WEEK)
    return actions.make_promise(world.joan, draft, by=world.lead, at=NOW)


def kinds(promise: Promise) -> list[str]:
    return list(promise.events.values_list("kind", flat=True))


def rung(world: World) -> str:
    found = Rung.objects.filter(pk=world.joan.pk).first()
    return found.step if found else "unheard"


def test_a_promise_is_dated_conditional_or_standing() -> None:
    whens = [
        Draft("a", "ours", due=TODAY).when,
        Draft("a", "ours", condition="when it is decided").when,
        Draft("a", "ours").when,
    ]
    assert whens == ["dated", "conditional", "standing"]


def test_keeping_writes_what_happened_and_the_event(ours: Promise, world: World) -> None:
    actions.keep_promise(ours, by=world.lead, at=NOW)
    assert kinds(ours) == ["made", "kept"]
    event = Event.objects.get(action="promise_kept")
    assert (event.actor_id, event.object_id, event.initiative_id) == (
        world.lead.pk,
        ours.pk,
        world.initiative.pk,
    )


def test_the_event_log_holds_nobodys_words(ours: Promise, world: World) -> None:
    actions.keep_promise(ours, by=world.lead, at=NOW)
    assert not any("draft" in str(event.detail) for event in Event.objects.all())


def test_a_second_keep_is_refused_and_changes_nothing(ours: Promise, world: World) -> None:
    actions.keep_promise(ours, by=world.lead, at=NOW)
    with pytest.raises(actions.PromiseOver):
        actions.keep_promise(ours, by=world.lead, at=NOW)
    assert kinds(ours) == ["made", "kept"]


def test_our_own_deeds_are_no_evidence_about_them(ours: Promise, world: World) -> None:
    actions.keep_promise(ours, by=world.lead, at=NOW)
    assert not Evidence.objects.exists()


def test_their_noted_promise_is_no_agreement_until_they_confirm_it(
    theirs: Promise, world: World
) -> None:
    assert rung(world) == "unheard"
    assert actions.confirm_promise(theirs, at=NOW)
    assert rung(world) == "agreed"
    assert not actions.confirm_promise(theirs, at=NOW)  # once
    assert Evidence.objects.filter(kind="agreed", value=1).count() == 1


def test_a_promise_made_on_their_own_page_is_confirmed_by_that(world: World) -> None:
    draft = Draft("try two requests", "theirs", due=NEXT_WEEK)
    promise = actions.make_promise(world.joan, draft, by=None, at=NOW)
    assert kinds(promise) == ["made", "confirmed"]
    assert promise.origin == Promise.Origin.PAGE
    assert rung(world) == "agreed"


def test_without_a_date_their_confirmation_is_no_agreement(world: World) -> None:
    draft = Draft("keep us posted", "theirs")
    actions.make_promise(world.joan, draft, by=None, at=NOW)
    assert rung(world) == "unheard"


def test_their_promise_kept_is_a_deed(theirs: Promise, world: World) -> None:
    actions.keep_promise(theirs, by=None, at=NOW)
    assert rung(world) == "did"
    deed = Evidence.objects.get(kind="did")
    assert (deed.item, deed.value, deed.source) == ("kept", 1, f"promise {theirs.pk}")


def test_not_done_by_their_own_word_then_kept_late_shows_both(
    theirs: Promise, world: World
) -> None:
    actions.miss_promise(theirs, by=None, at=NOW)
    actions.keep_promise(theirs, by=None, at=NOW + timedelta(days=2))
    values = list(
        Evidence.objects.filter(kind="did").order_by("at").values_list("value", flat=True)
    )
    assert values == [0, 1]


@pytest.mark.parametrize("what", ["move", "release"])
def test_moved_or_released_counts_neither_way(theirs: Promise, world: World, what: str) -> None:
    if what == "move":
        actions.move_promise(theirs, NEXT_WEEK + timedelta(days=3), by=None, at=NOW)
    else:
        actions.release_promise(theirs, by=world.lead, at=NOW)
    assert not Evidence.objects.exists()


def test_past_due_without_word_asks_once_and_assumes_nothing(theirs: Promise, world: World) -> None:
    late = NOW + timedelta(days=7 + 3)
    assert sweeps.ask_about_due(at=late - timedelta(days=1)) == 0
    assert [sweeps.ask_about_due(at=late), sweeps.ask_about_due(at=late)] == [1, 0]
    assert not Evidence.objects.exists()
    theirs.refresh_from_db()
    assert theirs.state == Promise.State.OPEN


def test_a_moved_promise_may_be_asked_about_again(theirs: Promise) -> None:
    late = NOW + timedelta(days=10)
    sweeps.ask_about_due(at=late)
    actions.move_promise(theirs, late.date() + timedelta(days=1), by=None, at=late)
    assert sweeps.ask_about_due(at=late + timedelta(days=4)) == 1


def test_moving_ours_waits_until_they_are_told(ours: Promise, world: World) -> None:
    actions.move_promise(ours, NEXT_WEEK, by=world.lead, at=NOW, why="the board meets later")
    happened = list(ours.events.all())
    assert ours.untold_at == NOW
    assert "the board meets later" in queries.telling_of(ours, happened)
    actions.tell_moved(ours, by=world.lead, at=NOW)
    ours.refresh_from_db()
    assert ours.untold_at is None


def test_a_condition_that_came_true_gets_its_date(world: World) -> None:
    draft = Draft("show the plan", "ours", condition="when it is decided")
    promise = actions.make_promise(world.joan, draft, by=world.lead, at=NOW)
    actions.move_promise(promise, NEXT_WEEK, by=world.lead, at=NOW)
    promise.refresh_from_db()
    assert (promise.when, promise.due, promise.condition) == ("dated", NEXT_WEEK, "")


def test_a_mistaken_kept_is_taken_back_and_the_record_keeps_both(
    theirs: Promise, world: World
) -> None:
    actions.confirm_promise(theirs, at=NOW)
    actions.keep_promise(theirs, by=world.lead, at=NOW)
    actions.take_back(theirs, by=world.lead, at=NOW)
    assert rung(world) == "agreed"  # the agreement stands, the deed is withdrawn
    assert kinds(theirs) == ["made", "confirmed", "kept", "undone"]
    assert Evidence.objects.filter(kind="did").count() == 2  # a correction is a new row
    with pytest.raises(actions.NothingToUndo):
        actions.take_back(theirs, by=world.lead, at=NOW)


def test_the_kept_record_counts_late_ones_as_kept_and_late(world: World) -> None:
    made = [
        actions.make_promise(world.joan, Draft(word, "ours", due=TODAY), by=world.lead, at=NOW)
        for word in "abcd"
    ]
    actions.keep_promise(made[0], by=world.lead, at=NOW)
    actions.keep_promise(made[1], by=world.lead, at=NOW + timedelta(days=2))
    actions.release_promise(made[2], by=world.lead, at=NOW)
    later = date(2026, 12, 31)
    expected = (2, 1, 1, 1)
    for record in (
        queries.records_with(world.joan.promises.all(), today=later).ours,
        queries.records_on(world.initiative, today=later).ours,
    ):
        assert (record.kept, record.late, record.open, record.without_word) == expected


def test_a_date_is_late_by_the_workspaces_calendar(world: World) -> None:
    evening = NOW.replace(hour=23, minute=30)  # after midnight in Amsterdam
    assert world.workspace.day(evening) == TODAY + timedelta(days=1)


def test_what_happened_is_never_changed(ours: Promise, world: World) -> None:
    before = list(PromiseEvent.objects.values())
    actions.keep_promise(ours, by=world.lead, at=NOW)
    assert list(PromiseEvent.objects.values())[: len(before)] == before


def test_a_released_promise_is_no_longer_confirmed(theirs: Promise, world: World) -> None:
    actions.release_promise(theirs, by=world.lead, at=NOW)
    assert not actions.confirm_promise(theirs, at=NOW)
    assert not Evidence.objects.exists()


def test_a_confirmed_condition_is_agreed_once_they_give_it_a_day(world: World) -> None:
    draft = Draft("try it", "theirs", condition="when it is decided")
    promise = actions.make_promise(world.joan, draft, by=None, at=NOW)
    assert rung(world) == "unheard"
    actions.move_promise(promise, NEXT_WEEK, by=None, at=NOW)
    assert rung(world) == "agreed"


def test_a_day_a_lead_gives_to_their_promise_is_theirs_to_confirm(world: World) -> None:
    draft = Draft("try it", "theirs", condition="when it is decided")
    promise = actions.make_promise(world.joan, draft, by=None, at=NOW)
    actions.move_promise(promise, NEXT_WEEK, by=world.lead, at=NOW)
    assert rung(world) == "unheard"
    actions.confirm_promise(promise, at=NOW)
    assert rung(world) == "agreed"


def test_kept_by_a_leads_word_counts_with_their_sight(theirs: Promise, world: World) -> None:
    actions.keep_promise(theirs, by=world.lead, at=NOW)
    assert rung(world) == "unheard"  # they cannot see it yet
    actions.confirm_promise(theirs, at=NOW)
    assert rung(world) == "did"
    assert Evidence.objects.filter(kind="did").count() == 1


def test_what_they_never_said_leaves_no_deed(theirs: Promise, world: World) -> None:
    initiatives.say_told(world.joan, by=world.lead, at=NOW)
    theirs.participation.refresh_from_db()
    actions.keep_promise(theirs, by=world.lead, at=NOW)
    assert rung(world) == "did"
    actions.deny_promise(theirs, at=NOW, why="not what I said")
    assert rung(world) == "unheard"
    assert theirs.state == Promise.State.RELEASED
