"""What practice keeps of a person, gone; how many were there stays as a count.

A file of its own beside ``actions.py``: it overrides the append-only rule (privacy.md 13) and is
called only by ``pages.erasure``, inside its transaction.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from earnest.initiatives.models import Participation
from earnest.practice.models import (
    Agreement,
    Attendance,
    CameUp,
    FollowUp,
    Moment,
    MomentCame,
    MomentSeen,
    NotWatched,
    TryOut,
)
from earnest.practice.models.moment_doors import OWN_KEY


def erase_practice(participation: Participation) -> dict[str, list[int]]:
    """Where they were, what was brought back to them, what came up, and who may say so.

    Returns the keys, by the names that the log has for them. What they said for a colleague stays
    the colleague's, and leads to nobody.
    """
    came_up = CameUp.objects.filter(participation=participation)
    mine = Q(participation=participation) | Q(colleague=participation)
    rows = {
        "attendance": _gone(Attendance.objects.filter(participation=participation)),
        "followup": _gone(FollowUp.objects.filter(participation=participation)),
        "tryout": _gone(TryOut.objects.filter(participation=participation)),
        "agreement": _gone(Agreement.objects.filter(mine)),
        **_erase_moments(participation),
    }
    rows["cameup"] = list(came_up.values_list("pk", flat=True))
    came_up.update(corrects=None)  # they name each other
    came_up.delete()
    return rows


def _erase_moments(participation: Participation) -> dict[str, list[int]]:
    """Moments of theirs alone, every one that came for them, and who was named by other systems."""
    came = MomentSeen.objects.filter(participation=participation)
    key = rf'"{OWN_KEY}0*{participation.pk}"'  # with noughts before the number, it is theirs too
    named = Q(seen_id__in=came.values("pk")) | Q(body__regex=key)
    messages = MomentCame.objects.filter(named, door__initiative=participation.initiative_id)
    messages.update(body="", seen_id=None)
    NotWatched.objects.filter(participation=participation).delete()
    return {
        "momentseen": _gone(came),
        "moment": _gone(Moment.objects.filter(participation=participation)),
    }


def _gone(rows: QuerySet[Any]) -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    return keys
