"""What the belief takes for granted: one frozen set of numbers, shipped or fitted.

The state of a person x ∈ R⁸ is in units of the population: mean 0 and variance 1 before anything is
known, so that every weight below says how much one standard deviation of a part is worth in units of
the noise of one answer or deed.

    0–3  the four conditions        pass: Ornstein–Uhlenbeck with time constant τ
    4    passing commitment         pass, likewise
    5    lasting commitment         stays: how this person usually is
    6    politeness                 stays: how much kinder words are than deeds
    7    busy                       passes, with a time constant of its own: misses and silences that
                                    are not unwillingness

The five that pass share one common factor: corr(x_i, x_j) = t_i t_j (``ties``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple, Self

import numpy as np

SIZE: Final = 8
PASSING, LASTING, POLITENESS, BUSY = 4, 5, 6, 7
MOVING: Final = range(5)  # the parts that pass together


class BadParams(ValueError):
    """Numbers that cannot be parameters; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Link(NamedTuple):
    """How one kind of evidence depends on a person: a score with unit normal noise.

    score = offset + condition·x_k + passing·x₄ + lasting·x₅ + politeness·x₆ − busy·x₇;
    a yes is score > 0; an answer is the interval between cutpoints that the score falls into.
    """

    offset: float = 0.0
    condition: float = 0.0
    passing: float = 0.0
    lasting: float = 0.0
    politeness: float = 0.0
    busy: float = 0.0


class Deed(NamedTuple):
    """How one sort of deed differs from the others: how much easier, and how much it tells."""

    ease: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Params:
    """Everything learned about a population; see the module for the state.

    ``tau``: days until a passing part is 1/e of what it was. ``trend``: where passing commitment
    drifts to since the first contact, ``mood`` the same for the conditions (both from 0, in standard
    deviations). ``done`` and ``missed``: how much a deed raises passing commitment and a missed one
    lowers it, beyond what they tell, were they wholly unexpected (≥ 0). ``tau_busy``: as ``tau``, for
    busy. ``slip``: how often a deed, a yes or a no follows no score but chance (somebody willing
    forgot), ``stray`` the same of answers. ``ease`` shifts the answers on each condition; ``sorts``: how
    each sort of deed differs from ``did``, which stands for sorts never seen.
    """

    tau: float
    tau_busy: float
    trend: float
    mood: float
    done: float
    missed: float
    slip: float
    stray: float
    ties: tuple[float, ...]  # (5,)
    cutpoints: tuple[float, ...]  # (4,)
    ease: tuple[float, ...]  # (4,)
    said: Link
    nodded: Link
    agreed: Link
    silent: Link
    did: Link
    sorts: tuple[tuple[str, Deed], ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    def as_dict(self) -> dict[str, Any]:
        """Plain lists, dicts and numbers, fit for JSON."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        for name, value in plain.items():
            if isinstance(value, Link):
                plain[name] = value._asdict()
            elif name == "sorts":
                plain[name] = {sort: deed._asdict() for sort, deed in value}
            elif isinstance(value, tuple):
                plain[name] = list(value)
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Read ``as_dict`` back; raises BadParams for a name unknown or missing, or no number."""
        known = {one.name for one in fields(cls)}
        if wrong := sorted(known ^ set(plain)):
            raise BadParams(f"Unknown or missing: {', '.join(wrong)}.")
        try:
            return cls(**{name: _read(name, value) for name, value in plain.items()})
        except BadParams:
            raise
        except (TypeError, ValueError, AttributeError) as error:
            raise BadParams(f"Not a set of parameters: {error}.") from error


LINKS: Final = ("said", "nodded", "agreed", "silent", "did")


def _read(name: str, value: Any) -> Any:
    if name in LINKS:
        return Link(**{part: float(number) for part, number in value.items()})
    if name == "sorts":
        return tuple(sorted((str(sort), _read_deed(deed)) for sort, deed in value.items()))
    if isinstance(value, list | tuple):
        return tuple(float(number) for number in value)
    return float(value)


def _read_deed(deed: Mapping[str, Any]) -> Deed:
    return Deed(**{part: float(number) for part, number in deed.items()})


def _numbers(params: Params) -> list[float]:
    found: list[float] = []
    for one in fields(params):
        value = getattr(params, one.name)
        if one.name == "sorts":
            found += [number for _, deed in value for number in deed]
        else:
            found += value if isinstance(value, tuple) else [value]
    return found


def _check(params: Params) -> None:
    """Raise BadParams with the first sentence that is not true."""
    for holds, sentence in (
        (all(map(math.isfinite, _numbers(params))), "Every parameter is a finite number."),
        (
            [len(params.ties), len(params.cutpoints), len(params.ease)] == [5, 4, 4],
            "There are five ties, four cutpoints and an ease for each condition.",
        ),
        (min(params.tau, params.tau_busy) > 0, "Time constants are above 0."),
        (
            all(0 < share < 1 for share in (params.slip, params.stray)),
            "Between none and all of what happens is chance.",
        ),
        (min(params.done, params.missed) >= 0, "A deed lowers nothing and a miss raises nothing."),
        (min(np.diff(params.cutpoints), default=0.0) >= 1e-3, "Cutpoints rise."),
        (all(abs(tie) < 1 for tie in params.ties), "A tie lies between −1 and 1."),
        (all(deed.weight >= 0 for _, deed in params.sorts), "No deed tells the contrary."),
        (params.did.politeness == params.did.condition == 0, "Deeds are not polite."),
        (
            all(min(getattr(params, name)[1:]) >= 0 for name in LINKS),
            "No weight of a kind of evidence is below 0.",
        ),
    ):
        if not holds:
            raise BadParams(sentence)


# Reasoned, and rounded from fits to nine simulated populations of other kinds (hidden states, thresholds,
# habits, panels over years, fatigue, weakest links, teams that pull, deeds alone). A yes in words is
# worth about what intention is known to be worth: r = .53 (Sheeran 2002, 422 studies).
DEFAULTS: Final = Params(
    tau=110.0,
    tau_busy=40.0,
    trend=-0.2,
    mood=0.0,
    done=0.2,
    missed=0.15,
    slip=0.04,
    stray=0.04,
    ties=(0.8, 0.8, 0.8, 0.8, 0.88),
    cutpoints=(-2.3, -1.05, 0.15, 1.45),
    ease=(0.0, 0.0, 0.0, 0.0),
    said=Link(condition=1.0, lasting=0.55, politeness=0.6),
    nodded=Link(offset=0.7, passing=0.45, lasting=0.45, politeness=0.35),
    agreed=Link(offset=0.5, passing=0.4, lasting=0.45, busy=0.2),
    silent=Link(offset=0.5, passing=0.1, lasting=0.2, busy=0.6),
    did=Link(offset=0.0, passing=0.7, lasting=0.75, busy=0.25),
)
