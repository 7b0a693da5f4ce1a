"""Words somebody mended or took back, in the mails that repeat them (privacy.md 4)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace
from django.utils.html import escape

from earnest.core import events
from earnest.initiatives.models import Participation


@transaction.atomic
def replace_words(participation: Participation, old: str, new: str, *, at: datetime) -> int:
    """The new words in the old ones' place, in every mail kept here. Returns how many changed.

    What left is in their own mailbox as it left; kept here, and sent from here on, are the new.
    """
    holding = participation.messages.filter(text__contains=old) if old else None
    if holding is None:
        return 0
    changed = holding.update(
        text=Replace(F("text"), Value(old), Value(new)),
        html=Replace(F("html"), Value(escape(old)), Value(escape(new))),
    )
    if changed:
        events.record("mail_mended", at=at, about=participation, detail={"count": changed})
    return changed
