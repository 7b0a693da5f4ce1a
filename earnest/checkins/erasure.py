"""What a person answered by name, gone (privacy.md 13).

Answers without a name cannot be found, so they stay; their page says so. Published figures are
counts about five or more, and stay.
"""

from __future__ import annotations

from earnest.checkins.models import Line, NamedAnswer
from earnest.initiatives.models import Participation


def erase_answers(participation: Participation) -> list[int]:
    """Delete every answer by name. Returns the keys of the rows; evidence goes with the record."""
    rows = NamedAnswer.objects.filter(participation=participation)
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    return keys


def erase_old_lines(lines: list[int]) -> None:
    """Open lines of nobody's, whose time is over."""
    Line.objects.filter(pk__in=lines).delete()
