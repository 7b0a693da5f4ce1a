"""Words of people as anyone but the leads may have them: as each person chose (privacy.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, DateField, F, QuerySet, Value, When

from earnest.initiatives.models import Initiative
from earnest.listening.models import Quote


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Their words, with the name only where they wanted it; without it not the day either."""

    pk: int
    words: str
    name: str
    said_on: date | None


def quotes_passed_on(
    initiative: Initiative, *, among: Iterable[int] | None = None, most: int = 200
) -> list[PassedOn]:
    """The one read of quotes for anyone but the leads; ``among`` are keys of the quotes wanted.

    What nobody chose about, what was struck and who was erased is left out. In the order of the
    words: no order of days tells who spoke when.
    """
    rows = _passed_on(initiative)
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    named = When(passed_on=Quote.PassedOn.NAMED, then=F("participation__person__name"))
    day = When(passed_on=Quote.PassedOn.NAMED, then=F("said_on"))
    shown = rows.values_list(
        "pk",
        "words",
        Case(named, default=Value(""), output_field=CharField()),
        Case(day, default=Value(None), output_field=DateField()),
    )
    return [PassedOn(*row) for row in shown.order_by("words", "pk")[:most]]


def _passed_on(initiative: Initiative) -> QuerySet[Quote]:
    chosen = (Quote.PassedOn.UNNAMED, Quote.PassedOn.NAMED)
    return Quote.objects.filter(
        initiative=initiative,
        passed_on__in=chosen,
        erased_at=None,
        participation__person__erased_at=None,
    )
