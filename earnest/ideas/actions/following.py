"""Who follows a question was told: said before the mail leaves, so that nobody is told twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.ideas.models import Speaker


@transaction.atomic
def say_told(speaker: Speaker, *, at: datetime, message_id: str = "") -> bool:
    """True if nobody else told them meanwhile."""
    rows = Speaker.objects.filter(pk=speaker.pk, told_to=speaker.told_to, follows=True)
    return bool(rows.update(told_to=at, told_as=message_id[:200]))
