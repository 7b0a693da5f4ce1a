"""Parameters as a vector without bounds, for the fit: what is positive by its logarithm.

A weight that is 0 in the shipped defaults is no parameter (deeds are not polite): it stays 0. Beside
each stands its ``spread``: how far from the shipped number, as one standard deviation, a population may
well lie.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np

from earnest.engine.belief.params import DEFAULTS, LINKS, Link, Params
from earnest.engine.belief.probit import Floats

_SMALLEST: Final = 1e-6  # the logarithm of nothing


class Free(NamedTuple):
    """One number of the vector: where it stands in the parameters, and its spread."""

    name: str
    place: str | int
    spread: float


_SINGLE: Final = (("tau", 1.2), ("trend", 0.5), ("mood", 0.5), ("done", 1.0), ("missed", 1.0))
_POSITIVE: Final = frozenset({"tau", "done", "missed"})


def free_numbers(sorts: Iterable[str], frozen: Iterable[str] = ()) -> tuple[Free, ...]:
    """The vector's numbers for these sorts of deeds; ``frozen`` kinds of evidence stay as they are."""
    single = [Free(name, "", spread) for name, spread in _SINGLE]
    ties = [Free("ties", number, 0.5) for number in range(5)]
    cuts = [Free("cutpoints", number, 0.5) for number in range(4)]
    ease = [Free("ease", number, 0.4) for number in range(4)]
    links = [
        Free(kind, part, 1.0 if part == "offset" else 0.7)
        for kind in LINKS
        if kind not in frozenset(frozen)
        for part in Link._fields
        if getattr(getattr(DEFAULTS, kind), part) or (part == "offset" and kind != "said")
    ]
    return (*single, *ties, *cuts, *ease, *links, *(Free("sorts", sort, 0.6) for sort in sorts))


def spreads(free: Iterable[Free]) -> Floats:
    """The standard deviations of the prior."""
    return np.array([one.spread for one in free])


def to_vector(params: Params, free: Iterable[Free]) -> Floats:
    """The free numbers of these parameters."""
    return np.array([_loosen(params, one) for one in free])


def from_vector(vector: Floats, free: Iterable[Free], rest: Params) -> Params:
    """Parameters with these free numbers; what is not free is as in ``rest``."""
    plain = rest.as_dict()
    cuts = list(_gaps(rest.cutpoints))
    for one, number in zip(free, vector.tolist(), strict=True):
        if one.name == "cutpoints":
            cuts[int(one.place)] = number
        else:
            _put(plain, one, number)
    plain["cutpoints"] = np.cumsum(
        [cuts[0], *(max(math.exp(gap), 0.002) for gap in cuts[1:])]
    ).tolist()
    return Params.from_dict(plain)


def _gaps(cutpoints: tuple[float, ...]) -> list[float]:
    return [cutpoints[0], *np.log(np.diff(cutpoints)).tolist()]


def _loosen(params: Params, one: Free) -> float:
    value = getattr(params, one.name)
    if one.name == "cutpoints":
        return _gaps(value)[int(one.place)]
    if one.name == "ties":
        return math.atanh(value[int(one.place)])
    if one.name == "ease":
        return float(value[int(one.place)])
    if one.name == "sorts":
        return dict(value).get(str(one.place), 0.0)
    number: float = getattr(value, str(one.place)) if isinstance(value, Link) else value
    return math.log(max(number, _SMALLEST)) if _is_positive(one) else number


def _put(plain: dict[str, Any], one: Free, number: float) -> None:
    value = math.exp(min(number, 50.0)) if _is_positive(one) else number
    if one.name == "ties":
        plain["ties"][one.place] = max(-0.999, min(0.999, math.tanh(number)))
    elif one.place == "":
        plain[one.name] = value
    else:
        plain[one.name][one.place] = value


def _is_positive(one: Free) -> bool:
    return one.name in _POSITIVE or (one.name in LINKS and one.place != "offset")
