"""What was written down about one person, every sort of it in one query.

A package of its own beside ``record.py``: a page may cost fifteen queries, and there are more sorts
of words than that leaves room for. Each row comes back as the thing it is, not as a copy. A new
sort is a file here with ``parts`` and ``read``, and a line in each list below.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from earnest.initiatives.models import Participation
from earnest.listening.naming import Names
from earnest.pages.written import (
    again,
    answered,
    around,
    brought,
    carded,
    chained,
    heard,
    moments,
    piloted,
    planned,
    sat,
    stepping,
    taken,
    taught,
    together,
    told,
    topics,
    tries,
    voiced,
    voted,
)
from earnest.pages.written.found import BeingWritten, Planned, Written
from earnest.pages.written.rows import Row


def written_about(participation: Participation, names: Names) -> Written:
    """Everything, read together and handed to each sort to make of it what it is."""
    parts: list[QuerySet[Any, Any]] = [
        *heard.parts(participation, names),
        *answered.parts(participation, names),
        *told.parts(participation, names),
        *planned.parts(participation),
        *chained.parts(participation, names),
        *brought.parts(participation),
        *again.parts(participation),
        *stepping.parts(participation),
        *taken.parts(participation),
        *voiced.parts(participation),
        *carded.parts(participation),
        *voted.parts(participation),
        *topics.parts(participation),
        *sat.parts(participation),
        *taught.parts(participation),
        *together.parts(participation),
        *tries.parts(participation),
        *piloted.parts(participation),
        *moments.parts(participation),
        *around.parts(participation),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by()
    met: dict[str, list[Row]] = {}
    for row in rows:
        there = Row(*row)
        met.setdefault(there.sort, []).append(there)
    here = participation.initiative_id
    return Written(
        **heard.read(met, here, names),
        **answered.read(met, here, names),
        **told.read(met, here),
        **planned.read(met, here),
        **chained.read(met, here, names),
        **brought.read(met),
        **again.read(met, here),
        **stepping.read(met, here),
        **taken.read(met),
        **voiced.read(met),
        **carded.read(met),
        **voted.read(met),
        **topics.read(met),
        **sat.read(met),
        **taught.read(met, here),
        **together.read(met),
        **tries.read(met),
        **piloted.read(met, participation.initiative),
        **moments.read(met, here),
        **around.read(met),
    )


__all__ = ["BeingWritten", "Planned", "Written", "written_about"]
