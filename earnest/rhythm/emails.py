"""What the rhythm mails: what changed, to one person; and the digest, to who leads."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives as Mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.listening.emails import as_they_read
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message
from earnest.plans.emails import news_of
from earnest.rhythm.models import Digest, ProgressMail
from earnest.rhythm.queries.digest import DigestShown
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


def digest(row: Digest, said: DigestShown, day: date) -> Mail:
    """What waits, to who leads; the same Message-ID for one day, however often it is tried."""
    user, host = row.user, urlsplit(settings.BASE_URL).hostname
    values = {
        "user": user,
        "said": said,
        "today": settings.BASE_URL + reverse("pages:today"),
        "change": settings.BASE_URL + reverse("rhythm:digest"),
        "weekly": row.every == Digest.Every.WEEK,
    }
    with timezone.override(ZoneInfo(user.time_zone)), translation.override(user.language):
        subject = " ".join(render_to_string("rhythm/emails/digest.subject", values).split())
        text = render_to_string("rhythm/emails/digest.txt", values).strip() + "\n"
        html = render_to_string("rhythm/emails/digest.html", {**values, "subject": subject})
    headers = {
        "Message-ID": f"<digest.{row.pk}.{day.isoformat()}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    mail = Mail(subject, text, to=[user.email], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
