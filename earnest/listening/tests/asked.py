"""Somebody asked in a test: an ask, its times, an invitation that was sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from earnest.initiatives.models import Participation
from earnest.listening.models import Ask, Invitation, InvitationEvent, ProposedTime
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten in the morning in Amsterdam
WEDNESDAY = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)


def an_ask(world: World, *, at: datetime = NOW, **fields: Any) -> Ask:
    """Fifteen minutes of input, with two times, to be answered within five days."""
    given: dict[str, Any] = {
        "kind": Ask.Kind.INPUT,
        "form": Ask.Form.ONE_TO_ONE,
        "minutes": 15,
        "about": "what makes Fridays hard",
        "gets": "you see the draft first",
        "place": "",
        "answer_by": world.workspace.day(at) + 5 * DAY,
    }
    times = fields.pop("times", (at + (TUESDAY - NOW), at + (WEDNESDAY - NOW)))
    made = Ask.objects.create(
        initiative=world.initiative, by=world.lead, made_at=at, **{**given, **fields}
    )
    for one in times:
        made.times.create(starts_at=one)
    return made


def invite(
    world: World,
    participation: Participation,
    ask: Ask | None = None,
    *,
    at: datetime = NOW,
    **fields: Any,
) -> Invitation:
    """The ask reached them at ``at``."""
    ask = ask or an_ask(world, at=at, **fields)
    invitation = Invitation.objects.create(
        ask=ask,
        initiative=world.initiative,
        participation=participation,
        why_you="You run the only desk that is never late",
        state=Invitation.State.SENT,
        state_at=at,
        sent_at=at,
        answer_by=ask.answer_by,
    )
    InvitationEvent.objects.create(
        invitation=invitation, kind=InvitationEvent.Kind.SENT, at=at, by=world.lead
    )
    return invitation


def times_of(invitation: Invitation) -> list[ProposedTime]:
    return list(invitation.ask.times.all())


def happened_to(invitation: Invitation) -> list[str]:
    """What happened after it was sent, in order."""
    return [event.kind for event in invitation.events.all()][1:]


def record_of(participation: Participation) -> list[tuple[str, str, int | None]]:
    """What stands on the record: kind, item, value; what was taken back is gone."""
    rows = list(Evidence.objects.filter(participation_id=participation.pk).order_by("at", "id"))
    corrected = {row.corrects for row in rows}
    kept = [row for row in rows if row.id not in corrected and row.value is not None]
    return [(row.kind, row.item, row.value) for row in kept]
