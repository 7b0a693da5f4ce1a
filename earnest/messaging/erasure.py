"""Mail and contacts of a person, gone (privacy.md 10, 13).

A file of its own beside ``actions``: it overrides every append-only rule, and is called only by
``pages.erasure`` and the clock, inside their transaction. What must not be written to stays: a hash.
"""

from __future__ import annotations

from datetime import datetime

from earnest.initiatives.models import Participation
from earnest.messaging.models import Contact, Message

ERASED = "erased"


def erase_mail(participation: Participation) -> list[int]:
    """Delete every mail to them and every contact with them here. Returns the keys of the mails."""
    keys = list(participation.messages.values_list("pk", flat=True))
    Message.objects.filter(pk__in=keys).delete()
    Contact.objects.filter(participation_id=participation.pk).delete()
    return keys


def erase_old_words(messages: list[int], *, at: datetime) -> None:
    """The time of these texts is over; that they were sent stays."""
    Message.objects.filter(pk__in=messages).update(
        subject=ERASED, text=ERASED, html="", calendar="", words_erased_at=at
    )
