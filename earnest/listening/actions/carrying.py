"""Needs carried to later initiatives, with the person's yes and never without (1.2, privacy.md 10)."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening.gathered import count_again, fitting, known_as, take_away
from earnest.listening.models import Need, NeedNamed
from earnest.listening.queries.carrying import allowed_for


class NotTheirYes(Exception):
    """They did not say so, or took it back; or it was taken along before."""


# In SQL, and with nothing read before: one tap, as many may give in the same minute, should cost
# little more than its statements (docs/performance.md). Every time they put it so, and no other.
LET_CARRY = """UPDATE listening_neednamed SET may_carry_at = %s
    WHERE participation_id = %s AND may_carry_at IS NULL AND brought_at IS NULL AND EXISTS (
        SELECT 1 FROM listening_neednamed n WHERE n.id = %s
        AND n.participation_id = listening_neednamed.participation_id
        AND n.need_id = listening_neednamed.need_id AND n.words = listening_neednamed.words)"""


@transaction.atomic
def let_carry(named: NeedNamed, *, at: datetime) -> bool:
    """Their yes: later initiatives may know what they need. False where they said so before.

    Of ``named`` only the key and the participation are read.
    """
    when = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(LET_CARRY, (when, named.participation_id, named.pk))
        changed = cursor.rowcount
    if changed:
        events.record("need_may_be_carried", at=at, about=named)
    return bool(changed)


@transaction.atomic
def take_carrying_back(named: NeedNamed, *, at: datetime) -> bool:
    """No later initiative may know it: where it was taken along, it is gone. False if none may."""
    first = named.carried_from or named
    alike = NeedNamed.objects.filter(
        participation=first.participation_id, need=first.need_id, words=first.words
    )
    copies = list(NeedNamed.objects.filter(carried_from__in=alike).select_related("need"))
    if named.brought_at and named not in copies:
        copies.append(named)  # where it came from is erased
    for one in copies:
        take_away(one, [])
    changed = alike.exclude(may_carry_at=None).update(may_carry_at=None)
    if changed or copies:
        events.record("need_not_carried", at=at, about=first)
    return bool(changed or copies)


@transaction.atomic
def take_along(here: Participation, named: NeedNamed, *, by: User, at: datetime) -> NeedNamed:
    """A need of theirs from before is known here too. Raises AskedToStop, NotTheirYes."""
    here.refuse_if_stopped()
    NeedNamed.objects.select_for_update().filter(pk=named.pk).first()  # pressed twice: one waits
    there = allowed_for(here).filter(pk=named.pk).select_related("need").first()
    if there is None:
        raise NotTheirYes
    need = _need_here(here, there, at=at)
    row = NeedNamed.objects.create(
        need=need,
        participation=here,
        words=there.in_their_words,
        at=at,
        brought_at=at,
        carried_from=there,
    )
    count_again([need.pk])
    events.record("need_taken_along", by=by, at=at, about=here)
    return row


def _need_here(here: Participation, there: NeedNamed, *, at: datetime) -> Need:
    """The same need where it is known here; else a new one, as they put it."""
    words = fitting(there.in_their_words)
    return known_as(here.initiative_id, words) or Need.objects.create(
        initiative_id=here.initiative_id, words=words, made_at=at, carried_from=there.need
    )
