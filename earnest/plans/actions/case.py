"""Whose words a part of the plan is built on (2.16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.plans.models import Part, PartWords


@transaction.atomic
def use_words(part: Part, quotes: Sequence[Quote], *, by: User, at: datetime) -> int:
    """The part is built on these words too. How many are new; who asked to be left alone is not."""
    list(Part.objects.select_for_update().filter(pk=part.pk))  # pressed twice: one waits
    asked = Participation.objects.may_be_asked().filter(initiative=part.initiative_id)
    rows = Quote.objects.filter(pk__in=[one.pk for one in quotes], erased_at=None)
    fresh = rows.filter(initiative=part.initiative_id, participation__in=asked)
    used = [PartWords(part=part, quote=one, at=at) for one in fresh.exclude(used_in__part=part)]
    PartWords.objects.bulk_create(used)
    if used:
        events.record("words_used", by=by, at=at, about=part, detail={"quotes": len(used)})
    return len(used)


@transaction.atomic
def leave_words(part: Part, quote: Quote, *, by: User, at: datetime) -> bool:
    """The part is not built on them. False where they were left before."""
    gone, _rows = PartWords.objects.filter(part=part, quote=quote).delete()
    if gone:
        events.record("words_left", by=by, at=at, about=part)
    return bool(gone)
