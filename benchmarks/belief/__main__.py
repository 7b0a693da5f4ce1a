"""The whole contest, the real case and the pictures, into docs/standing.md.

    python -m benchmarks.belief          # all of it: about ten minutes on two cores
    python -m benchmarks.belief --quick  # small, on other seeds; writes nothing: under two minutes
    python -m benchmarks.belief --workers 1

Needs scikit-learn, which is among the development packages. What was reached and what was not is
written as it is.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.belief import pictures, told
from benchmarks.belief.contest import QUICK, WHOLE, Round, contest
from benchmarks.belief.interval import fitted, intervals
from benchmarks.belief.real import case

PAGE = Path(__file__).resolve().parents[2] / "docs/standing.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, and nothing is written")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    begun = time.monotonic()
    rounds = contest(QUICK if options.quick else WHOLE, options.workers)
    if not options.quick:
        draw_pictures(rounds)
        within = intervals(fitted())
        found = told.results(rounds, within, case(), time.monotonic() - begun)
        PAGE.write_text(with_results(PAGE.read_text(), found))
    print(in_short(rounds, time.monotonic() - begun))


def draw_pictures(rounds: Sequence[Round]) -> None:
    pictures.FOLDER.mkdir(parents=True, exist_ok=True)
    largest = [one for one in rounds if one.fitted_on == max(WHOLE.draws)]
    (pictures.FOLDER / "standing-reliability.svg").write_text(pictures.reliability(largest))
    (pictures.FOLDER / "standing-history.svg").write_text(pictures.history())


def with_results(page: str, results: str) -> str:
    """The page with what stands between its two marks replaced."""
    before, _, rest = page.partition(told.FIRST)
    _, _, after = rest.partition(told.LAST)
    return f"{before}{results}{after}"


def in_short(rounds: Sequence[Round], seconds: float) -> str:
    lines = [
        f"{one.population:<18} {one.fitted_on:>5}  engine {one.ours.scores.log_loss:.4f}"
        f"  {one.closest.forecaster} {one.closest.scores.log_loss:.4f}"
        f"  ({one.closest.behind[0]:+.4f} ± {one.closest.behind[1]:.4f})"
        f"  calibration {one.ours.scores.calibration:.3f}"
        for one in rounds
    ]
    missed = [
        f"not reached: {aim.population}, {aim.words}: {aim.figures}"
        for aim in told.aims(rounds)
        if not aim.reached
    ]
    return "\n".join([*lines, *(missed or ["every aim reached"]), f"{seconds:.0f} s"])


if __name__ == "__main__":
    main()
