"""A mail as it will look, before it is one: shown to who sends it."""

from __future__ import annotations

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.messaging import emails
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message


def as_read(draft: Draft, whom: Participation, *, by: User) -> str:
    """Before it is a message: its words as they will look, with what stands under every mail (1.9)."""
    words = emails.whole(draft.subject, draft.text, draft.html, whom)
    message = Message(participation=whom, by=by, text=words.text, html=words.html, kind=draft.kind)
    with emails.as_they_read(whom):
        return emails.shown(message).strip()
