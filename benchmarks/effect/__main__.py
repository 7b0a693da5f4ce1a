"""How often intervals hold the truth, statsmodels beside them, and speed, into docs/effect.md.

    python -m benchmarks.effect               # all of it: about twenty minutes of a processor
    python -m benchmarks.effect --quick       # 200 draws of each world; writes nothing
    python -m benchmarks.effect --kept FILE   # coverage is kept there after each 250 draws, and gone on from

Where statsmodels is missing, that part is left out, and the page says so.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.effect import peers, speed, told
from benchmarks.effect.allowing import allowing
from benchmarks.effect.coverage import measure

PAGE = Path(__file__).resolve().parents[2] / "docs/effect.md"
COUNT, PEERS = 4_000, 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few draws; nothing is written")
    parser.add_argument("--kept", metavar="FILE", type=Path, help="where coverage is kept")
    parser.add_argument("--draws", type=int, default=COUNT, help="of each world")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    count = 200 if options.quick else options.draws
    kept = None if options.quick else options.kept
    worlds = measure(count, kept, processes=options.processes)
    for one in worlds:
        print(one.line(), flush=True)
    if options.quick:
        return
    found = told.Results(
        worlds=worlds,
        allowed=allowing(count),
        beside=peers.all_beside() if peers.statsmodels else [],
        held=peers.held(PEERS) if peers.statsmodels else {},
        peers=PEERS,
        costs=speed.measure(),
    )
    PAGE.write_text(told.with_results(PAGE.read_text(), told.results(found)))


if __name__ == "__main__":
    main()
