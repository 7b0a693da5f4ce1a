"""What a person says about being asked: one tap, obeyed the same minute (privacy.md 6)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.people.models import Person


class Wish(StrEnum):
    """Less, everywhere · not this initiative · not at all, on any."""

    LESS = "less"
    NOT_THIS = "not-this"
    NOT_AT_ALL = "not-at-all"


@transaction.atomic
def say_wish(participation: Participation, wish: Wish, *, at: datetime) -> None:
    """The person says so on their own page. Saying it twice is no harm."""
    _set(participation, wish, at)
    events.record(f"wish_{wish}", at=at, about=participation)


@transaction.atomic
def take_wish_back(participation: Participation, wish: Wish, *, at: datetime) -> None:
    """They changed their mind; nobody else can."""
    _set(participation, wish, None)
    events.record(f"wish_{wish}_taken_back", at=at, about=participation)


def _set(participation: Participation, wish: Wish, at: datetime | None) -> None:
    person = Person.objects.filter(pk=participation.person_id)
    match wish:
        case Wish.LESS:
            person.update(wants_less_at=at)
            participation.person.wants_less_at = at
        case Wish.NOT_THIS:
            Participation.objects.filter(pk=participation.pk).update(stopped_at=at)
            participation.stopped_at = at
        case Wish.NOT_AT_ALL:
            person.update(stopped_at=at)
            participation.person.stopped_at = at


@transaction.atomic
def say_told(participation: Participation, *, by: User | None, at: datetime) -> bool:
    """They know who writes, for what, and how to object (privacy.md 2). Once; True if now."""
    told = Participation.objects.filter(pk=participation.pk, first_told_at=None)
    if not told.update(first_told_at=at):
        return False
    events.record("person_told", by=by, at=at, about=participation)
    return True
