"""The places of an anonymous round, laid anew as a whole: nothing tells when any of them came.

Deleting and writing all of them in one transaction, in the order of their keys, leaves one and the
same transaction number and an order of chance, on PostgreSQL as on SQLite.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from earnest.checkins import access
from earnest.checkins.models import AnswerSlot, Condition, Round

State = AnswerSlot.State


@transaction.atomic
def lay_slots(round_: Round, count: int, *, at: datetime) -> list[str]:
    """So many new places, and their secrets, which are kept nowhere else. None where it is over."""
    there = _open_and_locked(round_)
    if there is None:
        return []
    made = [access.new_secret(there.pk) for _ in range(count)]
    more = [AnswerSlot(key=access.key_of(secret), round=there) for secret in made]
    _lay_anew(there, more=more)
    return made


@transaction.atomic
def mix_slots(round_: Round, *, at: datetime) -> None:
    """Answers given since the last time move to keys that no mail holds, in an order of chance."""
    if there := _open_and_locked(round_):
        _lay_anew(there)


@transaction.atomic
def drop_slots(round_: Round, unused: Collection[str], *, at: datetime) -> None:
    """These secrets never left, so nobody holds them."""
    there = _open_and_locked(round_)
    if there and unused:
        _lay_anew(there, without={access.key_of(secret) for secret in unused})


def _open_and_locked(round_: Round) -> Round | None:
    rows = Round.objects.select_for_update().filter(pk=round_.pk, is_anonymous=True)
    return rows.filter(opened_at__isnull=False, closed_at=None).first()


def _lay_anew(
    there: Round, *, more: Iterable[AnswerSlot] = (), without: Collection[str] = ()
) -> None:
    rows = list(AnswerSlot.objects.select_for_update().filter(round=there))
    kept = [slot for row in rows for slot in _parted(row)]
    kept = [row for row in (*kept, *more) if row.key not in without or row.state != State.EMPTY]
    AnswerSlot.objects.filter(round=there).delete()
    AnswerSlot.objects.bulk_create(sorted(kept, key=lambda row: row.key), batch_size=500)


def _parted(row: AnswerSlot) -> list[AnswerSlot]:
    """What was answered in place: that its link was used, and apart from it the answer."""
    if row.state != State.ANSWERED:
        return [row]
    said = {name: getattr(row, name) for name in (*Condition.values, "line", "under_a_minute")}
    answer = AnswerSlot(key=secrets.token_hex(32), round_id=row.round_id, state=State.APART, **said)
    return [AnswerSlot(key=row.key, round_id=row.round_id, state=State.USED), answer]
