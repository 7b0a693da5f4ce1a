"""How a call ends: what it writes, what it says, and its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from earnest.cli.stand import command
from earnest.cli.stand.tests.calls import predicted, stand, standing, table
from earnest.cli.stand.tests.files import written
from earnest.cli.stop import Stop
from earnest.engine.belief import DEFAULTS, Fit, Params, Progress
from tests.commands import clean, earnest

GOOD = "Joan,2026-01-02,did,kept,1"
BAD = "Joan,soon,did,kept,1"
type Said = pytest.CaptureFixture[str]


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_both_files_are_written_in_one_run(tmp_path: Path, capsys: Said) -> None:
    out, foretold = tmp_path / "o.csv", tmp_path / "p.parquet"
    path = written(tmp_path, GOOD)
    assert stand(path, "--out", str(out), "--prequential", str(foretold)) == 0
    assert left(tmp_path) == {"evidence.csv", "o.csv", "p.parquet"}
    said = capsys.readouterr()
    assert said.out == ""
    assert "o.csv: 1 person." in said.err


def test_a_bad_row_keeps_everything_from_being_written(tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "standing.csv"
    out.write_text("of last week")
    with pytest.raises(Stop, match=r"1 row is bad; nothing was written\. --skip-bad"):
        stand(written(tmp_path, GOOD, BAD), "--out", str(out))
    assert "evidence.csv: line 3: at 'soon' is no date or time" in capsys.readouterr().err
    assert out.read_text() == "of last week"
    assert left(tmp_path) == {"evidence.csv", "standing.csv"}


def test_bad_rows_are_left_out_where_asked_and_still_named(tmp_path: Path, capsys: Said) -> None:
    found = standing(written(tmp_path, GOOD, BAD), "--skip-bad")
    assert found[0]["rows"] == "1"
    said = capsys.readouterr().err
    assert "line 3" in said
    assert "1 bad row left out" in said


def test_bad_rows_of_the_history_count_too(tmp_path: Path) -> None:
    history = written(tmp_path, BAD, name="history.csv")
    with pytest.raises(Stop, match=r"history\.csv: 1 row is bad"):
        predicted(written(tmp_path, GOOD), "--fit-on", str(history))


def test_what_is_ignored_is_said(tmp_path: Path, capsys: Said) -> None:
    path = written(
        tmp_path,
        f"{GOOD},North",
        "Joan,2026-01-02,saw,frown,1,North",
        "Ben,2026-02-02,did,kept,1,North",
        header="person,at,kind,item,value,team",
    )
    assert len(standing(path, "--as-of", "2026-01-31")) == 1
    said = capsys.readouterr().err
    assert "1 row of kind saw ignored" in said
    assert "columns ignored: team" in said
    assert "1 row later than --as-of left out" in said


def test_a_header_alone_makes_a_header_alone(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert standing(path) == []
    assert (tmp_path / "standing.csv").read_text().startswith("person,as_of,item,chance")
    assert predicted(path) == []
    assert (tmp_path / "predicted.csv").read_text() == "person,at,item,value,chance\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "--out FILE, --prequential FILE, or both"),
        (["--out", "evidence.csv"], "is read, so it is not written over"),
        (["--out", "o.csv", "--prequential", "./o.csv"], "name the same file"),
        (["--out", "gone/o.csv"], "no place for a file"),
        (["--out", "."], "no place for a file"),
        (["--out", "o.csv", "--as-of", "soon"], "--as-of: at 'soon' is no date"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_at_once(
    words: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, GOOD)
    with pytest.raises(SystemExit, match=sentence):
        stand(Path("evidence.csv"), *words)
    assert left(tmp_path) == {"evidence.csv"}


def fitting(found: Fit, seen: list[int]) -> object:
    def fit(record: object, *, on_progress: object) -> Fit:
        seen.append(record.people)  # type: ignore[attr-defined]
        on_progress(Progress(1, 9, 0.5))  # type: ignore[operator]
        return found

    return fit


def learned() -> Params:
    """Deeds are rarer there."""
    return replace(DEFAULTS, did=DEFAULTS.did._replace(offset=-2.0))


def test_another_population_decides_the_parameters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    seen: list[int] = []
    found = Fit(learned(), -0.7, -0.6, kept=False)
    monkeypatch.setattr(command, "fit", fitting(found, seen))
    history = written(tmp_path, GOOD, "Ben,2026-01-02,did,kept,0", name="history.csv")
    path = written(tmp_path, GOOD)
    before = float(predicted(path)[0]["chance"])
    after = float(predicted(path, "--fit-on", str(history))[0]["chance"])
    assert after < before
    assert seen == [2]
    assert "-0.7000 before, -0.6000 now" in capsys.readouterr().err


def test_a_fit_that_was_stopped_keeps_the_best_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    found = Fit(learned(), -0.7, -0.6, kept=False, interrupted=True)
    monkeypatch.setattr(command, "fit", fitting(found, []))
    history = written(tmp_path, GOOD, name="history.csv")
    predicted(written(tmp_path, GOOD), "--fit-on", str(history))
    assert "stopped by you: the best parameters so far are used" in capsys.readouterr().err


def test_a_history_of_nobody_leaves_the_shipped_parameters(tmp_path: Path, capsys: Said) -> None:
    history = written(tmp_path, name="history.csv")
    path = written(tmp_path, GOOD)
    assert predicted(path, "--fit-on", str(history)) == predicted(path)
    assert "the shipped parameters are used" in capsys.readouterr().err


def test_a_real_fit_runs(tmp_path: Path) -> None:
    rows = [f"p{n % 7},2026-01-{1 + n // 7:02},did,kept,{int(n % 3 > 0)}" for n in range(70)]
    history = written(tmp_path, *rows, name="history.csv")
    (row,) = predicted(written(tmp_path, GOOD), "--fit-on", str(history))
    assert 0 < float(row["chance"]) < 1


@pytest.mark.parametrize(
    ("words", "code"), [(["--out", "o.csv"], 1), (["--nonsense"], 2), ([], 2), (["--as-of"], 2)]
)
def test_from_outside_every_fault_is_told_without_a_traceback(
    words: list[str], code: int, tmp_path: Path
) -> None:
    path = written(tmp_path, BAD)
    words = [word.replace("o.csv", str(tmp_path / "o.csv")) for word in words]
    done = earnest("stand", str(path), *words, env=clean(tmp_path / "data"))
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert left(tmp_path) == {"evidence.csv"}


def test_standard_output_may_be_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    env = clean(tmp_path / "data")
    done = earnest("stand", str(path), "--prequential", "/dev/stdout", env=env)
    assert done.stdout.splitlines()[0] == "person,at,item,value,chance"
    assert len(done.stdout.splitlines()) == 2


def test_neither_help_nor_the_command_loads_what_it_does_not_need(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    code = (
        "import sys; from earnest.cli import verbs; verbs.parser().format_help();"
        "assert not {'numpy', 'django', 'arro3'} & set(sys.modules);"
        f"verbs.run(['stand', {str(path)!r}, '--out', {str(tmp_path / 'o.csv')!r}]);"
        "assert not {'django', 'scipy', 'arro3'} & set(sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": "."}
    words = [sys.executable, "-c", code]
    assert subprocess.run(words, env=env, check=False).returncode == 0  # noqa: S603
    assert len(table(tmp_path / "o.csv")) == 1
