"""The only door to a step: it is open to those who lead the initiative the step is about."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.rhythm import queries
from earnest.rhythm.queries import Place

NOWHERE = Place(0, None)


def get_place(user: User | AnonymousUser, key: str) -> Place:
    """Where a step lies and which date it has now; of somebody else's there is none."""
    place = queries.place_of(key) or NOWHERE
    get_object_or_404(initiatives.initiatives_led_by(user), pk=place.initiative_id)
    return place
