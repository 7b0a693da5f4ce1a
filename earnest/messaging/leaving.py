"""A message leaves: the one way mail goes out, for the job and for the clock alike.

A file of its own: the steps below are what "at most once" and "at least once" rest on. A message is
taken by one conditional UPDATE, with a lease; ``handed_at`` is committed before its first word goes
over the line. Whoever dies before that has sent nothing, and it leaves again; whoever dies after it
may have sent it: an ask becomes *unclear* and is never repeated, a reply is repeated under the same
Message-ID. Nothing is locked and no transaction is open while the server is spoken to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from earnest.accounts.queries import mail_is_set_up
from earnest.core import events
from earnest.initiatives import actions as initiatives
from earnest.initiatives.access import secret_hash
from earnest.initiatives.models import Participation, PersonLink
from earnest.messaging import contacts, emails, limits, outcomes, queries
from earnest.messaging.models import Delivery, Message
from earnest.messaging.wire import Answer, Line, NotTaken

type Clock = Callable[[], datetime]

LEASE = timedelta(minutes=4)  # longer than every wait for the server together
AT_ONCE = 50
TIME_FOR_ONE_RUN = timedelta(seconds=30)  # the clock has other things to do

State = Message.State
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """A mail with its links: the secret in it is kept nowhere but here, until it has left."""

    mail: EmailMultiAlternatives
    told: emails.Words
    secret: str


def drain(*, clock: Clock) -> int:
    """Send what is due, over one line. Returns how many were taken up."""
    began = clock()
    give_up_on_the_dead(at=began)
    if not mail_is_set_up():
        return 0
    due = Message.objects.due(began).exclude(participation__person__email="")
    taken = 0
    with Line() as line:
        for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
            if clock() - began > TIME_FOR_ONE_RUN:
                break
            taken += leave(pk, clock=clock, line=line)
    return taken


def leave(message_pk: int, *, clock: Clock, line: Line | None = None, answer: str = "") -> bool:
    """Send one message, if it is due and nobody else has it. True when it was taken up.

    ``answer`` is the link of a sealed message: without it none leaves, and no other takes one.
    """
    message = _take(message_pk, clock(), sealed=bool(answer)) if mail_is_set_up() else None
    if message is None:
        return False
    if _dropped(message, at=clock()) or _put_off(message, at=clock()):
        return True
    if line is not None:
        _try(message, line, clock, answer)
        return True
    with Line() as own:
        _try(message, own, clock, answer)
    return True


def _take(message_pk: int, at: datetime, *, sealed: bool) -> Message | None:
    """Make it ours: of many who try at once exactly one is told so."""
    waiting = Message.objects.ready(at).filter(pk=message_pk, sealed=sealed)
    if not waiting.exclude(participation__person__email="").exists():
        return None
    # Of this row alone: joined to others, PostgreSQL would not look again at what another changed.
    taken = waiting.order_by().update(state=State.LEAVING, lease_until=at + LEASE, handed_at=None)
    if not taken:
        return None
    whole = Message.objects.select_related(
        "by",
        "participation__person__workspace",
        "participation__initiative__workspace",
        "participation__held_by",
    )
    return whole.get(pk=message_pk)


def _dropped(message: Message, *, at: datetime) -> bool:
    """True when something came meanwhile that keeps it from leaving."""
    why = queries.why_not(message, at=at)
    if why is None:
        return False
    state, reason = why
    with transaction.atomic():
        person = contacts.lock_person(message.participation)
        if outcomes.ours(message).update(state=state, reason=reason[:300], lease_until=None):
            contacts.refresh_room(person, at=at)
            events.record("message_dropped", at=at, about=message)
    return True


def _put_off(message: Message, *, at: datetime) -> bool:
    """What asks something does not arrive at night, however long it had to wait.

    Those that are sealed leave together, in the hours of the workspace: one who lives elsewhere
    would leave alone.
    """
    if message.sealed or not message.is_once_only:
        return False
    opens = limits.working_moment(at, queries.zone_of(message.participation.person))
    if opens <= at:
        return False
    outcomes.ours(message).update(state=State.WAITING, leaves_at=opens, lease_until=None)
    return True


def _try(message: Message, line: Line, clock: Clock, link: str) -> None:
    """One try, begun and ended in writing; between them stands the server."""
    delivery = _begin(message, at=clock())
    try:
        line.open()
        ready = _made_ready(message, link, at=clock())
    except NotTaken as no:
        answer = no.answer
    else:
        answer = _send(message, ready, line, clock)
    outcomes.settle(message, delivery, answer, at=clock())


def _send(message: Message, ready: Ready, line: Line, clock: Clock) -> Answer:
    try:
        line.announce(ready.mail)
        if _hand_over(message, ready, at=clock()):
            return line.give(ready.mail)
    except NotTaken as no:
        _forget_link(ready.secret)
        return no.answer
    line.start_over()
    _forget_link(ready.secret)
    return Answer(Delivery.Outcome.LATER, None, gettext("Taken back just then."))


def _begin(message: Message, *, at: datetime) -> Delivery:
    with transaction.atomic():
        tried = {"tries": F("tries") + 1, "first_tried_at": Coalesce("first_tried_at", at)}
        Message.objects.filter(pk=message.pk).update(**tried)
        return Delivery.objects.create(message=message, began_at=at)


def _made_ready(message: Message, link: str, *, at: datetime) -> Ready:
    """Mint the link and write the mail. What cannot be written is refused, not tried for ever."""
    participation = message.participation
    participation.refresh_from_db(fields=("first_told_at",))
    secret = initiatives.make_link(participation, by=message.by, at=at)
    try:
        told = emails.told(message, first=participation.first_told_at is None)
        page = emails.page_address(secret)
        address = participation.person.email
        words = emails.filled(told, page=page, address=address, answer=link)
        mail = emails.as_mail(message, words, page=page)
        mail.message()
    except Exception as error:
        logger.exception("message %s could not be written", message.pk)
        _forget_link(secret)
        words_for_it = gettext("The mail could not be put together.")
        raise NotTaken(Answer(Delivery.Outcome.REFUSED, None, words_for_it)) from error
    return Ready(mail, told, secret)


def _hand_over(message: Message, ready: Ready, *, at: datetime) -> bool:
    """Commit that it may have arrived from here on, with the words as they leave.

    False when it is not ours any more, its words were mended, or its person objected, while the
    server was greeted.
    """
    mine = outcomes.ours(message).filter(text=message.text, subject=message.subject)
    if not message.owed:
        willing = Participation.objects.may_be_asked().filter(pk=OuterRef("participation"))
        mine = mine.filter(Exists(willing))
    until = at + LEASE
    handed = mine.update(
        handed_at=at, lease_until=until, text=ready.told.text, html=ready.told.html
    )
    message.handed_at, message.lease_until = at, until if handed else message.lease_until
    return bool(handed)


def _forget_link(secret: str) -> None:
    """It was certainly not sent, so nobody holds its link."""
    if secret:
        PersonLink.objects.filter(secret_hash=secret_hash(secret)).delete()


def give_up_on_the_dead(*, at: datetime) -> int:
    """What somebody was sending when they died. Returns how many."""
    found = Message.objects.given_up_by_its_worker(at).select_related("participation__person")
    dead = Answer(Delivery.Outcome.LATER, None, gettext("The worker stopped before it left."))
    unknown = replace(
        dead, outcome=Delivery.Outcome.UNCLEAR, words=gettext("The worker stopped as it left.")
    )
    messages = list(found[:500])
    for message in messages:
        tries = message.deliveries.filter(ended_at=None)
        answer = unknown if message.handed_at else dead
        outcomes.settle(message, tries.last(), answer, at=at)
    return len(messages)
