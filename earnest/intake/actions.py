"""One received mail becomes the answer it is, once; a machine's answer is none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from earnest.core import events
from earnest.core.logs import without_secrets
from earnest.engine.language import own_words
from earnest.initiatives.models import AskedToStop, Participation
from earnest.intake import queries, reading
from earnest.intake.models import Inbound
from earnest.intake.reading import Incoming
from earnest.listening import actions as listening
from earnest.listening import queries as listened
from earnest.listening.actions import AnswerOver, Came, OfAnother
from earnest.listening.models import Invitation
from earnest.messaging import calendars
from earnest.messaging import outcomes as messaging
from earnest.messaging.models import Contact, Message
from earnest.plans import actions as thread
from earnest.plans import queries as plans

Kind = Inbound.Kind
MOST_WRITTEN, MOST_SAID = 20_000, 2_000


@transaction.atomic
def receive(raw: bytes, *, at: datetime) -> Inbound:
    """Take one mail, and do what it says; taken before, nothing happens again.

    Only what comes from the person's own address is their word.
    """
    mail = reading.read(raw)
    if known := queries.received_as(mail.mark):
        return known
    kind, whose, answers = _taken(mail, at=at)
    theirs = kind in {Kind.WORDS, Kind.CALENDAR}
    inbound = Inbound.objects.create(
        mark=mail.mark,
        kind=kind,
        participation=whose,
        answers=answers,
        raw=raw if theirs and not reading.holds_unnamed_link(raw) else b"",
        received_at=at,
    )
    events.record("mail_received", at=at, about=inbound, detail={"kind": str(kind)})
    return inbound


type Taken = tuple[Inbound.Kind, Participation | None, int | None]
NOT_OURS: Taken = (Kind.UNMATCHED, None, None)


def _taken(mail: Incoming, *, at: datetime) -> Taken:
    if mail.bounce:
        return _bounced(mail.bounce, at=at)
    if reply := calendars.read_reply(mail.calendar) if mail.calendar else None:
        return _from_calendar(reply, at=at)
    if mail.is_automatic:
        return Kind.AUTOMATIC, None, None
    message = queries.answered_by(mail)
    if message is None or not _is_theirs(mail, message):
        return NOT_OURS
    words = without_secrets(own_words(mail.text, listened.word_list()))[:MOST_WRITTEN]
    if not words:
        return NOT_OURS
    _answer(message, words, at=at)
    return Kind.WORDS, message.participation, message.pk


def _is_theirs(mail: Incoming, message: Message) -> bool:
    address = message.participation.person.email
    return bool(address) and mail.sender == address.lower()


def _bounced(bounce: reading.Bounce, *, at: datetime) -> Taken:
    """Failed for good; where the address itself is wrong, it is not written to again."""
    message = queries.sent_as(bounce.original)
    if message is None:
        return NOT_OURS
    if bounce.for_good:
        messaging.came_back(message, no_such_address=bounce.no_such_address, at=at)
    return Kind.BOUNCE, None, message.pk


def _from_calendar(reply: calendars.Reply, *, at: datetime) -> Taken:
    invitation = queries.invitation_of(reply.uid)
    if invitation is None:
        return NOT_OURS
    try:
        listening.take_reply(invitation, reply, by=None, at=at, channel=Contact.Channel.MAIL)
    except (OfAnother, AnswerOver, AskedToStop):
        return NOT_OURS
    return Kind.CALENDAR, invitation.participation, None


def _answer(message: Message, words: str, *, at: datetime) -> None:
    """One line is a full answer. To what is over, or after a stop, it is still theirs to write."""
    invitation = queries.invitation_behind(message)
    try:
        if invitation and invitation.state != Invitation.State.WAITING:
            listening.answer_in_writing(
                invitation,
                words,
                by=None,
                at=at,
                came=Came(Contact.Channel.MAIL, source=gettext("their mail")),
            )
            return
    except (AnswerOver, AskedToStop):
        pass
    if given := plans.reply_behind(message):
        thread.talk_back(given, message.participation, words[:MOST_SAID], at=at, channel="mail")
        return
    day = message.participation.initiative.workspace.day(at)
    listening.write_in_own_hand(message.participation, words, on=day, at=at)
