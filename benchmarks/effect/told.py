"""The tables of docs/effect.md, in words and numbers."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.effect.coverage import Coverage
from benchmarks.effect.peers import Answer, Beside
from benchmarks.effect.speed import Cost
from benchmarks.effect.worlds import WORLDS

FIRST: Final = "<!-- results: written by `python -m benchmarks.effect`; do not edit -->"
LAST: Final = "<!-- end of results -->"
SKIPPED: Final = (
    "*Beside statsmodels: skipped, it is not installed (`uv pip install --group peers`).*"
)


def results(
    worlds: Sequence[Coverage],
    beside: Sequence[Beside],
    held: dict[str, NDArray[np.float64]],
    costs: Sequence[Cost],
) -> str:
    return "\n".join(
        [FIRST, "", _run(), "", *_worlds(worlds), *_beside(beside, held), *_costs(costs), LAST]
    )


def with_results(page: str, found: str) -> str:
    """The page with what stands between its two marks replaced."""
    before, _, rest = page.partition(FIRST)
    _, _, after = rest.partition(LAST)
    return f"{before}{found}{after}"


def _run() -> str:
    packages = ", ".join(f"{name} {_version(name)}" for name in ("numpy", "statsmodels"))
    return (
        f"Run on {datetime.now(tz=UTC).date()}; Python {platform.python_version()}, {packages}."
        " Milliseconds are of one processor."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _worlds(worlds: Sequence[Coverage]) -> list[str]:
    what = {one.name: one.what for one in WORLDS}
    rows = [
        f"| {one.world} | {what[one.world]} | **{100 * one.held:.1f}** | {100 * one.low_side:.1f}"
        f" | {one.width:.2f} | {100 * one.enough:.0f} | {1000 * one.seconds:.1f} |"
        for one in worlds
    ]
    count = worlds[0].count
    shares = [100 * one.held for one in worlds]
    return [
        f"{count:,} draws of each world; chance alone moves a figure by"
        f" {100 * (0.09 / count) ** 0.5:.1f} (one standard error)."
        f" The least is {min(shares):.1f}, the most {max(shares):.1f}.",
        "",
        "| world | what is read | truth held, % | truth below, % | width, mean | said to be enough, % | ms |",
        "|---|---|--:|--:|--:|--:|--:|",
        *rows,
        "",
    ]


def _beside(beside: Sequence[Beside], held: dict[str, NDArray[np.float64]]) -> list[str]:
    if not beside:
        return [SKIPPED, ""]
    rows = [
        f"| {one.name} | {one.furthest:.0e} | {_said(one.peers['OLS'])} | {_said(one.peers['HAC'])}"
        f" | {_said(one.peers['GLSAR'])} | {_said(one.usual)} |"
        for one in beside
    ]
    return [
        "One draw of each, and the Nile: our least squares less statsmodels', as a part of the interval's"
        " width, and the 90 % intervals.",
        "",
        "| series | least squares: difference | OLS | HAC | GLSAR | ours as told |",
        "|---|--:|--:|--:|--:|--:|",
        *rows,
        "",
        *_held(held),
    ]


def _held(held: dict[str, NDArray[np.float64]]) -> list[str]:
    if not held:
        return []
    rows = [
        f"| {name} | {' | '.join(f'{100 * one:.1f}' for one in found)} |"
        for name, found in held.items()
    ]
    return [
        "How often statsmodels' own 90 % intervals hold the truth, in % of 1,000 draws of the same worlds:",
        "",
        "| world | OLS | HAC | GLSAR |",
        "|---|--:|--:|--:|",
        *rows,
        "",
    ]


def _said(one: Answer) -> str:
    return f"{one.low:.2f} to {one.high:.2f}"


def _costs(costs: Sequence[Cost]) -> list[str]:
    rows = [
        f"| {one.rows:,} | {one.groups:,} | {one.file_mb:.0f} | {one.seconds:.1f} | {one.processor:.1f}"
        f" | {one.peak_mb:,.0f} |"
        for one in costs
    ]
    load = os.getloadavg()[0]
    return [
        f"`earnest effect` from CSV to JSON, the whole process; {load:.1f} processes wanted the"
        f" {os.cpu_count()} cores meanwhile.",
        "",
        "| rows | groups | CSV, MB | by the clock, s | of a processor, s | memory at most, MB |",
        "|--:|--:|--:|--:|--:|--:|",
        *rows,
        "",
    ]
