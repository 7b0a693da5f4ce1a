"""What another system brings to the door of moments: taken once, and again by a lead's hand (0.8).

The sender is told the same whatever became of it: whom an initiative knows is not for it to learn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import actions as core
from earnest.core.signed import Signed
from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import AskedToStop, Initiative, Participation
from earnest.practice.actions import moments
from earnest.practice.actions.moments import (
    MomentStopped,
    Noticed,
    NoticedBefore,
    NotToBeWatched,
)
from earnest.practice.models import Moment, MomentCame, MomentDoor, MomentSeen
from earnest.practice.models.moment_doors import OWN_KEY

A_MINUTE, IN_A_MINUTE = timedelta(minutes=1), 60
LONGEST = 254  # of an address


class TooMany(Exception):
    """More came within a minute than moments come anywhere."""


class CannotUse(Exception):
    """Nothing was noticed by it; why, in words for its leads."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says: which moment, for whom, by an address or a key of ours."""

    moment: int
    person: str


@transaction.atomic
def begin_moment_door(initiative: Initiative, *, by: User, at: datetime) -> tuple[MomentDoor, str]:
    """The door of an initiative, and its secret, which is shown once.

    Raises DoorTurned where somebody else began it meanwhile.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    if MomentDoor.objects.filter(initiative=initiative).exists():
        raise core.DoorTurned
    door = MomentDoor(initiative=initiative, made_by=by)
    secret = core.begin_door(door, by=by, at=at, workspace_id=initiative.workspace_id)
    return door, secret


def receive(door: MomentDoor, signed: Signed, *, at: datetime) -> MomentCame:
    """Keep what came, once, and take it. Of its body no more is kept than whom it is about.

    Sent again, it is taken where that did not come to its end.

    Raises TooMany, and KeyUsedTwice where its key came before with another body.
    """
    if door.came.filter(at__gt=at - A_MINUTE).count() >= IN_A_MINUTE:
        raise TooMany
    said = _read(signed.body)
    kept = replace(signed, body=_kept(said).encode())
    came, is_new = core.note_came(MomentCame, door, kept, at=at)
    if is_new or came.state == came.State.WAITING:
        take(came, at=at)
    return came


def _read(body: bytes) -> Said | None:
    """The message in our form; None for whatever else it is."""
    try:
        told: Any = json.loads(body)
        moment, person = told["moment"], told["person"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    fits = isinstance(moment, int) and not isinstance(moment, bool) and 0 < moment < 2**62
    if not fits or not isinstance(person, str) or not 0 < len(person) <= LONGEST:
        return None
    named = " ".join(person.split())
    return Said(moment, named) if named.isprintable() else None  # nobody's name or address else


def _kept(said: Said | None) -> str:
    """Umlauts as they are: what searches for a name finds it."""
    told = {"moment": said.moment, "person": said.person} if said else {}
    return json.dumps(told, ensure_ascii=False) if told else ""


@transaction.atomic
def take(came: MomentCame, *, at: datetime) -> bool:
    """Notice the moment it brings; True where something was noticed. What became of it is kept."""
    try:
        seen = _notice(came, at=at)
    except CannotUse as no:
        core.note_became(came, str(no), at=at, done=False)
        return False
    MomentCame.objects.filter(pk=came.pk).update(seen_id=seen.pk)
    core.note_became(came, _("Noticed."), at=at)
    return True


def _notice(came: MomentCame, *, at: datetime) -> MomentSeen:
    said = _read(came.body.encode()) if came.body else None
    if said is None:
        raise CannotUse(_("It was not written as agreed, so nothing was read of it."))
    here = Moment.objects.filter(initiative=came.door.initiative_id, how=Moment.How.HOOK)
    moment = here.filter(pk=said.moment).first()
    if moment is None:
        raise CannotUse(_("No moment of this number is noticed in this way."))
    whose = _whose(came.door.initiative, said.person)
    if whose is None:
        raise CannotUse(_("Nobody on this initiative is called so."))
    noticed = Noticed(Moment.How.HOOK, f"message {came.pk}")
    try:
        return moments.notice(moment, whose, noticed, by=None, at=at)
    except MomentStopped as over:
        raise CannotUse(_("The moment was stopped.")) from over
    except NoticedBefore as known:
        raise CannotUse(_("It had come before, and still waits.")) from known
    except (AskedToStop, NotToBeWatched) as quiet:
        raise CannotUse(_("It is not for them, or not to be watched for.")) from quiet


def _whose(initiative: Initiative, person: str) -> Participation | None:
    """Somebody on this initiative by their address, or by the key that stands on their page."""
    number = person.removeprefix(OWN_KEY)
    there = Participation.objects.present().filter(initiative=initiative).select_related("person")
    if person.startswith(OWN_KEY) and number.isascii() and number.isdigit() and len(number) < 19:
        return there.filter(pk=int(number)).first()
    if "@" not in person:
        return None
    found = initiatives.find_person(initiative, person)
    return there.filter(pk=found.pk).first() if found else None


def take_again(came: MomentCame, *, by: User, at: datetime) -> bool:
    """Do it once more, by a lead's hand: what could not be used then may be now.

    Raises NothingToRepeat where it was taken, or is no longer kept.
    """
    core.repeat(came, by=by, at=at)
    return take(came, at=at)
