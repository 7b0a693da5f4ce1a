"""What we owe, on the overview: four meters, each by a rule that stands on the page."""

from __future__ import annotations

from datetime import datetime, timedelta

from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.actions import Notes
from earnest.listening.models import Invitation, LargeAsk
from earnest.listening.queries.asks import early_test
from earnest.listening.tests.asked import an_ask, invite
from earnest.pages.queries.overview import Numbers, numbers_of
from earnest.plans import actions as plans
from earnest.plans.actions.replies import Answer
from earnest.plans.queries import answered_line
from earnest.plans.tests.given import a_need, an_input
from earnest.promises import actions as promises
from earnest.promises.models import Promise
from earnest.standing import actions as standing
from tests.worlds import NOW, World

DAY = timedelta(days=1)


def numbers(world: World, at: datetime = NOW) -> Numbers:
    world.initiative.refresh_from_db()
    return numbers_of(world.initiative, at=at)


def promise(world: World, days: int, side: str = "ours") -> Promise:
    draft = promises.Draft("send the draft", side, due=(NOW + days * DAY).date())
    return promises.make_promise(world.joan, draft, by=world.lead, at=NOW - 30 * DAY)


def heard(one: Participation, at: datetime) -> None:
    standing.note_heard(one, at=at)


def test_promises_kept_are_of_ours_that_were_due(world: World) -> None:
    kept, _late, _coming = (promise(world, days) for days in (-9, -2, 5))
    promises.keep_promise(kept, by=world.lead, at=NOW - 9 * DAY)
    promise(world, -3, "theirs")
    owed = numbers(world).owed
    assert (owed.promises.n, owed.promises.all, owed.promises_late) == (1, 2, 1)
    assert (owed.promises_open, owed.promised, owed.promises.per_cent) == (1, 3, 50)


def test_nothing_promised_is_no_share_of_nothing(world: World) -> None:
    owed = numbers(world).owed
    assert (owed.promises.all, owed.promises.per_cent, owed.promised) == (0, 0, 0)
    assert (owed.median_days, owed.oldest_days, owed.inputs.all) == (None, None, 0)


def test_inputs_and_days_are_those_of_the_page_of_replies(world: World) -> None:
    first = an_input(world, world.joan, at=NOW - 9 * DAY)
    an_input(world, world.sam, "Another", at=NOW - 4 * DAY)
    a_need(world, world.joan, at=NOW - 6 * DAY)
    plans.reply(first, Answer("used", "It is in"), by=world.lead, at=NOW)
    owed, line = numbers(world).owed, answered_line(world.initiative, at=NOW)
    assert (owed.inputs.n, owed.inputs.left) == (line.answered, line.waiting)
    assert (owed.median_days, owed.oldest_days) == (line.median_days, line.oldest_days) == (9, 6)


def test_heard_before_asked_counts_people_asked_for_a_yes_or_an_act(world: World) -> None:
    heard(world.joan, NOW - 5 * DAY)
    invite(world, world.joan, an_ask(world, kind="act"))
    invite(world, world.sam, an_ask(world, kind="backing"))
    first = numbers(world).owed.heard_first
    assert (first.n, first.all, first.per_cent) == (1, 2, 50)


def test_who_was_heard_only_after_the_first_such_ask_was_not_heard_first(world: World) -> None:
    invite(world, world.joan, an_ask(world, kind="act"), at=NOW - 5 * DAY)
    heard(world.joan, NOW - 2 * DAY)
    invite(world, world.joan, an_ask(world, kind="green_light"), at=NOW)
    assert (numbers(world).owed.heard_first.n, numbers(world).owed.heard_first.all) == (0, 1)


def test_who_was_heard_is_heard_on_the_day_of_the_talk_whenever_it_is_noted(world: World) -> None:
    invite(world, world.joan, an_ask(world, kind="act"), at=NOW - 2 * DAY)
    held = Notes("Only asked.", (NOW - 5 * DAY).date(), [world.joan])
    listening.note_conversation(world.initiative, held, by=world.lead, at=NOW)
    assert numbers(world).owed.heard_first.n == 1


def test_asks_for_input_are_listening_and_count_neither_way(world: World) -> None:
    invite(world, world.joan, an_ask(world, kind="input"))
    waits = invite(world, world.sam, an_ask(world, kind="act"))
    Invitation.objects.filter(pk=waits.pk).update(sent_at=None, state="waiting")
    assert numbers(world).owed.heard_first.all == 0


def test_the_early_test_is_the_one_of_the_asks(world: World) -> None:
    LargeAsk.objects.create(initiative=world.initiative, words="Eight weeks", made_at=NOW)
    for one, state in ((world.joan, "held"), (world.sam, "lapsed")):
        asked = invite(world, one, at=NOW - 20 * DAY)
        Invitation.objects.filter(pk=asked.pk).update(state=state)
    found = numbers(world).early
    there = early_test(world.initiative, today=NOW.date())
    assert (found.due, found.met) == (there.due, there.met) == (2, 1)
    assert (str(found.large), found.says_something) == ("Eight weeks", False)


def test_needs_that_nobody_has_any_more_are_no_gaps(world: World) -> None:
    a_need(world, world.joan)
    a_need(world, words="nobody's")
    found = numbers(world)
    assert (found.needs, found.gaps) == (1, 1)


def test_nothing_of_another_initiative_is_counted(world: World) -> None:
    promise(world, -2)
    an_input(world, world.joan)
    invite(world, world.joan, an_ask(world, kind="act"))
    world.other_initiative.refresh_from_db()
    found = numbers_of(world.other_initiative, at=NOW)
    assert (found.owed.promised, found.owed.inputs.all, found.owed.heard_first.all) == (0, 0, 0)
