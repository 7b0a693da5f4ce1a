"""Reads the table: the steps for these cases, in the order they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from earnest.engine.steps.cases import Case, Step
from earnest.engine.steps.table import RULES


def propose(cases: Iterable[Case]) -> list[Step]:
    """Return the steps for these cases: by section, then by row, then the longest waiting first.

    Each case gets the first rule that applies to it, and no more: one step a person.
    """
    steps = [step for case in cases if (step := _first(case))]
    order = {rule.name: row for row, rule in enumerate(RULES)}
    return sorted(
        steps,
        key=lambda step: (
            step.rule.section,
            order[step.rule.name],
            step.case.due or date.max,
            step.case.since or date.max,
            step.case.key,
        ),
    )


def _first(case: Case) -> Step | None:
    for rule in RULES:
        if rule.about == case.about and rule.applies(case):
            return Step(rule, case)
    return None
