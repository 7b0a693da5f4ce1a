"""Handing a message over by hand: as text, in one's own mail program, as a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from urllib.parse import quote

from django.db import transaction
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives import actions as initiatives
from earnest.messaging import contacts, emails, limits
from earnest.messaging.actions.outbox import refuse_beyond_limits, refuse_if_objected
from earnest.messaging.models import HAND_OVER_FROM, Contact, Message

MAILTO_HOLDS = 1900  # longer addresses are cut off by Windows
PLAIN_IN_MAILTO = "/?:@,;!$()*"  # needs no escape there (RFC 6068)


class CannotBeHandedOver(Exception):
    """It has left by mail, is leaving this moment, or was withdrawn."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A message with its links, shown this once: the secret in them is kept nowhere."""

    subject: str
    text: str
    html: str
    mailto: str
    mailto_is_whole: bool  # False: too long for a link, so the text is to be pasted
    eml: bytes


@transaction.atomic
def hand_over(message: Message, *, by: User, at: datetime) -> Filled:
    """Fill it for the lead to send it themselves; it counts as one contact, however often.

    Raises CannotBeHandedOver, AskedToStop or MayNotWrite.
    """
    if message.sealed:
        raise limits.IsSealed(message.participation.person.first_name)
    person = contacts.lock_person(message.participation)
    message.refresh_from_db(fields=("state", "text", "html"))
    first = message.participation.first_told_at is None
    refuse_if_objected(message.participation, person, message.kind, owed=message.owed)
    if message.state != Message.State.BY_HAND:
        refuse_beyond_limits(person, message.kind, at=at, but=message)
        _mark(message, by=by, at=at, first=first)
        contacts.refresh_room(person, at=at)
    secret = initiatives.make_link(message.participation, by=by, at=at)
    page = emails.page_address(secret)
    words = emails.filled(emails.told(message, first=first), page=page, address=person.email)
    link, is_whole = _mailto(person.email, words, page=page)
    eml = emails.as_draft(message, words).message(policy=policy.SMTP).as_bytes()
    return Filled(words.subject, words.text, words.html, link, is_whole, eml)


def _mark(message: Message, *, by: User, at: datetime, first: bool) -> None:
    """By hand from now on, once: no mail of ours follows it."""
    told = emails.told(message, first=first)
    rows = Message.objects.filter(pk=message.pk, state__in=HAND_OVER_FROM)
    if not rows.update(
        state=Message.State.BY_HAND, sent_at=at, text=told.text, html=told.html, reason=""
    ):
        raise CannotBeHandedOver
    message.state, message.text, message.html = Message.State.BY_HAND, told.text, told.html
    contacts.wrote(message, channel=Contact.Channel.HAND, at=at)
    contacts.note_reached(message, at=at)
    initiatives.say_told(message.participation, by=by, at=at)
    events.record("message_by_hand", by=by, at=at, about=message)


def _mailto(address: str, words: emails.Words, *, page: str) -> tuple[str, bool]:
    """A link that opens one's own mail program, with the text where it is not too long.

    What is too long with a link on every line may fit with each link once.
    """
    start = f"mailto:{quote(address, safe='@')}?subject={quote(words.subject)}"
    for text in (words.text, _links_once(words.text, page)):
        body = text.replace("\r\n", "\n").replace("\n", "\r\n")
        link = f"{start}&body={quote(body, safe=PLAIN_IN_MAILTO)}"
        if len(link) <= MAILTO_HOLDS:
            return link, True
    return start, False


def _links_once(text: str, page: str) -> str:
    """Links that choose one answer each become one link to the page where all of them stand."""
    choosing = re.compile(rf":?[ ]*({re.escape(page)}[^\s?]*)\?\S+")
    first = choosing.search(text)
    if first is None:
        return text
    said, sep, small = choosing.sub("", text).partition("\n-- \n")
    return f"{said}\n\n{gettext('Answer here:')} {first[1]}\n{sep}{small}"
