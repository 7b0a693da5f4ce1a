"""Why steps about a person were put off or dismissed, and whom they were offered to meet.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure``, inside its transaction.
"""

from __future__ import annotations

from django.db.models import Q

from earnest.initiatives.models import Participation
from earnest.rhythm.models import Chosen, Introduction, IntroductionSide


def erase_reasons(steps: list[str]) -> None:
    """The reasons go; that something was chosen stays."""
    Chosen.objects.filter(step__in=steps).update(reason="")


def erase_introductions(participation: Participation) -> dict[str, list[int]]:
    """Whom they were offered to meet, and what they passed on: gone for both. Returns the keys."""
    rows = Introduction.objects.filter(Q(low=participation) | Q(high=participation))
    keys = list(rows.values_list("pk", flat=True))
    sides = IntroductionSide.objects.filter(introduction__in=keys)
    gone = {"introduction": keys, "introductionside": list(sides.values_list("pk", flat=True))}
    rows.delete()
    return gone
