"""Into the outbox, within the limits; out of it again while it has not left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.accounts.queries import mail_is_set_up
from earnest.core import events
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging import contacts, emails, limits, queries
from earnest.messaging.calendars import Calendar
from earnest.messaging.jobs import send_message
from earnest.messaging.models import ASKING_KINDS, Message, Suppression
from earnest.people.models import Person


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as written: ``[[page]]`` stands for the person's own link, filled as it leaves.

    ``[[page]]asked/12/`` becomes https://…/p/<secret>/asked/12/. ``thread`` is a pointer in words,
    such as "ask 12": mails of one thread are shown together by the reader's program.
    ``owed``: it takes something back, or was promised, and leaves even after a stop.
    """

    kind: str
    subject: str
    text: str
    html: str = ""
    calendar: Calendar | None = None
    thread: str = ""
    owed: bool = False
    sealed: bool = False  # ``[[answer]]`` in it is filled as it leaves, by whoever sends it


class CannotBeWithdrawn(Exception):
    """It has left, or is leaving this moment."""


@transaction.atomic
def put_in_outbox(
    participation: Participation,
    draft: Draft,
    *,
    by: User | None,
    at: datetime,
    leaves_at: datetime | None = None,
) -> Message:
    """Lay a mail ready to leave, within the limits, which nobody can override (0.6, 3.15).

    Raises AskedToStop or MayNotWrite; both have a ``sentence`` for the lead. What asks something
    leaves in the person's own working hours; replies and confirmations leave at once.
    """
    person = contacts.lock_person(participation)
    refuse_if_objected(participation, person, draft.kind, owed=draft.owed)
    refuse_beyond_limits(person, draft.kind, at=at)
    leaves = max(leaves_at or at, at)
    if draft.kind in ASKING_KINDS:
        leaves = limits.working_moment(leaves, queries.zone_of(person))
    message = written(participation, draft, by=by, at=at, leaves_at=leaves)
    message.in_reply_to = queries.last_in_thread(participation, draft.thread)
    message.save(force_insert=True)
    contacts.refresh_room(person, at=at)
    events.record("message_put", by=by, at=at, about=message, detail={"kind": draft.kind})
    if leaves <= at and mail_is_set_up():
        send_message.enqueue(message.pk)
    return message


def refuse_beyond_limits(
    person: Person, kind: str, *, at: datetime, but: Message | None = None
) -> None:
    """Raise why they may not be asked now. The person's row is locked by whoever calls."""
    times = queries.counted_for(person.pk, at, but=but.pk if but else None)
    queries.refuse_beyond_limits(person, kind, times, at=at)


def refuse_if_objected(
    participation: Participation, person: Person, kind: str, *, owed: bool
) -> None:
    """After a stop only what takes something back, or was promised, still goes to them."""
    if person.erased_at:
        raise AskedToStop(participation)
    if not owed:
        participation.refuse_if_stopped()
    if kind not in ASKING_KINDS:
        return
    suppressed = queries.suppression_of(person)
    if suppressed and suppressed.reason == Suppression.Reason.ASKED:
        raise limits.NeverWrite(person.first_name)


def written(
    participation: Participation,
    draft: Draft,
    *,
    by: User | None,
    at: datetime,
    leaves_at: datetime,
) -> Message:
    """A row of the outbox, not saved yet."""
    words = emails.whole(draft.subject, draft.text, draft.html, participation)
    host = urlsplit(settings.BASE_URL).hostname
    return Message(
        participation=participation,
        initiative_id=participation.initiative_id,
        by=by,
        kind=draft.kind,
        subject=" ".join(draft.subject.split())[:200],
        text=words.text,
        html=words.html,
        calendar=draft.calendar.text if draft.calendar else "",
        calendar_method=draft.calendar.method if draft.calendar else "",
        thread=draft.thread,
        owed=draft.owed,
        sealed=draft.sealed,
        message_id=f"<{uuid4()}@{host}>",
        made_at=at,
        leaves_at=leaves_at,
        hints=emails.hints_in(draft.subject, words.text, participation),
    )


@transaction.atomic
def withdraw(message: Message, *, by: User | None, at: datetime, reason: str = "") -> bool:
    """Take it back before it leaves. False when it was taken back before.

    Raises CannotBeWithdrawn when it has left.
    """
    person = contacts.lock_person(message.participation)
    waiting = Message.objects.filter(pk=message.pk, state=Message.State.WAITING)
    if not waiting.update(state=Message.State.WITHDRAWN, reason=reason[:300]):
        message.refresh_from_db()
        if message.state == Message.State.WITHDRAWN:
            return False
        raise CannotBeWithdrawn
    contacts.refresh_room(person, at=at)
    events.record("message_withdrawn", by=by, at=at, about=message)
    return True


@transaction.atomic
def say_unclear_resolved(message: Message, *, arrived: bool, by: User, at: datetime) -> bool:
    """A lead learnt how an unclear one ended. False when that was said before."""
    person = contacts.lock_person(message.participation)
    unclear = Message.objects.filter(pk=message.pk, state=Message.State.UNCLEAR)
    state = Message.State.SENT if arrived else Message.State.FAILED
    if not unclear.update(state=state, sent_at=message.handed_at if arrived else None):
        return False
    if arrived:
        contacts.note_reached(message, at=message.handed_at or at)
    else:
        contacts.never_wrote(message, at=at)
        contacts.refresh_room(person, at=at)
    said = "message_arrived" if arrived else "message_not_arrived"
    events.record(said, by=by, at=at, about=message)
    return True


@transaction.atomic
def give_up(message: Message, *, at: datetime) -> bool:
    """It failed for good, and it is too late to hand it over. False where it was handed over."""
    failed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED)
    if not failed.update(state=Message.State.WITHDRAWN):
        return False
    events.record("message_withdrawn", at=at, about=message)
    return True


@transaction.atomic
def let_lapse(message: Message, *, at: datetime) -> bool:
    """It waited two weeks for somebody to hand it over: what it asks is no longer of today."""
    reason = gettext("It waited two weeks and was not handed over, so it no longer leaves.")
    try:
        return withdraw(message, by=None, at=at, reason=reason)
    except CannotBeWithdrawn:
        return False
