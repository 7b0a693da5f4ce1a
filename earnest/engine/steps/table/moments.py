"""The moment somebody needs what was taught: before all others, for it passes (0.8, 0.11)."""

from __future__ import annotations

from earnest.engine.steps import conditions as when
from earnest.engine.steps.cases import Rule, Section
from earnest.engine.steps.table.words import _

MOMENTS: tuple[Rule, ...] = (
    Rule(
        "moment-came",
        "0.8",
        Section.MOMENT,
        "momentseen",
        when.always,
        3,
        _("The moment for {name}: {words}"),
        _("It came on {day}: {met}"),
        _("now"),
    ),
)
