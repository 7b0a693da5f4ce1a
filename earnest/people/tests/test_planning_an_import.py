"""Who is new, who is known, and who leads whom, whatever the order of the lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from earnest.people.imports.plan import Directory, Plan, find_circles, make_plan
from earnest.people.imports.problems import Problem
from earnest.people.imports.rows import Written

NOBODY = Directory({}, {}, {})


def row(line: int, name: str, email: str = "", manager: str = "", *, job: str = "") -> Written:
    return Written(line, name, email, job=job, manager=manager)


def names(plan: Plan) -> dict[str, str]:
    """Who reports to whom, by name."""
    of = plan.people
    return {
        of[one].name: of[boss].name if boss in of else str(boss)
        for one, boss in plan.manager_of.items()
    }


def test_the_same_address_is_the_same_person_in_file_and_directory() -> None:
    there = Directory({"ann@x.org": 5}, {"ann": 5}, {})
    plan = make_plan(
        [
            row(1, "Ann", "ann@x.org"),
            row(2, "Bo", "bo@x.org"),
            row(3, "B.", "bo@x.org", job="cook"),
        ],
        there,
    )
    assert (plan.new, plan.known, plan.repeated) == (1, 1, 1)
    assert plan.people[-2].name == "Bo"
    assert plan.people[-2].job == "cook"


def test_a_bare_name_is_the_one_person_called_so() -> None:
    there = Directory({}, {"ann": 5, "bo": 0}, {})
    plan = make_plan([row(1, "ANN"), row(2, "Cy"), row(3, "Bo"), row(4, "cy")], there)
    assert plan.known == 1
    assert plan.new == 1
    assert [problem.line for problem in plan.problems] == [3, 4]


def test_a_bare_name_joins_the_line_with_the_address_wherever_it_stands() -> None:
    plan = make_plan([row(1, "Ann", job="cook"), row(2, "Ann", "ann@x.org")], NOBODY)
    assert [(one.email, one.job) for one in plan.people.values()] == [("ann@x.org", "cook")]


def test_reports_may_stand_before_their_managers() -> None:
    plan = make_plan([row(1, "Ann", "a@x.org", "b@x.org"), row(2, "Bo", "b@x.org")], NOBODY)
    assert names(plan) == {"Ann": "Bo"}


def test_a_manager_may_be_known_already() -> None:
    plan = make_plan([row(1, "Ann", "a@x.org", "b@x.org")], Directory({"b@x.org": 9}, {}, {}))
    assert names(plan) == {"Ann": "9"}


def test_an_unknown_manager_is_named_with_the_line() -> None:
    plan = make_plan([row(4, "Ann", "a@x.org", "b@x.org")], NOBODY)
    assert [(p.line, p.what) for p in plan.problems] == [(4, "b@x.org")]
    assert plan.people == {}


def test_whose_manager_is_on_a_bad_line_comes_without_one_for_now() -> None:
    bad = Problem(1, "no time zone", "Mars", "b@x.org")
    plan = make_plan([bad, row(2, "Ann", "a@x.org", "b@x.org")], NOBODY)
    assert (plan.new, plan.without_manager, len(plan.problems)) == (1, 1, 1)


def test_a_circle_is_refused_with_everybody_in_it() -> None:
    plan = make_plan(
        [
            row(1, "Ann", "a@x.org", "b@x.org"),
            row(2, "Bo", "b@x.org", "c@x.org"),
            row(3, "Cy", "c@x.org", "a@x.org"),
            row(4, "Di", "d@x.org", "a@x.org"),
            row(5, "Ed", "e@x.org", "e@x.org"),
        ],
        NOBODY,
    )
    assert [problem.line for problem in plan.problems] == [1, 2, 3, 5]
    assert "Ann → Bo → Cy → Ann" in plan.problems[0].reason
    assert plan.without_manager == 1


def test_a_circle_through_the_directory_is_refused() -> None:
    there = Directory({"a@x.org": 1, "b@x.org": 2}, {}, {2: 1})
    plan = make_plan([row(1, "Ann", "a@x.org", "b@x.org")], there)
    assert [problem.line for problem in plan.problems] == [1]


def test_a_known_person_keeps_the_manager_they_have() -> None:
    there = Directory({"a@x.org": 1, "b@x.org": 2}, {}, {1: 7})
    assert make_plan([row(1, "Ann", "a@x.org", "b@x.org")], there).manager_of == {}


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 12), max_size=12))
def test_circles_are_exactly_those_who_come_back_to_themselves(leads: dict[int, int]) -> None:
    def comes_back(start: int) -> bool:
        one: int | None = start
        for _step in leads:
            one = leads.get(one) if one else None
            if one == start:
                return True
        return False

    found = {one for circle in find_circles(leads, {}) for one in circle}
    assert found == {one for one in leads if comes_back(one)}


@given(st.permutations(range(8)))
def test_the_order_of_the_lines_changes_nothing(order: list[int]) -> None:
    rows = [row(i, f"P{i}", f"p{i}@x.org", f"p{i // 2}@x.org" if i else "") for i in range(8)]
    assert names(make_plan([rows[i] for i in order], NOBODY)) == {
        f"P{i}": f"P{i // 2}" for i in range(1, 8)
    }
