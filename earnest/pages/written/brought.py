"""What they needed in earlier initiatives and said others may know: words and month alone (1.2).

Never from which initiative, nor who leads it (privacy.md 9).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from earnest.initiatives.models import Participation
from earnest.listening.models import Need, NeedNamed
from earnest.listening.queries.carrying import allowed_for
from earnest.pages.written.rows import Row, by_moment, rows_as


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    brought = allowed_for(participation)
    return [rows_as("brought", brought, has_place=False, more="need__words", at="at")]


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """The latest first; said more than once, it is there once."""
    last = {row.words: row for row in sorted(met.get("brought", ()), key=by_moment)}
    return {
        "brought": [
            NeedNamed(pk=row.pk, words=row.words, need=Need(words=row.more), at=row.at)
            for row in sorted(last.values(), key=by_moment, reverse=True)
        ]
    }
