"""One line of a file becomes a person, or the reason why it cannot."""

from __future__ import annotations

import csv
import io

import pytest

from earnest.people.imports.problems import Problem, as_csv
from earnest.people.imports.rows import Reader, Written

FIELDS = ["name", "email", "team", "time_zone", "language", "manager", "job", "own_goals"]


def read(*cells: str) -> Written | Problem:
    return Reader(FIELDS).read(7, list(cells))


def test_every_cell_finds_its_place() -> None:
    person = read(
        "Ann Lee ", "Ann@X.org", "Region / North", "amsterdam", "Dutch", "B@x.org", "nurse"
    )
    assert person == Written(
        7, "Ann Lee", "ann@x.org", "nurse", ("Region", "North"), "b@x.org", "Europe/Amsterdam", "nl"
    )


@pytest.mark.parametrize("name", ["😀 Ann", "محمد علي", "Žofie", "李雷", "O’Neil-Smith Jr."])
def test_names_of_all_the_world_are_names(name: str) -> None:
    person = read(name)
    assert isinstance(person, Written)
    assert person.name == name


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (["", ""], "neither"),
        (["Ann", "ann@nowhere"], "not an e-mail address"),
        (["x" * 121], "too long"),
        (["A\x00nn"], "not text"),
        (["=HYPERLINK(1)"], "formula"),
        (["12345"], "does not look like a name"),
        (["Ann", "", "", "Mars"], "no time zone"),
        (["Ann", "", "", "", "Klingon"], "no language"),
        (["Ann", "", "", "", "", "my boss"], "matched by e-mail"),
        (["Ann", "", "", "", "", "", "j" * 121], "120 characters"),
        (["Ann", "", "", "", "", "", "", "g" * 5001], "5000 characters"),
        (["Ann", "", "t" * 121], "120 characters"),
        (["Ann", "", "/".join("abcdefghijklmno")], "deeper"),
        (["Ann", *[""] * 300], "more than 200 cells"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_line(cells: list[str], word: str) -> None:
    problem = read(*cells)
    assert isinstance(problem, Problem)
    assert problem.line == 7
    assert word in problem.reason


def test_a_line_with_fewer_cells_is_read_as_far_as_it_goes() -> None:
    assert read("Ann") == Written(7, "Ann")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_of_the_list_of_problems_can_act_as_a_formula(cell: str) -> None:
    sheet = as_csv([Problem(2, "bad", cell)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(sheet)))[1][1].startswith("'")
