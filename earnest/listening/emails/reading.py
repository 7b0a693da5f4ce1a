"""In the language and the hours of whoever reads a mail: shared by all mails from here up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.messaging import emails
from earnest.messaging import queries as messaging
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message


@contextmanager
def as_they_read(participation: Participation) -> Iterator[None]:
    """In the person's own language and time zone, where they have one."""
    person = participation.person
    with ExitStack() as stack:
        stack.enter_context(timezone.override(ZoneInfo(messaging.zone_of(person))))
        stack.enter_context(translation.override(person.reads_in))
        yield


def as_read(draft: Draft, whom: Participation, *, by: User) -> str:
    """Before it is a message: its words as they will look, with what stands under every mail (1.9)."""
    words = emails.whole(draft.subject, draft.text, draft.html, whom)
    message = Message(participation=whom, by=by, text=words.text, html=words.html, kind=draft.kind)
    with as_they_read(whom):
        return emails.shown(message).strip()


def zone_in_words() -> str:
    """The zone in which times are written now, as people say it: Amsterdam, not Europe/Amsterdam."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
