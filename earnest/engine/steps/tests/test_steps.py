"""Each row of the table has its case, and a case that it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.engine.steps import RULES, Case, propose

TODAY = date(2026, 11, 20)


def case(
    about: str,
    *marks: str,
    due: int | None = None,
    since: int | None = None,
    contact: int | None = None,
    after: int | None = None,
) -> Case:
    """A case ``due`` so many days from today, begun and last spoken of so many days ago.

    ``after`` says how many days without a word its plan allows.
    """
    return Case(
        about=about,
        key=1,
        today=TODAY,
        due=TODAY + timedelta(days=due) if due is not None else None,
        since=TODAY - timedelta(days=since) if since is not None else None,
        contact=TODAY - timedelta(days=contact) if contact is not None else None,
        word_after=after,
        marks=frozenset(marks),
    )


APPLIES = {
    "promise-late": case("promise", "ours", due=-1, since=9),
    "promise-today": case("promise", "ours", due=0, since=9),
    "promise-how": case("promise", "ours", "asked", due=-4, since=9),
    "promise-tell": case("promise", "ours", "untold", due=9, since=9),
    "question-owed": case("question", since=2),
    "promise-soon": case("promise", "ours", due=2, since=9),
    "promise-made": case("promise", "ours", due=14, since=0),
    "promise-condition": case("promise", "ours", "conditional", since=21),
    "notes-found": case("notes", since=1),
    "commission-missing": case("commission", "missing", since=1),
    "commission-talk": case("commission", since=1),
    "theirs-without-word": case("promise", "theirs", "asked", due=-4),
    "fading": case("person", "fading", since=3),
    "referral": case("referral", since=3),
    "unheard": case("person", "unheard", "briefed", since=3),
    "brief-missing": case("person", "unheard", since=3),
    "no-twice": case("person", "no", "no_twice", since=3),
    "explained-twice": case("person", "nodded", "explained_twice", since=3),
    "word-due": case("person", "heard", since=30, contact=14, after=14),
    "step-open": replace(case("person", "did", "looked_at", since=3), weakest="owns"),
    "agreed-due": case("promise", "theirs", due=0),
    "talk-today": case("invitation", "agreed", since=0),
    "talk-over": case("invitation", "agreed", "over", since=0),
    "called-off": case("invitation", "called_off", since=1),
    "time-proposed": case("invitation", "proposed", since=1),
    "look-back": case("talk", since=0),
    "thread-waits": case("thread", since=0),
    "checkin-answer": case("checkin", since=1),
    "sentences-wait": case("statements"),
    "outcome-owed": case("outcome", since=1),
    "input-waits": case("input", since=3),
    "need-waits": case("need", since=7),
    "chain-untold": case("chain", since=2),
    "chain-answered": case("chain_answered", since=1),
    "gap": case("gap", since=1),
    "publish": case("plan", since=7),
    "step-back-outcome": case("step_back", "stepped", since=1),
    "step-back-tell": case("step_back", "stepped_untold", since=1),
    "news-due": case("news", since=30),
    "story-due": case("story", since=7),
    "session-ended": case("session", since=0),
    "show-again": case("followup"),
    "lesson-nobody": case("lesson"),
    "space-unasked": case("space_unasked", since=1),
    "ideas-wait": case("ideas_wait", since=7),
    "checkin-due": case("checkin_due", since=30),
    "topic-unasked": case("topic_unasked", since=1),
    "groups-named": case("topic_groups", since=1),
    "they-wrote": case("written", since=1),
    "corrected": case("recap", since=1),
    "large-smaller": case("large", since=30),
    "mail-waiting": case("message", "waiting", since=1),
    "mail-unclear": case("message", "unclear", since=1),
    "mail-failed": case("message", "failed", since=1),
    "one-small-step": case("person", "nodded", since=7),
    "no-chance": case("person", "no_chance", "nodded", since=1),
    "run-up": case("run_up", due=0),
}
LEFT_ALONE = [
    case("promise", "ours", due=9, since=9),  # nothing to do yet
    case("promise", "theirs", due=-1),
    case("promise", "ours", "conditional", since=20),  # it may take its time
    case("promise", "theirs", "conditional", "decided", since=90),
    case("person", "nodded", since=6),  # a yes may rest for a week
    case("person", "agreed", since=30),
    case("person", "did", since=300),
    case("person", "no", since=30),  # a no is welcome, and not worked on
    case("person", "heard", since=30),
    case("run_up", due=1),
    case("person", "unheard", "invited", since=3),  # an ask is open: it is their turn
    case("person", "unheard", "briefed", "invited", since=3),
    case("person", "nodded", "invited", since=30, contact=30),
    case("person", "no", "no_twice", "invited", since=3),
    case("person", "nodded", "explained_twice", "invited", since=3),
    case("person", "heard", since=30, contact=13, after=14),
    case("person", "agreed", since=30, contact=20, after=21),
    case("person", "did", since=300, contact=41, after=42),
    case("person", "again", since=300, contact=59, after=60),
    case("person", "no", since=300, contact=300),  # no plan has a word for them
    case("person", "fading", "listened", since=9),  # somebody listened since
    case("person", "did", "looked_at", since=3),  # no step is known to be open
    replace(case("person", "did", since=3), weakest="owns"),  # nobody looks at them
    replace(case("person", "did", "looked_at", "invited"), weakest="owns"),
    replace(case("person", "no", "looked_at", since=3), weakest="owns"),  # a no is welcome
    case("news", since=29),
    case("invitation", "agreed", since=-1),  # tomorrow
    case("input", since=2),  # of these days: it stands in the queue
    case("need", since=6),
    case("plan", since=6),
    case("ideas_wait", since=6),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_row_applies_to_its_case(rule: object) -> None:
    name = getattr(rule, "name", "")
    assert [step.rule.name for step in propose([APPLIES[name]])] == [name]


@pytest.mark.parametrize("quiet", LEFT_ALONE, ids=lambda one: f"{one.about}-{sorted(one.marks)}")
def test_what_needs_nothing_is_left_alone(quiet: Case) -> None:
    assert propose([quiet]) == []


def test_nobody_without_a_chance_is_called_unheard_or_slow() -> None:
    steps = propose([case("person", "unheard", "no_chance", since=30)])
    assert [step.rule.name for step in steps] == ["no-chance"]


def test_promises_come_first_whatever_else_waits() -> None:
    names = [step.rule.name for step in propose(reversed(APPLIES.values()))]
    assert names[0] == "promise-late"
    assert names.index("promise-made") < names.index("commission-talk")


def test_once_it_is_decided_a_condition_is_asked_about_at_once() -> None:
    steps = propose([case("promise", "ours", "conditional", "decided", since=1)])
    assert [step.rule.name for step in steps] == ["promise-condition"]


def test_of_two_late_promises_the_older_comes_first() -> None:
    older, newer = case("promise", "ours", due=-9), case("promise", "ours", due=-2)
    assert [step.case for step in propose([newer, older])] == [older, newer]


def test_every_row_names_its_practice_and_its_reason() -> None:
    assert all(rule.practice and rule.reason and rule.minutes > 0 for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


MARKS = ["ours", "theirs", "asked", "untold", "unheard", "nodded", "no_chance", "fading", "missing"]
MARKS += ["conditional", "decided"]
CASES = st.lists(
    st.builds(
        Case,
        about=st.sampled_from(["promise", "person", "question", "notes", "run_up"]),
        key=st.integers(1, 50),
        today=st.just(TODAY),
        due=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        since=st.none() | st.dates(date(2026, 1, 1), TODAY),
        marks=st.frozensets(st.sampled_from(MARKS), max_size=3),
    ),
    max_size=20,
)


@given(CASES)
def test_the_order_never_depends_on_the_order_of_cases(cases: list[Case]) -> None:
    order = [
        (step.rule.name, step.case.due, step.case.since, step.case.key) for step in propose(cases)
    ]
    again = [
        (step.rule.name, step.case.due, step.case.since, step.case.key)
        for step in propose(reversed(cases))
    ]
    assert order == again
    assert [step.rule.section for step in propose(cases)] == sorted(
        step.rule.section for step in propose(cases)
    )
