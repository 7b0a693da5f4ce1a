"""One person's estimate in words, with its reasons: the same for their leads and for them.

A file of its own beside ``record.py``: it joins the stored state, the record and the engine, which
loads NumPy and is imported only where somebody's estimate is shown (privacy.md 3 and 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from earnest.checkins.models import Condition
from earnest.initiatives.models import Participation
from earnest.pages.charts import chances
from earnest.pages.charts.chances import Moment, Picture
from earnest.pages.reasons import evidence_in_words
from earnest.standing.actions import NOT_RIGHT
from earnest.standing.models import Evidence

if TYPE_CHECKING:
    from earnest.engine import belief as engine

LABELS = {
    Condition.UNDERSTANDS: gettext_lazy("Knows what is asked"),
    Condition.MATTERS: gettext_lazy("Why it matters"),
    Condition.DOABLE: gettext_lazy("Realistic, worth it"),
    Condition.OWNS: gettext_lazy("Theirs too"),
}
WORDS = {
    "clear": gettext_lazy("clear"),
    "likely": gettext_lazy("likely"),
    "ask": gettext_lazy("ask"),
    "unknown": gettext_lazy("not known"),
}
FIRST = {  # what fits the step still open (2.4)
    Condition.UNDERSTANDS: gettext_lazy("what is asked, said more clearly and in one sentence"),
    Condition.MATTERS: gettext_lazy("their own goals, and what of this serves them"),
    Condition.DOABLE: gettext_lazy("how they would make it work, or a smaller try"),
    Condition.OWNS: gettext_lazy("a part of it that is shaped together"),
}
WIDTH, DOT = 300, 6  # of a bar, and of what stands for what they said
HARDLY, LITTLE, MUCH = 0.03, 0.15, 0.5  # changes of the log-odds
ROWS = 40  # of the table behind the picture
FRACTIONS = (  # up to a chance, in words
    (0.075, gettext_lazy("about 1 in 20")),
    (0.15, gettext_lazy("about 1 in 10")),
    (0.225, gettext_lazy("about 1 in 5")),
    (0.29, gettext_lazy("about 1 in 4")),
    (0.365, gettext_lazy("about 1 in 3")),
    (0.45, gettext_lazy("about 2 in 5")),
    (0.55, gettext_lazy("about 1 in 2")),
    (0.635, gettext_lazy("about 3 in 5")),
    (0.71, gettext_lazy("about 2 in 3")),
    (0.775, gettext_lazy("about 3 in 4")),
    (0.85, gettext_lazy("about 4 in 5")),
    (0.925, gettext_lazy("about 9 in 10")),
    (1.0, gettext_lazy("about 19 in 20")),
)


@dataclass(frozen=True, slots=True)
class Supported:
    """One of the four: what words and deeds together support, and what they said last."""

    name: str
    label: str
    percent: int
    said: int | None  # 1 to 5
    word: str
    is_open: bool

    @property
    def fill(self) -> int:
        return self.percent * WIDTH // 100

    @property
    def dot(self) -> float | None:
        if self.said is None:
            return None
        return DOT + (self.said - 1) / 4 * (WIDTH - 2 * DOT)

    @property
    def in_words(self) -> str:
        known = {"label": self.label, "percent": self.percent, "said": self.said}
        if self.said is None:
            return _("%(label)s: supported %(percent)d in 100; nothing said yet") % known
        return _("%(label)s: supported %(percent)d in 100; said %(said)d of 5") % known


@dataclass(frozen=True, slots=True)
class Reason:
    """Something said or done, and what it did to the chance."""

    row: Evidence
    text: str
    effect: str
    change: float


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Something they said is not right: it counts no more."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Because:
    """Where everybody begins, each reason, what time did, and what it comes to: a sum, in log-odds."""

    start: float
    reasons: list[Reason]
    drift: float
    total: float


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of the next agreed step, in words first."""

    words: str
    low_words: str
    high_words: str
    percent: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that is estimated of a person."""

    conditions: list[Supported]
    chance: Chance
    because: Because
    picture: Picture | None
    history: list[Moment]
    weakest: str  # the step to ask about first; empty where none is open

    @property
    def open_steps(self) -> int:
        return sum(one.is_open for one in self.conditions)

    @property
    def anything_said(self) -> bool:
        return any(one.said for one in self.conditions)

    @property
    def first(self) -> str:
        """What to talk about first; empty where no step stands out."""
        return str(FIRST[Condition(self.weakest)]) if self.weakest else ""

    @property
    def title(self) -> str:
        if not self.open_steps:
            return _("No step stands out as open")
        if not self.weakest:
            return _("Something is still open: ask what")
        return ngettext("One step still open", "%(count)d steps still open", self.open_steps) % {
            "count": self.open_steps
        }


@dataclass(frozen=True, slots=True)
class Estimate:
    """What stands on the card while the workspace has it on. ``known`` None: too little is known.

    That somebody said "do not estimate me", or reports to a lead, is the same None.
    """

    known: Known | None
    taken_out: list[TakenOut]


def estimate_of(
    participation: Participation, record: Sequence[Evidence], *, at: datetime
) -> Estimate | None:
    """None while it is off. ``record`` says of each row whether an estimate may be shown."""
    if not participation.initiative.workspace.estimates:
        return None
    shown = any(getattr(row, "is_estimated", False) for row in record)
    known = _known(participation, record, at) if shown else None
    return Estimate(known, _taken_out(record))


def _known(participation: Participation, record: Sequence[Evidence], at: datetime) -> Known:
    from earnest.standing import estimating  # noqa: PLC0415  (it loads NumPy)

    read = estimating.read_anew(record, estimating.parameters_of(participation), at=at)
    rows = [row for row in record if row.id in read.standing]
    history = [Moment(one.at, one.value, one.low, one.high) for one in read.history]
    return Known(
        conditions=[_supported(one, rows) for one in read.conditions],
        chance=_chance(read.chance),
        because=_because(read.because, read.rows),
        picture=chances.picture_of(history),
        history=_latest(history),
        weakest=estimating.open_step(read.conditions),
    )


def _supported(one: engine.Condition, rows: Sequence[Evidence]) -> Supported:
    said = [row.value for row in rows if row.kind == Evidence.Kind.SAID and row.item == one.name]
    return Supported(
        name=one.name,
        label=str(LABELS[Condition(one.name)]),
        percent=round(100 * one.supported),
        said=said[-1] if said else None,
        word=str(WORDS[one.word]),
        is_open=one.word == "ask",
    )


def _chance(one: engine.Chance) -> Chance:
    return Chance(
        words=about(one.value),
        low_words=about(one.low),
        high_words=about(one.high),
        percent=round(100 * one.value),
        low=round(100 * one.low),
        high=round(100 * one.high),
    )


def about(chance: float) -> str:
    """A chance as people say it."""
    return str(next(words for upto, words in FRACTIONS if chance <= upto))


def _because(why: engine.Because, rows: Sequence[Evidence]) -> Because:
    """Rounded so that what is shown adds up: what rounding leaves goes with the time."""
    reasons = [
        Reason(row, evidence_in_words(row), _effect(part.change), round(part.change, 2))
        for part, row in zip(why.parts, rows, strict=True)
    ]
    start, total = round(why.prior, 2), round(why.total, 2)
    drift = round(total - start - sum(one.change for one in reasons), 2)
    return Because(start, reasons[::-1], drift, total)


def _taken_out(record: Sequence[Evidence]) -> list[TakenOut]:
    """The latest first: a fact of the record, the same whether anything is estimated or not."""
    whole = {row.id: row for row in record}
    back = [row for row in record if row.source == NOT_RIGHT and row.corrects in whole]
    rows = [whole[row.corrects] for row in reversed(back) if row.corrects]
    return [TakenOut(row.at, evidence_in_words(row)) for row in rows]


def _effect(change: float) -> str:
    size = abs(change)
    if size < HARDLY:
        return _("hardly any difference")
    if change > 0:
        return [_("a little more likely"), _("more likely"), _("much more likely")][_step(size)]
    return [_("a little less likely"), _("less likely"), _("much less likely")][_step(size)]


def _step(size: float) -> int:
    return (size >= LITTLE) + (size >= MUCH)


def _latest(history: list[Moment]) -> list[Moment]:
    """For the table: the latest first."""
    return history[::-1][:ROWS]


def estimated(estimate: Estimate | None) -> dict[str, Any]:
    """The same to take along: for the person alone."""
    if estimate is None or estimate.known is None:
        return {}
    known = estimate.known
    return {
        "estimate": {
            "chance_of_the_next_step": known.chance.percent,
            "at_least": known.chance.low,
            "at_most": known.chance.high,
            "open_steps": [
                {"condition": one.label, "supported": one.percent, "said": one.said}
                for one in known.conditions
            ],
            "because": [
                {"words": one.text, "at": one.row.at, "effect": one.effect, "change": one.change}
                for one in known.because.reasons
            ],
        }
    }
