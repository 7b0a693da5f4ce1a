"""One received mail becomes the answer it is, once; a machine's answer is none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from earnest.core import events
from earnest.core.logs import without_secrets
from earnest.engine.language import own_words
from earnest.ideas import actions as ideas
from earnest.ideas.queries import topics
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
    return _in_words(mail, message, at=at) if message else _from_member(mail, at=at)


def _in_words(mail: Incoming, message: Message, *, at: datetime) -> Taken:
    if not _is_theirs(mail, message):
        return NOT_OURS
    words = _own_words(mail)[:MOST_WRITTEN]
    if not words:
        return NOT_OURS
    _answer(message, words, at=at)
    return Kind.WORDS, message.participation, message.pk


def _from_member(mail: Incoming, *, at: datetime) -> Taken:
    """A member of the workspace, who has an account and no page, replies to new replies (1.1)."""
    speaker = topics.member_told_as(mail.answers, mail.sender)
    words = _own_words(mail)[:MOST_SAID] if speaker else ""
    if speaker is None or speaker.user is None or not words:
        return NOT_OURS
    try:
        ideas.reply(speaker.topic, speaker.user, words, at=at)
    except ideas.TopicClosed:
        return NOT_OURS
    return Kind.WORDS, None, None


def _own_words(mail: Incoming) -> str:
    return without_secrets(own_words(mail.text, listened.word_list()))


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
    if _said_openly(message, words[:MOST_SAID], at=at):
        return
    day = message.participation.initiative.workspace.day(at)
    listening.write_in_own_hand(message.participation, words, on=day, at=at)


def _said_openly(message: Message, words: str, *, at: datetime) -> bool:
    """To an open question with names: what it asks for, or a reply to replies (1.1, 1.10)."""
    topic = topics.topic_behind(message)
    if topic is None:
        return False
    try:
        is_question = message.kind == Message.Kind.CHECK_IN
        ideas.answer_by_mail(topic, message.participation, words, is_question=is_question, at=at)
    except (ideas.TopicClosed, ideas.EnoughSaid, AskedToStop):
        return False
    return True
