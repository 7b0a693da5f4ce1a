"""What they value and how this serves it, as it stands now: quotes by their pointer."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Q, QuerySet, TextField, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.listening.naming import Names
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as
from earnest.plans.models import Chain, Part


def parts(participation: Participation, names: Names) -> list[QuerySet[Any, Any]]:
    """Every chain about them; what has no column of its own told in one."""
    chains = Chain.objects.filter(participation=participation.pk).annotate(
        said=Coalesce(Cast("quote__words", TextField()), Cast("value", TextField())),
        told=in_one(
            "link",
            "serves",
            "whose",
            "told_how",
            Coalesce("part__title", Value("")),
            "answer",
        ),
        unread=ExpressionWrapper(
            Q(answered_at__isnull=False, answer_read_at=None), output_field=BooleanField()
        ),
        said_on=F("quote__said_on"),
    )
    return [rows_as("chain", chains, **CHAIN)]


CHAIN: dict[str, Any] = {
    "has_place": False,
    "conversation_id": "quote_id",
    "words": "said",
    "more": "told",
    "who": "by__name",
    "on": "said_on",
    "at": "made_at",
    "until": "told_at",
    "right_at": "theirs_at",
    "corrected_at": "corrected_at",
    "read_at": "answered_at",
    "own_hand": "unread",
}
TOLD = ("link", "serves", "whose", "told_how", "part", "answer")


def read(met: dict[str, list[Row]], here: int, names: Names) -> dict[str, Any]:
    """Chains, the latest first."""
    late = sorted(met.get("chain", ()), key=by_moment, reverse=True)
    return {"chains": [_chain(row) for row in late]}


def _chain(row: Row) -> Chain:
    told = dict(zip(TOLD, row.more.split(APART, len(TOLD) - 1), strict=True))
    part = told.pop("part")
    quote = Quote(pk=row.conversation_id, words=row.words, said_on=row.on)
    return Chain(
        pk=row.pk,
        value=row.words,
        quote=quote if row.conversation_id else None,
        part=Part(title=part) if part else None,
        by=User(name=row.who) if row.who else None,
        made_at=row.at,
        told_at=row.until,
        theirs_at=row.right_at,
        corrected_at=row.corrected_at,
        answered_at=row.read_at,
        answer_read_at=None if row.own_hand else row.read_at,
        **told,
    )


def happened(chains: list[Chain], name: str) -> list[Happening]:
    """What was written, told and said of each, on its day."""
    return [one for chain in chains for one in _from_chain(chain, name)]


def _from_chain(chain: Chain, name: str) -> list[Happening]:
    """Told back how this serves what they value; then theirs too, or put right, on its day."""
    by = str(chain.by or "")
    out = [Happening(chain.made_at, "", _("Wrote how this serves what they value"), by)]
    if chain.told_at:
        out.append(Happening(chain.told_at, "", _("Told how this serves what they value"), by))
    if chain.corrected_at:
        said = _("Put right what they value, and how this serves it")
        out.append(Happening(chain.corrected_at, "did", said, name))
    elif chain.theirs_at:
        out.append(Happening(chain.theirs_at, "", _("Said that the reason is theirs too"), name))
    return out
