"""Readings before and after → what changed, and how sure that is ("did it help?").

Pure: no Django, no clock, no files; NumPy alone, and that loads only where an effect is worked out.

    shapes      what goes in and out                  ``Reading``, ``Effect``, ``BadReadings``
    find        the whole in one call                 ``find_effect``
    student     Student's t and mixtures of it
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from earnest.engine.effect.shapes import BadReadings, Effect, Reading

__all__ = ["BadReadings", "Effect", "Reading", "find_effect"]


def find_effect(
    readings: Sequence[Reading],
    *,
    start: date,
    treated: str,
    unit: str = "",
    better: Literal["up", "down"] = "up",
    what: str = "",
    level: float = 0.9,
) -> Effect:
    """What changed in ``treated`` on and after ``start``, compared with the other groups there are.

    ``unit`` and ``what`` are words of the sentence ("days", "of requests had one owner within a day");
    ``better`` says which way is the good one; ``level`` is the chance that the interval holds the truth.
    Raises BadReadings for what is no number or no share.
    """
    from earnest.engine.effect.find import find  # noqa: PLC0415 -- NumPy loads here
    from earnest.engine.effect.words import Question  # noqa: PLC0415

    return find(readings, Question(start, treated, unit, better, what, level))
