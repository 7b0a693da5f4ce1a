"""The outbox after a restore: what may have left since the backup does not leave again (0.6)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from earnest.core import events
from earnest.messaging import contacts
from earnest.messaging.models import ASKING_KINDS, Contact, Message

AT_ONCE = 200


def hold_what_asks(*, at: datetime) -> int:
    """What asks something and waited, or was leaving, as the backup was made. How many are held.

    It may have arrived since: it counts as asked, and its lead looks. Replies stay: a repeat has
    the same Message-ID.
    """
    pending = Message.objects.pending().filter(kind__in=ASKING_KINDS).order_by("pk")
    held = 0
    while some := list(pending.select_related("participation")[:AT_ONCE]):
        _hold(some, at=at)
        held += len(some)
    return held


@transaction.atomic
def _hold(messages: list[Message], *, at: datetime) -> None:
    people = contacts.lock_people(one.participation for one in messages)
    reason = gettext(
        "The data was restored from a backup in which this waited to leave. It may have left and "
        "arrived since; it is not sent again."
    )
    keys = [one.pk for one in messages]
    Message.objects.filter(pk__in=keys).update(
        state=Message.State.UNCLEAR, reason=reason, lease_until=None
    )
    for one in messages:
        contacts.wrote(one, channel=Contact.Channel.MAIL, at=min(one.leaves_at, at))
        events.record("message_unclear", at=at, about=one)
    contacts.refresh_rooms(people.values(), at=at)


@transaction.atomic
def bring_contacts_back(rows: list[Contact], *, at: datetime) -> int:
    """Contacts of after the backup: who was asked since is not asked more often. How many."""
    made = 0
    for row in rows:
        key = {"person_id": row.person_id, "id": row.id}
        if not Contact.objects.filter(**key).exists():
            Contact.objects.bulk_create([row])
            made += 1
    keys = {row.person_id for row in rows}
    contacts.refresh_rooms(contacts.people_of(keys), at=at)
    return made
