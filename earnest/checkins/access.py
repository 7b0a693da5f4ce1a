"""The doors to check-ins: leads to theirs, others to what is published, and whoever holds a link.

Absent and forbidden look the same.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.checkins.models import AnswerSlot, Round
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Initiative, Participation, Role

APART = "."
SALT = "earnest.checkins"


def rounds_for(user: Anyone) -> QuerySet[Round]:
    """Leads see theirs; sponsors and contributors what is closed, in groups (privacy.md 7)."""
    if not isinstance(user, User):
        return Round.objects.none()
    led = Exists(initiatives.initiatives_led_by(user).filter(pk=OuterRef("initiative")))
    has_role = Role.objects.filter(
        initiative=OuterRef("initiative"),
        user=user,
        initiative__workspace__memberships__user=user,
    )
    readable = Q(led) | Q(Exists(has_role), closed_at__isnull=False)
    found = Round.objects.filter(readable)
    return found.select_related("initiative__workspace", "team", "by")


def leads(user: Anyone, initiative: Initiative) -> bool:
    """True where this user sees more of it than groups."""
    return initiatives.initiatives_led_by(user).filter(pk=initiative.pk).exists()


def get_round(user: Anyone, pk: int) -> Round:
    """To read: what a lead does not see of it, is not on the page."""
    return get_object_or_404(rounds_for(user), pk=pk)


def get_led_round(user: Anyone, pk: int) -> Round:
    led = initiatives.initiatives_led_by(user)
    return get_object_or_404(rounds_for(user).filter(initiative__in=led), pk=pk)


def get_initiative(user: Anyone, pk: int) -> Initiative:
    """Where there are check-ins to see: for those with a role on it."""
    found = initiatives.get_initiative(user, pk)
    return get_object_or_404(Initiative, pk=found.pk, roles__user=user)


def get_own_round(participation: Participation, pk: int) -> Round:
    """A check-in by name that this person was asked in."""
    opened = Round.objects.filter(is_anonymous=False, opened_at__isnull=False)
    return get_object_or_404(opened, asked=participation, pk=pk)


def new_secret(round_pk: int) -> str:
    """What a link of an anonymous check-in holds: chance, and of which round it is, signed.

    By the signature a link says after the end that its round is over, when nothing of it is kept.
    """
    return _signer().sign(f"{round_pk}{APART}{secrets.token_urlsafe(24)}")


def round_of(secret: str) -> int | None:
    """Of which round this link is; None where we made no such link."""
    try:
        return read_number(_signer().unsign(secret).partition(APART)[0])
    except BadSignature:
        return None


def key_of(secret: str) -> str:
    """What is kept of it. It is random and long, so a plain hash gives nothing away."""
    return sha256(secret.encode()).hexdigest()


def slot_of(secret: str) -> AnswerSlot | None:
    """The place this link opens, while its round is open."""
    whole = AnswerSlot.objects.select_related("round__initiative__workspace")
    return whole.filter(pk=key_of(secret)).first()


def closed_round(secret: str) -> Round | None:
    """The round this link was for, where that is over."""
    over = Round.objects.filter(pk=round_of(secret) or 0, closed_at__isnull=False)
    return over.select_related("initiative__workspace").first()


def _signer() -> Signer:
    return Signer(salt=SALT, sep=APART)
