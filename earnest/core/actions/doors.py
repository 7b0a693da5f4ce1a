"""Doors for signed requests: begun, turned, closed, what came and what became of it.

They work on the concrete door and its concrete log of a context (``core.models.SignedDoor``,
``Came``). What is done with a request belongs to that context:

    came, is_new = note_came(ReadingCame, door, signed, at=at)   # in the view, committed
    if is_new: take_reading(came, at=at)                         # the context's action: its rows,
                                                                 # and note_became, in one
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from earnest.core import events
from earnest.core.models import Came, SignedDoor
from earnest.core.signed import Signed, new_secret, seal

BODIES_KEPT = timedelta(days=30)
REFUSALS_NOTED = timedelta(minutes=1)  # whoever knocks without end writes no row without end


class DoorTurned(Exception):
    """Somebody else made a new secret meanwhile: theirs holds."""


class KeyUsedTwice(Exception):
    """The same key came before with another body: the sender is wrong about one of the two."""


class NothingToRepeat(Exception):
    """It was taken already, or its body is no longer kept."""


@transaction.atomic
def begin_door[D: SignedDoor](
    door: D, *, by: Model | None, at: datetime, workspace_id: int | None = None
) -> str:
    """Store a new door and give out its secret: the only time it can be read."""
    secret = new_secret()
    door.sealed, door.made_at, door.turned_at = seal(secret), at, at
    door.save()
    events.record("door.began", by=by, at=at, about=door, workspace_id=workspace_id)
    return secret


@transaction.atomic
def turn_secret(door: SignedDoor, *, by: Model, at: datetime) -> str:
    """A new secret, given out once; the old one opens nothing from this moment."""
    secret = new_secret()
    rows = _rows(door).filter(turned_at=door.turned_at, closed_at=None)
    if not rows.update(sealed=seal(secret), turned_at=at, refused_at=None, refused_why=""):
        raise DoorTurned
    events.record("door.turned", by=by, at=at, about=door)
    return secret


@transaction.atomic
def close_door(door: SignedDoor, *, by: Model, at: datetime) -> bool:
    """Nothing comes in any more; what came stays. False when it was closed already."""
    closed: bool = _rows(door).filter(closed_at=None).update(closed_at=at) == 1
    if closed:
        events.record("door.closed", by=by, at=at, about=door)
    return closed


@transaction.atomic
def open_door(door: SignedDoor, *, by: Model, at: datetime) -> bool:
    """Open again, with the secret it had."""
    opened: bool = _rows(door).exclude(closed_at=None).update(closed_at=None) == 1
    if opened:
        events.record("door.opened", by=by, at=at, about=door)
    return opened


def note_refused(door: SignedDoor, why: str, *, at: datetime) -> None:
    """The last refusal, for whoever wonders why nothing comes; at most one a minute is written."""
    free = Q(refused_at=None) | Q(refused_at__lte=at - REFUSALS_NOTED)
    _rows(door).filter(free).update(refused_at=at, refused_why=why)


@transaction.atomic
def note_came[C: Came](
    log: type[C], door: SignedDoor, signed: Signed, *, at: datetime
) -> tuple[C, bool]:
    """The row of this request, and whether it is new; the database holds each key once.

    Raises KeyUsedTwice when the key came before with another body.
    """
    text = signed.body.decode(errors="replace").replace("\x00", "�")
    of: dict[str, Any] = {"door": door, "key": signed.key}
    told = {"at": at, "digest": signed.digest, "body": text}
    row, is_new = log._default_manager.get_or_create(**of, defaults=told)
    if row.digest != signed.digest:
        raise KeyUsedTwice
    if is_new:
        _rows(door).update(came_at=at)
    return row, is_new


def note_became(came: Came, became: str, *, at: datetime, done: bool = True) -> bool:
    """What was made of it, once; False when another took it meanwhile. In the caller's transaction.

    ``became`` says it in the words of the product, never in those of the body.
    """
    state = Came.State.DONE if done else Came.State.REFUSED
    waiting = _rows(came).filter(state=Came.State.WAITING)
    written: int = waiting.update(state=state, became=became[:300], became_at=at)
    return written == 1


@transaction.atomic
def repeat(came: Came, *, by: Model, at: datetime) -> None:
    """Let it be taken again, by hand: what could not be used then may be of use now."""
    rows = _rows(came).exclude(state=Came.State.DONE).exclude(body="")
    if not rows.update(state=Came.State.WAITING, became="", became_at=None, again_at=at):
        raise NothingToRepeat
    came.refresh_from_db()
    events.record("door.repeated", by=by, at=at, about=came)


def forget_bodies(log: type[Came], *, at: datetime) -> int:
    """After thirty days what somebody sent is forgotten; that it came, and what became of it, stay."""
    old = log._default_manager.filter(at__lte=at - BODIES_KEPT).exclude(body="")
    return old.update(body="")


def _rows(row: Model) -> Any:
    return type(row)._default_manager.filter(pk=row.pk)
