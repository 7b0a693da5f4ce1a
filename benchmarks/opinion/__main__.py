"""Agreement with Polis and speed beside the peer, into docs/common-ground.md.

    python -m benchmarks.opinion          # all of it: about ten minutes
    python -m benchmarks.opinion --quick  # two small conversations; writes nothing
    python -m benchmarks.opinion --real   # without the made-up ones; writes nothing

The last and longest part is the whole command on fifty million votes (``benchmarks.opinion.big``), which
uses all processors. What is missing, the open conversations or the peer, is left out, and the page says so.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.opinion import big, pictures, told
from benchmarks.opinion.contest import Bout, bout
from benchmarks.opinion.conversations import conversations, made_up

PAGE = Path(__file__).resolve().parents[2] / "docs/common-ground.md"
SIZES = ((1_000, 100, 0.4), (10_000, 200, 0.2))  # people, statements, share seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="two conversations; nothing is written"
    )
    parser.add_argument("--real", action="store_true", help="none made up; nothing is written")
    options = parser.parse_args()
    begun = time.monotonic()
    real = [_said(bout(one)) for one in conversations()[: 2 if options.quick else None]]
    if options.quick or options.real:
        return
    synthetic = [_said(bout(made_up(*size))) for size in SIZES]
    pictures.FOLDER.mkdir(parents=True, exist_ok=True)
    if real:
        (pictures.FOLDER / "common-ground-agreement.svg").write_text(pictures.agreement(real))
    (pictures.FOLDER / "common-ground-speed.svg").write_text(pictures.speed([*real, *synthetic]))
    large = big.measure(big.sizes())
    found = told.results(real, synthetic, large, seconds=time.monotonic() - begun)
    PAGE.write_text(with_results(PAGE.read_text(), found))


def with_results(page: str, results: str) -> str:
    """The page with what stands between its two marks replaced."""
    before, _, rest = page.partition(told.FIRST)
    _, _, after = rest.partition(told.LAST)
    return f"{before}{results}{after}"


def _said(found: Bout) -> Bout:
    theirs = "–" if found.peers is None else f"{found.peers:.3f}"
    seconds = "–" if found.peer is None else f"{found.peer.seconds:.2f} s"
    print(
        f"{found.one.name:<38} ours {found.shared:.3f} ({found.everybody:.3f})  peer {theirs}"
        f"  {found.ours.seconds:.3f} s, sure {found.with_sure.seconds:.2f} s, peer {seconds}",
        flush=True,
    )
    return found


if __name__ == "__main__":
    main()
