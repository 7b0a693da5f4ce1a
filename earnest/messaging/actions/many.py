"""One draft to many people at once: within everybody's limits, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import contacts, limits, queries
from earnest.messaging.actions.outbox import Draft, written
from earnest.messaging.models import Message, Suppression
from earnest.people.models import Person

type DraftFor = Callable[[Participation], Draft]


@transaction.atomic
def put_all_in_outbox(
    participations: Sequence[Participation],
    draft_for: DraftFor,
    *,
    by: User | None,
    at: datetime,
    leaves_at: datetime,
) -> list[Message]:
    """Lay mails ready to leave, all at the same moment. The clock sends them; no job is made.

    A fixed number of queries, however many people. Raises AskedToStop or MayNotWrite, and then
    nothing is laid: who may not be asked is to be left out before (``queries.rooms_for``).
    """
    people = contacts.lock_people(participations)
    made = [
        written(one, draft_for(one), by=by, at=at, leaves_at=leaves_at) for one in participations
    ]
    _refuse(made, people, at=at)
    earlier = queries.last_in_threads(participations, made[0].thread) if made else {}
    for one in made:
        one.in_reply_to = earlier.get(one.participation_id, "")
    Message.objects.bulk_create(made, batch_size=500)
    contacts.refresh_rooms(people.values(), at=at)
    if made:
        detail: events.Detail = {"kind": made[0].kind, "count": len(made)}
        events.record(
            "messages_put", by=by, at=at, about=participations[0].initiative, detail=detail
        )
    return made


def _refuse(made: list[Message], people: dict[int, Person], *, at: datetime) -> None:
    """Whoever may not get it stops all of it."""
    counted = queries.counted(list(people), at)
    never = queries.suppressed_among(people.values())
    willing = set(
        Participation.objects.may_be_asked()
        .filter(pk__in=[one.participation_id for one in made])
        .values_list("pk", flat=True)
    )
    for one in made:
        person = people[one.participation.person_id]
        if one.participation_id not in willing:
            raise AskedToStop(one.participation)
        if never.get(person.pk) == Suppression.Reason.ASKED:
            raise limits.NeverWrite(person.first_name)
        queries.refuse_beyond_limits(person, one.kind, counted.get(person.pk, []), at=at)
