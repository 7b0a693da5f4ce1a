"""The mailbox as a server has it: a small one that speaks enough IMAP to be asked."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator

import pytest

from earnest.intake import mailbox
from earnest.intake.tests.mails import an_inbox, mail
from earnest.listening import queries
from earnest.listening.tests.asked import invite
from earnest.messaging import actions as messaging
from earnest.messaging import emails
from tests.worlds import NOW, World


class Server(socketserver.ThreadingTCPServer):
    """Mails by uid, and which flags they have."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("localhost", 0), Session)
        self.mails = {"7": mail("One"), "9": mail("Two")}
        self.flags: dict[str, set[str]] = {"7": set(), "9": set()}
        self.signed_in: list[str] = []


class Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _space, command = line.decode().strip().partition(" ")
            self.answer(command)
            self.say(f"{tag} OK done".encode())
            if command.upper().startswith("LOGOUT"):
                return

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def answer(self, command: str) -> None:
        words = command.upper().split()
        verb = "_".join(words[:2] if words[0] == "UID" else words[:1]).lower()
        getattr(self, verb, lambda _command: None)(command)

    def capability(self, _command: str) -> None:
        self.say(b"* CAPABILITY IMAP4rev1")

    def login(self, command: str) -> None:
        self.server.signed_in.append(command)

    def select(self, _command: str) -> None:
        self.say(b"* 2 EXISTS")

    def uid_search(self, _command: str) -> None:
        unseen = [uid for uid, flags in self.server.flags.items() if "\\Seen" not in flags]
        self.say(f"* SEARCH {' '.join(unseen)}".encode())

    def uid_fetch(self, command: str) -> None:
        uid = command.split()[2]
        raw = self.server.mails[uid]
        head = f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)} BODY[] {{{len(raw)}}}"
        self.say(head.encode() + b"\r\n" + raw + b")")

    def uid_store(self, command: str) -> None:
        uid, flags = command.split()[2], re.findall(r"\\\w+", command)
        self.server.flags[uid] |= set(flags)

    def expunge(self, _command: str) -> None:
        gone = [uid for uid, flags in self.server.flags.items() if "\\Deleted" in flags]
        for uid in gone:
            del self.server.mails[uid], self.server.flags[uid]

    def logout(self, _command: str) -> None:
        self.say(b"* BYE")


@pytest.fixture
def server(settings: pytest.FixtureRequest) -> Iterator[Server]:
    with Server() as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        settings.INBOX = an_inbox(port=one.server_address[1])  # type: ignore[attr-defined]
        yield one
        one.shutdown()


def test_mails_come_as_they_are_and_stay_unread_until_they_are_done(server: Server) -> None:
    with mailbox.opened() as box:
        assert box
        assert list(box.unread(50)) == [("7", server.mails["7"]), ("9", server.mails["9"])]
        assert list(box.unread(1)) == [("7", server.mails["7"])]
    assert server.flags == {"7": set(), "9": set()}
    assert server.signed_in == ['LOGIN "earnest@example.org" "p/w"']


def test_taken_is_gone_left_is_read_aside_is_flagged(server: Server) -> None:
    with mailbox.opened() as box:
        assert box
        box.taken("7")
        box.put_aside("9")
        assert list(box.unread(50)) == []
    assert list(server.mails) == ["9"]
    assert server.flags["9"] == {"\\Seen", "\\Flagged"}


def test_too_large_a_mail_is_put_aside(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MOST_BYTES", 10)
    with mailbox.opened() as box:
        assert box
        assert list(box.unread(50)) == []
    assert server.flags["7"] == {"\\Seen", "\\Flagged"}


def test_answers_find_the_mailbox_and_the_lead(
    world: World, settings: pytest.FixtureRequest
) -> None:
    """By the address, for mail programs and calendars that forget to say what they answer."""
    invitation = invite(world, world.joan)
    draft = messaging.Draft("confirmation", "Agreed", "Agreed.")
    message = messaging.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    assert emails.answers_to(message, world.lead) == ["Lead Lead <lead@example.org>"]
    assert queries.meeting_of(invitation, NOW).lead_email == "lead@example.org"
    settings.INBOX = an_inbox()  # type: ignore[attr-defined]
    token = message.message_id.strip("<>").partition("@")[0]
    inbox, lead = emails.answers_to(message, world.lead)
    assert inbox == f"Lead Lead <earnest+{token}@example.org>"
    assert lead == "Lead Lead <lead@example.org>"
    organiser = queries.meeting_of(invitation, NOW).lead_email
    assert organiser == f"earnest+{invitation.uid}@example.org"
