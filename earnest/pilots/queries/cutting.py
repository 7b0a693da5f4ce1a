"""What leads typed, as whoever does not lead reads it: without words for the leads alone that were
copied into it, and without figures of fewer than five (privacy.md 4, 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Q

from earnest.engine.groups import FEWEST
from earnest.initiatives.models import Initiative, Participation
from earnest.pilots.models import Call, Pilot, PilotStep
from earnest.pilots.queries.measured import PILOT, Measured
from earnest.plans.queries.kept import cut_kept

COUNTS_ENOUGH = Q(of=None) | Q(of__gte=FEWEST)
TYPED: dict[type, tuple[str, ...]] = {
    Pilot: ("what", "stop_if", "why"),
    PilotStep: ("why",),
    Call: ("what", "takes"),
}


def cut_typed(
    initiative: Initiative,
    rows: Iterable[Pilot | PilotStep | Call],
    *,
    you: Participation | None = None,
) -> None:
    """On the rows themselves, to be shown and not saved; ``you`` read your own words. One query."""
    typed = [(one, name) for one in rows for name in TYPED[type(one)]]
    cut = cut_kept(initiative, [getattr(one, name) for one, name in typed], you=you)
    for one, name in typed:
        setattr(one, name, cut(getattr(one, name)))


def for_others(told: Measured) -> Measured:
    """Of a share no reading that counts fewer than five, and nothing of a comparison of fewer than
    five people; then no answer made of these, either."""
    compared = told.compared_large or not told.read_beside
    seen = [one for one in told.readings if compared or one.group == PILOT]
    large = [one for one in seen if one.of is None or one.of >= FEWEST]
    few = len(large) < len(seen)
    if compared and not few:
        return told
    hidden = few or (told.compares and not compared)
    return replace(
        told,
        readings=large,
        found=None if hidden else told.found,
        left_out=few,
        compared_few=not compared,
    )
