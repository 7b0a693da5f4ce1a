"""Why steps about a person were put off or dismissed: words that go with them.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure``, inside its transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from earnest.engine.steps.table import RULES
from earnest.rhythm.models import Chosen


def steps_about(rows: Mapping[str, Iterable[int]]) -> list[str]:
    """The key of every step there can be about these rows, named as the table of steps does."""
    return [
        f"{rule.name}:{rule.about}:{pk}" for rule in RULES for pk in rows.get(rule.about, ())
    ]


def erase_reasons(steps: list[str]) -> None:
    """The reasons go; that something was chosen stays."""
    Chosen.objects.filter(step__in=steps).update(reason="")
