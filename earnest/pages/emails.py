"""What this context mails: one message per function."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.pages.models import ProofCode


def code(code: ProofCode, digits: str) -> EmailMultiAlternatives:
    """The six digits, to the person's own address."""
    person = code.participation.person
    language = person.language if person.language in dict(settings.LANGUAGES) else "en"
    values = {
        "person": person,
        "initiative": code.participation.initiative,
        "digits": digits,
        "LANGUAGE_CODE": language,
    }
    with translation.override(language):
        subject = render_to_string("pages/emails/code.subject", values)
        message = EmailMultiAlternatives(
            " ".join(subject.split()),
            render_to_string("pages/emails/code.txt", values),
            to=[person.email],
        )
        message.attach_alternative(render_to_string("pages/emails/code.html", values), "text/html")
    return message


def first_contact(participation: Participation, url: str, *, by: User) -> EmailMultiAlternatives:
    """Who writes, for what, what is kept, how long, who sees it, how to object (privacy.md 2).

    Not sent from here: the lead sends it, as a mail of their own, or says it.
    """
    person = participation.person
    language = person.language if person.language in dict(settings.LANGUAGES) else "en"
    values = {
        "person": person,
        "initiative": participation.initiative,
        "workspace": participation.initiative.workspace,
        "participation": participation,
        "by": by,
        "url": url,
    }
    with translation.override(language):
        return EmailMultiAlternatives(
            " ".join(render_to_string("pages/emails/first_contact.subject", values).split()),
            render_to_string("pages/emails/first_contact.txt", values).strip(),
            to=[person.email] if person.email else [],
        )
