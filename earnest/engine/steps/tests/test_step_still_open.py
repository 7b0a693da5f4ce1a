"""Where an estimate says which condition is still open, the same row at the same time says so (2.4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from earnest.engine.ladder import Step as Rung
from earnest.engine.steps import RULES, Case, propose
from earnest.engine.steps.table.opens import OPENS
from earnest.engine.steps.tests.test_steps import case

NODDED = case("person", "nodded", since=9)
LOOKED_AT = case("person", "did", "looked_at", since=3)
QUIET = case("person", "heard", since=30, contact=14, after=14)
PROPOSES = {
    "understands": "Make clearer to {name} what is asked",
    "matters": "Ask {name} what they work for",
    "doable": "Ask {name} how they would make it work",
    "owns": "Shape a part of it together with {name}",
}


@pytest.mark.parametrize("weakest", PROPOSES)
@pytest.mark.parametrize("one", [NODDED, QUIET], ids=["nodded", "quiet"])
def test_it_proposes_what_fits_the_step_still_open(weakest: str, one: Case) -> None:
    plain = propose([one])[0]
    shaped = propose([replace(one, weakest=weakest)])[0]
    assert shaped.title == PROPOSES[weakest]
    assert shaped.key == plain.key  # put aside, it stays put aside
    assert plain.title == plain.rule.title


def test_where_nothing_is_estimated_the_row_speaks_for_itself() -> None:
    assert propose([NODDED])[0].title == "Ask {name} for one small step, with a date"


def test_a_no_and_a_deed_that_fades_are_left_as_they_are() -> None:
    for one in (
        case("person", str(Rung.NO), "no_twice", since=3),
        case("person", "fading", since=3),
    ):
        shaped = propose([replace(one, weakest="doable")])[0]
        assert shaped.title == shaped.rule.title


def test_every_condition_has_its_words_and_only_talks_have_the_column() -> None:
    assert OPENS.keys() == PROPOSES.keys()
    with_column = {rule.name for rule in RULES if rule.opens}
    assert with_column == {"one-small-step", "word-due", "step-open"}


@pytest.mark.parametrize("weakest", PROPOSES)
def test_whoever_looks_at_somebody_of_whom_nothing_is_due_reads_it(weakest: str) -> None:
    assert propose([LOOKED_AT]) == []
    shown = propose([replace(LOOKED_AT, weakest=weakest)])[0]
    assert (shown.rule.name, shown.title) == ("step-open", PROPOSES[weakest])


def test_it_comes_after_everything_else_that_is_due_with_them() -> None:
    for one in (NODDED, QUIET, case("person", "fading", since=3)):
        seen = replace(one, marks=one.marks | {"looked_at"}, weakest="owns")
        assert propose([seen])[0].rule == propose([one])[0].rule


def test_who_was_never_heard_is_heard_first() -> None:
    seen = replace(case("person", "unheard", "looked_at", since=3), weakest="owns")
    assert propose([seen])[0].rule.name == "brief-missing"
