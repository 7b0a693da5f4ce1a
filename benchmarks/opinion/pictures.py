"""Agreement and speed beside the peer, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.belief.svg import Frame, dot, line, picture, text
from benchmarks.opinion.contest import Bout

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs/pictures"
_ROW: Final = 30
_LEFT, _WIDTH, _TOP = 250, 400, 60


def agreement(bouts: Sequence[Bout]) -> str:
    """A line for each conversation: ours filled, the peer's hollow, from 0 to 1."""
    rows = [
        (one.one.name, one.shared, one.peers) for one in sorted(bouts, key=lambda one: -one.shared)
    ]
    marks = [(f"{share:.1f}", share) for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    return _dots("Agreement with the groups Polis published (adjusted Rand index)", rows, marks)


def speed(bouts: Sequence[Bout]) -> str:
    """Processor seconds on a logarithmic line, from a millisecond to a hundred seconds."""
    rows = [
        (one.one.name, _decades(one.ours.seconds), _decades(one.peer.seconds) if one.peer else None)
        for one in sorted(bouts, key=lambda one: one.ours.seconds)
    ]
    marks = [(name, _decades(seconds)) for name, seconds in _SECONDS]
    return _dots("Seconds of processor time for one map", rows, marks)


_SECONDS: Final = (("1 ms", 0.001), ("10 ms", 0.01), ("0.1 s", 0.1), ("1 s", 1.0), ("10 s", 10.0))


def _decades(seconds: float) -> float:
    return min(max((math.log10(seconds) + 3) / 5, 0.0), 1.0)


def _dots(
    title: str,
    rows: Sequence[tuple[str, float, float | None]],
    marks: Sequence[tuple[str, float]],
) -> str:
    height = _TOP + _ROW * len(rows)
    frame = Frame(_LEFT, _TOP, _WIDTH, height - _TOP)
    parts = [text(20, 28, title, "title")]
    for name, share in marks:
        x = frame.x(share)
        parts += [line("grid", [(x, _TOP - 8), (x, height)])]
        parts += [text(x, height + 20, name, "faint", anchor="middle")]
    for number, (name, ours, peer) in enumerate(rows):
        y = _TOP + _ROW * number + 12
        parts.append(text(_LEFT - 12, y + 4, name.split(".")[0], anchor="end"))
        if peer is not None:
            left, right = sorted((max(ours, 0.0), max(peer, 0.0)))
            parts.append(line("axis", [(frame.x(left), y), (frame.x(right), y)]))
            parts.append(dot("missed", frame.x(max(peer, 0.0)), y, 5))
        parts.append(dot("dot", frame.x(max(ours, 0.0)), y, 5))
    legend = height + 46
    parts += [dot("dot", _LEFT, legend - 4, 5), text(_LEFT + 12, legend, "Earnest")]
    parts += [dot("missed", _LEFT + 110, legend - 4, 5), text(_LEFT + 122, legend, "red-dwarf")]
    return picture(_LEFT + _WIDTH + 40, legend + 20, title, parts)
