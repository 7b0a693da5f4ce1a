"""What the plan has of one person: parts they see to, what changed through them, days that moved."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from earnest.initiatives.models import Participation, ScheduleChange
from earnest.listening.models import NeedNamed, Quote
from earnest.pages.written.found import Planned, ThroughYou
from earnest.pages.written.rows import Row, by_key, by_moment, rows_as
from earnest.plans.models import Change, Input, Part


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    """As it stands now: a part of theirs is theirs to read before it is published."""
    owned = Part.objects.filter(owner_person=participation, dropped_at=None)
    number = Cast("version__number", TextField())
    changes = _through(participation).annotate(told=number)
    schedule = ScheduleChange.objects.filter(initiative=participation.initiative_id)
    return [
        rows_as("owned", owned, words="title", more="why", at="changed_at", has_place=False),
        rows_as(
            "through",
            changes,
            words="title",
            more="words",
            who="told",
            at="version__published_at",
            has_place=False,
        ),
        rows_as("moved", schedule, words="cause", at="at", has_place=False),
    ]


def _through(participation: Participation) -> QuerySet[Change]:
    """Changes that came from what they said, or from a need they named."""
    gave = Input.objects.filter(changes=OuterRef("pk"), participation=participation, erased_at=None)
    named = NeedNamed.objects.filter(need__changes=OuterRef("pk"), participation=participation)
    said = Quote.objects.filter(
        needs__changes=OuterRef("pk"), participation=participation, erased_at=None
    )
    mine = Q(Exists(gave)) | Q(Exists(named)) | Q(Exists(said))
    return Change.objects.filter(mine, version__initiative=participation.initiative_id)


def read(met: dict[str, list[Row]], here: int) -> dict[str, Any]:
    through = sorted(met.get("through", ()), key=by_moment, reverse=True)
    moved = sorted(met.get("moved", ()), key=by_moment, reverse=True)
    return {
        "planned": Planned(
            owned=[
                Part(pk=row.pk, title=row.words, why=row.more, changed_at=row.at)
                for row in sorted(met.get("owned", ()), key=by_key)
            ],
            through_you=[
                ThroughYou(row.words, row.more, int(row.who or 0), row.at) for row in through
            ],
            moved=[ScheduleChange(pk=row.pk, cause=row.words, at=row.at) for row in moved],
        )
    }
