"""Mail and contacts of a person, gone (privacy.md 10, 13).

A file of its own beside ``actions``: it overrides every append-only rule, and is called only by
``pages.erasure`` and the clock, inside their transaction. What must not be written to stays: a hash.
"""

from __future__ import annotations

from datetime import datetime

from earnest.initiatives.models import Participation
from earnest.messaging import queries
from earnest.messaging.models import Contact, Message, Suppression
from earnest.people.models import Person

ERASED = "erased"


def erase_mail(participation: Participation) -> list[int]:
    """Delete every mail to them and every contact with them here. Returns the keys of the mails."""
    keys = list(participation.messages.values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys).delete()
    Contact.objects.filter(participation_id=participation.pk).delete()
    return keys


def remember_not_to_write(person: Person, *, at: datetime) -> None:
    """Who said "not at all" is not written to again, should a list bring their address back."""
    if not (person.stopped_at and person.email):
        return
    Suppression.objects.update_or_create(
        workspace=person.workspace,
        address_hash=queries.address_hash(person.workspace_id, person.email),
        defaults={"reason": Suppression.Reason.ASKED, "at": at},
    )


def erase_old_words(messages: list[int], *, at: datetime) -> None:
    """The time of these texts is over; that they were sent stays."""
    Message.objects.filter(pk__in=messages).update(
        subject=ERASED, text=ERASED, html="", calendar="", words_erased_at=at
    )
