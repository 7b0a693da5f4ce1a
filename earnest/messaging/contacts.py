"""Writes contacts, and what follows from them: last contact, room to ask, the rest.

A file of its own: actions write contacts, and so does a mail as it leaves, which lies below them.
Called inside a transaction that holds the lock on the person's row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from uuid_utils.compat import uuid7

from earnest.initiatives.models import Participation
from earnest.messaging import limits, queries
from earnest.messaging.models import Contact, Message
from earnest.people.models import Person

# All that is asked of somebody who wrote; the limits of asking read the rest of the row.
REST = ("erased_at", "stopped_at", "left_alone_until", "wants_less_at", "asked_enough_until")


def lock_person(participation: Participation, *, only: tuple[str, ...] = ()) -> Person:
    """The person's row as it is now, held until the transaction ends: what is counted stays true."""
    rows = Person.objects.select_for_update().order_by()
    return (rows.only(*only) if only else rows).get(pk=participation.person_id)


def lock_people(participations: Iterable[Participation]) -> dict[int, Person]:
    """The same for many, by their key: always in this order, so that nobody waits in a circle."""
    return {one.pk: one for one in people_of(one.person_id for one in participations)}


def people_of(keys: Iterable[int]) -> list[Person]:
    """People by their key, locked, in the one order."""
    rows = Person.objects.filter(pk__in=list(keys)).select_related("workspace").order_by("pk")
    return list(rows.select_for_update(of=("self",)))


def write(
    participation: Participation,
    *,
    direction: str,
    channel: str,
    kind: str,
    at: datetime,
    message: Message | None = None,
) -> Contact:
    """One contact, either way."""
    return Contact.objects.create(
        person_id=participation.person_id,
        id=uuid7(),
        participation_id=participation.pk,
        initiative_id=participation.initiative_id,
        message_id=message.pk if message else None,
        at=at,
        direction=direction,
        channel=channel,
        kind=kind,
    )


def wrote(message: Message, *, channel: str, at: datetime) -> bool:
    """This message reached them, or may have. Counted once, however often it is said."""
    if standing_of(message) is not None:
        return False
    write(
        message.participation,
        direction=Contact.Direction.WE,
        channel=channel,
        kind=message.kind,
        at=at,
        message=message,
    )
    return True


def never_wrote(message: Message, *, at: datetime) -> bool:
    """This message never reached them after all: a row that names the old one."""
    row = standing_of(message)
    if row is None:
        return False
    Contact.objects.create(
        person_id=row.person_id,
        id=uuid7(),
        participation_id=row.participation_id,
        initiative_id=row.initiative_id,
        message_id=row.message_id,
        at=row.at,
        direction=row.direction,
        channel=row.channel,
        kind=row.kind,
        corrects=row.id,
    )
    return True


def standing_of(message: Message) -> Contact | None:
    """The contact this message was, unless it was taken back."""
    rows = list(
        Contact.objects.filter(
            person_id=message.participation.person_id, message_id=message.pk
        ).order_by("id")
    )
    corrected = {row.corrects for row in rows if row.corrects}
    open_rows = [row for row in rows if not row.corrects and row.id not in corrected]
    return open_rows[-1] if open_rows else None


def note_last(participation: Participation, *, at: datetime) -> None:
    """The last real contact, either way (3.14)."""
    earlier = Q(last_contact_at=None) | Q(last_contact_at__lt=at)
    Participation.objects.filter(earlier, pk=participation.pk).update(last_contact_at=at)


def note_reached(message: Message, *, at: datetime) -> None:
    """A mail is a real contact where it answers them (3.14).

    What asks, reminds, checks in or tells many is ours alone until they say something: counted, it
    would push the next talk away by writing. A confirmation is a machine's.
    """
    if message.kind == Message.Kind.REPLY:
        note_last(message.participation, at=at)


def refresh_room(person: Person, *, at: datetime) -> datetime | None:
    """Store when this person may be asked again; None when they may now."""
    times = queries.counted_for(person.pk, at)
    until = limits.enough_until(times, at=at, less=person.wants_less_at is not None)
    if person.asked_enough_until != until:
        Person.objects.filter(pk=person.pk).update(asked_enough_until=until)
        person.asked_enough_until = until
    return until


def refresh_rooms(people: Iterable[Person], *, at: datetime) -> None:
    """The same for many people at once."""
    several = list(people)
    counted = queries.counted([one.pk for one in several], at)
    for person in several:
        times, less = counted.get(person.pk, []), person.wants_less_at is not None
        person.asked_enough_until = limits.enough_until(times, at=at, less=less)
    Person.objects.bulk_update(several, ["asked_enough_until"], batch_size=400)


def end_rest(person: Person) -> None:
    """They wrote: whatever rest they were given is over at once."""
    if person.left_alone_until:
        Person.objects.filter(pk=person.pk).update(left_alone_until=None)
        person.left_alone_until = None
