"""Pilots, and who would like to go first: what of it is found, and by whom (1.11)."""

from __future__ import annotations

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.pages.search.sort import LED, OTHERS, Row, Scope, Sort, own_page
from earnest.pilots.models import Pilot, Volunteer


def _pilots(user: Anyone) -> QuerySet[Pilot]:
    """Of initiatives on which this user has a role; their pages are open to no fewer."""
    here = initiatives.initiatives_for(user).filter(roles__user=user.pk or 0)
    return Pilot.objects.filter(initiative__in=here)


def _volunteers(user: Anyone) -> QuerySet[Volunteer]:
    return Volunteer.objects.filter(
        call__initiative__in=initiatives.initiatives_led_by(user),
        participation__person__erased_at=None,
        taken_back_at=None,
    )


def _page_of_person(row: Row, leads: bool) -> str:
    return reverse("pages:person", args=[row.initiative_pk, row.person_pk])


SPACE = Value(" ", output_field=TextField())
SORTS = (
    Sort(
        name="pilot",
        label=_("Pilots"),
        table="pilots_pilot",
        columns=("part", "what", "stop_if", "why", "initiative_id"),
        indexed="t.part || ' ' || t.what || ' ' || t.stop_if || ' ' || t.why",
        scopes=(Scope(LED), Scope(OTHERS)),
        copied="kept",  # as on the page of the pilot
        rows=_pilots,
        url=own_page("pilots:pilot"),
        title="part",
        words=Concat("what", SPACE, "stop_if", SPACE, "why", output_field=TextField()),
        day="starts_on",
        person="",
    ),
    Sort(
        name="volunteer",
        label=_("Who would like to go first"),
        table="pilots_volunteer",
        columns=("part", "words", "call_id", "taken_back_at"),
        joins="JOIN pilots_call n ON n.id = t.call_id",
        indexed="t.part || ' ' || t.words",
        where="t.taken_back_at IS NULL AND t.words <> 'erased'",
        scopes=(Scope(LED, "n.initiative_id"),),
        rows=_volunteers,
        url=_page_of_person,
        initiative="call__initiative",
        title="part",
        words="words",
        who="participation__person__name",
        day="said_at",
    ),
)
