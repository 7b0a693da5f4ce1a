"""Names as people paste them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.people.names import LONGEST_NAME, parse_pasted


def said(text: str) -> list[tuple[str, str]]:
    return [(line.name, line.email) for line in parse_pasted(text) if not line.problem]


def problems(text: str) -> list[tuple[int, str]]:
    return [(line.line, line.problem) for line in parse_pasted(text) if line.problem]


JOAN, SAM = ("Joan Okafor", ""), ("Sam Reyes", "")
JOAN_AT, SAM_AT = ("Joan Okafor", "joan@example.org"), ("Sam Reyes", "sam@example.org")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Joan Okafor\nSam Reyes", [JOAN, SAM]),
        ("Joan Okafor, Sam Reyes", [JOAN, SAM]),
        ("Joan Okafor; Sam Reyes;", [JOAN, SAM]),
        ("Joan, Sam, Bo", [("Joan", ""), ("Sam", ""), ("Bo", "")]),
        ("Joan Okafor <Joan@Example.org>", [JOAN_AT]),
        ("Joan Okafor (joan@example.org)", [JOAN_AT]),
        ("Joan Okafor joan@example.org", [JOAN_AT]),
        ("Joan Okafor, joan@example.org", [JOAN_AT]),
        ("Joan Okafor\tjoan@example.org\nSam Reyes\tsam@example.org", [JOAN_AT, SAM_AT]),
        ("Joan Okafor <joan@example.org>, Sam Reyes <sam@example.org>", [JOAN_AT, SAM_AT]),
        ("Joan Okafor <joan@example.org> Sam Reyes <sam@example.org>", [JOAN_AT, SAM_AT]),
        ("Okafor, Joan <joan@example.org>; Reyes, Sam <sam@example.org>", [JOAN_AT, SAM_AT]),
        ('"Okafor, Joan" <joan@example.org>', [JOAN_AT]),
        ("joan.okafor@example.org", [("Joan Okafor", "joan.okafor@example.org")]),
        ("a@x.org b@x.org", [("A", "a@x.org"), ("B", "b@x.org")]),
        ("Okafor, Joan", [JOAN]),
        ("Okafor, Joan\nvan der Berg, Jan", [JOAN, ("Jan van der Berg", "")]),
        ("- Joan Okafor\n* Sam Reyes\n• Bo Li", [JOAN, SAM, ("Bo Li", "")]),
        ("1. Joan Okafor\n2) Sam Reyes\n[ ] Bo Li", [JOAN, SAM, ("Bo Li", "")]),
        ("محمد علي\n😀 Ann", [("محمد علي", ""), ("😀 Ann", "")]),
    ],
)
def test_people_are_found_however_they_are_written(
    text: str, people: list[tuple[str, str]]
) -> None:
    assert said(text) == people
    assert problems(text) == []


def test_each_person_is_taken_once() -> None:
    assert said("Joan Okafor\njoan okafor\nJoan Okafor <joan@example.org>") == [JOAN_AT]
    assert said("Joan <j@example.org>\nJ. <J@EXAMPLE.ORG>") == [("Joan", "j@example.org")]


def test_a_name_shared_by_two_addresses_stands_for_neither() -> None:
    assert len(said("Joan <a@x.org>\nJoan <b@x.org>\nJoan")) == 3


def test_a_bad_address_is_named_by_its_line() -> None:
    ((line, reason),) = problems("Joan Okafor\nSam Reyes <sam@example>")
    assert line == 2
    assert "sam@example" in reason


def test_what_names_nobody_is_said_so() -> None:
    assert [line for line, _reason in problems("123\nJoan\n=SUM(A1)\n@joan")] == [1, 3, 4]


def test_a_name_that_is_too_long_is_refused_and_not_cut() -> None:
    ((line, reason),) = problems("x" * 500)
    assert (line, str(LONGEST_NAME) in reason) == (1, True)


def test_five_hundred_lines_are_read_at_once() -> None:
    assert len(said("\n".join(f"Person{i} Name{i}" for i in range(500)))) == 500


@given(st.text(alphabet=st.characters(), max_size=300))
def test_nothing_pasted_makes_it_fail(text: str) -> None:
    for line in parse_pasted(text):
        assert line.name or line.problem
        assert len(line.name) <= LONGEST_NAME
        assert "\x00" not in line.name


@given(st.text(alphabet="ab@.,;<>()\"'\t\n -1=", max_size=120))
def test_nor_does_any_mix_of_the_marks_it_looks_for(text: str) -> None:
    assert all(line.problem or line.name.strip() for line in parse_pasted(text))


@pytest.mark.parametrize(
    "text", ["a" + " " * 190_000 + "b", "a" * 190_000, "a@" * 90_000, "<" * 190_000, "a " * 95_000]
)
def test_no_paste_takes_long(text: str) -> None:
    began = time.process_time()
    parse_pasted(text)
    assert time.process_time() - began < 5  # quadratic, it took minutes


def test_a_row_copied_from_a_sheet_is_one_person() -> None:
    found = parse_pasted("Ali\tHassan\tali@example.org\nEva\tBloem\teva@example.org")
    assert [(one.name, one.email) for one in found] == [
        ("Ali Hassan", "ali@example.org"),
        ("Eva Bloem", "eva@example.org"),
    ]
