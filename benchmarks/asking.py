"""Asks of everybody in the benchmark's organisation: a round in all its states, briefs, one ask each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from earnest.listening.models import (
    Ask,
    Brief,
    BriefAnswer,
    Invitation,
    InvitationEvent,
    LargeAsk,
    ProposedTime,
    Round,
)
from earnest.people.models import Team

if TYPE_CHECKING:
    from benchmarks.world import Builder

STATES = [one for one in Invitation.State if one != Invitation.State.WAITING]
WAITING_SHARE = 3  # one of so many waits for their turn


def ask_everybody(builder: Builder) -> Round:
    """One round of all, a small ask of each third, what is known of teams, roles and some people."""
    large = LargeAsk.objects.create(
        initiative=builder.initiative, words="Eight weeks", made_at=builder.ago(90)
    )
    ask = _ask(builder, large)
    ask.save()
    _time(builder, ask).save()
    round_ = Round.objects.create(ask=ask, per_day=10)
    builder.save(Invitation, (_invitation(builder, round_.ask, n) for n in range(builder.people)))
    whom = range(0, builder.people, 3)
    asks = builder.save(Ask, (_ask(builder, large) for _ in whom))
    builder.save(ProposedTime, (_time(builder, one) for one in asks))
    sent = (_invitation(builder, *one, state=STATES[0]) for one in zip(asks, whom, strict=True))
    builder.save(Invitation, sent)
    rows = Invitation.objects.exclude(state="waiting")
    builder.save(InvitationEvent, (_event(one, builder.at) for one in rows))
    _briefs(builder)
    return round_


def _ask(builder: Builder, large: LargeAsk) -> Ask:
    return Ask(
        initiative=builder.initiative,
        by=builder.leads[0],
        kind=Ask.Kind.INPUT,
        minutes=15,
        about="What makes the intake slow",
        gets="The draft before anybody else",
        large=large,
        answer_by=builder.today - timedelta(days=1),
        made_at=builder.ago(9),
    )


def _time(builder: Builder, ask: Ask) -> ProposedTime:
    return ProposedTime(ask=ask, starts_at=builder.at + timedelta(days=3))


def _invitation(builder: Builder, ask: Ask, number: int, state: str = "") -> Invitation:
    waits = number % WAITING_SHARE == 0 and not state
    stands = state or ("waiting" if waits else STATES[number % len(STATES)])
    return Invitation(
        ask=ask,
        initiative=builder.initiative,
        participation=builder.there[number],
        why_you="" if number % 7 == 0 else "You see it every day",
        state=stands,
        state_at=builder.ago(2),
        sent_at=None if waits else builder.ago(8),
        answer_by=ask.answer_by,
        wanted="after Monday" if stands == "proposed" else "",
    )


def _event(row: Invitation, at: datetime) -> InvitationEvent:
    return InvitationEvent(invitation=row, kind=InvitationEvent.Kind.SENT, at=at, ours=True)


def _briefs(builder: Builder) -> None:
    here = {"initiative": builder.initiative, "made_at": builder.at}
    teams = Team.objects.filter(workspace=builder.workspace).order_by("pk")
    briefs = [Brief(team=one, **here) for one in teams[:60]]
    briefs += [Brief(job="keeps the records in order", **here)]
    briefs += [Brief(participation=one, **here) for one in builder.there[::2]]
    made = builder.save(Brief, briefs)
    builder.save(BriefAnswer, (_answer(brief, builder.at) for brief in made))


def _answer(brief: Brief, at: datetime) -> BriefAnswer:
    return BriefAnswer(
        brief=brief, topic="pressure", words="Fridays are full", source="said", at=at
    )
