"""What was measured of searching, as tables to read: of the function, then of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LIMIT = 0.1  # seconds, the slowest of twenty


def said(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The middle one, the slowest of twenty, and the middle as so many times one row by its key."""
    first = next(iter(found.values()))
    loads = ", ".join(f"{one['load']:.1f} at the end of {name}" for name, one in found.items())
    yield f"{first['rows']:,} rows; load average of the machine {loads}."
    yield "The function, all sorts at once: p50 · p95 in milliseconds · p50 as a ratio to one row."
    for who, kinds in first["found"].items():
        yield ""
        yield f"{'a user who ' + who:<34}" + "".join(f"{name:>26}" for name in found)
        for what in kinds:
            cells = (_cell(one["found"][who][what]) for one in found.values())
            yield f"{what:<34}" + "".join(cells)
        yield f"{'the page, all of these in turn':<34}" + "".join(
            _page(one["pages"][who]) for one in found.values()
        )
        yield f"{'  as a ratio to the bare page':<34}" + "".join(
            _ratio(one["pages"][who]) for one in found.values()
        )
    yield ""
    for name, one in found.items():
        yield from _kept(name, one) if "write" in one else ()
    slowest = max(
        row["p95"]
        for one in found.values()
        for who in one["found"].values()
        for row in who.values()
    )
    yield f"slowest p95 of the function: {slowest * 1000:.0f} ms, {slowest / LIMIT:.2f} of what is allowed"


def _cell(one: dict[str, float]) -> str:
    ratio = one["p50"] / one["one_row"]
    both = f"{one['p50'] * 1000:.1f} · {one['p95'] * 1000:.1f} · {ratio:.0f}×"
    return f"{both:>26}"


def _page(one: dict[str, float]) -> str:
    both = f"{one['p50'] * 1000:.1f} · {one['p95'] * 1000:.1f}"
    return f"{both:>26}"


def _ratio(one: dict[str, float]) -> str:
    both = f"{one['p50'] / one['bare_p50']:.1f}× · {one['p95'] / one['bare_p95']:.1f}×"
    return f"{both:>26}"


def _kept(name: str, one: dict[str, Any]) -> Iterator[str]:
    write = one["write"]
    yield (
        f"{name}: a write {write['with'] * 1000:.2f} ms with the index, "
        f"{write['without'] * 1000:.2f} ms without it ({write['with'] / write['without']:.2f}×);"
    )
    yield (
        f"  {one['index_mb']:.0f} MB of index, made anew in {one['rebuild']:.0f} s, "
        f"freed of what was struck in {one['purge']:.1f} s"
    )
