"""What goes on with everyone in the benchmark's organisation: mail, news, standing promises, talks
that step back, stories; and what the clock stores of it, as it does on any server that runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import connection

from earnest.initiatives.models import Stage
from earnest.listening.models import Conversation
from earnest.listening.models.stepping import StepBack
from earnest.messaging.models import Message
from earnest.pages import sweeps
from earnest.plans.models.stories import Story
from earnest.promises.models import Promise
from earnest.rhythm.models import Audience, Cadence, ProgressMail
from earnest.standing import actions as standing

if TYPE_CHECKING:
    from benchmarks.world import Builder

KEPT_UPDATED, STEPPED, NEWS, STORIES = 20, 40, 8, 12  # one of so many; so many
DRAWN = 7  # which figures are shown, drawn alike each time
BALANCE = ("asked", "asked", "half", "explained")


def go_on(world: Builder) -> tuple[int, int]:
    """Everything between one look and the next, in rows: the keys of a story and of a step back."""
    _last_contacts()
    _balances(world)
    world.save(Message, _mails(world))
    world.save(Promise, (_standing(world, n) for n in range(0, world.people, KEPT_UPDATED)))
    world.save(ProgressMail, _news(world))
    _audiences(world)
    stepped = world.save(StepBack, _step_backs(world))
    told = world.save(Story, _stories(world))
    standing.make_figures(world.initiative, at=world.at, draw=Random(DRAWN))
    sweeps.store_mirrors(at=world.at)
    return told[-1].pk, stepped[-1].pk


def _last_contacts() -> None:
    """Whoever was heard, then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE initiatives_participation SET last_contact_at = (SELECT r.heard_at"
            " FROM standing_rung r WHERE r.participation_id = initiatives_participation.id)"
        )


def _balances(world: Builder) -> None:
    for number, talk in enumerate(world.talks):
        talk.balance = BALANCE[number % len(BALANCE)]
    Conversation.objects.bulk_update(world.talks, ["balance"], batch_size=500)


def _mails(world: Builder) -> Iterator[Message]:
    """An ask each, news to every third, a check-in to every tenth; some were looked at for wording."""
    for number in range(world.people):
        for kind, every in (("ask", 1), ("progress", 3), ("check_in", 10)):
            if number % every == 0:
                yield _mail(world, number, kind)


def _mail(world: Builder, number: int, kind: str) -> Message:
    at = world.ago(number % 280)
    hints = number % 3 if kind == "ask" else None
    return Message(
        initiative=world.initiative,
        participation=world.there[number],
        by=world.leads[0],
        kind=kind,
        subject="The intake",
        text="Could we speak for a quarter of an hour? You just need to say when.",
        message_id=f"<{kind}.{number}.{world.people}@example.org>",
        state="sent",
        made_at=at,
        leaves_at=at,
        sent_at=at,
        hints=hints,
    )


def _standing(world: Builder, number: int) -> Promise:
    return Promise(
        direction="ours",
        participation=world.there[number],
        initiative=world.initiative,
        by=world.leads[0],
        words="Keep you updated",
        when="standing",
        made_at=world.ago(100),
        state_at=world.ago(100),
    )


def _news(world: Builder) -> Iterator[ProgressMail]:
    """A mail a month; the last of them a month ago."""
    for number in range(NEWS):
        at = world.ago(30 * (NEWS - number))
        yield ProgressMail(
            initiative=world.initiative,
            number=number + 1,
            kind="everyone",
            subject="What changed",
            changed="Version 3 of the plan",
            since=at - timedelta(days=30),
            by=world.leads[0],
            made_at=at,
            told_at=at,
            told_count=world.people,
        )


def _audiences(world: Builder) -> None:
    """Two with a rhythm of their own, beside everyone."""
    team = world.there[0].person.team
    for kind, of, days in (("data", None, 14), ("team", team, 10)):
        audience = Audience.objects.create(
            initiative=world.initiative, kind=kind, team=of, made_at=world.ago(90)
        )
        Cadence.objects.create(audience=audience, rung="did", how="talk", days=days)


def _step_backs(world: Builder) -> Iterator[StepBack]:
    for number in range(0, world.people, STEPPED):
        done = number % (2 * STEPPED) == 0
        yield StepBack(
            initiative=world.initiative,
            participation=world.there[number],
            by=world.leads[0],
            opened_at=world.ago(60),
            reason_at=world.ago(50),
            outcome="smaller" if done else "",
            words="A first piece, half as long" if done else "",
            outcome_at=world.ago(40) if done else None,
            told_at=world.ago(39) if done else None,
        )


def _stories(world: Builder) -> Iterator[Story]:
    stage = Stage.objects.filter(initiative=world.initiative).first()
    for number in range(STORIES):
        yield Story(
            initiative=world.initiative,
            stage=stage,
            title=f"What we learned, {number}",
            worked="Asking first. " * 20,
            did_not="Explaining twice. " * 20,
            readers="workspace",
            by=world.leads[0],
            made_at=world.ago(20 + number),
            changed_at=world.ago(20 + number),
            published_at=world.ago(19 + number) if number else None,
        )
