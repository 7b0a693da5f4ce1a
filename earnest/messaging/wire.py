"""Speaks with the mail server, and says what its answers mean. No row is read or written here.

A file of its own: whether a mail is certainly not sent, sent, or perhaps sent depends on the very
step at which something failed, so the steps are ours (RFC 5321, 4.1 to 4.2).
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import policy
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend

from earnest.core.logs import without_secrets
from earnest.messaging.models import Delivery

Outcome = Delivery.Outcome
SEVEN_BIT = policy.SMTP.clone(cte_type="7bit")  # every server takes it
LAST_ANSWER_SECONDS = 120  # servers look into the mail before they say yes
ANY_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")
# Enhanced codes that speak of the address itself (RFC 3463); others are about us or about now.
NO_SUCH_ADDRESS = re.compile(r"^5\.1\.(?:1|2|3|6|10)\b|^5\.2\.1\b")
ENHANCED = re.compile(r"^\d\.\d{1,3}\.\d{1,3}\b")
ABOUT_US = re.compile(r"relay|auth|spam|block|denied|policy|blacklist|reputation", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """How one try ended, and the server's words for it, without addresses."""

    outcome: Delivery.Outcome
    code: int | None = None
    words: str = ""
    no_such_address: bool = False


class NotTaken(Exception):
    """It was certainly not sent."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.words)
        self.answer = answer


class Line:
    """One connection, for one mail after the other; opened when the first is to leave."""

    def __init__(self) -> None:
        self._backend = mailers.default
        self._dead: NotTaken | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.hang_up()

    @property
    def _smtp(self) -> smtplib.SMTP | None:
        return self._backend.connection if isinstance(self._backend, EmailBackend) else None

    def open(self) -> None:
        """Be connected and greeted. A server that did not answer is not asked again by this line."""
        if self._dead:
            raise self._dead
        if self._smtp is not None and not _is_alive(self._smtp):
            self.hang_up()
        try:
            self._backend.open()
            if self._smtp is not None:
                self._smtp.ehlo_or_helo_if_needed()
        except (OSError, ValueError) as error:
            self.hang_up()
            self._dead = NotTaken(_from_error(error))
            raise self._dead from error

    def announce(self, mail: EmailMultiAlternatives) -> None:
        """From whom and to whom. Raises NotTaken: until here nothing can have arrived."""
        if not isinstance(self._backend, EmailBackend) or self._smtp is None:
            return
        try:
            sender = self._backend.prep_address(mail.from_email)
            receiver = self._backend.prep_address(mail.to[0])
        except ValueError as error:
            words = "This address is none that mail can be sent to."
            raise NotTaken(Answer(Outcome.REFUSED, None, words)) from error
        try:
            self._expect({250}, self._smtp.mail(sender))
            self._expect({250, 251}, self._smtp.rcpt(receiver), about_receiver=True)
        except OSError as error:
            self.hang_up()
            raise NotTaken(_from_error(error)) from error

    def give(self, mail: EmailMultiAlternatives) -> Answer:
        """The mail itself. From its first word on, silence means that nobody knows.

        Raises NotTaken where the server said that it has not taken it.
        """
        if self._smtp is None:
            return self._give_otherwise(mail)
        body = _as_data(mail)
        try:
            self._expect({354}, self._smtp.docmd("DATA"))
        except OSError as error:
            self.hang_up()
            raise NotTaken(_from_error(error)) from error
        try:
            with _patience(self._smtp):
                self._smtp.send(body)
                answered = self._smtp.getreply()
        except OSError as error:
            self.hang_up()
            return Answer(Outcome.UNCLEAR, None, _from_error(error).words)
        self._expect({250}, answered)
        return Answer(Outcome.SENT, answered[0], _plain(answered[1]))

    def _give_otherwise(self, mail: EmailMultiAlternatives) -> Answer:
        """A folder or the console, for trying things out."""
        try:
            self._backend.send_messages([mail])
        except OSError as error:
            return Answer(Outcome.UNCLEAR, None, _from_error(error).words)
        return Answer(Outcome.SENT)

    def _expect(
        self, good: set[int], answered: tuple[int, bytes], *, about_receiver: bool = False
    ) -> None:
        code, said = answered
        if code in good:
            return
        if code == 421 or code < 0:
            self.hang_up()
        else:
            self.start_over()
        raise NotTaken(meaning(code, _plain(said), about_receiver=about_receiver))

    def start_over(self) -> None:
        """Forget the mail that was announced; the line stays."""
        if self._smtp is None:
            return
        try:
            self._smtp.rset()
        except OSError:
            self.hang_up()

    def hang_up(self) -> None:
        with suppress(OSError):
            self._backend.close()


@contextmanager
def _patience(smtp: smtplib.SMTP) -> Iterator[None]:
    """Wait longer than usual."""
    if smtp.sock is None:
        yield
        return
    usual = smtp.sock.gettimeout()
    smtp.sock.settimeout(LAST_ANSWER_SECONDS)
    yield
    if smtp.sock is not None:
        smtp.sock.settimeout(usual)


def _is_alive(smtp: smtplib.SMTP) -> bool:
    with suppress(OSError):
        return smtp.noop()[0] == 250
    return False


def meaning(code: int, words: str, *, about_receiver: bool = False) -> Answer:
    """What a server means that did not take it: 4xx not now, 5xx never (RFC 5321, 4.2.1)."""
    if code < 500:
        return Answer(Outcome.LATER, code if code > 0 else None, words)
    gone = about_receiver and is_about_the_address(code, words)
    return Answer(Outcome.REFUSED, code, words, no_such_address=gone)


def is_about_the_address(code: int, words: str) -> bool:
    """True when there is no such address; not when it is full, or when we are not welcome."""
    if ENHANCED.match(words):
        return bool(NO_SUCH_ADDRESS.match(words))
    return code in {550, 551, 553} and not ABOUT_US.search(words)


def _from_error(error: Exception) -> Answer:
    """Why there was no line to the server; what it said of our sign-in is a matter for later, too."""
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(Outcome.LATER, error.smtp_code, _plain(error.smtp_error))
    return Answer(Outcome.LATER, None, _plain(str(error) or type(error).__name__))


def _plain(said: bytes | str) -> str:
    """One line, without anybody's address, and without the links a server read in the mail."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return without_secrets(ANY_ADDRESS.sub("…", " ".join(words.split())))[:300]


def _as_data(mail: EmailMultiAlternatives) -> bytes:
    """As it goes over the line: dots at the beginning doubled, a dot alone at the end."""
    whole = mail.message(policy=SEVEN_BIT).as_bytes()
    stuffed = re.sub(rb"(?m)^\.", b"..", whole)
    return (stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n") + b".\r\n"
