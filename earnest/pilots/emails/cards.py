"""Whether words of theirs may stand in an evidence card, and what became of asking for it (1.12).

Nobody is written to about a card who did not ask for it, or whose words would stand in it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.initiatives.models import Participation
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_member_reads, as_they_read, to_member
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


def answered_by_account(request: SpreadRequest, *, at: datetime) -> EmailMultiAlternatives:
    """The same to a member of the workspace, who signs in."""
    user = request.user
    if user is None:
        raise ValueError(f"request {request.pk} is of no account")
    place = settings.BASE_URL + reverse("pilots:card", args=[request.version.card_id])
    with as_member_reads(user):
        values = {
            "name": user.get_short_name(),
            "request": request,
            "card": title_of(request.version),
            "place": place,
            "by": request.answered_by,
        }
        written = rendered("pilots/emails/card_answer", values)
    return to_member(user, written, token=f"request.{request.pk}.{int(at.timestamp())}")


def place_of_voice(voice: CardVoice) -> str:
    """Where they answer, on their own page."""
    return f"[[page]]card-words/{voice.pk or 0}/"


def thread_of_card(card_pk: int) -> str:
    return f"card {card_pk}"


def _draft(
    sort: tuple[str, Message.Kind], whose: Participation, more: dict[str, Any], *, thread: str
) -> Draft:
    person, (name, kind) = whose.person, sort
    values = {"person": person, "name": person.first_name, "initiative": whose.initiative, **more}
    with as_they_read(whose):
        subject, text, html = rendered(f"pilots/emails/{name}", values)
    return Draft(kind=kind, subject=subject, text=text, html=html, thread=thread)
