"""The tables of docs/common-ground.md, in words and numbers."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from benchmarks.opinion.big import Cost
from benchmarks.opinion.contest import Bout

FIRST: Final = "<!-- results: written by `python -m benchmarks.opinion`; do not edit -->"
LAST: Final = "<!-- end of results -->"


def results(
    real: Sequence[Bout], made_up: Sequence[Bout], large: Sequence[Cost], *, seconds: float
) -> str:
    speed = _speed([*real, *made_up])
    return "\n".join(
        [FIRST, "", _run(seconds), "", *_agreement(real), *speed, *_large(large), LAST]
    )


def medians(real: Sequence[Bout]) -> tuple[float, float, float | None]:
    """Of ours over everybody, of ours over those the peer grouped too, of the peer's."""
    theirs = [one.peers for one in real if one.peers is not None]
    return (
        statistics.median(one.everybody for one in real),
        statistics.median(one.shared for one in real),
        statistics.median(theirs) if len(theirs) == len(real) else None,
    )


def _run(seconds: float) -> str:
    day = datetime.now(tz=UTC).date()
    packages = ", ".join(
        f"{name} {_version(name)}" for name in ("numpy", "red-dwarf", "scikit-learn")
    )
    load = os.getloadavg()[2]  # of the last quarter of an hour
    return (
        f"Run on {day} in {seconds / 60:.0f} minutes; Python {platform.python_version()}, {packages}; one thread"
        " for everybody, but for the last table. Seconds are of processor time, where not of the clock.\n"
        f"At its end {load:.1f} processes wanted the {os.cpu_count()} cores."
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _agreement(real: Sequence[Bout]) -> list[str]:
    if not real:
        return ["*Agreement: skipped, the open conversations are not beside the repository.*", ""]
    everybody, shared, theirs = medians(real)
    return [
        "| conversation | people · statements | groups: Polis · ours · peer | everybody Polis grouped: ours"
        " | grouped by all: ours | peer | how sure, mean |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(_agreement_row(one) for one in real),
        f"| **median** | | | **{everybody:.3f}** | **{shared:.3f}** | **{_number(theirs)}** | |",
        "",
        *sorted({f"*{one.why}*" for one in real if one.why}),
        "",
    ]


def _agreement_row(bout: Bout) -> str:
    one, peer = bout.one, bout.peer
    groups = f"{len(set(one.group.values()))} · {bout.ours.k} · {peer.k if peer else '–'}"
    size = f"{len(set(one.voter.tolist())):,} · {len(one.statements):,}"
    sure = "–" if bout.with_sure.sure is None else f"{bout.with_sure.sure:.2f}"
    return (
        f"| {one.name} | {size} | {groups} | {bout.everybody:.3f} | {bout.shared:.3f}"
        f" | {_number(bout.peers)} | {sure} |"
    )


def _speed(bouts: Sequence[Bout]) -> list[str]:
    return [
        "| conversation | votes | the map, s | the same with how sure, s | peer, s | peer ÷ map |",
        "|---|--:|--:|--:|--:|--:|",
        *(_speed_row(one) for one in bouts),
        "",
    ]


def _speed_row(bout: Bout) -> str:
    peer = bout.peer.seconds if bout.peer else None
    ratio = f"**{peer / bout.ours.seconds:.0f}**" if peer else "–"
    shown = "–" if peer is None else f"{peer:.2f}"
    return (
        f"| {bout.one.name} | {len(bout.one.value):,} | {bout.ours.seconds:.3f}"
        f" | {bout.with_sure.seconds:.2f} | {shown} | {ratio} |"
    )


def _large(costs: Sequence[Cost]) -> list[str]:
    """The whole command, without how sure it is."""
    if not costs:
        return []
    return [
        f"`earnest map` from CSV to JSON, the whole process on {os.cpu_count()} cores, `--no-sure`:",
        "",
        "| people · statements | votes | CSV, MB | by the clock, s | of processors, s | memory at most, MB |",
        "|---|--:|--:|--:|--:|--:|",
        *(_large_row(one) for one in costs),
        "",
    ]


def _large_row(cost: Cost) -> str:
    size = f"{cost.size.people:,} · {cost.size.statements:,} | {cost.size.votes:,}"
    spent = f"{cost.seconds:.1f} | {cost.processor:.1f} | {cost.peak_mb:,.0f}"
    return f"| {size} | {cost.file_mb:,.0f} | {spent} |"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
