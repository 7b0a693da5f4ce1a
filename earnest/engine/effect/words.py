"""The sentence a person reads."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

from earnest.engine.effect.found import Found

MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: what changed in whom since when, and in which words to say it."""

    start: date
    treated: str
    unit: str = ""
    better: Literal["up", "down"] = "up"
    what: str = ""
    level: float = 0.9


@dataclass(frozen=True, slots=True)
class Words:
    """How one effect is said: its unit, and as many decimals as its interval is worth."""

    asked: Question
    of_shares: bool
    width: float

    @property
    def unit(self) -> str:
        return "%" if self.of_shares else self.asked.unit.strip()

    @property
    def points(self) -> str:
        """What a change is counted in."""
        return "points" if self.unit == "%" else self.unit

    def number(self, value: float) -> str:
        decimals = decimals_for(self.width)
        said = f"{abs(value):.2e}" if decimals > MOST_DECIMALS else f"{abs(value):,.{decimals}f}"
        nothing = not any(one in "123456789" for one in said)
        return f"−{said}" if value < 0 and not nothing else said

    def signed(self, value: float) -> str:
        said = self.number(value)
        above = value > 0 and any(one in "123456789" for one in said)
        return f"+{said}" if above else said

    def with_unit(self, value: float) -> str:
        return f"{self.number(value)} {self.unit}".rstrip()

    def so_far(self, found: Found) -> str:
        """“61 % of requests, 34 % before; the comparison moved from 35 to 37; likely …”"""
        means = found.means
        what = self.asked.what if self.asked.what.strip() else "since"
        said = [f"{self.with_unit(means.after)} {what}, {self.with_unit(means.before)} before"]
        if found.expected is not None:
            said.append(f"going on as before would have led to {self.number(found.expected)}")
        if means.comparison_before is not None and means.comparison_after is not None:
            ends = self.number(means.comparison_before), self.number(means.comparison_after)
            said.append(f"the comparison moved from {ends[0]} to {ends[1]}")
        if found.low is not None and found.high is not None:
            ends = self.signed(found.low), self.signed(found.high)
            said.append(f"likely between {ends[0]} and {ends[1]} {self.points}".rstrip())
        return "; ".join(said)

    def why_not(self, found: Found) -> str:
        """Why it is too early; empty where it is not."""
        if found.too_few:
            return found.too_few
        if found.low is None or found.high is None:
            return "there are too few readings to know how much they vary by themselves"
        if found.low > 0 or found.high < 0:
            return ""
        up, down = found.high, -found.low
        better, worse = (up, down) if self.asked.better == "up" else (down, up)
        good, bad = (f"{self.number(one)} {self.points}".rstrip() for one in (better, worse))
        return f"it may be better by up to {good}, and it may be worse by up to {bad}"


def decimals_for(width: float) -> int:
    """As many as tell two signs of the width: 16 → 0, 3.2 → 1."""
    return max(0, 1 - math.floor(math.log10(width))) if width > 0 else 0


def words_for(asked: Question, found: Found, *, of_shares: bool) -> Words:
    if found.low is not None and found.high is not None:
        return Words(asked, of_shares, found.high - found.low)
    largest = max(abs(found.means.before), abs(found.means.after))
    return Words(asked, of_shares, largest / 2)
