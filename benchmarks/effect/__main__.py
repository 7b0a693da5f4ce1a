"""How often intervals hold the truth, statsmodels beside them, and speed, into docs/effect.md.

    python -m benchmarks.effect               # all of it: about twenty minutes of a processor
    python -m benchmarks.effect --quick       # 200 draws of each world; writes nothing
    python -m benchmarks.effect --kept FILE   # coverage from a file that an earlier run kept, or kept there

Where statsmodels is missing, that part is left out, and the page says so.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.effect import peers, speed, told
from benchmarks.effect.coverage import Coverage, measure

PAGE = Path(__file__).resolve().parents[2] / "docs/effect.md"
COUNT, PEERS = 4_000, 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few draws; nothing is written")
    parser.add_argument("--kept", metavar="FILE", type=Path, help="where coverage is kept")
    options = parser.parse_args()
    worlds = measure(200) if options.quick else coverages(options.kept)
    for one in worlds:
        print(one.line(), flush=True)
    if options.quick:
        return
    there = peers.statsmodels is not None
    beside = peers.all_beside() if there else []
    held = peers.held(PEERS) if there else {}
    PAGE.write_text(
        told.with_results(PAGE.read_text(), told.results(worlds, beside, held, speed.measure()))
    )


def coverages(kept: Path | None) -> list[Coverage]:
    if kept and kept.exists():
        return [Coverage(**one) for one in json.loads(kept.read_text())]
    found = measure(COUNT)
    if kept:
        kept.write_text(json.dumps([asdict(one) for one in found]))
    return found


if __name__ == "__main__":
    main()
