"""What this context mails: one message per function."""

from __future__ import annotations

from django.template.loader import render_to_string

from earnest.accounts.models import User
from earnest.listening.emails.reading import as_they_read
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message
from earnest.practice.models import FollowUp, TryOut


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


def try_out_offered(row: TryOut, *, by: User) -> Draft:
    """Something small to try (0.3). It asks something of them, so it counts towards the cap."""
    whose = row.participation
    values = {
        "try_out": row,
        "person": whose.person,
        "initiative": whose.initiative,
        "by": by,
        "page": f"[[page]]try-outs/{row.pk}/",
    }
    at = "practice/emails/try_out_offered"
    with as_they_read(whose):
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        text = render_to_string(f"{at}.txt", values).strip()
        html = render_to_string(f"{at}.html", {**values, "subject": subject})
    return Draft(Message.Kind.NUDGE, subject, text, html, thread=row.source)
