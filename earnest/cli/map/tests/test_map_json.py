"""map.json says who stands where, what groups hold, unite on and divide over, and how it was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from earnest.cli.map.tests.calls import draw
from earnest.cli.map.tests.files import two_sides, written
from earnest.cli.stop import Stop

type Said = pytest.CaptureFixture[str]
COMMENTS = "comment-id,author-id,moderated,comment-body"


def comments(folder: Path, *rows: str) -> Path:
    return written(folder, *rows, header=COMMENTS, name="comments.csv")


def about(statements: int = 12) -> list[str]:
    return [
        f'{number},1,{-1 if number == 3 else 1},"Number {number}, in words"'
        for number in range(statements)
    ]


def test_two_sides_are_found_and_each_person_is_in_one(tmp_path: Path) -> None:
    found = draw(written(tmp_path, *two_sides()))
    groups = {one["id"]: one["group"] for one in found["participants"]}
    sides = [[groups[str(who)] for who in range(side, 60, 2)] for side in (0, 1)]
    first = max((0, 1), key=sides[0].count)
    assert sides[0].count(first) + sides[1].count(1 - first) >= 57
    assert found["method"]["k"] == 2
    assert sum(one["size"] for one in found["groups"]) == 60
    assert [one["name"] for one in found["groups"]] == ["A", "B"]
    assert all(0 <= one["sure"] <= 1 for one in found["participants"])


def test_what_unites_and_what_divides_is_told_by_statement(tmp_path: Path) -> None:
    found = draw(written(tmp_path, *two_sides()), "--no-sure")
    of = {one["id"]: one for one in found["statements"]}
    assert of["0"]["consensus"] > max(of[str(n)]["consensus"] for n in range(1, 12))
    assert of["0"]["divisiveness"] < min(of[str(n)]["divisiveness"] for n in range(1, 12))
    assert found["united"][0]["statement"] == "0"
    assert "0" not in found["divided"]
    assert {one["group"] for n in range(1, 12) for one in of[str(n)]["representative_of"]} == {0, 1}
    assert all(one["sure"] is None for one in found["participants"])
    counts = of["5"]
    for way in ("agree", "disagree", "pass"):
        assert counts[way] == sum(one[way] for one in counts["groups"])


def test_statements_bring_their_words_and_those_taken_out_do_not_shape(tmp_path: Path) -> None:
    votes = written(tmp_path, *two_sides())
    found = draw(votes, "--comments", str(comments(tmp_path, *about(14))), "--no-sure")
    of = {one["id"]: one for one in found["statements"]}
    assert of["5"]["text"] == "Number 5, in words"
    assert of["3"]["moderated"] == -1
    assert of["3"]["agree"] > 0
    assert of["3"]["representative_of"] == []
    assert (of["13"]["agree"], of["13"]["disagree"], of["13"]["pass"]) == (0, 0, 0), "nobody voted"
    without = [row for row in two_sides() if row.split(",")[1] != "3"]
    shaped = draw(written(tmp_path, *without, name="without.csv"), "--no-sure")
    group = {one["id"]: one["group"] for one in shaped["participants"]}
    assert group == {one["id"]: one["group"] for one in found["participants"]}


def test_the_same_votes_give_the_same_map_in_any_order_of_rows(tmp_path: Path) -> None:
    rows = two_sides()
    one = draw(written(tmp_path, *rows))
    other = draw(written(tmp_path, *reversed(rows), name="other.csv"))
    for found in (one, other):
        found["method"].pop("seconds")
    assert one == other


def test_a_map_before_keeps_its_groups(tmp_path: Path) -> None:
    path = written(tmp_path, *two_sides())
    before = draw(path, "--no-sure", out="before.json")
    turned = tmp_path / "turned.json"
    text = (tmp_path / "before.json").read_text()
    turned.write_text(
        text.replace('"group":0', '"group":9')
        .replace('"group":1', '"group":0')
        .replace('"group":9', '"group":1')
    )
    after = draw(path, "--no-sure", "--before", str(turned))
    was = {one["id"]: one["group"] for one in before["participants"]}
    assert {one["id"]: one["group"] for one in after["participants"]} == {
        who: 1 - group for who, group in was.items()
    }


@pytest.mark.parametrize("group", ["999", "-4", "true", '"A"', "null", "[1]", "1e99"])
def test_a_group_before_that_is_none_counts_as_none(group: str, tmp_path: Path) -> None:
    path, before = written(tmp_path, *two_sides()), tmp_path / "before.json"
    before.write_text(f'{{"participants":[{{"id":"3","group":{group}}}]}}')
    first, after = draw(path, "--no-sure"), draw(path, "--no-sure", "--before", str(before))
    assert after["participants"] == first["participants"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"participants":[1]}', "votes", "\0", "[" * 200_000]
)
def test_what_is_no_map_is_no_map_before(text: str, tmp_path: Path) -> None:
    path, before = written(tmp_path, *two_sides()), tmp_path / "before.json"
    before.write_text(text)
    with pytest.raises(Stop, match=r"before\.json: it is no map that this wrote"):
        draw(path, "--before", str(before))


def test_ids_and_words_of_any_script_come_through(tmp_path: Path) -> None:
    rows = [
        f"인{who},§{what},{vote}" for who, what, vote in (row.split(",") for row in two_sides())
    ]
    found = draw(written(tmp_path, *rows), "--no-sure")
    assert found["method"]["k"] == 2
    assert found["participants"][0]["id"] == "인0"
    assert found["statements"][0]["id"] == "§0"


def test_who_voted_little_is_placed_and_does_not_shape(tmp_path: Path) -> None:
    found = draw(written(tmp_path, *two_sides(), "late,5,1"), "--no-sure")
    assert found["method"]["participants"] == 61
    assert found["method"]["shaping"] == 60
    assert found["participants"][-1]["id"] == "late"
    assert found["participants"][-1]["group"] in {0, 1}


def test_where_a_voter_sits_is_said_in_words(tmp_path: Path, capsys: Said) -> None:
    draw(written(tmp_path, *two_sides()), "--where", "7")
    assert "Statement" in capsys.readouterr().out
