"""What is mailed about pilots: who would like to go first? One message per function."""

from __future__ import annotations

from copy import copy

from django.template.loader import render_to_string
from django.utils import translation

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
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
    with translation.override(to.person.reads_in):
        at = "pilots/emails/first"
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        return Draft(
            kind=Message.Kind.ASK,
            subject=subject,
            text=render_to_string(f"{at}.txt", values),
            html=render_to_string(f"{at}.html", {**values, "subject": subject}),
            thread=call.thread,
        )
