"""In the language and the hours of whoever reads a mail: shared by all mails of this context."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from earnest.initiatives.models import Participation
from earnest.messaging import queries as messaging


@contextmanager
def as_they_read(participation: Participation) -> Iterator[None]:
    """In the person's own language and time zone, where they have one."""
    person = participation.person
    with ExitStack() as stack:
        stack.enter_context(timezone.override(ZoneInfo(messaging.zone_of(person))))
        stack.enter_context(translation.override(person.reads_in))
        yield


def zone_in_words() -> str:
    """The zone in which times are written now, as people say it: Amsterdam, not Europe/Amsterdam."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
