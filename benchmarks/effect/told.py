"""The tables of docs/effect.md, in words and numbers."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.effect.allowing import Allowed
from benchmarks.effect.coverage import Coverage
from benchmarks.effect.peers import Answer, Beside
from benchmarks.effect.speed import Cost
from benchmarks.effect.worlds import ALL, WEAKER

FIRST: Final = "<!-- results: written by `python -m benchmarks.effect`; do not edit -->"
LAST: Final = "<!-- end of results -->"
SKIPPED: Final = (
    "*Beside statsmodels: skipped, it is not installed (`uv pip install --group peers`).*"
)


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured; ``beside`` and ``held`` are empty without statsmodels."""

    worlds: Sequence[Coverage]
    allowed: Sequence[Allowed]
    beside: Sequence[Beside]
    held: dict[str, NDArray[np.float64]]
    peers: int  # draws of each world that ``held`` is of
    costs: Sequence[Cost]


def results(found: Results) -> str:
    parts = [_worlds(found.worlds), _allowed(found.allowed, found.worlds[0].count)]
    parts += [_beside(found.beside), _held(found.held, found.peers), _costs(found.costs)]
    return "\n".join([FIRST, "", _run(), "", *(line for part in parts for line in part), LAST])


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
    asked = [one for one in worlds if one.world not in {other.name for other in WEAKER}]
    weaker = [one for one in worlds if one not in asked]
    count = worlds[0].count
    shares = [100 * one.held for one in asked]
    chance = 100 * (0.09 / count) ** 0.5
    beyond = [f"{one.world}, {100 * one.held:.1f}" for one in asked if not 0.87 <= one.held <= 0.93]
    return [
        f"{count:,} draws of each world, of seeds that nothing was settled on; chance alone moves a figure"
        f" by {chance:.1f} (one standard error). The least is {min(shares):.1f}, the most {max(shares):.1f}."
        f" Beyond 87 to 93: {'; '.join(beyond) or 'none'}.",
        "",
        *_coverages(asked),
        "Where it is weaker; these are not asked to lie from 87 to 93:",
        "",
        *_coverages(weaker),
    ]


def _coverages(worlds: Sequence[Coverage]) -> list[str]:
    what = {one.name: one.what for one in ALL}
    rows = [
        f"| {one.world} | {what[one.world]} | **{100 * one.held:.1f}** | {_percent(one, one.below):.1f}"
        f" | {one.width:.2f} | {_percent(one, one.told):.0f} | {1000 * one.seconds / one.count:.1f} |"
        for one in worlds
    ]
    return [
        "| world | what is read | truth held, % | truth below, % | width, mean | said to be enough, % | ms |",
        "|---|---|--:|--:|--:|--:|--:|",
        *rows,
        "",
    ]


def _percent(one: Coverage, some: int) -> float:
    return 100 * some / one.count


def _allowed(allowed: Sequence[Allowed], count: int) -> list[str]:
    rows = [
        f"| {one.what} | {one.allows} | **{100 * one.held:.1f}** | {one.width:.2f} |"
        for one in allowed
    ]
    return [
        "What it costs to allow for ties and other spreads: three comparisons, 10 weeks and 8,"
        f" {count:,} draws.",
        "",
        "| readings have | the interval allows for | truth held, % | width, mean |",
        "|---|---|--:|--:|",
        *rows,
        "",
    ]


def _beside(beside: Sequence[Beside]) -> list[str]:
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
    ]


def _held(held: dict[str, NDArray[np.float64]], count: int) -> list[str]:
    if not held:
        return []
    rows = [
        f"| {name} | {' | '.join(f'{100 * one:.1f}' for one in found)} |"
        for name, found in held.items()
    ]
    return [
        "How often 90 % intervals of statsmodels hold the truth, and ours, in % of the first"
        f" {count:,} of the draws above:",
        "",
        "| world | OLS | HAC | GLSAR | ours as told |",
        "|---|--:|--:|--:|--:|",
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
