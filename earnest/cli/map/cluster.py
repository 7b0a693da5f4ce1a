"""More votes than memory holds: the rows from disk, the steps of the engine by Dask.

The engine reads the sparse matrix mapped into memory, block by block. Dask does each step on some blocks of
participants at once: on the processors of this machine, or on the workers of a cluster where this process
has a ``dask.distributed`` client. What is added up is added up in the same order as in memory, so the map
is the same. What stays in memory is some numbers a voter and the scatter of the statements; nothing a vote.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import batched
from pathlib import Path
from typing import Any

from earnest.cli.stop import Stop
from earnest.engine.opinion.maps import Each

A_ROW = 10  # bytes of text a vote has at least, about
IN_MEMORY = 30  # bytes a vote takes at most while the rows are sorted
SHARE = 0.7  # of what is free
MISSING = "--cluster needs Dask, which is not installed: pip install 'earnest[cluster]'."


def each_of(asked: bool, *, from_disk: bool) -> Each:
    """How the steps are done: by Dask where it was asked for, or where it is there and memory is short."""
    there = find_spec("dask") is not None
    if asked and not there:
        raise Stop(MISSING)
    return by_dask if there and (asked or from_disk) else map


def by_dask(call: Callable[[Any], Any], blocks: Iterable[Any], /) -> Iterator[Any]:
    """What ``call`` gives for each block, in order; as many at once as there are processors."""
    import dask

    later = dask.delayed(call, pure=False, traverse=False)
    for some in batched(blocks, max(2, os.cpu_count() or 1)):
        yield from dask.compute(*(later(block) for block in some), traverse=False)


def too_large(path: Path) -> bool:
    """Whether its votes would hardly fit in what memory is free; where that is not known, no."""
    try:
        size = path.stat().st_size if path.is_file() else 0
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") + _cached()
    except (OSError, ValueError, AttributeError):
        return False
    return size / A_ROW * IN_MEMORY > SHARE * free


def _cached() -> int:
    """What the system holds of files and gives back when asked."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        name, _, amount = line.partition(":")
        if name == "Cached":
            return int(amount.split()[0]) * 1024
    return 0
