"""What this context mails: one message per function."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from earnest.accounts.models import User
from earnest.core.emails import plain, rendered
from earnest.ideas.models import Session
from earnest.initiatives.models import Participation
from earnest.listening.models import Recap
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.pages.models import ProofCode
from earnest.pages.queries import Heard
from earnest.promises.models import Promise


def code(code: ProofCode, digits: str) -> EmailMultiAlternatives:
    """The six digits, to the person's own address."""
    person = code.participation.person
    values = {
        "person": person,
        "initiative": code.participation.initiative,
        "digits": digits,
        "LANGUAGE_CODE": person.reads_in,
    }
    with translation.override(person.reads_in):
        subject, text, html = rendered("pages/emails/code", values)
    message = EmailMultiAlternatives(subject, text, to=[person.email])
    message.attach_alternative(html, "text/html")
    return message


def first_contact(participation: Participation, url: str, *, by: User) -> EmailMultiAlternatives:
    """Who writes, for what, what is kept, how long, who sees it, how to object (privacy.md 2).

    Not sent from here: the lead sends it, as a mail of their own, or says it.
    """
    person = participation.person
    values = {
        "person": person,
        "initiative": participation.initiative,
        "workspace": participation.initiative.workspace,
        "participation": participation,
        "by": by,
        "url": url,
    }
    with translation.override(person.reads_in):
        subject, text = plain("pages/emails/first_contact", values)
    return EmailMultiAlternatives(subject, text, to=[person.email] if person.email else [])


def recap(recap: Recap, heard: Heard, *, by: User) -> Draft:
    """This is what I heard: their words as they said them, and what each took on (2.15, 2.17).

    A reply: it counts towards no limit, leaves at once, and rather twice than not at all.
    """
    person, conversation = recap.participation.person, recap.conversation
    values = {
        "person": person,
        "conversation": conversation,
        "initiative": conversation.initiative,
        "recap": recap,
        "heard": heard,
        "by": by,
        "place": f"[[page]]heard/{recap.pk}/",
    }
    with as_they_read(recap.participation):
        subject, text, html = rendered("pages/emails/recap", values)
    return Draft(Message.Kind.REPLY, subject, text, html, thread=f"talk {conversation.pk}")


def took_on(session: Session, promises: Sequence[Promise], *, by: User) -> Draft:
    """What was written down for one person on a phone that a lead let in (4.6), with the way to
    their own page: their yes is theirs alone. A confirmation: no cap counts it.
    """
    whose = promises[0].participation
    values = {
        "person": whose.person,
        "initiative": whose.initiative,
        "space": session.space,
        "day": session.made_at,
        "promises": promises,
        "by": by,
        "page": "[[page]]",
    }
    with as_they_read(whose):
        subject, text, html = rendered("pages/emails/took_on", values)
    return Draft(Message.Kind.CONFIRMATION, subject, text, html, thread=f"session {session.pk}")
