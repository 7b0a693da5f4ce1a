"""Because: what each event did to the log-odds of the next act, and what time did; it all adds up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from earnest.engine.belief.events import Event, in_order
from earnest.engine.belief.filter import at_moment, prior, take_in
from earnest.engine.belief.params import DEFAULTS, Params
from earnest.engine.belief.reading import log_odds


class Part(NamedTuple):
    """One event and its change of the log-odds."""

    event: Event
    change: float


@dataclass(frozen=True, slots=True)
class Because:
    """Log-odds of the next act: ``prior`` + the changes of ``parts`` + ``drift`` = ``total``.

    ``drift`` is what time did between the events and since. ``parts`` are in the order they count.
    """

    prior: float
    parts: tuple[Part, ...]
    drift: float
    total: float

    @property
    def by_kind(self) -> dict[str, float]:
        """The changes summed for each kind of evidence, kinds in the order they first came."""
        kinds = dict.fromkeys(part.event.kind for part in self.parts)
        return {
            kind: math.fsum(part.change for part in self.parts if part.event.kind == kind)
            for kind in kinds
        }


def because(events: Iterable[Event], params: Params = DEFAULTS, *, item: str, at: float) -> Because:
    """Why the next act of sort ``item`` at moment ``at`` is as likely as it is; events in any order."""
    state = prior(params)
    start = log_odds(state, item, params)
    parts: list[Part] = []
    for event in in_order(events):
        before = log_odds(at_moment(state, event.at, params), item, params)
        state = take_in(state, event, params).state
        parts.append(Part(event, log_odds(state, item, params) - before))
    total = log_odds(at_moment(state, at, params), item, params)
    told = math.fsum(part.change for part in parts)
    return Because(start, tuple(parts), total - start - told, total)
