"""What the rhythm mails: what changed, to one person; and the digest, to who leads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives as Mail
from django.template.loader import render_to_string
from django.urls import reverse

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_member_reads, as_they_read, to_member
from earnest.messaging.models import Message
from earnest.plans.emails import news_of
from earnest.rhythm.models import Digest, IntroductionSide, ProgressMail
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
    user = row.user
    values = {
        "user": user,
        "said": said,
        "today": settings.BASE_URL + reverse("pages:today"),
        "change": settings.BASE_URL + reverse("rhythm:digest"),
        "weekly": row.every == Digest.Every.WEEK,
    }
    with as_member_reads(user):
        written = rendered("rhythm/emails/digest", values)
    return to_member(user, written, token=f"digest.{row.pk}.{day.isoformat()}")


def introduction_offered(side: IntroductionSide, *, by: User | None) -> Draft:
    """Somebody it would be worth meeting (4.6): of them it tells nothing. It asks something, so it
    counts for the cap."""
    return _introducing(
        "introduction", side, Message.Kind.ASK, {"by": by or side.participation.held_by}
    )


def introduced(side: IntroductionSide, other: IntroductionSide) -> Draft:
    """Both said yes. What the other allowed stands on the page behind the link, so that it can be
    taken back there."""
    return _introducing(
        "introduced", side, Message.Kind.CONFIRMATION, {"other": other.participation.person}
    )


def _introducing(
    name: str, side: IntroductionSide, kind: Message.Kind, values: dict[str, Any]
) -> Draft:
    whom = side.participation
    values = {
        "by": whom.held_by,
        **values,
        "person": whom.person,
        "initiative": whom.initiative,
        "page": f"[[page]]introductions/{side.pk}/",
    }
    with as_they_read(whom):
        subject, text, html = rendered(f"rhythm/emails/{name}", values)
    return Draft(kind, subject, text, html, thread=f"introduction {side.pk}")
