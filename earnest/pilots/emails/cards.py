"""Whether words of theirs may stand in an evidence card, and what became of asking for it (1.12).

Nobody is written to about a card who did not ask for it, or whose words would stand in it.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.models import Message
from earnest.pilots.models import CardVoice, SpreadRequest
from earnest.pilots.queries.cards import title_of


def voice_asked(voice: CardVoice, *, by: User) -> Draft:
    """Their words, and where they would stand. An ask: it counts towards the limits."""
    values = {"words": voice.words, "place": place_of_voice(voice), "by": by}
    name, thread = ("card_voice", Message.Kind.ASK), thread_of_card(voice.card_id)
    return _draft(name, voice.participation, values, thread=thread)


def answered(request: SpreadRequest, whose: Participation, *, by: User) -> Draft:
    """What becomes of what they asked for: a reply, which counts towards no limit."""
    place = f"[[page]]cards/{request.version.card_id}/"
    values = {"request": request, "card": title_of(request.version), "place": place, "by": by}
    name, thread = ("card_answer", Message.Kind.REPLY), f"asked for it {request.pk}"
    return _draft(name, whose, values, thread=thread)


def place_of_voice(voice: CardVoice) -> str:
    """Where they answer, on their own page."""
    return f"[[page]]card-words/{voice.pk or 0}/"


def thread_of_card(card_pk: int) -> str:
    return f"card {card_pk}"


def _draft(
    sort: tuple[str, Message.Kind], whose: Participation, more: dict[str, Any], *, thread: str
) -> Draft:
    person, (name, kind) = whose.person, sort
    values = {"person": person, "initiative": whose.initiative, **more}
    with translation.override(person.reads_in):
        at = f"pilots/emails/{name}"
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        return Draft(
            kind=kind,
            subject=subject,
            text=render_to_string(f"{at}.txt", values),
            html=render_to_string(f"{at}.html", {**values, "subject": subject}),
            thread=thread,
        )
