"""Handing a message over by hand: as text, in one's own mail program, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from earnest.accounts.models import User
from earnest.messaging.models import Message


@dataclass(frozen=True, slots=True)
class Filled:
    """A message with its links, shown this once: the secret in them is kept nowhere."""

    subject: str
    text: str
    html: str
    mailto: str
    eml: bytes


def hand_over(message: Message, *, by: User, at: datetime) -> Filled:
    """Fill it for the lead to send it themselves; it counts as one contact, however often."""
    raise NotImplementedError
