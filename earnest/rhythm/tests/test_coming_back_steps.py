"""What a step back changes, news, stories, and words by the plan of each initiative, on Today."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives.models import ScheduleChange, Stage
from earnest.listening.models import Conversation, StepBack
from earnest.plans.models import Story
from earnest.rhythm.models import Audience, Cadence, ProgressMail
from earnest.rhythm.queries import Proposed, steps_for
from earnest.standing.models import Rung
from tests.worlds import NOW, World

A_DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def proposed(world: World, rule: str) -> list[Proposed]:
    return [step for step in steps_for(world.lead, at=NOW) if step.rule == rule]


def stepped_back(world: World, **more: object) -> StepBack:
    return StepBack.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        by=world.lead,
        opened_at=NOW - 5 * A_DAY,
        **more,
    )


def test_after_a_step_back_what_changes_is_to_be_written(world: World) -> None:
    one = stepped_back(world, reason_at=NOW - 2 * A_DAY)
    (step,) = proposed(world, "step-back-outcome")
    assert (step.number, step.participation_id) == (one.pk, world.joan.pk)
    StepBack.objects.update(outcome="nothing", outcome_at=NOW - 2 * A_DAY)
    assert not proposed(world, "step-back-outcome")
    assert proposed(world, "step-back-tell")
    StepBack.objects.update(told_at=NOW)
    assert not proposed(world, "step-back-tell")


def test_without_their_reason_and_within_the_day_nothing_is_proposed(world: World) -> None:
    one = stepped_back(world)
    assert not proposed(world, "step-back-outcome")
    StepBack.objects.filter(pk=one.pk).update(reason_at=NOW - timedelta(hours=3))
    assert not proposed(world, "step-back-outcome")


def test_who_asked_for_quiet_is_told_nothing_of_it(world: World) -> None:
    stepped_back(world, outcome="stays_out", outcome_at=NOW - 3 * A_DAY)
    world.joan.person.wants_less_at = NOW
    world.joan.person.save()
    assert not proposed(world, "step-back-tell")


@pytest.mark.parametrize("where", ["here", "altogether"])
def test_after_a_stop_nothing_of_it_is_to_be_written(where: str, world: World) -> None:
    stepped_back(world, reason_at=NOW - 2 * A_DAY)
    assert proposed(world, "step-back-outcome")
    stopped = world.joan if where == "here" else world.joan.person
    stopped.stopped_at = NOW
    stopped.save()
    assert not proposed(world, "step-back-outcome")


def moved(world: World, days: int) -> None:
    ScheduleChange.objects.create(
        initiative=world.initiative, cause="Two ill", at=NOW - days * A_DAY, told_at=NOW
    )


def test_after_a_month_without_news_there_is_something_to_tell(world: World) -> None:
    world.initiative.made_at = NOW - 90 * A_DAY
    world.initiative.save()
    assert not proposed(world, "news-due")  # nothing changed
    moved(world, 3)
    (step,) = proposed(world, "news-due")
    assert step.number == world.initiative.pk
    assert "90" in step.tag
    ProgressMail.objects.create(
        initiative=world.initiative,
        number=1,
        kind="everyone",
        subject="News",
        since=NOW,
        made_at=NOW - 29 * A_DAY,
    )
    assert not proposed(world, "news-due")
    ProgressMail.objects.update(made_at=NOW - 31 * A_DAY)
    assert proposed(world, "news-due")
    ProgressMail.objects.update(made_at=NOW - 2 * A_DAY)
    assert not proposed(world, "news-due")  # told since


def test_a_stage_behind_us_asks_for_its_story_while_it_is_fresh(world: World) -> None:
    stage = Stage.objects.create(initiative=world.initiative, position=90, name="Pilot")
    for days, asked in ((2, False), (8, True), (89, True), (120, False)):
        Stage.objects.filter(pk=stage.pk).update(reached_on=NOW.date() - days * A_DAY)
        assert bool(proposed(world, "story-due")) is asked, days
    Stage.objects.filter(pk=stage.pk).update(reached_on=NOW.date() - 8 * A_DAY)
    Story.objects.create(
        initiative=world.initiative, stage=stage, title="So far", made_at=NOW, changed_at=NOW
    )
    assert not proposed(world, "story-due")


def place(world: World, step: str, *, since_days: int) -> None:
    Rung.objects.update_or_create(
        participation=world.joan,
        defaults={
            "initiative_id": world.initiative.pk,
            "step": step,
            "since": NOW - since_days * A_DAY,
            "heard_at": NOW - 60 * A_DAY,
        },
    )


def test_a_word_is_due_by_the_plan_of_the_initiative(world: World) -> None:
    place(world, "did", since_days=50)
    world.joan.last_contact_at = NOW - 30 * A_DAY
    world.joan.save()
    assert not proposed(world, "word-due")  # usual: six weeks for who does it
    everyone = Audience.objects.create(initiative=world.initiative, kind="everyone", made_at=NOW)
    cadence = Cadence.objects.create(audience=everyone, rung="did", how="talk", days=28)
    (step,) = proposed(world, "word-due")
    assert step.participation_id == world.joan.pk
    Cadence.objects.filter(pk=cadence.pk).update(days=31)
    assert not proposed(world, "word-due")
    affected = Audience.objects.create(initiative=world.initiative, kind="affected", made_at=NOW)
    Cadence.objects.create(audience=affected, rung="did", how="talk", days=21)
    world.joan.is_affected = True
    world.joan.save()
    assert proposed(world, "word-due")  # in several audiences the shortest counts


def test_who_fades_is_listened_to_once(world: World) -> None:
    place(world, "fading", since_days=10)
    assert proposed(world, "fading")
    talk = Conversation.objects.create(
        initiative=world.initiative, by=world.lead, held_on=NOW.date(), noted_at=NOW - A_DAY
    )
    talk.people.add(world.joan)
    assert not proposed(world, "fading")


def test_news_come_up_for_whoever_sees_to_the_mail_while_they_lead(world: World) -> None:
    world.initiative.made_at = NOW - 90 * A_DAY
    world.initiative.save()
    moved(world, 3)
    Audience.objects.create(
        initiative=world.initiative, kind="everyone", done_by=world.co_lead, made_at=NOW
    )
    assert not proposed(world, "news-due")
    assert any(step.rule == "news-due" for step in steps_for(world.co_lead, at=NOW))
    world.initiative.roles.filter(user=world.co_lead).delete()
    assert proposed(world, "news-due")  # whoever left keeps nothing from the others
    world.initiative.roles.create(user=world.co_lead, kind="co_lead", since=NOW)
    assert not proposed(world, "news-due")
    Audience.objects.create(
        initiative=world.initiative, kind="help", done_by=world.lead, made_at=NOW
    )
    assert proposed(world, "news-due")  # a part of it is theirs
