"""The doors to a space: its leads; the people on its initiative, each by their own link; and,
without names, whoever was given its one address."""

from __future__ import annotations

import hashlib

from django.core import signing
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.ideas.models import Space, Voice
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Participation

SALT = "earnest.ideas.space"


def spaces_led_by(user: Anyone) -> QuerySet[Space]:
    """Spaces of the initiatives this user leads."""
    led = initiatives.initiatives_led_by(user)
    return Space.objects.filter(initiative__in=led).select_related("initiative__workspace")


def get_space(user: Anyone, pk: int) -> Space:
    return get_object_or_404(spaces_led_by(user), pk=pk)


def get_space_of(found: Participation, pk: int) -> Space:
    """With names: for the people on its initiative, on their own page."""
    spaces = Space.objects.filter(initiative=found.initiative_id, names=True)
    return get_object_or_404(spaces.select_related("initiative__workspace"), pk=pk)


def token_of(space: Space) -> str:
    """What the one address of a space without names ends in: the same for everybody."""
    return signing.Signer(salt=SALT).sign_object(space.pk)


def space_by_token(token: str) -> Space:
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        pk = 0
    spaces = Space.objects.filter(names=False).select_related("initiative__workspace")
    return get_object_or_404(spaces, pk=pk)


def key_hash(key: str) -> str:
    """What is kept of a browser's secret."""
    return hashlib.sha256(key.encode()).hexdigest() if key else ""


def voice_in(
    space: Space, *, participation: Participation | None = None, key: str = ""
) -> Voice | None:
    """Who they are there, if they said anything yet."""
    voices = Voice.objects.filter(space=space)
    if participation:
        return voices.filter(participation=participation).first()
    known = voices.exclude(
        key_hash=""
    )  # as its index says it: without, every voice is looked through
    return known.filter(key_hash=key_hash(key)).first() if key else None
