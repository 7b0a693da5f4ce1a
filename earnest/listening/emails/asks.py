"""The invitation: who asks, for what, how long, why you, what you get, and every way to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.listening.models import Invitation, ProposedTime
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read, zone_in_words
from earnest.messaging.models import Message


def invitation(row: Invitation, times: Sequence[ProposedTime], *, by: User) -> Draft:
    """An ask of one person (2.7, 2.10–2.12). Times are links; a button on the page chooses."""
    values = {**_about(row, by), "times": times}
    return _draft("invitation", Message.Kind.ASK, row, values)


def no_longer_needed(row: Invitation, why: str, *, by: User) -> Draft:
    """It was taken back before they answered: nothing is left for them to do."""
    values = {**_about(row, by), "why": why}
    return replace(_draft("no_longer_needed", Message.Kind.CONFIRMATION, row, values), owed=True)


def _about(row: Invitation, by: User) -> dict[str, Any]:
    participation = row.participation
    return {
        "invitation": row,
        "ask": row.ask,
        "person": participation.person,
        "initiative": participation.initiative,
        "by": by,
        "page": f"[[page]]asked/{row.pk or 0}/",
    }


def _draft(name: str, kind: str, row: Invitation, values: dict[str, Any]) -> Draft:
    with as_they_read(row.participation):
        values["zone"] = zone_in_words()
        subject, text, html = rendered(f"listening/emails/{name}", values)
    return Draft(kind, subject, text, html, thread=f"ask {row.ask_id or 0}")
