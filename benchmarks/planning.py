"""The plan of the benchmark's world: needs with parts that answer them, inputs, replies, measures.

For every ten people one input, eight of ten answered; readings of three measures, every three days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from earnest.initiatives.models import Backing, Initiative, Measure, Reading, ScheduleChange, Stage
from earnest.listening.models import Need, NeedNamed
from earnest.plans.models import Answers, Input, Part, Reply, Version

if TYPE_CHECKING:
    from benchmarks.world import Builder

PARTS, MEASURES, VERSIONS = 8, 3, 4


def plan_and_answer(world: Builder) -> None:
    """Everything a plan holds, in rows."""
    parts = world.save(Part, (_part(world, n) for n in range(PARTS)))
    needs = list(Need.objects.filter(initiative=world.initiative).order_by("pk"))
    answered = zip(needs[::2], parts * len(needs), strict=False)
    world.save(Answers, (_answers(world, need, part) for need, part in answered))
    inputs = world.save(Input, (_input(world, n) for n in range(max(5, world.people // 10))))
    world.save(Reply, (_reply(world, one) for one in inputs if one.answered_at))
    waiting = sum(one.answered_at is None for one in inputs)
    Initiative.objects.filter(pk=world.initiative.pk).update(inputs_open=waiting + len(needs))
    _count_people()
    _measures(world)
    _milestones(world)


def _part(world: Builder, number: int) -> Part:
    return Part(
        initiative=world.initiative,
        position=number,
        title=f"Part {number}",
        why="It answers what was said.",
        made_at=world.ago(200),
        changed_at=world.ago(100),
    )


def _answers(world: Builder, need: Need, part: Part) -> Answers:
    return Answers(need=need, part=part, how="helps", at=world.ago(90))


def _input(world: Builder, number: int) -> Input:
    there = world.there[number * 7 % len(world.there)]
    since, days = world.dice.randint(20, 280), world.dice.randint(0, 19)
    answered = world.dice.random() < 0.8
    return Input(
        initiative=world.initiative,
        participation=there,
        source="noted",
        words="Keep the old form beside it for a while.",
        at=world.ago(since),
        outcome="used" if answered else "",
        answered_at=world.ago(since - days) if answered else None,
        days_to_answer=days if answered else None,
    )


def _reply(world: Builder, one: Input) -> Reply:
    return Reply(
        initiative=world.initiative,
        input=one,
        outcome="used",
        at=one.answered_at or world.at,
        days=one.days_to_answer or 0,
        reached=1,
    )


def _count_people() -> None:
    """The stored count of each need, as the actions keep it."""
    named = NeedNamed.objects.filter(need=OuterRef("pk")).order_by().values("need")
    people = named.annotate(n=Count("participation", distinct=True)).values("n")
    Need.objects.update(people_count=Coalesce(Subquery(people), 0))


def _measures(world: Builder) -> None:
    measures = world.save(
        Measure,
        (
            Measure(
                initiative=world.initiative,
                name=f"Measure {n}",
                unit="%",
                baseline=30,
                target=90,
                made_at=world.ago(280),
            )
            for n in range(MEASURES)
        ),
    )
    world.save(Reading, (one for measure in measures for one in _readings(world, measure)))


def _readings(world: Builder, measure: Measure) -> Iterator[Reading]:
    for days in range(0, 270, 3):
        value = Decimal(30 + (270 - days) // 6 + world.dice.randint(-4, 4))
        on = world.today - timedelta(days=days)
        yield Reading(measure=measure, value=value, on=on, at=world.ago(days))


def _milestones(world: Builder) -> None:
    one = world.initiative
    days = (280, 200, 120)
    stages = (
        Stage(initiative=one, position=n, name=f"Stage {n}", reached_on=world.ago(day).date())
        for n, day in enumerate(days)
    )
    world.save(Stage, stages)
    versions = (
        Version(
            initiative=one,
            number=n + 1,
            summary="What is new",
            published_at=world.ago(180 - 30 * n),
            told_at=world.at,
        )
        for n in range(VERSIONS)
    )
    world.save(Version, versions)
    ScheduleChange.objects.create(
        initiative=one, cause="The south was not heard yet", at=world.ago(40), told_at=world.at
    )
    Backing.objects.create(
        initiative=one, who="The board", what="Two people for six weeks", on=world.ago(150).date()
    )
