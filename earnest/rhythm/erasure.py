"""Why steps about a person were put off or dismissed: words that go with them.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure``, inside its transaction.
"""

from __future__ import annotations

from earnest.rhythm.models import Chosen


def erase_reasons(steps: list[str]) -> None:
    """The reasons go; that something was chosen stays."""
    Chosen.objects.filter(step__in=steps).update(reason="")
