"""What --polis writes is read again as it was, here and by whatever else reads Polis' files."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from earnest.cli.map.tests.calls import draw
from earnest.cli.map.tests.files import cast, read, two_sides, written
from earnest.cli.stop import Stop

ROOT = Path(__file__).resolve().parents[4]
POLIS = Path(os.environ.get("EARNEST_DATA") or ROOT.parent / "shared/data") / "polis"
FILES = {"votes.csv", "comments.csv", "participants-votes.csv", "summary.csv"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_votes_and_groups_come_back(tmp_path: Path) -> None:
    path = written(tmp_path, *two_sides())
    out = tmp_path / "out"
    found = draw(path, "--no-sure", "--polis", str(out))
    assert {one.name for one in out.iterdir()} == FILES
    for name in ("votes.csv", "participants-votes.csv"):
        assert cast(read(out / name)[0]) == cast(read(path)[0])
    groups = {one["participant"]: one["group-id"] for one in rows(out / "participants-votes.csv")}
    assert groups == {one["id"]: str(one["group"]) for one in found["participants"]}
    again = draw(out / "votes.csv", "--comments", str(out / "comments.csv"), "--no-sure")
    assert again["participants"] == found["participants"]


def test_the_time_of_the_vote_that_counts_is_kept(tmp_path: Path) -> None:
    header = "timestamp,datetime,comment-id,voter-id,vote"
    path = written(tmp_path, "9,,0,1,-1", "5,,0,1,1", "7,,2,1,0", header=header)
    draw(path, "--polis", str(tmp_path / "out"))
    found = [
        (one["timestamp"], one["comment-id"], one["vote"])
        for one in rows(tmp_path / "out/votes.csv")
    ]
    assert found == [("9", "0", "-1"), ("7", "2", "0")]


def test_a_time_no_calendar_has_is_named_by_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "timestamp,datetime,comment-id,voter-id,vote"
    path = written(tmp_path, "9,,0,1,-1", "999999999999999,,0,2,1", header=header)
    with pytest.raises(Stop, match="1 row is bad; nothing was written"):
        draw(path, "--polis", str(tmp_path / "out"))
    assert "line 3: timestamp '999999999999999' is in no year" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_ids_that_are_texts_are_numbered_and_named_beside(tmp_path: Path) -> None:
    votes = [
        f"인{who},§{what},{vote}" for who, what, vote in (row.split(",") for row in two_sides())
    ]
    draw(written(tmp_path, *votes), "--no-sure", "--polis", str(tmp_path / "out"))
    first = rows(tmp_path / "out/participants-votes.csv")[0]
    assert (first["participant"], first["xid"]) == ("0", "인0")
    (comment, *_) = rows(tmp_path / "out/comments.csv")
    assert (comment["comment-id"], comment["comment-body"], comment["author-id"]) == (
        "0",
        "§0",
        "60",
    )


@pytest.mark.skipif(not POLIS.is_dir(), reason="the open conversations are not here")
def test_an_open_conversation_goes_out_as_it_came_in(tmp_path: Path) -> None:
    folder = POLIS / "london.youth.policing"
    path = tmp_path / "votes.csv"
    path.write_bytes((folder / "votes.csv").read_bytes())
    out = tmp_path / "out"
    draw(path, "--comments", str(folder / "comments.csv"), "--no-sure", "--polis", str(out))
    came = {one["comment-id"]: one for one in rows(folder / "comments.csv")}
    for one in rows(out / "comments.csv"):
        before = came[one["comment-id"]]
        kept = ("timestamp", "author-id", "moderated", "comment-body")
        assert {name: one[name] for name in kept} == {name: before[name] for name in kept}
    assert cast(read(out / "votes.csv")[0]) == cast(read(path)[0])


def test_the_peer_reads_it(tmp_path: Path) -> None:
    models = pytest.importorskip("reddwarf.models", reason="red-dwarf is not installed")
    path = written(tmp_path, *two_sides())
    draw(path, "--no-sure", "--polis", str(tmp_path / "out"))
    votes = [models.Vote(**one) for one in rows(tmp_path / "out/votes.csv")]
    statements = [models.Statement(**one) for one in rows(tmp_path / "out/comments.csv")]
    assert len(votes) == len(cast(read(path)[0]))
    assert len(statements) == 12
