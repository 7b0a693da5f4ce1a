"""What a step is proposed for, and what a row of the table says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum


class Section(IntEnum):
    """What came up now, for it passes; then promises, what others wait for, and the rest."""

    MOMENT = 0
    PROMISED = 1
    WAITING = 2
    TALK = 3
    PREPARE = 4


@dataclass(frozen=True, slots=True)
class Case:
    """Something that may call for a step.

    ``about`` is promise, question, referral, person, invitation, talk, written, recap, message,
    commission, large, run_up or notes; ``key`` its number. ``due`` is the day it falls on, in the
    workspace's calendar, ``since`` the day it began, ``contact`` that of the last real contact,
    either way, ``word_after`` how many days after that a word is due (None: never). ``marks`` are plain facts such as "ours", "asked", "untold", "unheard", "fading".
    """

    about: str
    key: int
    today: date
    due: date | None = None
    since: date | None = None
    contact: date | None = None
    word_after: int | None = None
    marks: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)
    weakest: str = ""  # the condition still open, where it is estimated and known

    def days_over(self) -> int:
        """Days since it was due; negative before, 0 without a date."""
        return (self.today - self.due).days if self.due else 0

    def days_since(self) -> int:
        return (self.today - self.since).days if self.since else 0

    def days_without_word(self) -> int:
        """Days since the last real contact; 0 where there was none to count from."""
        return (self.today - self.contact).days if self.contact else 0


@dataclass(frozen=True, slots=True)
class Open:
    """What a row proposes instead, and why, where one condition is known to be still open."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when it applies, what it proposes, why, and how many minutes it takes.

    ``opens`` is the column for an estimate: other words for each condition still open.
    """

    name: str
    practice: str
    section: Section
    about: str
    applies: Callable[[Case], bool]
    minutes: int
    title: str
    reason: str
    tag: str = ""
    opens: Mapping[str, Open] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A proposed step: the rule that proposes it, and the case it is about."""

    rule: Rule
    case: Case

    @property
    def key(self) -> str:
        """Names this step for what is chosen about it; with another date it is chosen anew."""
        return f"{self.rule.name}:{self.case.about}:{self.case.key}"

    @property
    def title(self) -> str:
        """The row's, or that for the condition still open."""
        return self._open.title if self._open else self.rule.title

    @property
    def reason(self) -> str:
        return self._open.reason if self._open else self.rule.reason

    @property
    def _open(self) -> Open | None:
        return self.rule.opens.get(self.case.weakest)
