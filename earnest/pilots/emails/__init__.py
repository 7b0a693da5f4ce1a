"""What is mailed about pilots: who would like to go first? One message per function."""

from __future__ import annotations

from copy import copy

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.pilots import queries
from earnest.pilots.models import Call


def who_goes_first(call: Call, to: Participation, words: str, *, by: User) -> Draft:
    """The question, and their own page to answer it on. An ask: it counts, and never presses."""
    call = copy(call)
    queries.cut_typed(to.initiative, [call], you=to)
    values = {
        "person": to.person,
        "participation": to,
        "initiative": to.initiative,
        "call": call,
        "words": words.strip(),
        "by": by,
        "place": "[[page]]first/",
    }
    with as_they_read(to):
        subject, text, html = rendered("pilots/emails/first", values)
    return Draft(Message.Kind.ASK, subject, text, html, thread=call.thread)
