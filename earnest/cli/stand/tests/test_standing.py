"""--out: a row a person, by the engine's own belief and ladder."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earnest.cli.stand.estimates import STANDING
from earnest.cli.stand.tests.calls import standing
from earnest.cli.stand.tests.files import written
from earnest.engine.belief import CONDITIONS, Event, chance, conditions, in_order, prior, take_in

JOAN = [
    "Joan,2026-01-05,said,matters,4",
    "Joan,2026-01-06,nodded,,1",
    "Joan,2026-01-07T09:30,agreed,,1",
    "Joan,2026-01-12,did,kept,1",
    "Joan,2026-01-20,did,attended,0",
]
NUMBERS = [name for name, kind in STANDING.items() if kind is float]


def days(year: int, month: int, day: int, hour: float = 0.0) -> float:
    return datetime(year, month, day, tzinfo=UTC).timestamp() / 86_400 + hour / 24


def test_the_columns_are_those_of_the_docs(tmp_path: Path) -> None:
    (row,) = standing(written(tmp_path, *JOAN))
    assert list(row) == list(STANDING)
    assert list(row)[:6] == ["person", "as_of", "item", "chance", "low", "high"]


def test_a_person_stands_where_the_engine_says(tmp_path: Path) -> None:
    events = [
        Event(days(2026, 1, 5), "said", "matters", 4),
        Event(days(2026, 1, 6), "nodded", "", 1),
        Event(days(2026, 1, 7, 9.5), "agreed", "", 1),
        Event(days(2026, 1, 12), "did", "kept", 1),
        Event(days(2026, 1, 20), "did", "attended", 0),
    ]
    state = prior()
    for event in events:
        state = take_in(state, event).state
    now = days(2026, 1, 20)
    (row,) = standing(written(tmp_path, *JOAN))
    found = [float(row[name]) for name in ("chance", "low", "high")]
    assert found == pytest.approx(chance(state, "attended", now), abs=1e-6)
    for one in conditions(state, now):
        assert row[f"{one.name}_word"] == one.word
        assert float(row[one.name]) == pytest.approx(one.supported, abs=1e-6)
        assert float(row[f"{one.name}_mean"]) == pytest.approx(one.mean, abs=1e-6)
        assert float(row[f"{one.name}_sd"]) == pytest.approx(one.sd, abs=1e-6)


def test_the_condition_least_met_is_named_where_one_stands_out(tmp_path: Path) -> None:
    deeds = [f"Sam,2026-01-{day:02},did,kept,0" for day in range(1, 7)]
    doubted = [*deeds, "Sam,2026-01-08,said,doable,1"]
    for rows, named in ((deeds, ""), (doubted, "doable")):
        (row,) = standing(written(tmp_path, *rows))
        assert row["weakest"] == named


def test_facts_stand_beside_the_estimate(tmp_path: Path) -> None:
    (row,) = standing(written(tmp_path, *JOAN))
    told = {name: row[name] for name in ("item", "rung", "since", "last_deed", "rows", "last_row")}
    assert told == {
        "item": "attended",
        "rung": "did",
        "since": "2026-01-12",
        "last_deed": "2026-01-12",
        "rows": "5",
        "last_row": "2026-01-20",
    }


def test_people_stand_in_the_order_they_first_appear(tmp_path: Path) -> None:
    rows = ["Zoë,2026-03-01,did,kept,1", "Ben,2026-01-01,did,kept,1", "Zoë,2026-01-01,nodded,,1"]
    assert [row["person"] for row in standing(written(tmp_path, *rows))] == ["Zoë", "Ben"]


def test_all_chances_are_of_the_last_moment_of_the_file(tmp_path: Path) -> None:
    found = standing(written(tmp_path, *JOAN, "Ben,2026-05-01T12:00Z,nodded,,1"))
    assert {row["as_of"] for row in found} == {"2026-05-01T12:00:00Z"}
    assert [row["item"] for row in found] == ["attended", "attended"]


def test_the_act_may_be_chosen(tmp_path: Path) -> None:
    assert standing(written(tmp_path, *JOAN), "--act", "helped")[0]["item"] == "helped"


def test_an_act_nobody_ever_did_is_named_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for act, told in (("attended", False), ("atended", True)):
        standing(written(tmp_path, *JOAN), "--act", act)
        assert (f"No deed of the sort “{act}”" in capsys.readouterr().err) is told


def test_whoever_has_no_deed_is_asked_about_the_most_frequent_one(tmp_path: Path) -> None:
    deeds = ["Joan,2026-01-01,did,practised,1"] * 2 + ["Joan,2026-01-02,did,kept,1"]
    found = standing(written(tmp_path, *deeds, "Ben,2026-01-01,nodded,,1"))
    assert [row["item"] for row in found] == ["kept", "practised"]


@pytest.mark.parametrize(
    ("as_of", "rows", "said"),
    [
        ("2026-01-12", "4", "2026-01-12T23:59:59.999999Z"),
        ("2026-01-12T00:00", "4", "2026-01-12"),
        ("2026-01-11T23:59:59+00:00", "3", "2026-01-11T23:59:59Z"),
        ("2027-01-01", "5", "2027-01-01T23:59:59.999999Z"),
    ],
)
def test_later_rows_are_left_out_and_the_chance_is_of_that_moment(
    as_of: str, rows: str, said: str, tmp_path: Path
) -> None:
    (row,) = standing(written(tmp_path, *JOAN), "--as-of", as_of)
    assert (row["rows"], row["as_of"]) == (rows, said)


def test_before_the_first_row_nobody_stands_anywhere(tmp_path: Path) -> None:
    assert standing(written(tmp_path, *JOAN), "--as-of", "2020-01-01") == []


def test_a_correction_replaces_and_an_empty_one_takes_back(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Joan,2026-01-05,did,kept,0,a,",
        "Ben,2026-01-05,did,kept,1,a,",
        "Joan,2026-01-06,did,kept,1,b,a",
        "Ben,2026-01-06,nodded,,1,c,",
        "Ben,2026-01-07,nodded,,,,c",
        header="person,at,kind,item,value,id,corrects",
    )
    rungs = {row["person"]: (row["rung"], row["rows"]) for row in standing(path)}
    assert rungs == {"Joan": ("did", "1"), "Ben": ("did", "1")}
    before = standing(path, "--as-of", "2026-01-05")
    assert [(row["rung"], row["rows"]) for row in before] == [("unheard", "1"), ("did", "1")]


people = st.sampled_from(["Joan", "Ben", "Zoë"])
moments = st.sampled_from(
    ["2026-01-01", "2026-01-02", "1990-01-01T04:00", "9999-12-31", "0001-01-01"]
)
facts = st.one_of(
    st.tuples(st.just("said"), st.sampled_from(CONDITIONS), st.integers(1, 5)),
    st.tuples(st.sampled_from(["nodded", "agreed", "silent"]), st.just(""), st.integers(0, 1)),
    st.tuples(st.just("did"), st.sampled_from(["kept", "helped", "x"]), st.integers(0, 1)),
)
lines = st.tuples(people, moments, facts).map(lambda row: ",".join(map(str, (*row[:2], *row[2]))))
quietly = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)


@quietly
@given(rows=st.lists(lines, min_size=1, max_size=12), seed=st.randoms(use_true_random=False))
def test_the_order_in_the_file_does_not_matter(
    rows: list[str], seed: object, tmp_path: Path
) -> None:
    shuffled = list(rows)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    act = ("--act", "kept")
    one, other = (
        standing(written(tmp_path, *rows), *act),
        standing(written(tmp_path, *shuffled), *act),
    )
    assert sorted(map(tuple, (row.values() for row in one))) == sorted(
        map(tuple, (row.values() for row in other))
    )


@quietly
@given(rows=st.lists(lines, min_size=1, max_size=12))
def test_every_answer_is_sane(rows: list[str], tmp_path: Path) -> None:
    for row in standing(written(tmp_path, *rows)):
        assert all(math.isfinite(float(row[name])) for name in NUMBERS)
        assert 0 <= float(row["low"]) <= float(row["chance"]) <= float(row["high"]) <= 1
        assert all(0 <= float(row[name]) <= 1 for name in CONDITIONS)


@pytest.mark.parametrize(
    "line",
    ["silent,,0", "silent,,1", "did,kept,0", "did,kept,1", "said,owns,1", "agreed,,0", "nodded,,1"],
)
def test_one_kind_alone_is_answered_sanely(line: str, tmp_path: Path) -> None:
    rows = [
        f"Joan,2026-{month:02}-{day:02},{line}" for month in range(1, 13) for day in (1, 15, 28)
    ]
    (row,) = standing(written(tmp_path, *rows))
    assert 0 < float(row["low"]) <= float(row["chance"]) <= float(row["high"]) < 1
    assert row["rows"] == "36"


def test_the_fixed_rule_of_a_moment_is_the_engines(tmp_path: Path) -> None:
    """Words before deeds, no before yes, whatever stands above."""
    at = days(2026, 1, 1)
    events = in_order([Event(at, "did", "kept", 1), Event(at, "said", "owns", 2)])
    state = prior()
    for event in events:
        state = take_in(state, event).state
    rows = ["Joan,2026-01-01,did,kept,1", "Joan,2026-01-01,said,owns,2"]
    (row,) = standing(written(tmp_path, *rows))
    assert float(row["chance"]) == pytest.approx(chance(state, "kept", at).value, abs=1e-6)
