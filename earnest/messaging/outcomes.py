"""What becomes of a message after a try: sent, again later, not at all, or nobody knows.

A file of its own, below ``leaving``: each outcome is written in one transaction with the try, the
contact and the room to ask, under the lock on the person's row.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from earnest.core import events
from earnest.initiatives import actions as initiatives
from earnest.messaging import contacts, limits, queries
from earnest.messaging.models import Contact, Delivery, Message, MessageQuerySet, Suppression
from earnest.messaging.wire import Answer
from earnest.people.models import Person

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
THEN_EVERY = timedelta(days=1)
GIVES_UP_AFTER = timedelta(days=3)

State = Message.State
Outcome = Delivery.Outcome


def ours(message: Message) -> MessageQuerySet:
    """The row, while the one who took it holds it: no two leases end at the same moment."""
    return Message.objects.filter(
        pk=message.pk, state=State.LEAVING, lease_until=message.lease_until
    )


@transaction.atomic
def settle(message: Message, delivery: Delivery | None, answer: Answer, *, at: datetime) -> None:
    """Write how a try ended, and what follows from it.

    Who was given up meanwhile still says what they know: the row then is unclear, and learns it.
    """
    person = contacts.lock_person(message.participation)
    if delivery is not None:
        _end(delivery, answer, at)
    row = Message.objects.filter(
        pk=message.pk, lease_until=message.lease_until, state__in=(State.LEAVING, State.UNCLEAR)
    ).first()
    if row is None:
        return
    row.participation = message.participation
    match answer.outcome:
        case Outcome.SENT:
            _sent(row)
        case Outcome.UNCLEAR if row.is_once_only:
            _unclear(row)
        case Outcome.REFUSED:
            _refused(row, person, answer, at=at)
        case _:
            _later(row, answer, at=at)
    contacts.refresh_room(person, at=at)


@transaction.atomic
def came_back(message: Message, *, no_such_address: bool, at: datetime) -> bool:
    """A report says that it did not arrive after all. False where that was known."""
    person = contacts.lock_person(message.participation)
    taken = (State.SENT, State.UNCLEAR)
    row = Message.objects.filter(pk=message.pk, state__in=taken).first()
    if row is None:
        return False
    row.participation = message.participation
    reason = gettext("It came back: their mail server did not take it.")
    if no_such_address:
        reason = gettext("Their mail server says that there is no such address.")
        _suppress(person, at=at)
    _fail(row, reason, at=at)
    contacts.refresh_room(person, at=at)
    return True


def _end(delivery: Delivery, answer: Answer, at: datetime) -> None:
    ended = {"ended_at": at, "outcome": answer.outcome, "code": answer.code}
    Delivery.objects.filter(pk=delivery.pk).update(**ended, words=answer.words[:300])


def _become(row: Message, state: str, **fields: object) -> None:
    Message.objects.filter(pk=row.pk).update(state=state, **fields)


def _sent(row: Message) -> None:
    at = row.handed_at or row.leaves_at
    _become(row, State.SENT, sent_at=at, lease_until=None, reason="")
    contacts.wrote(row, channel=Contact.Channel.MAIL, at=at)
    contacts.note_reached(row, at=at)
    initiatives.say_told(row.participation, by=row.by, at=at)
    events.record("message_sent", at=at, about=row)


def _unclear(row: Message) -> None:
    """It may have arrived, so it counts; repeated, it might press (0.6)."""
    reason = gettext("The line broke as it left. It may have arrived; it is not sent again.")
    _become(row, State.UNCLEAR, reason=reason)
    contacts.wrote(row, channel=Contact.Channel.MAIL, at=row.handed_at or row.leaves_at)
    events.record("message_unclear", at=row.handed_at or row.leaves_at, about=row)


def _refused(row: Message, person: Person, answer: Answer, *, at: datetime) -> None:
    words = f"{answer.code or ''} {answer.words}".strip()
    reason = gettext("The mail server refused it: %(words)s") % {"words": words}
    if answer.no_such_address:
        reason = gettext("Their mail server says that there is no such address.")
        _suppress(person, at=at)
    _fail(row, reason, at=at)


def _later(row: Message, answer: Answer, *, at: datetime) -> None:
    """Back off, for at most three days from the first try."""
    first = row.first_tried_at or at
    wait = WAITS[max(row.tries, 1) - 1] if row.tries <= len(WAITS) else THEN_EVERY
    again = at + wait
    if row.is_once_only:
        again = limits.working_moment(again, queries.zone_of(row.participation.person))
    if again - first > GIVES_UP_AFTER and at - first >= THEN_EVERY:
        words = f"{answer.code or ''} {answer.words}".strip()
        reason = gettext("Tried for three days. The last answer was: %(words)s")
        _fail(row, reason % {"words": words}, at=at)
        return
    contacts.never_wrote(row, at=at)
    _become(row, State.WAITING, leaves_at=again, lease_until=None, handed_at=None)


def _fail(row: Message, reason: str, *, at: datetime) -> None:
    contacts.never_wrote(row, at=at)
    _become(row, State.FAILED, reason=reason[:300], lease_until=None, handed_at=None)
    events.record("message_failed", at=at, about=row)


def _suppress(person: Person, *, at: datetime) -> None:
    Suppression.objects.get_or_create(
        workspace=person.workspace,
        address_hash=queries.address_hash(person.workspace_id, person.email),
        defaults={"reason": Suppression.Reason.REFUSED, "at": at},
    )
