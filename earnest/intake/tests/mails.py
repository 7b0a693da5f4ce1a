"""Mails as they come in, and a mailbox that lies in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent
from types import SimpleNamespace

JOAN = "Joan Okafor <joan@example.org>"


def an_inbox(*, port: int = 993) -> SimpleNamespace:
    """A mailbox as settings have it, on this machine."""
    return SimpleNamespace(
        host="localhost",
        port=port,
        user="earnest@example.org",
        password="p/w",
        folder="INBOX",
        encrypted=False,
    )


def mail(
    text: str,
    *,
    answers: str = "",
    sender: str = JOAN,
    to: str = "earnest@example.org",
    message_id: str = "<answer-1@example.org>",
    **headers: str,
) -> bytes:
    """A plain answer, as a mail program sends it."""
    lines = [
        f"From: {sender}",
        f"To: {to}",
        "Subject: Re: Could I have 15 minutes for your input?",
        f"Message-ID: {message_id}",
        "Content-Type: text/plain; charset=utf-8",
        *([f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []),
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


def with_calendar(text: str, calendar: bytes, *, message_id: str = "<cal-1@example.org>") -> bytes:
    """What a calendar sends back: its answer as a part beside words of its own."""
    return (
        dedent(f"""\
        From: {JOAN}
        To: earnest@example.org
        Subject: Declined: 15 minutes
        Message-ID: {message_id}
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="b"

        --b
        Content-Type: text/plain; charset=utf-8

        {text}
        --b
        Content-Type: text/calendar; charset=utf-8; method=REPLY

        """).encode()
        + calendar
        + b"\r\n--b--\r\n"
    )


def report(original: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A mail that came back (RFC 3464)."""
    return dedent(f"""\
        Return-Path: <>
        From: Mail Delivery System <MAILER-DAEMON@mail.example.org>
        To: earnest@example.org
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <bounce-{action}-{status}@mail.example.org>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.org

        Final-Recipient: rfc822; joan@example.org
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} no such user

        --b
        Content-Type: text/rfc822-headers

        From: Lead <earnest@example.org>
        To: joan@example.org
        Message-ID: {original}
        Subject: Could I have 15 minutes

        --b--
        """).encode()


@dataclass
class Memory:
    """A mailbox without a server."""

    mails: dict[str, bytes]
    done: dict[str, str] = field(default_factory=dict)

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]:
        waiting = [(uid, raw) for uid, raw in self.mails.items() if uid not in self.done]
        yield from waiting[:most]

    def taken(self, uid: str) -> None:
        self.done[uid] = "taken"

    def left(self, uid: str) -> None:
        self.done[uid] = "left"

    def put_aside(self, uid: str) -> None:
        self.done[uid] = "aside"
