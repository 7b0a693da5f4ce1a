"""A message of the outbox as a mail: links filled, who writes, how to make it stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import MIMEPart
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext

from earnest.accounts.models import User
from earnest.core import wording
from earnest.core.emails import Rendered
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation
from earnest.messaging import calendars, queries
from earnest.messaging.models import ANSWER, Message

PAGE, ABOUT = "[[page]]", "[[about]]"
UNDER = "\n-- \n"
SIGNATURE = f"\n{UNDER}{ABOUT}\n"
OWN_LINK = re.compile(re.escape(PAGE) + r"(?:[^\s<>\"]*[^\s<>\".,;:!?)])?")


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says, in both forms, and its calendar file."""

    subject: str
    text: str
    html: str
    calendar: str = ""


@contextmanager
def as_they_read(participation: Participation) -> Iterator[None]:
    """In the person's own language and time zone, where they have one: for mails of any context."""
    person = participation.person
    zone = ZoneInfo(queries.zone_of(person))
    with timezone.override(zone), translation.override(person.reads_in):
        yield


@contextmanager
def as_member_reads(user: User) -> Iterator[None]:
    """The same for somebody with an account."""
    zone = ZoneInfo(user.time_zone)
    with timezone.override(zone), translation.override(user.language):
        yield


def zone_in_words() -> str:
    """The zone in which times are written now, as people say it: Amsterdam, not Europe/Amsterdam."""
    return timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")


def to_member(user: User, written: Rendered, *, token: str) -> EmailMultiAlternatives:
    """To somebody with an account: without what is told under a person's mail, for they have no
    page of their own. The token makes its Message-ID, the same at every try."""
    headers = {
        "Message-ID": f"<{token}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    text = written.text.split(UNDER, maxsplit=1)[0].strip() + "\n"
    mail = EmailMultiAlternatives(written.subject, text, to=[user.email], headers=headers)
    mail.attach_alternative(written.html.replace(ABOUT, ""), "text/html")
    return mail


def whole(subject: str, text: str, html: str, participation: Participation) -> Words:
    """As it is laid in the outbox: both forms, each with a place for what must be told."""
    said = text.rstrip()
    if ABOUT not in said:
        said += SIGNATURE
    html = html or _html_of(subject, said.split(UNDER)[0], participation)
    if ABOUT not in html:
        html = html.replace("</body>", f"{ABOUT}</body>") if "</body>" in html else html + ABOUT
    return Words(subject, said, html)


def _html_of(subject: str, text: str, participation: Participation) -> str:
    """The text in paragraphs; the person's own links can be pressed."""
    with translation.override(participation.person.reads_in):
        values = {"subject": subject, "words": text.strip()}
        return OWN_LINK.sub(_as_link, render_to_string("messaging/emails/paragraphs.html", values))


def _as_link(found: re.Match[str]) -> str:
    return f'<a href="{found[0]}">{found[0]}</a>'


def hints_in(subject: str, text: str, participation: Participation) -> int:
    """How many wordings in it may press (4.1), in the language of its reader: for the mirror.

    Only what was written for them: not what stands under every mail.
    """
    said = f"{subject}\n\n{text.split(UNDER, maxsplit=1)[0]}"
    return len(wording.hints_in(said, participation.person.speaks))


def told(message: Message, *, first: bool) -> Words:
    """With what must be told: all of it the first time (privacy.md 2), a line from then on."""
    name = "about_first" if first else "about_again"
    participation = message.participation
    values = {
        "participation": participation,
        "initiative": participation.initiative,
        "workspace": participation.initiative.workspace,
        "writer": writer_of(message),
    }
    with translation.override(participation.person.reads_in):
        text = render_to_string(f"messaging/emails/{name}.txt", values).strip()
        html = render_to_string(f"messaging/emails/{name}.html", values).strip()
    return Words(
        message.subject,
        message.text.replace(ABOUT, text),
        message.html.replace(ABOUT, html),
        message.calendar,
    )


def shown(message: Message) -> str:
    """The text as it looks, or will look; where a link of theirs stands, words for it."""
    text = message.text
    if ABOUT in text:
        text = told(message, first=message.participation.first_told_at is None).text
    name = message.participation.person.first_name
    text = text.replace(ANSWER, gettext("[a link that says nothing of who answers]"))
    return text.replace(PAGE, gettext("[%(name)s’s own link]/") % {"name": name})


def filled(words: Words, *, page: str, address: str, answer: str = "") -> Words:
    """With the links: what is returned here is kept nowhere."""
    calendar = {PAGE: page, calendars.ADDRESS: address}
    return Words(
        words.subject,
        words.text.replace(PAGE, page).replace(ANSWER, answer),
        words.html.replace(PAGE, escape(page)).replace(ANSWER, escape(answer)),
        calendars.filled(words.calendar, calendar) if words.calendar else "",
    )


def page_address(secret: str) -> str:
    """Where a person's own link leads."""
    return f"{settings.BASE_URL}/p/{secret}/"


def writer_of(message: Message) -> User:
    """Whose mail it is and who gets the answer: its writer while they lead, else who holds them."""
    initiative = message.participation.initiative
    if message.by and initiatives.leaders_of(initiative).filter(user=message.by).exists():
        return message.by
    return message.participation.held_by


def as_mail(message: Message, words: Words, *, page: str) -> EmailMultiAlternatives:
    """As it goes to the mail server, in the lead's name from this server's address."""
    writer, person = writer_of(message), message.participation.person
    mail = EmailMultiAlternatives(
        words.subject,
        words.text,
        from_email=_named(writer.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        to=[_named(person.name, person.email)],
        reply_to=answers_to(message, writer),
        headers=_headers(message, page),
    )
    _attach(mail, words, message.calendar_method)
    return mail


def answers_to(message: Message, writer: User) -> list[str]:
    """The lead; and the mailbox that is looked into, where there is one, with whose mail it was."""
    lead = _where_it_can_stand(writer.name, writer.email)
    token = message.message_id.strip("<>").partition("@")[0]
    inbox = queries.inbox_for(token)
    return [_named(writer.name, inbox), *lead] if inbox else lead


def as_draft(message: Message, words: Words) -> EmailMultiAlternatives:
    """As a file that one's own mail program opens as a mail not sent yet."""
    writer, person = writer_of(message), message.participation.person
    mail = EmailMultiAlternatives(
        words.subject,
        words.text,
        from_email="".join(_where_it_can_stand(writer.name, writer.email)) or None,
        to=_where_it_can_stand(person.name, person.email),
        headers={"X-Unsent": "1"},
    )
    _attach(mail, words, message.calendar_method)
    return mail


def _attach(mail: EmailMultiAlternatives, words: Words, method: str) -> None:
    """HTML; the invitation as a form of the mail (Outlook, Google) and as a file (Apple, others)."""
    if words.html:
        mail.attach_alternative(words.html, "text/html")
    if words.calendar:
        mail.attach_alternative(words.calendar, f"text/calendar; method={method}")
        part = MIMEPart()
        part.set_content(
            words.calendar.encode(),
            maintype="application",
            subtype="ics",
            disposition="attachment",
            filename="invite.ics",
        )
        mail.attach(part)


def _headers(message: Message, page: str) -> dict[str, str]:
    """Threads hold together, answers of machines stay away, one click stops it (RFC 8058)."""
    headers = {"Message-ID": message.message_id, "List-Unsubscribe": f"<{page}stop/>"}
    if settings.HTTPS:  # RFC 8058 wants it so
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if message.in_reply_to:
        headers["In-Reply-To"] = headers["References"] = message.in_reply_to
    if message.by is None:
        headers["Auto-Submitted"] = "auto-generated"
    return headers


def _where_it_can_stand(name: str, address: str) -> list[str]:
    """Left out where the head of a mail cannot hold it: jürgen@…; the mail is not lost over it."""
    return [_named(name, address)] if address and address.partition("@")[0].isascii() else []


def _named(name: str, address: str) -> str:
    """Name and address, whatever is in the name."""
    return str(Address(display_name=" ".join(name.split()), addr_spec=address)) if address else ""
