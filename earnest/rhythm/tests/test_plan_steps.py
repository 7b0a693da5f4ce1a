"""What waits for an answer, and what the plan still lacks, comes up on Today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.checkins.models import Round
from earnest.initiatives.models import Initiative
from earnest.listening.models import Need
from earnest.plans.models import Answers, Chain, Input, Part, Post, Reply, Version
from earnest.rhythm.queries import Proposed, steps_for
from tests.worlds import NOW, World

A_DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def proposed(world: World, rule: str) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=NOW) if step.rule == rule]


def an_input(world: World, days: int, **more: object) -> Input:
    whose = {"participation": world.joan, "source": "page", **more}
    return Input.objects.create(
        initiative=world.initiative,
        words="Two desks first",
        at=NOW - days * A_DAY,
        **whose,
    )


def a_need(world: World, people: int = 2, days: int = 9) -> Need:
    return Need.objects.create(
        initiative=world.initiative,
        words="something that lasts",
        made_at=NOW - days * A_DAY,
        first_named_at=NOW - days * A_DAY,
        people_count=people,
    )


def a_part(world: World, days: int = 1) -> Part:
    when = NOW - days * A_DAY
    return world.initiative.parts.create(
        title="Weekend cover", why="Fridays", made_at=when, changed_at=when
    )


def test_what_somebody_proposed_is_answered_after_three_days(world: World) -> None:
    one = an_input(world, 3)
    an_input(world, 2)
    (step,) = proposed(world, "input-waits")
    assert (step.number, step.title) == (one.pk, "Say what becomes of it: Two desks first")
    assert step.tag == "waits 3 days"


def test_a_line_of_nobody_waits_too_and_what_is_answered_does_not(world: World) -> None:
    line = an_input(world, 9, participation=None, source="check_in")
    an_input(world, 9, answered_at=NOW, outcome="used")
    an_input(world, 9, need=a_need(world))
    assert [step.number for step in proposed(world, "input-waits")] == [line.pk]


def test_a_need_waits_for_one_answer_to_all_under_it(world: World) -> None:
    need = a_need(world, people=11)
    (step,) = proposed(world, "need-waits")
    assert (step.number, step.tag) == (need.pk, "named by 11")
    Reply.objects.create(
        initiative=world.initiative, need=need, outcome="used", words="Weekend cover", at=NOW
    )
    assert proposed(world, "need-waits") == []


def test_a_need_no_part_answers_is_a_gap_once_there_is_a_plan(world: World) -> None:
    need = a_need(world)
    assert proposed(world, "gap") == []
    part = a_part(world)
    assert [step.number for step in proposed(world, "gap")] == [need.pk]
    Answers.objects.create(need=need, part=part, how="not", at=NOW)
    assert proposed(world, "gap")
    Answers.objects.update(how="helps")
    assert proposed(world, "gap") == []
    Part.objects.update(dropped_at=NOW)
    assert proposed(world, "gap") == []  # no plan left that could answer


def test_their_word_in_a_thread_waits_until_it_is_read(world: World) -> None:
    reply = Reply.objects.create(
        initiative=world.initiative,
        input=an_input(world, 9),
        outcome="in_part",
        words="Six",
        at=NOW,
    )
    post = Post.objects.create(
        reply=reply, participation=world.joan, from_person=True, words="Eight?", at=NOW
    )
    (step,) = proposed(world, "thread-waits")
    assert step.title.startswith("Joan wrote")
    Post.objects.filter(pk=post.pk).update(read_at=NOW)
    assert proposed(world, "thread-waits") == []


def a_round(world: World, **more: object) -> Round:
    return Round.objects.create(
        initiative=world.initiative, closes_on=NOW.date(), made_at=NOW - 30 * A_DAY, **more
    )


def test_a_check_in_that_closed_is_answered_before_the_next(world: World) -> None:
    Initiative.objects.update(people_count=6, made_at=NOW - 90 * A_DAY)
    assert proposed(world, "checkin-due")
    one = a_round(world, opened_at=NOW - 9 * A_DAY)
    assert not proposed(world, "checkin-due")
    assert not proposed(world, "checkin-answer")
    Round.objects.update(closed_at=NOW - A_DAY)
    assert [step.number for step in proposed(world, "checkin-answer")] == [one.pk]
    Round.objects.update(answered_at=NOW)
    assert not proposed(world, "checkin-answer")
    assert not proposed(world, "checkin-due")  # two months have not gone by
    past = NOW - 70 * A_DAY
    Round.objects.update(closed_at=past, answered_at=past)
    assert proposed(world, "checkin-due")


def test_a_handful_of_people_is_talked_with_not_checked_in_with(world: World) -> None:
    Initiative.objects.update(people_count=4, made_at=NOW - 90 * A_DAY)
    assert not proposed(world, "checkin-due")


def test_a_plan_changed_for_a_week_is_shown_to_those_who_gave_input(world: World) -> None:
    part = a_part(world, days=6)
    assert not proposed(world, "publish")
    Part.objects.update(changed_at=NOW - 7 * A_DAY)
    assert proposed(world, "publish")
    Version.objects.create(
        initiative=world.initiative, number=1, summary="First", published_at=NOW - 3 * A_DAY
    )
    assert not proposed(world, "publish")
    Part.objects.filter(pk=part.pk).update(changed_at=NOW)
    assert not proposed(world, "publish")  # of today: it may still change


def test_how_it_serves_somebody_is_told_not_only_written_down(world: World) -> None:
    when = NOW - 2 * A_DAY
    chain = Chain.objects.create(
        participation=world.joan,
        value="Calm Fridays",
        link="One owner",
        made_at=when,
        changed_at=when,
    )
    assert [step.number for step in proposed(world, "chain-untold")] == [chain.pk]
    Chain.objects.filter(pk=chain.pk).update(answered_at=NOW)
    assert not proposed(world, "chain-untold")  # they read it on their page, and said so
    Chain.objects.filter(pk=chain.pk).update(answered_at=None)
    world.joan.person.wants_less_at = NOW
    world.joan.person.save()
    assert not proposed(world, "chain-untold")


def test_what_somebody_answered_to_it_is_read(world: World) -> None:
    chain = Chain.objects.create(
        participation=world.joan,
        value="Calm Fridays",
        link="One owner",
        made_at=NOW,
        changed_at=NOW,
        told_at=NOW,
        answered_at=NOW,
    )
    assert [step.number for step in proposed(world, "chain-answered")] == [chain.pk]
    Chain.objects.update(answer_read_at=NOW)
    assert not proposed(world, "chain-answered")
