"""What a watch reads: events, each once, and the words of the rows they point to (0.8).

The log names rows and never words. Of a talk only what is theirs to read counts for somebody, as on
their own page; what is written in a talk that is not ended yet is not read at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Max

from earnest.core.models import Event
from earnest.initiatives.models import Participation
from earnest.listening import queries as listening
from earnest.listening.models import Conversation, Invitation
from earnest.practice.models import WatchMark

EVENTS = "events"
AT_ONCE = 500
SETTLED_AFTER = timedelta(minutes=10)  # longer than anything here is written
NOTED = ("conversation_noted", "words_came_later", "written_in_own_hand")
ASKED = ("invitation_sent", "invitation_proposed", "invitation_rescheduled")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the log: rows by their key with when, and how far it went."""

    talks: dict[int, datetime]
    invitations: dict[int, datetime]
    mark: WatchMark


@dataclass(frozen=True, slots=True)
class Worded:
    """Words about one person, where they stand, and since when."""

    whose: Participation
    text: str
    source: str
    at: datetime


def read_on(mark: WatchMark, *, at: datetime) -> Read:
    """The next events after the mark, and where the mark stands then; nothing is written."""
    last = _safe_until(mark, at=at)
    rows = Event.objects.filter(pk__gt=mark.event_id, pk__lte=last, action__in=(*NOTED, *ASKED))
    found = list(rows.order_by("pk").values_list("pk", "action", "object_id", "at")[:AT_ONCE])
    if len(found) == AT_ONCE:
        last = found[-1][0]
    talks = {key: when for _pk, what, key, when in found if key and what in NOTED}
    asked = {key: when for _pk, what, key, when in found if key and what in ASKED}
    top = last_event()
    seen_id, seen_at = mark.seen_id, mark.seen_at
    if seen_at is None or at - seen_at >= SETTLED_AFTER:
        seen_id, seen_at = top, at
    return Read(talks, asked, WatchMark(mark.name, max(last, mark.event_id), seen_id, seen_at))


def last_event() -> int:
    """The number of the last event there is."""
    return Event.objects.aggregate(top=Max("pk"))["top"] or 0


def _safe_until(mark: WatchMark, *, at: datetime) -> int:
    """Up to which number no event can come any more.

    On SQLite numbers come in the order of writing. On PostgreSQL a number may be missing because
    its event is still being written: while one is, it is read up to what was there ten minutes ago.
    """
    top = last_event()
    if connection.vendor == "sqlite" or top <= mark.event_id:
        return top
    there = Event.objects.filter(pk__gt=mark.event_id, pk__lte=top)
    count = there.aggregate(n=Count("pk"))["n"]
    if count == top - mark.event_id:
        return top
    settled = mark.seen_at is not None and at - mark.seen_at >= SETTLED_AFTER
    return max(mark.event_id, mark.seen_id if settled else 0)


def words_of(read: Read) -> list[Worded]:
    """The words of these rows, for each person they are about."""
    return [*_of_talks(read.talks), *_of_invitations(read.invitations)]


def _of_talks(talks: dict[int, datetime]) -> list[Worded]:
    """As they stand, with mended words in their place.

    Which words came later is not known of notes: all are as old as the notes, so that nothing said
    before a moment was written is noticed by it.
    """
    rows = Conversation.objects.filter(pk__in=talks, notes_erased_at=None)
    found = []
    for talk in rows.prefetch_related("people__person").order_by("pk"):
        mended = listening.mended_in(talk)
        for one in talk.people.all():
            text = listening.own_notes(talk, listening.names_of(one), (), mended)
            found.append(Worded(one, text, f"talk {talk.pk}", min(talks[talk.pk], talk.noted_at)))
    return found


def _of_invitations(asked: dict[int, datetime]) -> list[Worded]:
    rows = Invitation.objects.filter(pk__in=asked, participation__person__erased_at=None)
    return [
        Worded(
            one.participation,
            f"{one.ask.about}\n{one.wanted}",
            f"invitation {one.pk}",
            asked[one.pk],
        )
        for one in rows.select_related("ask", "participation__person").order_by("pk")
    ]
