"""What the rhythm mails: what changed, to one person; and the digest, to who leads."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.listening.emails import as_they_read
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message
from earnest.plans.emails import news_of
from earnest.rhythm.models import ProgressMail
from earnest.rhythm.queries.theirs import Theirs


def progress(whom: Participation, mail: ProgressMail, theirs: Theirs, *, by: User | None) -> Draft:
    """What changed, with what of it is theirs. It stands with the other news of the plan, and is
    stopped with them in one tap."""
    values: dict[str, Any] = {
        "mail": mail,
        "changed": lines_of(mail.changed),
        "coming": lines_of(mail.coming),
        "theirs": theirs,
        "person": whom.person,
        "initiative": whom.initiative,
        "by": by or whom.held_by,
        "page": "[[page]]",
        "subject": mail.subject,
    }
    with as_they_read(whom):
        text = render_to_string("rhythm/emails/progress.txt", values).strip()
        html = render_to_string("rhythm/emails/progress.html", values)
    return Draft(Message.Kind.PROGRESS, mail.subject, text, html, thread=news_of(whom))


def lines_of(text: str) -> list[str]:
    """A line each, without the strokes before them."""
    return [line for one in text.splitlines() if (line := one.strip().lstrip("-•* ").strip())]
