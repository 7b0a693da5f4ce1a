"""Drafts, and a mail server that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from earnest.initiatives.models import Participation
from earnest.messaging import actions, leaving
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message
from tests.commands import free_port
from tests.worlds import NOW


def draft(kind: str = "ask", **more: Any) -> Draft:
    words: dict[str, Any] = {
        "subject": "Your view",
        "text": "Hello.\n\nAnswer here: [[page]]asked/12/",
        **more,
    }
    return Draft(kind, **words)


def put(
    participation: Participation, kind: str = "ask", at: datetime = NOW, **more: Any
) -> Message:
    """A message in the outbox, written by whoever holds the person."""
    by = participation.held_by
    return actions.put_in_outbox(participation, draft(kind, **more), by=by, at=at)


def send(at: datetime = NOW) -> int:
    """What the worker does at that moment."""
    return leaving.drain(clock=lambda: at)


@dataclass
class Server:
    """Answers by script; the rest of what arrives it takes."""

    port: int = field(default_factory=free_port)
    says: dict[str, list[str]] = field(default_factory=dict)  # by step, one answer each
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)

    def _next(self, step: str) -> str:
        waiting = self.says.get(step, [])
        return waiting.pop(0) if waiting else ""

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._next("MAIL") or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._next("RCPT"):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self._next("DATA")
        if said == "hang up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 gone"
        if not said:
            content = envelope.content
            assert isinstance(content, bytes)
            mail = message_from_bytes(content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken.append((envelope.rcpt_tos[0], mail))
        return said or "250 OK taken"

    @property
    def mails(self) -> list[EmailMessage]:
        return [mail for _, mail in self.taken]


@contextmanager
def running(server: Server) -> Iterator[Server]:
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def mailers(port: int) -> dict[str, Any]:
    """The setting that leads to it."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 3}
    return {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    }
