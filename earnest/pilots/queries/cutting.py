"""What leads typed, as whoever does not lead reads it: without words for the leads alone that were
copied into it, and without figures of fewer than five (privacy.md 4, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Q

from earnest.engine.groups import FEWEST
from earnest.initiatives.models import Initiative, Participation
from earnest.pilots.models import Call, Pilot, PilotMeasure, PilotReading, PilotStep
from earnest.pilots.queries.measured import PILOT, Measured, found
from earnest.plans.queries.kept import cut_kept

COUNTS_ENOUGH = Q(of=None) | Q(of__gte=FEWEST)
TYPED: dict[type, tuple[str, ...]] = {
    Pilot: ("part", "what", "stop_if", "why"),
    PilotStep: ("why",),
    Call: ("what", "takes"),
    PilotMeasure: ("name", "unit", "comparison"),
    PilotReading: ("note",),
}
type Typed = Pilot | PilotStep | Call | PilotMeasure | PilotReading


def cut_typed(
    initiative: Initiative,
    rows: Iterable[Typed],
    *,
    you: Participation | None = None,
) -> None:
    """On the rows themselves, to be shown and not saved; ``you`` read your own words. One query."""
    typed = [(one, name) for one in rows for name in TYPED[type(one)]]
    cut = cut_kept(initiative, [getattr(one, name) for one, name in typed], you=you)
    for one, name in typed:
        setattr(one, name, cut(getattr(one, name)))


def cut_measured(
    initiative: Initiative,
    told: Sequence[Measured],
    beside: Iterable[Typed] = (),
    *,
    you: Participation | None = None,
) -> list[Measured]:
    """The same of what is measured, with ``beside`` in the one query: what is found names it anew."""
    rows: list[Typed] = [*beside]
    for one in told:
        rows += [one.measure, *one.readings]
    cut_typed(initiative, rows, you=you)
    return [
        for_others(replace(one, found=found(one.measure) if one.found else None)) for one in told
    ]


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
