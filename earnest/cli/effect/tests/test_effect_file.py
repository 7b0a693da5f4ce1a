"""``earnest effect``: a file in, a sentence and JSON out; what is wrong is named by its line."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from earnest.cli import verbs
from earnest.cli.stop import Stop
from tests.commands import clean, earnest

START = date(2026, 3, 2)
WEEKS = range(-6, 5)


def day(week: int) -> str:
    return (START + timedelta(weeks=week)).isoformat()


def lines(*, header: str = "group,at,value") -> list[str]:
    rows = [f"pilot,{day(week)},{20 + week % 3 + 9 * (week >= 0)}" for week in WEEKS]
    return [header, *rows, *(f"rest,{day(week)},{21 + week % 2}" for week in WEEKS)]


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "measures.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def call(
    path: Path, *words: str, treated: str = "pilot", start: str = "2026-03-02"
) -> dict[str, Any]:
    out = path.with_name("effect.json")
    asked = ["effect", str(path), "--start", start, "--treated", treated, "--out", str(out), *words]
    assert verbs.run(asked) == 0

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} in the JSON")

    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"), parse_constant=refuse)
    return found


def test_what_changed_is_written_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "\n".join(lines()))
    found = call(path, "--unit", "hours", "--better", "down")
    assert {"estimate", "low", "high", "method", "sentence"} <= found.keys()
    assert found["low"] < found["estimate"] < found["high"]
    assert found["enough"] is True
    assert found["comparisons"] == ["rest"]
    assert found["rows"] == 2 * len(WEEKS)
    assert capsys.readouterr().out.strip() == found["sentence"]


@pytest.mark.parametrize(
    "form", ["BOM", "semicolons", "tabs", "CRLF", "UTF-16", "quotes", "columns"]
)
def test_whatever_wrote_the_file_it_says_the_same(form: str, tmp_path: Path) -> None:
    plain = "\n".join(lines())
    forms: dict[str, str | bytes] = {
        "BOM": b"\xef\xbb\xbf" + plain.encode(),
        "semicolons": plain.replace(",", ";"),
        "tabs": plain.replace(",", "\t"),
        "CRLF": plain.replace("\n", "\r\n") + "\r\n\r\n",
        "UTF-16": plain.encode("utf-16"),
        "quotes": "\n".join(",".join(f'"{one}"' for one in row.split(",")) for row in lines()),
        "columns": "\n".join(
            ",".join(["note" if not place else "x", *reversed(row.split(","))])
            for place, row in enumerate(lines())
        ),
    }
    expected = call(written(tmp_path, plain))
    assert call(written(tmp_path, forms[form])) == expected


def test_shares_come_with_their_cases(tmp_path: Path) -> None:
    rows = ["group,at,value,of", "pilot,2026-02-01,34,120", "pilot,2026-03-02,61,130"]
    found = call(written(tmp_path, "\n".join(rows)), "--what", "of requests had one owner in a day")
    assert found["sentence"].startswith(
        "61 % of requests had one owner in a day, 34 % before; likely"
    )
    assert found["cases_before"] == 120
    assert found["cases_after"] == 130


def test_cases_may_be_the_first_column(tmp_path: Path) -> None:
    rows = ["of,group,at,value", "120,pilot,2026-02-01,34", "130,pilot,2026-03-02,61"]
    assert call(written(tmp_path, "\n".join(rows)))["cases_after"] == 130


BAD = {
    "pilot,03.03.2026,5": "at '03.03.2026' is no day such as 2026-11-20",
    "pilot,03/04/2026,5": "is no day",
    "pilot,2026-3-4,5": "is no day",
    "pilot,20260304,5": "is no day",
    "pilot,2026-02-30,5": "is no day",
    "pilot,2026-03-04T10:00,5": "is no day",
    "pilot,,5": "at '' is no day",
    "pilot,2026-03-04,nan": "value 'nan' is no number",
    "pilot,2026-03-04,inf": "value 'inf' is too large",
    "pilot,2026-03-04,1e400": "too large",
    'pilot,2026-03-04,"5,5"': "value '5,5' is no number",
    "pilot,2026-03-04,1_000": "is no number",
    "pilot,2026-03-04,": "value '' is no number",
    "pilot,2026-03-04": "it has 2 fields",
    ",2026-03-04,5": "group is empty",
    f"rest,{(START - timedelta(7)).isoformat()},5": "is in line 18 already",
}


@pytest.mark.parametrize("row", BAD)
def test_a_bad_row_is_named_by_its_line(
    row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "\n".join([*lines(), row]))
    with pytest.raises(Stop, match="1 row is bad; nothing was written"):
        call(path)
    assert f"line {len(lines()) + 1}: " in (said := capsys.readouterr().err)
    assert BAD[row] in said
    assert not path.with_name("effect.json").exists()
    assert call(path, "--skip-bad")["rows_left_out"] == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("pilot,2026-03-04,101,5", "no share"),
        ("pilot,2026-03-04,-1,5", "no share"),
        ("pilot,2026-03-04,50,0", "of '0' is no number of cases"),
        ("pilot,2026-03-04,50,", "of '' is no number of cases"),
        ("pilot,2026-03-04,50,2.5", "of '2.5' is no number of cases"),
    ],
)
def test_a_bad_share_is_named(
    row: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = ["group,at,value,of", "pilot,2026-02-01,34,120", "pilot,2026-03-02,61,130"]
    with pytest.raises(Stop, match="1 row is bad"):
        call(written(tmp_path, "\n".join([*good, row])))
    assert reason in capsys.readouterr().err


def test_many_bad_rows_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = written(tmp_path, "\n".join([*lines(), *lines()[1:]]))
    with pytest.raises(Stop, match="22 rows are bad"):
        call(twice)
    assert "and 2 more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("group,at,value\n", "there is no reading"),
        ("group,day,value\n", "no column at"),
        ("group,at,at,value\n", "names the column at twice"),
        (b"\x1f\x8b\x08\x00", "it is compressed"),
        (b"\xff\xfe\x00", "it is no text"),
        ('group,at,value\n"a', "there is no reading"),
        ('group,at,value\n"' + "x" * 200_000, "this is no CSV"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(
    text: str | bytes, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(Stop, match=reason):
        call(written(tmp_path, text), "--skip-bad")


def test_a_group_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="no group 'pilots'; there are 'pilot', 'rest'"):
        call(written(tmp_path, "\n".join(lines())), treated="pilots")


@pytest.mark.parametrize(
    ("start", "why"), [("2030-01-01", "since the start"), ("2020-01-01", "from before the start")]
)
def test_a_start_outside_the_readings_is_too_early(start: str, why: str, tmp_path: Path) -> None:
    found = call(written(tmp_path, "\n".join(lines())), start=start)
    assert found["enough"] is False
    assert found["why_not"].endswith(why)
    assert found["estimate"] is None


def test_one_value_is_too_early(tmp_path: Path) -> None:
    found = call(written(tmp_path, "group,at,value\npilot,2026-03-02,5"))
    assert found["sentence"].startswith("Too early to say")


def test_a_call_that_makes_no_sense_ends_with_code_2(tmp_path: Path) -> None:
    path = written(tmp_path, "\n".join(lines()))
    with pytest.raises(SystemExit, match="is read, so it is not written over"):
        verbs.run(
            ["effect", str(path), "--start", "2026-03-02", "--treated", "pilot", "--out", str(path)]
        )
    for words in (["--level", "2"], ["--start", "2.3.2026"], ["--better", "left"]):
        with pytest.raises(SystemExit) as ended:
            call(path, *words)
        assert ended.value.code == 2


def test_as_a_command_it_needs_no_database(tmp_path: Path) -> None:
    path, out = written(tmp_path, "\n".join(lines())), tmp_path / "effect.json"
    done = earnest(
        *("effect", str(path), "--start", "2026-03-02", "--treated", "pilot", "--out", str(out)),
        env=clean(tmp_path / "data"),
    )
    assert done.returncode == 0, done.stderr
    assert "likely between" in done.stdout
    assert not (tmp_path / "data").exists()
