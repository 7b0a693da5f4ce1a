"""Parameters as a vector without bounds, for the fit: what is positive by its logarithm, ties by atanh.

A weight that is 0 in the shipped defaults is no parameter (deeds are not polite): it stays 0. Beside
each stands its ``spread``: how far from the shipped number, as one standard deviation, a population may
well lie.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from earnest.engine.belief.params import DEFAULTS, LINKS, Deed, Link, Params
from earnest.engine.belief.probit import Floats

_LEAST, _MOST = 1e-6, 1e8  # of what is positive


class _Shape(NamedTuple):
    """From a number to the vector, and back."""

    loosen: Callable[[float], float]
    tighten: Callable[[float], float]


_PLAIN: Final = _Shape(float, float)
_POSITIVE: Final = _Shape(
    lambda number: math.log(max(number, _LEAST)),
    lambda free: min(max(math.exp(min(free, 50.0)), _LEAST), _MOST),
)
_TIE: Final = _Shape(math.atanh, lambda free: min(max(math.tanh(free), -0.999), 0.999))
_SHARE: Final = _Shape(
    lambda share: math.log(share / (1.0 - share)),
    lambda free: 1.0 / (1.0 + math.exp(min(max(-free, 0.0), 14.0))),
)
_GAP: Final = _Shape(_POSITIVE.loosen, lambda free: max(_POSITIVE.tighten(free), 0.002))


class Free(NamedTuple):
    """One number of the vector: the way to it in ``Params.as_dict``, its shape, and its spread."""

    way: tuple[str | int, ...]
    shape: _Shape
    spread: float


def free_numbers(sorts: Iterable[str], frozen: Iterable[str] = ()) -> tuple[Free, ...]:
    """The vector's numbers for these sorts of deeds; ``frozen`` kinds of evidence stay as they are."""
    kinds = [kind for kind in LINKS if kind not in frozenset(frozen)]
    return (
        Free(("tau",), _POSITIVE, 0.8),
        Free(("tau_busy",), _POSITIVE, 0.8),
        Free(("trend",), _PLAIN, 0.7),
        Free(("mood",), _PLAIN, 0.4),
        Free(("done",), _POSITIVE, 0.8),
        Free(("missed",), _POSITIVE, 0.8),
        Free(("slip",), _SHARE, 0.7),
        Free(("stray",), _SHARE, 0.7),
        *(Free(("ties", number), _TIE, 0.35) for number in range(5)),
        Free(("cutpoints", 0), _PLAIN, 0.5),
        *(Free(("cutpoints", number), _GAP, 0.25) for number in range(1, 4)),
        *(Free(("ease", number), _PLAIN, 0.3) for number in range(4)),
        *(free for kind in kinds for free in _of_link(kind)),
        *(Free(("sorts", sort, "ease"), _PLAIN, 0.7) for sort in sorts),
        *(Free(("sorts", sort, "weight"), _POSITIVE, 0.25) for sort in sorts),
    )


_OF_OFFSET: Final = 1.0
_OF_WEIGHT: Final = {
    "condition": 0.4,
    "passing": 0.4,
    "lasting": 0.5,
    "politeness": 0.4,
    "busy": 0.4,
}


def _of_link(kind: str) -> list[Free]:
    link: Link = getattr(DEFAULTS, kind)
    offset = (
        [] if kind == "said" else [Free((kind, "offset"), _PLAIN, _OF_OFFSET)]
    )  # ``ease`` is that
    weights = {part: weight for part, weight in link._asdict().items() if part in _OF_WEIGHT}
    return offset + [
        Free((kind, part), _POSITIVE, _OF_WEIGHT[part])
        for part, weight in weights.items()
        if weight
    ]


def spreads(free: Iterable[Free]) -> Floats:
    """The standard deviations of the prior."""
    return np.array([one.spread for one in free])


def to_vector(params: Params, free: Sequence[Free]) -> Floats:
    """The free numbers of these parameters."""
    plain = _open(params, free)
    return np.array([one.shape.loosen(_holder(plain, one)[one.way[-1]]) for one in free])


def from_vector(vector: Floats, free: Sequence[Free], rest: Params) -> Params:
    """Parameters with these free numbers; what is not free is as in ``rest``."""
    plain = _open(rest, free)
    for one, number in zip(free, vector.tolist(), strict=True):
        _holder(plain, one)[one.way[-1]] = one.shape.tighten(number)
    plain["cutpoints"] = np.cumsum(plain["cutpoints"]).tolist()
    return Params.from_dict(plain)


def _open(params: Params, free: Iterable[Free]) -> dict[str, Any]:
    """The parameters as a tree, cutpoints by their distances, with every sort of deed in it."""
    plain = params.as_dict()
    plain["cutpoints"] = [params.cutpoints[0], *np.diff(params.cutpoints).tolist()]
    for one in free:
        if one.way[0] == "sorts":
            plain["sorts"].setdefault(one.way[1], Deed()._asdict())
    return plain


def _holder(plain: dict[str, Any], one: Free) -> Any:
    """What holds the number: the tree itself, or a branch of it."""
    holder: Any = plain
    for step in one.way[:-1]:
        holder = holder[step]
    return holder
