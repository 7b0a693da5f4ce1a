"""Said and done → where a person stands.

Two readings, kept apart: the ladder (``engine/ladder.py``) is fact, a rule over the record; the belief is
an estimate, with its interval and its reasons. Pure: no Django, no clock, no I/O.
"""

from earnest.engine.belief.events import (
    CONDITIONS,
    KINDS,
    BadEvent,
    Event,
    check,
    in_order,
)
from earnest.engine.belief.explain import Because, Part, because
from earnest.engine.belief.filter import State, Taken, at_moment, prior, take_in
from earnest.engine.belief.fit import Fit, Progress, fit
from earnest.engine.belief.many import Filtered, filter_many
from earnest.engine.belief.params import DEFAULTS, BadParams, Link, Params
from earnest.engine.belief.reading import (
    Chance,
    Condition,
    chance,
    conditions,
    least_met,
    log_odds,
    weakest,
)
from earnest.engine.belief.record import Arranged, Columns, Record, Sort, arrange
from earnest.engine.belief.smooth import Smoothed, smooth

__all__ = [
    "CONDITIONS",
    "DEFAULTS",
    "KINDS",
    "Arranged",
    "BadEvent",
    "BadParams",
    "Because",
    "Chance",
    "Columns",
    "Condition",
    "Event",
    "Filtered",
    "Fit",
    "Link",
    "Params",
    "Part",
    "Progress",
    "Record",
    "Smoothed",
    "Sort",
    "State",
    "Taken",
    "arrange",
    "at_moment",
    "because",
    "chance",
    "check",
    "conditions",
    "filter_many",
    "fit",
    "in_order",
    "least_met",
    "log_odds",
    "prior",
    "smooth",
    "take_in",
    "weakest",
]
