"""The sentence a person reads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: what changed in whom since when, and in which words to say it."""

    start: date
    treated: str
    unit: str = ""
    better: Literal["up", "down"] = "up"
    what: str = ""
    level: float = 0.9


def digits_for(width: float) -> int:
    """As many decimals as tell two signs of the interval's width."""
    return 0 if not width else min(6, max(0, 1 - math.floor(math.log10(abs(width)))))


def number(value: float, digits: int) -> str:
    said = f"{abs(value):.{digits}f}"
    return f"−{said}" if value < 0 and float(said) else said


def signed(value: float, digits: int) -> str:
    said = number(value, digits)
    return f"+{said}" if value > 0 and float(number(value, digits)) else said
