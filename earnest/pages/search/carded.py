"""Evidence cards as they are published: what of them is found, and by whom (1.12, 3.18)."""

from __future__ import annotations

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from earnest.pages.search.sort import LED, OPEN, OTHERS, Row, Scope, Sort, Watched
from earnest.pilots import access


def _place(row: Row, leads: bool) -> str:
    """``person_pk`` of it is the key of the card."""
    return reverse("pilots:card", args=[row.person_pk])


GAP = Value(" ", output_field=TextField())
SORTS = (
    Sort(
        # The version that is shown: a draft is on its own page, withdrawn ones are on record.
        name="card",
        label=_("Evidence cards"),
        table="pilots_cardversion",
        columns=("title", "tried", "told", "cost", "look_out", "readers", "shown", "card_id"),
        joins="JOIN pilots_evidencecard c ON c.id = t.card_id"
        " JOIN initiatives_initiative n ON n.id = c.initiative_id",
        indexed="t.title || ' ' || t.tried || ' ' || t.told || ' ' || t.cost || ' ' || t.look_out",
        where="t.shown",
        beside=(
            Watched("initiatives_initiative", ("workspace_id",), "c.initiative_id = {row}.id"),
        ),
        scopes=(
            Scope(LED, "c.initiative_id"),
            Scope(OTHERS, "c.initiative_id"),
            Scope(OPEN, "n.workspace_id", "t.readers = 'workspace'"),
        ),
        copied="all",  # as on the card
        rows=access.card_versions_for,
        url=_place,
        initiative="card__initiative",
        title="title",
        words=Concat(F("tried"), GAP, F("told"), GAP, F("cost"), GAP, F("look_out")),
        day="published_at",
        person="card_id",
    ),
)
