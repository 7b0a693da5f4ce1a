"""What this context mails: one message per function."""

from __future__ import annotations

from django.template.loader import render_to_string

from earnest.accounts.models import User
from earnest.listening.emails.reading import as_they_read
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message
from earnest.practice.models import FollowUp, MomentSeen


def brought_back(row: FollowUp) -> Draft:
    """One point of a lesson, as a question (0.9). A reminder: it counts towards the cap.

    Each answer is a link that chooses it; a button on their page says it, for scanners click.
    """
    whose = row.participation
    values = {
        "follow_up": row,
        "point": row.point,
        "lesson": row.lesson,
        "person": whose.person,
        "initiative": whose.initiative,
        "by": whose.held_by,
        "page": f"[[page]]follow-up/{row.pk}/",
    }
    at = "practice/emails/brought_back"
    with as_they_read(whose):
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        text = render_to_string(f"{at}.txt", values).strip()
        html = render_to_string(f"{at}.html", {**values, "subject": subject})
    return Draft(Message.Kind.NUDGE, subject, text, html, thread=f"follow-up {row.pk}")


def the_moment(seen: MomentSeen, *, link: str, line: str, by: User) -> Draft:
    """The point, and the link to their work, when it came up (0.11). It counts towards the cap."""
    whose = seen.participation
    values = {
        "seen": seen,
        "moment": seen.moment,
        "link": link,
        "line": line,
        "person": whose.person,
        "initiative": whose.initiative,
        "by": by,
        "page": f"[[page]]moments/{seen.pk}/",
    }
    at = "practice/emails/moment"
    with as_they_read(whose):
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        text = render_to_string(f"{at}.txt", values).strip()
        html = render_to_string(f"{at}.html", {**values, "subject": subject})
    return Draft(Message.Kind.NUDGE, subject, text, html, thread=f"moment {seen.pk}")
