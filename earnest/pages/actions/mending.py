"""Other words for what was taken from a talk, until it is told back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening.gathered import name_another
from earnest.listening.models import NeedNamed, Recap, Referral
from earnest.promises.models import Promise

type Taken = Promise | NeedNamed | Referral


class AlreadyTold(Exception):
    """They were told, or confirmed it: from now on they mend it on their page."""


def whose(row: Taken) -> Participation | None:
    return row.named_by if isinstance(row, Referral) else row.participation


@transaction.atomic
def mend_words(row: Taken, words: str, *, by: User, at: datetime) -> None:
    """Raises AlreadyTold, AskedToStop. A need that others named too stays theirs as it was."""
    person = whose(row)
    if person:
        person.refuse_if_stopped()
    if is_told(row):
        raise AlreadyTold
    if isinstance(row, Promise):
        Promise.objects.filter(pk=row.pk, confirmed_at=None).update(words=words[:280])
    elif isinstance(row, Referral):
        Referral.objects.filter(pk=row.pk).update(why=words[:300])
    else:
        name_another(row, words, at=at)
    events.record("words_mended", by=by, at=at, about=row)


def is_told(row: Taken) -> bool:
    """Told back to whose it is, or confirmed by them."""
    if isinstance(row, Promise) and row.confirmed_at:
        return True
    told = Recap.objects.filter(conversation=row.conversation_id, participation=whose(row))
    return told.exists()
