"""How this serves what they value, told back (1.6): theirs to put right, or to call their own."""

from __future__ import annotations

from earnest.accounts.models import User
from earnest.core.emails import rendered
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.plans.models import Chain


def told_back(chain: Chain, *, by: User) -> Draft:
    """Their own words first, then how this serves them. Progress: it counts towards the cap."""
    participation = chain.participation
    person = participation.person
    values = {
        "person": person,
        "chain": chain,
        "initiative": participation.initiative,
        "by": by,
        "place": f"[[page]]serves/{chain.pk or 0}/",
    }
    with as_they_read(participation):
        subject, text, html = rendered("plans/emails/chain", values)
    return Draft(Message.Kind.PROGRESS, subject, text, html, thread=f"chain {chain.pk or 0}")
