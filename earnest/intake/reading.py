"""A mail as bytes, read: from whom, what it answers, and whether a machine wrote it.

A file of its own: pure, and it trusts nothing in what came over the line. RFC 5322, 3834 (answers
of machines) and 3464 (reports of delivery).
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.utils import getaddresses
from hashlib import sha256
from uuid import UUID

from earnest.listening import documents

MESSAGE_ID = re.compile(r"<[^<>\s]+>")
MOST_BYTES = 10_000_000
NO_SUCH_ADDRESS = "5.1."  # RFC 3463: something is wrong with the address itself
ADDRESSED = ("to", "cc", "delivered-to", "x-original-to")
# As checkins.access writes it; or encoded, as mail programs do that lead every link over themselves.
UNNAMED_LINK = re.compile(
    rb"(?:/|%(?:25)*2[Ff])c(?:/|%(?:25)*2[Ff])\d+(?:\.|%(?:25)*2[Ee])[\w-]{8}"
)
MACHINES = ("x-autoreply", "x-autorespond", "x-autoresponder")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report that a mail did not arrive, for good or not yet."""

    original: str
    for_good: bool
    no_such_address: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """What of a mail matters here."""

    mark: str
    sender: str
    answers: tuple[str, ...]  # Message-IDs it names, the nearest first
    tokens: tuple[UUID, ...]  # what stands behind the plus in the addresses it was sent to
    is_automatic: bool
    bounce: Bounce | None
    calendar: str
    text: str


def read(raw: bytes) -> Incoming:
    """Read one mail. Whatever in it cannot be read is as if it were not there."""
    mail = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.compat32)
    known = " ".join(_header(mail, name) for name in ("in-reply-to", "references"))
    answers = tuple(dict.fromkeys(MESSAGE_ID.findall(known)))
    first, rest = answers[:1], answers[1:]
    return Incoming(
        mark=_mark(mail, raw),
        sender=_first_address(mail),
        answers=(*first, *reversed(rest)),
        tokens=_tokens(mail),
        is_automatic=_is_automatic(mail),
        bounce=_bounce(mail),
        calendar=_calendar(raw),
        text=_text(raw),
    )


def holds_unnamed_link(raw: bytes) -> bool:
    """True where it quotes the link of an anonymous check-in: beside a name it must not be kept."""
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    bodies = (part.get_payload(decode=True) for part in mail.walk())
    return any(isinstance(one, bytes) and UNNAMED_LINK.search(one) for one in (raw, *bodies))


def _header(mail: Message, name: str) -> str:
    return " ".join(str(value) for value in mail.get_all(name, ()))


def _mark(mail: Message, raw: bytes) -> str:
    """One mail is one mark; without a Message-ID, the whole of it."""
    named = _header(mail, "message-id").strip()
    return sha256(named.encode("utf-8", "replace") or raw).hexdigest()


def _first_address(mail: Message) -> str:
    found = getaddresses([_header(mail, "from")])
    return found[0][1].strip().lower() if found else ""


def _tokens(mail: Message) -> tuple[UUID, ...]:
    headers = (_header(mail, name) for name in ADDRESSED)
    sent_to = getaddresses([one for one in headers if one])
    behind = (address.partition("@")[0].partition("+")[2] for _name, address in sent_to)
    return tuple(found for one in behind if (found := uuid_in(one)))


def uuid_in(text: str) -> UUID | None:
    """The token this is, where it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_automatic(mail: Message) -> bool:
    """Out of office, a list, a machine: it says nothing about what anybody thinks (RFC 3834)."""
    submitted = _header(mail, "auto-submitted").partition(";")[0].strip().lower()
    precedence = _header(mail, "precedence").strip().lower()
    return (
        submitted not in {"", "no"}
        or any(mail.get(name) for name in MACHINES)
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or _header(mail, "return-path").strip() == "<>"
    )


def _bounce(mail: Message) -> Bounce | None:
    if mail.get_content_type() != "multipart/report":
        return None
    action = status = original = ""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            action, status = _how_it_went(part)
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            original = original or _message_id_in(part)
    if not action:
        return None
    named = MESSAGE_ID.findall(_header(mail, "in-reply-to") + _header(mail, "references"))
    return Bounce(
        original=original or (named[0] if named else ""),
        for_good=action == "failed",
        no_such_address=action == "failed" and status.startswith(NO_SUCH_ADDRESS),
    )


def _how_it_went(part: Message) -> tuple[str, str]:
    """Action and status of the first receiver in a report."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Message) and block.get("action"):
            return _header(block, "action").strip().lower(), _header(block, "status").strip()
    return "", ""


def _message_id_in(part: Message) -> str:
    """The Message-ID of the mail a report is about, whole or its head alone."""
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return _header(inner[0], "message-id").strip()
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    return _header(email.message_from_bytes(content), "message-id").strip()


# What the library raises on mail that no mail program would write.
BROKEN = (documents.Unreadable, ValueError, TypeError, AttributeError, LookupError)


def _calendar(raw: bytes) -> str:
    try:
        return documents.calendar_in("mail.eml", raw)
    except BROKEN:
        return ""


def _text(raw: bytes) -> str:
    try:
        return documents.text_of("mail.eml", raw)
    except BROKEN:
        return ""
