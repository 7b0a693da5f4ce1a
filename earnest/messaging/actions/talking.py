"""Contacts that are no mail: talks, answers, a call; the rest after three times no answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Participation
from earnest.messaging import contacts, limits, queries
from earnest.messaging.models import Contact, Suppression
from earnest.people.models import Person


@transaction.atomic
def note_contact(
    participation: Participation, *, direction: str, channel: str, kind: str, at: datetime
) -> None:
    """We spoke with them, or they wrote. Whatever they say ends their rest at once (3.15).

    After a stop nothing is written down; what happened is no reason to fail.
    """
    person = contacts.lock_person(participation, only=contacts.REST)
    if person.erased_at or person.stopped_at or participation.stopped_at:
        return
    contacts.write(participation, direction=direction, channel=channel, kind=kind, at=at)
    contacts.note_last(participation, at=at)
    if direction == Contact.Direction.THEY:
        contacts.end_rest(person)
    else:
        contacts.refresh_room(person, at=at)


@transaction.atomic
def leave_alone(person: Person, *, at: datetime) -> bool:
    """Three times no answer: leave them alone for a while. False when they are already."""
    there = Person.objects.select_for_update().get(pk=person.pk)
    if there.erased_at or (there.left_alone_until and there.left_alone_until > at):
        return False
    until = at + limits.REST
    Person.objects.filter(pk=person.pk).update(left_alone_until=until)
    events.record("left_alone", at=at, about=there)
    return True


@transaction.atomic
def refresh_room(person: Person, *, at: datetime) -> bool:
    """A limit may be over: store what holds now. True when they may be asked again."""
    there = Person.objects.select_for_update().get(pk=person.pk)
    return contacts.refresh_room(there, at=at) is None


@transaction.atomic
def say_address_works(person: Person, *, by: User, at: datetime) -> bool:
    """A lead learnt that mail arrives there again. What they asked for themselves, stays."""
    refused = Suppression.objects.filter(
        workspace=person.workspace_id,
        address_hash=queries.address_hash(person.workspace_id, person.email),
        reason=Suppression.Reason.REFUSED,
    )
    gone, _rows = refused.delete()
    if gone:
        events.record("address_works", by=by, at=at, about=person)
    return bool(gone)


@transaction.atomic
def say_wish(participation: Participation, wish: initiatives.Wish, *, at: datetime) -> None:
    """They say how they want to be asked; how soon they may be asked again follows at once."""
    initiatives.say_wish(participation, wish, at=at)
    _measure_anew(participation, at=at)


@transaction.atomic
def take_wish_back(participation: Participation, wish: initiatives.Wish, *, at: datetime) -> None:
    """They changed their mind; a rest that came from "less" alone is over with it."""
    initiatives.take_wish_back(participation, wish, at=at)
    _measure_anew(participation, at=at)


def _measure_anew(participation: Participation, *, at: datetime) -> None:
    person = contacts.lock_person(participation)
    contacts.refresh_room(person, at=at)


@transaction.atomic
def unsubscribe(participation: Participation, *, at: datetime) -> bool:
    """One click in their mail program: not this initiative (RFC 8058). Clicked twice is once."""
    if participation.stopped_at:
        return False
    say_wish(participation, initiatives.Wish.NOT_THIS, at=at)
    return True
