"""The mailbox that answers come to: the one place that speaks IMAP.

A file of its own, behind a small protocol, so that everything above is tested without a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags

from earnest.intake.reading import MOST_BYTES

WAIT = 20  # seconds, for the server to answer


class Box(Protocol):
    """What is needed of a mailbox."""

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]: ...
    def taken(self, uid: str) -> None: ...
    def left(self, uid: str) -> None: ...
    def put_aside(self, uid: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ImapBox:
    """A folder on a server."""

    server: BaseMailBox

    def unread(self, most: int) -> Iterator[tuple[str, bytes]]:
        """Mails nobody has read, as they came, the longest there first; too large ones are left."""
        for uid in self.server.uids(AND(seen=False))[:most]:
            _said, parts = self.server.client.uid("FETCH", uid, "(RFC822.SIZE BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            if len(raw) > MOST_BYTES:
                self.put_aside(uid)
            elif raw:
                yield uid, raw

    def taken(self, uid: str) -> None:
        """It is kept with us now, no longer than notes are: here it goes."""
        self.server.delete([uid])

    def left(self, uid: str) -> None:
        """Not for us: whoever looks into the mailbox finds it, read."""
        self.server.flag([uid], MailMessageFlags.SEEN, True)

    def put_aside(self, uid: str) -> None:
        """It could not be read: flagged, for somebody to look at."""
        self.server.flag([uid], (MailMessageFlags.SEEN, MailMessageFlags.FLAGGED), True)


@contextmanager
def opened() -> Iterator[Box | None]:
    """The mailbox of the settings; None where none is set."""
    inbox = settings.INBOX
    if inbox is None:
        yield None
        return
    kind = MailBox if inbox.encrypted else MailBoxUnencrypted
    server = kind(inbox.host, inbox.port, timeout=WAIT)
    with server.login(inbox.user, inbox.password, inbox.folder):
        yield ImapBox(server)
