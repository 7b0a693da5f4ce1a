"""Moments as they are written, and with people for whom they came, as CSV (0.8, 0.11).

A file of its own beside ``lessons.py``: without people those that are for nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.pages.export.people import with_those_there
from earnest.pages.export.writing import File, Rows, table
from earnest.plans.queries.kept import cut_kept
from earnest.practice.models import Moment, MomentSeen

AT_ONCE = 500
WRITTEN = ("when", "lesson", "point", "link", "how", "stopped_on")
OF_EACH = ("name", "when", "point", "noticed_on", "how", "what_happened", "what_became_of_it")


def files_of(initiative: Initiative, with_people: bool) -> Iterator[File]:
    yield File(
        "moments.csv",
        _("moments written beforehand"),
        table(WRITTEN, _written(initiative, with_people=with_people)),
    )
    if with_people:
        yield File(
            "moments_that_came.csv",
            _("for whom a moment came, and what became of it"),
            table(OF_EACH, _came(initiative)),
        )


def _written(initiative: Initiative, *, with_people: bool) -> Rows:
    """Our own words, cut where they hold somebody's for the leads alone."""
    moments = Moment.objects.filter(initiative=initiative, participation=None)
    rows = [
        (_words_of(one), one) for one in moments.select_related("lesson", "point").order_by("pk")
    ]
    cut = (
        str
        if with_people
        else cut_kept(initiative, [text for words, _one in rows for text in words])
    )
    day = initiative.workspace.day
    for words, one in rows:
        stopped = day(one.stopped_at) if one.stopped_at else None
        yield (*map(cut, words), one.get_how_display(), stopped)


def _words_of(one: Moment) -> tuple[str, str, str, str]:
    return (one.what, one.lesson.title, one.point.words, one.link)


def _came(initiative: Initiative) -> Rows:
    rows = MomentSeen.objects.filter(with_those_there(), initiative=initiative)
    joined = rows.select_related("participation__person", "moment__point")
    for one in joined.order_by("noticed_at", "pk").iterator(AT_ONCE):
        yield (
            str(one.participation.person),
            one.moment.what,
            one.moment.point.words,
            initiative.workspace.day(one.noticed_at),
            one.get_how_display(),
            one.words,
            one.get_state_display(),
        )
