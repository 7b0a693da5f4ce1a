"""``earnest effect``: readings before and after → what changed, and how sure that is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from earnest.cli.effect.reading import Reading
from earnest.cli.files.beside import beside, in_words
from earnest.cli.files.problems import Problems, counted
from earnest.cli.files.progress import Progress
from earnest.cli.stop import Stop
from earnest.engine.effect.find import find_in
from earnest.engine.effect.series import Table
from earnest.engine.effect.shapes import Effect
from earnest.engine.effect.words import Question
from earnest.engine.rows import shown

NAMED = 10  # groups, where one is not found


def effect(options: argparse.Namespace) -> int:
    _check(options)
    progress = Progress()
    table, left_out = _read(options, progress)
    treated = options.treated.strip()
    if treated not in table.groups:
        raise Stop(
            f"{options.measures}: there is no group {shown(treated)}; {_there(table.groups)}."
        )
    progress.say("Comparing")
    asked = Question(
        options.start, treated, options.unit, options.better, options.what, options.level
    )
    found = find_in(table, asked)
    progress.clear()
    _write(options.out, _told(found, options, len(table.value), left_out))
    progress.tell(f"{options.out}: written.")
    print("".join(one if one.isprintable() else " " for one in found.sentence))
    return 0


def _check(options: argparse.Namespace) -> None:
    """A call that makes no sense ends with its sentence, and code 2."""
    path: Path = options.out
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise SystemExit(f"effect: {path} is no place for a file.")
    if path.resolve() == options.measures.resolve():
        raise SystemExit(f"effect: {path} is read, so it is not written over.")


def _read(options: argparse.Namespace, progress: Progress) -> tuple[Table, int]:
    """The good rows, and how many were left out. Bad ones end it unless they may be skipped."""
    path: Path = options.measures
    reading, count = Reading(path, Problems(path)), 0
    for rows in reading.parts():
        count += rows
        progress.say(f"{path}: {count:,} readings read")
    progress.clear()
    if reading.into is None:
        raise Stop(f"{path}: it is empty.")
    table = reading.into.table()
    _tell_bad(reading.problems, progress, skip=options.skip_bad)
    if not len(table.value):
        raise Stop(f"{path}: there is no reading in it.")
    return table, reading.problems.count


def _tell_bad(problems: Problems, progress: Progress, *, skip: bool) -> None:
    for words in problems.words():
        progress.tell(words)
    if problems.count and not skip:
        bad = counted(problems.count, "row is", "rows are")
        raise Stop(f"{problems.path}: {bad} bad; nothing was written. --skip-bad leaves them out.")
    if problems.count:
        left = counted(problems.count, "bad row", "bad rows")
        progress.tell(f"{problems.path}: {left} left out.")


def _there(groups: Sequence[str]) -> str:
    named = ", ".join(shown(one) for one in groups[:NAMED])
    more = len(groups) - NAMED
    return f"there {'is' if len(groups) == 1 else 'are'} {named}" + f" and {more:,} more" * (
        more > 0
    )


def _told(found: Effect, options: argparse.Namespace, rows: int, left_out: int) -> dict[str, Any]:
    asked = {
        "start": options.start.isoformat(),
        "treated": options.treated.strip(),
        "unit": options.unit,
        "better": options.better,
        "what": options.what,
    }
    return {**asdict(found), **asked, "rows": rows, "rows_left_out": left_out}


def _write(path: Path, told: dict[str, Any]) -> None:
    content = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    with beside(path) as place:
        with in_words(path):
            place.file.write(content.encode("utf-8", "replace"))
        place.keep()
