"""What stepping back changed, told to whoever said why (3.16): a reply, read as them first."""

from __future__ import annotations

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.listening.models import StepBack
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message


def what_it_changed(row: StepBack, *, by: User) -> Draft:
    """Their own words first, then what we change by them, or why not. Nothing is asked."""
    whose = row.participation
    values = {
        "step_back": row,
        "person": whose.person,
        "initiative": whose.initiative,
        "by": by,
        "place": "[[page]]",
    }
    with as_they_read(whose):
        subject, text, html = rendered("listening/emails/what_it_changed", values)
    return Draft(Message.Kind.REPLY, subject, text, html, thread=f"step back {row.pk or 0}")
