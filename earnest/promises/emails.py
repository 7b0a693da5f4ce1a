"""What this context mails: one message per function."""

from __future__ import annotations

from earnest.core.emails import rendered
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.promises.models import AskedAgain


def how_is_it_now(row: AskedAgain, deed: str) -> Draft:
    """One short question about what they did (4.2). A reminder: it counts towards the cap.

    Each answer is a link that chooses it; a button on their page says it, for scanners click.
    """
    whose = row.participation
    values = {
        "again": row,
        "deed": deed,
        "person": whose.person,
        "initiative": whose.initiative,
        "by": whose.held_by,
        "page": f"[[page]]again/{row.pk or 0}/",
    }
    with as_they_read(whose):
        subject, text, html = rendered("promises/emails/again", values)
    return Draft(Message.Kind.NUDGE, subject, text, html, thread=f"again {row.pk or 0}")
