"""The only door to a promise: absent and forbidden look the same."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING, Initiative, Participation, Role
from earnest.promises.models import AskedAgain, Promise, PromiseQuerySet


def promises_for(user: User | AnonymousUser) -> PromiseQuerySet:
    """Promises with the people on the initiatives this user leads."""
    return Promise.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user),
        participation__person__erased_at=None,
    ).select_related("participation__person", "participation__initiative")


def owed_by(user: User | AnonymousUser) -> PromiseQuerySet:
    """Ours that are this user's to keep: made by them, or taken over with the person they hold."""
    leads = Role.objects.filter(
        initiative=OuterRef("initiative"),
        user=OuterRef("by"),
        kind__in=LEADING,
        initiative__workspace__memberships__user=OuterRef("by"),
    )
    taken_over = Q(participation__held_by=user.pk) & ~Exists(leads)
    return promises_for(user).open().ours().filter(Q(by=user.pk) | taken_over)


def promises_of(initiative: Initiative) -> PromiseQuerySet:
    """Promises on an initiative that was itself got through its door."""
    return Promise.objects.filter(
        initiative=initiative, participation__person__erased_at=None
    ).select_related("participation__person")


def get_for_write(user: User | AnonymousUser, pk: int) -> Promise:
    return get_object_or_404(promises_for(user), pk=pk)


def get_theirs(participation: Participation, pk: int) -> Promise:
    """What this person promised; what was promised to them is not theirs to settle."""
    theirs = Promise.objects.theirs().select_related("participation__person")
    return get_object_or_404(theirs, participation=participation, pk=pk)


def get_again(user: User | AnonymousUser, pk: int) -> AskedAgain:
    """A deed asked about again, for those who lead there."""
    rows = AskedAgain.objects.filter(
        initiative__in=initiatives.initiatives_led_by(user),
        participation__person__erased_at=None,
    )
    whole = rows.select_related("participation__person", "participation__initiative__workspace")
    return get_object_or_404(whole, pk=pk)


def get_own_again(participation: Participation, pk: int) -> AskedAgain:
    """What this person was asked again, for their own page; what only waits is nothing yet."""
    rows = participation.asked_again.exclude(state=AskedAgain.State.WAITING)
    return get_object_or_404(rows, pk=pk)
