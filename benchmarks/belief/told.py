"""Turns the contest and the real case into the results of docs/standing.md."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.belief.contest import Line, Round
from benchmarks.belief.interval import Within
from benchmarks.belief.kept_back import KEPT_BACK
from benchmarks.belief.populations import DRAWS, REPORTED
from benchmarks.belief.real import RAW, SPLITS, Case
from benchmarks.belief.scores import BINS
from benchmarks.report import processor, table

MOST_CALIBRATION_ERROR = 0.03
MANY = 3_000  # people fitted on, from whom chances are to be what they say
FIRST, LAST = (
    "<!-- results: written by `python -m benchmarks.belief`; do not edit -->",
    "<!-- end of results -->",
)
HEAD = ["", "log-loss", "Brier", "AUC", "calibration error", "behind the engine", "engine better"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What the engine was to reach, on one population, and whether it did."""

    population: str
    words: str
    reached: bool
    figures: str


def aims(rounds: Sequence[Round]) -> list[Aim]:
    """Better than the best peer wherever it was fitted, and calibrated where on the most."""
    return [aim for one in rounds for aim in aims_of(one, calibrated=one.fitted_on == MANY)]


def aims_of(one: Round, *, calibrated: bool) -> Iterator[Aim]:
    (behind, error), ours = one.closest.behind, one.ours.scores
    yield Aim(
        one.population,
        f"fitted on {one.fitted_on:,}: better log-loss than the best peer",
        behind > 0,
        f"{behind:+.4f} ± {error:.4f} before {one.closest.forecaster}",
    )
    if calibrated:
        yield Aim(
            one.population,
            f"fitted on {one.fitted_on:,}: calibration error at most {MOST_CALIBRATION_ERROR}",
            ours.calibration <= MOST_CALIBRATION_ERROR,
            f"{ours.calibration:.3f}",
        )


def results(rounds: Sequence[Round], within: Sequence[Within], real: Case, seconds: float) -> str:
    return "\n".join(
        [
            FIRST,
            "",
            *how(seconds),
            *summary(rounds),
            *pictures(),
            *interval(within),
            *(part for one in rounds for part in in_full(one)),
            *real_case(real),
            LAST,
        ]
    )


def how(seconds: float) -> Iterator[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scikit-learn"))
    draws = ", ".join(f"{people:,} people ({times}×)" for people, times in DRAWS.items())
    yield f"Run on {time.strftime('%Y-%m-%d')} in {seconds / 60:.0f} minutes; {processor()}; {packages}; seed {REPORTED}."
    yield f"Fitted on {draws}; means over these draws. Always tested on the same 3,000 other people of the"
    yield "population. *Behind the engine* is log-loss a deed less the engine's, ± one standard error by"
    yield f"drawing the tested people anew. *Calibration error*: deeds sorted by chance into {BINS} bins of equal"
    yield "count; the mean distance between the chance told and the share done. *Engine better*: in how"
    yield "many draws."
    yield ""


def summary(rounds: Sequence[Round]) -> Iterator[str]:
    found = aims(rounds)
    missed = [aim for aim in found if not aim.reached]
    yield "### In short"
    yield ""
    yield f"{len(found) - len(missed)} of {len(found)} aims reached."
    yield from (f"Not reached: {aim.population}, {aim.words}: {aim.figures}." for aim in missed)
    yield ""
    sizes = list(DRAWS)
    head = [
        "population",
        *(f"fitted on {size:,}: engine · best peer" for size in sizes),
        "calibration error at each",
    ]
    yield from table(head, [short(name, of(rounds, name)) for name in names(rounds)])
    if KEPT_BACK:
        yield f"({' and '.join(KEPT_BACK)}: kept back until the engine was done.)"
        yield ""


def names(rounds: Sequence[Round]) -> list[str]:
    return list(dict.fromkeys(one.population for one in rounds))


def of(rounds: Sequence[Round], name: str) -> list[Round]:
    return [one for one in rounds if one.population == name]


def short(name: str, rounds: Sequence[Round]) -> list[str]:
    cells = [
        f"**{one.ours.scores.log_loss:.4f}** · {one.closest.scores.log_loss:.4f} {one.closest.forecaster}"
        for one in rounds
    ]
    errors = " · ".join(f"{one.ours.scores.calibration:.3f}" for one in rounds)
    return [name, *cells, errors]


def pictures() -> Iterator[str]:
    yield "![Chances told and shares done, for each population](pictures/standing-reliability.svg)"
    yield ""
    yield "Fitted on 3,000 people; on the dashed line a chance is exactly what it says."
    yield ""
    yield "![One simulated person: deeds, answers, the engine's band](pictures/standing-history.svg)"
    yield ""
    yield "Fitted on 300 others. The smoothed history of a person who was not ready, trying or habitual, one"
    yield "after the other: in the simulation these are jumps, which the engine can only follow as a slope."
    yield ""


def interval(within: Sequence[Within]) -> Iterator[str]:
    yield "### The interval"
    yield ""
    yield "Where people are simulated, the chance that nobody can see is known. Hidden states, fitted on 300,"
    yield "others at the end of their record: how often it lies within the 80 % interval."
    yield ""
    rows = [
        [f"{first} to {last}", f"{people:,}", f"{share:.0%}", f"{width:.2f}"]
        for (first, last), people, share, width in within
    ]
    yield from table(["rows known", "people", "within", "mean width"], rows)


def in_full(one: Round) -> Iterator[str]:
    yield f"### {one.population.capitalize()}, fitted on {one.fitted_on:,}"
    yield ""
    yield f"{one.tested[1]:,} deeds of {one.tested[0]:,} people."
    yield ""
    yield from table(HEAD, [row(line) for line in one.lines])


def row(line: Line) -> list[str]:
    reached = line.scores
    gap, error = line.behind
    figures = [f"{number:.4f}" for number in (reached.log_loss, reached.brier)]
    figures += [f"{number:.3f}" for number in (reached.auc, reached.calibration)]
    if not gap and not error:
        return [line.forecaster, *figures, "", ""]
    return [line.forecaster, *figures, f"{gap:+.4f} ± {error:.4f}", f"{line.won} of {line.draws}"]


def real_case(real: Case) -> Iterator[str]:
    yield "### A real case"
    yield ""
    yield f"{real.people} people in the United Kingdom (`tests/data/said_vs_did/`), {SPLITS} random halvings, each"
    yield f"half fitted on once and tested once; {real.done:.0%} did it."
    yield ""
    rows = [real_row(name, real) for name in real.scores]
    yield from table(HEAD[:-1], rows)
    yield f"*{RAW.capitalize()}* sees what the others do not: no rounding, norm, every single answer."
    yield ""


def real_row(name: str, real: Case) -> list[str]:
    reached, (gap, error) = real.scores[name], real.behind[name]
    figures = [f"{number:.4f}" for number in (reached.log_loss, reached.brier)]
    figures += [f"{number:.3f}" for number in (reached.auc, reached.calibration)]
    return [name, *figures, f"{gap:+.4f} ± {error:.4f}" if error else ""]
