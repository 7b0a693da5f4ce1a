"""What was answered in check-ins by name. Of those without a name nothing can be found here."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from earnest.checkins.models import Condition, NamedAnswer, Round
from earnest.initiatives.models import Participation
from earnest.listening.naming import Names
from earnest.pages.written.rows import APART, Row, by_moment, in_one, rows_as

ANSWER: dict[str, Any] = {
    "has_place": False,
    "pk": "round_id",
    "words": "line",
    "more": "taps",
    "on": "round__closes_on",
    "at": "at",
}


def parts(participation: Participation, _names: Names) -> list[QuerySet[Any, Any]]:
    none = Value("", output_field=TextField())  # PostgreSQL joins texts of one type alone
    taps = (Coalesce(Cast(F(name), TextField()), none) for name in Condition.values)
    quick = Case(
        When(under_a_minute=True, then=Value("1")),
        When(under_a_minute=False, then=Value("0")),
        default=none,
        output_field=TextField(),
    )
    rows = NamedAnswer.objects.filter(participation=participation.pk)
    return [rows_as("check-in", rows.annotate(taps=in_one(*taps, quick)), **ANSWER)]


def read(met: dict[str, list[Row]], here: int, _names: Names) -> dict[str, Any]:
    """The latest first."""
    rows = sorted(met.get("check-in", ()), key=by_moment, reverse=True)
    return {"check_ins": [_answer(row, here) for row in rows]}


def _answer(row: Row, here: int) -> NamedAnswer:
    *values, quick = row.more.split(APART)
    said = zip(Condition.values, values, strict=True)
    taps: dict[str, Any] = {name: int(value) if value else None for name, value in said}
    taps["under_a_minute"] = bool(int(quick)) if quick else None
    round_ = Round(pk=row.pk, closes_on=row.on, initiative_id=here, is_anonymous=False)
    return NamedAnswer(round=round_, line=row.words, at=row.at, **taps)
