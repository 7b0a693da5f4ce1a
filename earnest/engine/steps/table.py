"""The next step, by rules anyone can read: one row a rule, with its practice and its reason.

A rule looks at one *case* (a promise, a person, a question, …) and either applies or does not.
To add a rule, add a row and its test in tests/test_steps.py; the words are message ids, translated
where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum


class Section(IntEnum):
    """Promises first, then the rest."""

    PROMISED = 1
    TALK = 2
    PREPARE = 3


@dataclass(frozen=True, slots=True)
class Case:
    """Something that may call for a step.

    ``about`` is promise, question, referral, person, commission, run_up or notes; ``key`` its
    number. ``due`` is the day it falls on, in the workspace's calendar, ``since`` the day it began.
    ``marks`` are plain facts such as "ours", "asked", "untold", "unheard", "affected", "fading".
    """

    about: str
    key: int
    today: date
    due: date | None = None
    since: date | None = None
    marks: frozenset[str] = frozenset()
    words: dict[str, str] = field(default_factory=dict)

    def days_over(self) -> int:
        """Days since it was due; negative before, 0 without a date."""
        return (self.today - self.due).days if self.due else 0

    def days_since(self) -> int:
        return (self.today - self.since).days if self.since else 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when it applies, what it proposes, why, and how many minutes it takes."""

    name: str
    practice: str
    section: Section
    about: str
    applies: Callable[[Case], bool]
    minutes: int
    title: str
    reason: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A proposed step: the rule that proposes it, and the case it is about."""

    rule: Rule
    case: Case

    @property
    def key(self) -> str:
        """Names this step for what is chosen about it; with another date it is chosen anew."""
        return f"{self.rule.name}:{self.case.about}:{self.case.key}"


def _(message: str) -> str:
    """Marks a message for translation; the engine itself knows no language."""
    return message


SOON = timedelta(days=2)
A_WEEK = 7
CONDITION_WAITS = 21  # days between one look at a condition and the next


def _ours(case: Case) -> bool:
    return "ours" in case.marks


def _due_today(case: Case) -> bool:
    return _ours(case) and case.due == case.today


def _late(case: Case) -> bool:
    return _ours(case) and case.days_over() > 0 and "asked" not in case.marks


def _late_and_asked(case: Case) -> bool:
    return _ours(case) and case.days_over() > 0 and "asked" in case.marks


def _due_soon(case: Case) -> bool:
    return _ours(case) and case.due is not None and case.today < case.due <= case.today + SOON


def _moved_untold(case: Case) -> bool:
    return "untold" in case.marks


def _theirs_without_word(case: Case) -> bool:
    return "theirs" in case.marks and "asked" in case.marks


def _fresh_promise(case: Case) -> bool:
    return _ours(case) and case.days_since() == 0 and (case.due or case.today) > case.today + SOON


def _has_it_happened(case: Case) -> bool:
    waited = "decided" in case.marks or case.days_since() >= CONDITION_WAITS
    return _ours(case) and "conditional" in case.marks and waited


def _always(_case: Case) -> bool:
    return True


def _fading(case: Case) -> bool:
    return "fading" in case.marks


def _no_chance(case: Case) -> bool:
    return "no_chance" in case.marks


def _unheard(case: Case) -> bool:
    return "unheard" in case.marks and "no_chance" not in case.marks


def _nodded_a_week_ago(case: Case) -> bool:
    return "nodded" in case.marks and case.days_since() >= A_WEEK


def _no_commission(case: Case) -> bool:
    return "missing" in case.marks


def _commission_unheard(case: Case) -> bool:
    return "missing" not in case.marks


def _run_up_due(case: Case) -> bool:
    return case.days_over() >= 0


RULES: tuple[Rule, ...] = (
    Rule(
        "promise-late",
        "2.17",
        Section.PROMISED,
        "promise",
        _late,
        5,
        _("{words}"),
        _("You promised {name}. Keep it today, or move it and say so."),
        _("was due {due}"),
    ),
    Rule(
        "promise-today",
        "2.17",
        Section.PROMISED,
        "promise",
        _due_today,
        5,
        _("{words}"),
        _("You promised {name} on {made}."),
        _("due today"),
    ),
    Rule(
        "promise-how",
        "2.17",
        Section.PROMISED,
        "promise",
        _late_and_asked,
        1,
        _("How did it go: {words}"),
        _("It was due {due}, for {name}. Kept, moved, or let go: any word is better than none."),
        _("no word yet"),
    ),
    Rule(
        "promise-tell",
        "2.18",
        Section.PROMISED,
        "promise",
        _moved_untold,
        2,
        _("Tell {name} the new date: {words}"),
        _("You moved it to {due}. A date moved is fine when the other side knows."),
        _("moved, not told"),
    ),
    Rule(
        "question-owed",
        "3.9",
        Section.PROMISED,
        "question",
        _always,
        3,
        _("Answer {name}: {words}"),
        _("Asked on {since}. You owe an answer, even if it is “I do not know yet”."),
        _("an answer owed"),
    ),
    Rule(
        "promise-soon",
        "2.17",
        Section.PROMISED,
        "promise",
        _due_soon,
        5,
        _("{words}"),
        _("You promised {name} on {made}."),
        _("by {due}"),
    ),
    Rule(
        "promise-made",
        "2.17",
        Section.PROMISED,
        "promise",
        _fresh_promise,
        1,
        _("{words}"),
        _("Your promise to {name}, written down today. It comes back here in time."),
        _("by {due}"),
    ),
    Rule(
        "promise-condition",
        "2.17",
        Section.PROMISED,
        "promise",
        _has_it_happened,
        2,
        _("Has it happened: {condition}?"),
        _("You promised {name} on {made}, for when it does: {words}"),
        _("promised for then"),
    ),
    Rule(
        "notes-found",
        "2.17",
        Section.PREPARE,
        "notes",
        _always,
        3,
        _("Look through what was found in your notes of {since}"),
        _("Promises and needs wait there, to take, change or leave."),
    ),
    Rule(
        "commission-missing",
        "3.2",
        Section.PREPARE,
        "commission",
        _no_commission,
        2,
        _("Write down who asked for this, and what they will give"),
        _("“{title}” has nobody yet who asked for it. The first talk is with them."),
    ),
    Rule(
        "commission-talk",
        "2.13",
        Section.TALK,
        "commission",
        _commission_unheard,
        15,
        _("Talk with {name}, who asked for this"),
        _("Which problem is it to solve, and what will they give? Listen before you plan."),
    ),
    Rule(
        "theirs-without-word",
        "2.17",
        Section.TALK,
        "promise",
        _theirs_without_word,
        2,
        _("Ask {name} how it went: {words}"),
        _("It was due {due} and there is no word. Nothing is assumed; ask once, neutrally."),
        _("no word yet"),
    ),
    Rule(
        "fading",
        "4.2",
        Section.TALK,
        "person",
        _fading,
        15,
        _("Listen to {name}: what changed?"),
        _("They did it before, and lately not. More reasons will not help; listening might."),
        _("fading"),
    ),
    Rule(
        "referral",
        "2.21",
        Section.TALK,
        "referral",
        _always,
        15,
        _("Speak with {name}"),
        _("Named by {named_by} on {since}. {why}"),
    ),
    Rule(
        "unheard",
        "1.4",
        Section.TALK,
        "person",
        _unheard,
        15,
        _("Hear {name} before anything is asked of them"),
        _("{name} is on “{title}” and was not heard yet. Only ask; the plan can wait."),
        _("not heard yet"),
    ),
    Rule(
        "one-small-step",
        "3.5",
        Section.TALK,
        "person",
        _nodded_a_week_ago,
        10,
        _("Ask {name} for one small step, with a date"),
        _("They said yes on {since}. A nod is not yet a commitment; a small dated step shows."),
        _("said yes"),
    ),
    Rule(
        "no-chance",
        "0.2",
        Section.TALK,
        "person",
        _no_chance,
        10,
        _("Look for a chance for {name} to try it"),
        _("Their work gave no occasion yet. That is no resistance: it asks for a chance."),
        _("no chance yet"),
    ),
    Rule(
        "run-up",
        "1.5",
        Section.PREPARE,
        "run_up",
        _run_up_due,
        10,
        _("Tell {name}: {words}"),
        _("Your run-up has them hear it on {due}, before the launch."),
    ),
)


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
