"""The only door to lessons and what came of them: absent and forbidden look the same."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Participation
from earnest.practice.models import Moment, MomentCame, MomentDoor, MomentSeen
from earnest.practice.queries import moments as moments_of

type Anyone = User | AnonymousUser


def moments_for(user: Anyone) -> QuerySet[Moment]:
    """Moments of the initiatives this user leads; of nobody who was erased."""
    led = initiatives.initiatives_led_by(user)
    there = Moment.objects.filter(initiative__in=led)
    return there.exclude(participation__person__erased_at__isnull=False)


def get_moment(user: Anyone, pk: int) -> Moment:
    whole = moments_for(user).select_related(
        "initiative__workspace", "lesson", "point", "participation__person", "team", "joins"
    )
    return get_object_or_404(whole, pk=pk)


def get_seen(user: Anyone, pk: int) -> MomentSeen:
    """A moment that came for somebody, for those who lead there."""
    led = initiatives.initiatives_led_by(user)
    rows = MomentSeen.objects.filter(initiative__in=led, participation__person__erased_at=None)
    whole = rows.select_related(
        *("moment__lesson", "moment__point", "by", "state_by", "participation__held_by"),
        *("participation__person__workspace", "participation__initiative__workspace"),
    )
    return get_object_or_404(whole, pk=pk)


def get_came(user: Anyone, pk: int) -> MomentCame:
    led = initiatives.initiatives_led_by(user)
    rows = MomentCame.objects.filter(door__initiative__in=led)
    return get_object_or_404(rows.select_related("door__initiative__workspace"), pk=pk)


def get_door(user: Anyone, initiative_pk: int) -> MomentDoor:
    rows = MomentDoor.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(rows.select_related("initiative__workspace"), initiative=initiative_pk)


def door_at(address: str) -> MomentDoor | None:
    """An open door of an initiative that goes on; who knocks shows their signature next."""
    rows = MomentDoor.objects.filter(closed_at=None, initiative__closed_at=None)
    return rows.select_related("initiative__workspace").filter(address=address).first()


def get_own_moment(participation: Participation, pk: int) -> Moment:
    """A moment that is written for this person, alone or among others."""
    return get_object_or_404(moments_of.moments_about(participation), pk=pk)


def get_own_seen(participation: Participation, pk: int) -> MomentSeen:
    """A moment that came for this person."""
    rows = participation.moments_seen.select_related("moment__lesson", "moment__point", "by")
    found = get_object_or_404(rows, pk=pk)
    found.participation = participation
    return found
