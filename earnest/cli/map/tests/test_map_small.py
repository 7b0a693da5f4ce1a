"""Whatever small or strange a file holds, there is an answer or a sentence: no traceback, no NaN."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from earnest.cli.map.tests.calls import draw, left
from earnest.cli.map.tests.files import two_sides, written
from earnest.cli.stop import Stop
from tests.commands import clean, earnest

ALL = ("--svg", "--html", "--polis")
STRANGE = {
    "one vote": ["1,1,1"],
    "one participant": [f"1,{what},1" for what in range(20)],
    "one statement": [f"{who},1,{(-1) ** who}" for who in range(40)],
    "all pass": [f"{who},{what},0" for who in range(30) for what in range(10)],
    "all agree": [f"{who},{what},1" for who in range(30) for what in range(10)],
    "few people": [f"{who},{what},{(-1) ** who}" for who in range(6) for what in range(10)],
    "few statements": [f"{who},{what},{(-1) ** who}" for who in range(40) for what in range(3)],
    "two exact camps": [f"{who},{what},{(-1) ** who}" for who in range(40) for what in range(9)],
    "nobody shares a statement": [f"{who},{who},1" for who in range(40)],
    "one differs": [
        f"{who},{what},{-1 if who == 0 else 1}" for who in range(40) for what in range(9)
    ],
    "one vote each": [f"{who},{who % 9},{who % 3 - 1}" for who in range(90)],
}


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("sure", [True, False])
def test_every_strange_file_has_a_sane_answer(name: str, sure: bool, tmp_path: Path) -> None:
    path = written(tmp_path, *STRANGE[name])
    more = [] if sure else ["--no-sure"]
    places = [word for one in ALL for word in (one, str(tmp_path / f"map.{one[2:]}"))]
    found = draw(path, *more, *places)
    assert found["method"]["votes"] == len(STRANGE[name])
    assert found["method"]["k"] == len(found["groups"])
    assert bool(found["too_few_to_say"]) == (not found["groups"])
    groups = {one["group"] for one in found["participants"]}
    assert groups <= {None, *range(found["method"]["k"])}
    assert "nan" not in (tmp_path / "map.svg").read_text().lower()


@pytest.mark.parametrize("name", ["one participant", "all pass", "few people", "few statements"])
def test_too_few_to_say_is_said(name: str, tmp_path: Path) -> None:
    found = draw(written(tmp_path, *STRANGE[name]))
    assert found["too_few_to_say"]
    assert all(one["group"] is None for one in found["participants"])


def test_statements_all_taken_out_leave_nothing_to_say(tmp_path: Path) -> None:
    rows = [f"{number},-1,x" for number in range(12)]
    comments = written(tmp_path, *rows, header="comment-id,moderated,comment-body", name="c.csv")
    found = draw(written(tmp_path, *two_sides()), "--comments", str(comments))
    assert found["too_few_to_say"]
    assert all(one["group"] is None for one in found["participants"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\x1f\x8b123", "compressed"),
        (b"voter,statement,vote\n", "there is no vote in it"),
        (b"voter,statement,vote", "there is no vote in it"),
        (b"a,b\n1,2\n", "names no column voter and no statement and no vote"),
        (b"voter,statement,vote\n1,2,5\n", "1 row is bad; nothing was written"),
        (b"voter,statement,vote\n1,2\n", "1 row is bad; nothing was written"),
        (b"\xff\xfea", "UTF|utf|truncated"),
        (bytes(range(256)) * 40, "names no column|empty|twice"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(content)
    with pytest.raises(Stop, match=sentence):
        draw(path)
    assert left(tmp_path) == {"votes.csv"}


def test_bad_rows_are_left_out_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = draw(written(tmp_path, "1,1,7", *two_sides(), "1,1", "x,,1"), "--skip-bad", "--no-sure")
    assert found["method"]["k"] == 2
    said = capsys.readouterr().err
    assert "line 2: vote '7'" in said
    assert "statement is empty" in said
    assert "3 bad rows left out" in said


def test_changed_votes_are_counted_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = draw(written(tmp_path, *two_sides(), "1,1,1", "1,1,-1", "1,1,-1"), "--no-sure")
    assert found["method"]["rows"] == found["method"]["votes"] + 3
    assert found["method"]["repeated"] + found["method"]["changed"] == 3
    assert "the last one counts" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "--out FILE, --svg FILE"),
        (["--out", "votes.csv"], "is read, so it is not written over"),
        (["--out", "m.json", "--svg", "./m.json"], "two of the files to write are the same"),
        (["--out", "gone/m.json"], "no place for a file"),
        (["--out", "."], "no place for a file"),
        (["--polis", "votes.csv"], "is no folder"),
        (["--polis", "."], "is read, so it is not written over"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_at_once(
    words: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from earnest.cli import verbs

    monkeypatch.chdir(tmp_path)
    written(tmp_path, "1,1,1")
    with pytest.raises(SystemExit, match=sentence):
        verbs.run(["map", "votes.csv", *words])
    assert left(tmp_path) == {"votes.csv"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--out", "o.json"], 1),
        (["--nonsense"], 2),
        ([], 2),
        (["--seed", "-1"], 2),
        (["--out", "o.json", "--comments", "gone.csv"], 1),
    ],
)
def test_from_outside_every_fault_is_told_without_a_traceback(
    words: list[str], code: int, tmp_path: Path
) -> None:
    path = written(tmp_path, "1,1,9")
    words = [str(tmp_path / word) if "." in word else word for word in words]
    done = earnest("map", str(path), *words, env=clean(tmp_path / "data"))
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert left(tmp_path) == {"votes.csv"}


def test_a_voter_who_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="'gone' has no vote here"):
        draw(written(tmp_path, "1,1,1"), "--where", "gone")


def test_the_command_loads_what_it_needs_alone(tmp_path: Path) -> None:
    path = written(tmp_path, *two_sides())
    code = (
        "import sys; from earnest.cli import verbs;"
        "import earnest.engine.opinion.exchange, earnest.engine.opinion.picture;"
        "assert not {'numpy', 'django'} & set(sys.modules);"
        f"verbs.run(['map', {str(path)!r}, '--out', {str(tmp_path / 'o.json')!r}]);"
        "assert not {'django', 'scipy', 'dask', 'arro3'} & set(sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": "."}
    done = subprocess.run([sys.executable, "-c", code], env=env, check=False)  # noqa: S603
    assert done.returncode == 0
