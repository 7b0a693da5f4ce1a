"""The next steps of a leader, proposed by the table out of the cases gathered for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.engine.steps import Case, Step, propose
from earnest.initiatives.models import Participation
from earnest.listening.models import Question
from earnest.promises.models import Promise
from earnest.rhythm import cases
from earnest.rhythm.models import Chosen


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step in words, as Today shows it."""

    key: str
    about: str
    number: int
    practice: str
    section: int
    title: str
    reason: str
    tag: str
    minutes: int
    initiative_id: int
    participation_id: int | None
    rule: str
    initials: str


def steps_for(user: User, *, at: datetime) -> list[Proposed]:
    """Every step proposed to this leader now, promises first. A fixed number of queries."""
    scope = cases.scope_of(user, at=at)
    return _proposed(cases.cases_of(scope), scope)


def step_with(
    participation: Participation,
    promises: Iterable[Promise],
    questions: Iterable[Question],
    *,
    at: datetime,
) -> Proposed | None:
    """The next step with one person, out of what their page has read already."""
    initiative = participation.initiative
    led = {} if initiative.closed_at else {initiative.pk: initiative}
    scope = cases.Scope(participation.held_by, at, led)
    found = cases.cases_with(participation, promises, questions, scope)
    return next(iter(_proposed(found, scope)), None)


def _proposed(found: Iterable[Case], scope: cases.Scope) -> list[Proposed]:
    steps = propose(found)
    hidden = _hidden(scope, [step.key for step in steps])
    return [_in_words(step) for step in steps if step.key not in hidden]


def _hidden(scope: cases.Scope, keys: list[str]) -> set[str]:
    """Steps put off until later, or dismissed: the last choice counts."""
    chosen = Chosen.objects.filter(user=scope.user, step__in=keys).order_by("at", "pk")
    last = dict(chosen.values_list("step", "until"))
    return {key for key, until in last.items() if until is None or until > scope.today}


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def _in_words(step: Step) -> Proposed:
    words = step.case.words
    participation = words["participation"]
    return Proposed(
        key=step.key,
        about=step.case.about,
        number=step.case.key,
        rule=step.rule.name,
        practice=step.rule.practice,
        section=step.rule.section,
        title=_(step.rule.title).format(**words),
        reason=_(step.rule.reason).format(**words),
        tag=_(step.rule.tag).format(**words) if step.rule.tag else "",
        minutes=step.rule.minutes,
        initiative_id=int(words["initiative"]),
        participation_id=int(participation) if participation else None,
        initials=_initials(words.get("whole_name") or words["name"]),
    )
