"""How this serves what they value, told back (1.6): theirs to put right, or to call their own."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation

from earnest.accounts.models import User
from earnest.messaging.actions import Draft
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
    with translation.override(person.reads_in):
        at = "plans/emails/chain"
        subject = " ".join(render_to_string(f"{at}.subject", values).split())
        return Draft(
            kind=Message.Kind.PROGRESS,
            subject=subject,
            text=render_to_string(f"{at}.txt", values),
            html=render_to_string(f"{at}.html", {**values, "subject": subject}),
            thread=f"chain {chain.pk or 0}",
        )
