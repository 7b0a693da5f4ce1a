"""The doors of the rhythm: steps, audiences and progress mail, for those who lead the initiative."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from earnest.accounts.models import User
from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Participation
from earnest.rhythm import queries
from earnest.rhythm.models import Audience, IntroductionSide, ProgressMail
from earnest.rhythm.queries import Place

NOWHERE = Place(0, None)


def get_place(user: User | AnonymousUser, key: str) -> Place:
    """Where a step lies and which date it has now; of somebody else's there is none."""
    place = queries.place_of(key) or NOWHERE
    get_object_or_404(initiatives.initiatives_led_by(user), pk=place.initiative_id)
    return place


def get_audience(user: Anyone, *, initiative_pk: int, pk: int) -> Audience:
    """An audience with a rhythm of its own, of an initiative this user leads."""
    rows = Audience.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    whole = rows.select_related("initiative__workspace", "team", "done_by")
    return get_object_or_404(whole, initiative=initiative_pk, pk=pk)


def get_progress_mail(user: Anyone, *, initiative_pk: int, number: int) -> ProgressMail:
    """A progress mail that was sent, for those who lead."""
    rows = ProgressMail.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    whole = rows.select_related("initiative__workspace", "team", "by")
    return get_object_or_404(whole, initiative=initiative_pk, number=number)


def get_own_introduction(participation: Participation, pk: int) -> IntroductionSide:
    """What this person was offered, for their own page."""
    sides = IntroductionSide.objects.filter(participation=participation)
    whole = sides.select_related(
        "participation__person",
        "introduction__low_idea",
        "introduction__high_idea",
        "introduction__by",
    )
    return get_object_or_404(whole, pk=pk)
