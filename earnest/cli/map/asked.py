"""Whether a call makes sense, before anything is read."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

POLIS = ("votes.csv", "comments.csv", "participants-votes.csv", "summary.csv")


def check(options: argparse.Namespace) -> None:
    """A call that makes no sense ends with its sentence, and code 2."""
    files = [path for path in (options.out, options.svg, options.html) if path]
    if not files and not options.polis and options.where is None:
        raise SystemExit("map: --out FILE, --svg FILE, --html FILE, --polis DIR or --where VOTER.")
    if options.polis and options.polis.exists() and not options.polis.is_dir():
        raise SystemExit(f"map: {options.polis} is no folder.")
    for path in files:
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise SystemExit(f"map: {path} is no place for a file.")
    in_polis = [options.polis / name for name in POLIS] if options.polis else []
    inputs = [path for path in (options.votes, options.comments) if path]
    _check_apart([*files, *in_polis], inputs)


def _check_apart(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Nothing is written over what is read, nor twice. (A map may replace the one before it.)"""
    read, written = {path.resolve() for path in inputs}, set()
    for path in outputs:
        if path.resolve() in read:
            raise SystemExit(f"map: {path} is read, so it is not written over.")
        if path.resolve() in written:
            raise SystemExit("map: two of the files to write are the same.")
        written.add(path.resolve())
