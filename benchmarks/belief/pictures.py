"""The pictures of docs/standing.md: is a chance what it says, and one person's history."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.belief import svg
from benchmarks.belief.asked import Asking
from benchmarks.belief.contest import Round
from benchmarks.belief.interval import SORT, Told, fitted, lived_in_sight
from benchmarks.belief.populations import REPORTED, HiddenStates
from benchmarks.belief.rows import DID, SAID
from earnest.engine.belief import Chance, Event, Params, chance, smooth

FOLDER = Path(__file__).resolve().parents[2] / "docs/pictures"
ROOM = 12.0  # an answer needs so much, along


def reliability(rounds: Sequence[Round]) -> str:
    """One square a population: chances told (along) and the share done (upright), ten bins."""
    across, side, gap = 4, 168, 64
    parts: list[str] = []
    for number, one in enumerate(rounds):
        row, column = divmod(number, across)
        frame = svg.Frame(62 + column * (side + gap), 62 + row * (side + 92), side, side)
        parts += square(frame, one)
    height = 62 + ((len(rounds) - 1) // across + 1) * (side + 92)
    return svg.picture(
        62 + min(across, len(rounds)) * (side + gap),
        height,
        "Chances told by the engine, and the share of deeds that were done",
        [
            svg.text(20, 28, "Chances told (along), and the share then done (upright)", "title"),
            *parts,
        ],
    )


def square(frame: svg.Frame, one: Round) -> list[str]:
    bottom = frame.top + frame.height
    return [
        *frame.axes(),
        svg.text(frame.left, frame.top - 8, one.population),
        svg.path("truth", frame.points([(0, 0), (1, 1)])),
        svg.path("ours", frame.points([(told, done) for told, done, _ in one.bins])),
        *(svg.dot("dot", frame.x(told), frame.y(done), 3) for told, done, _ in one.bins),
        *(
            svg.text(frame.x(share), bottom + 18, f"{share:.0%}", "faint", anchor="middle")
            for share in (0, 0.5, 1)
        ),
        svg.text(
            frame.left + frame.width,
            bottom + 38,
            f"calibration error {one.ours.scores.calibration:.3f}",
            "faint",
            anchor="end",
        ),
    ]


def history() -> str:
    """The first person of the seed with twenty rows or more, eight deeds among them."""
    params = fitted()
    told = a_life(Random(f"picture {REPORTED}"))
    return drawn(told, bands(told, params))


def bands(told: Told, params: Params) -> list[Chance]:
    states = smooth(told.events, params).states
    return [chance(state, SORT, state.at or 0.0, params) for state in states]


def a_life(seed: Random) -> Told:
    while True:
        occasions = Asking(missing=0.0).of(seed)
        told = lived_in_sight(HiddenStates(seed), occasions)
        if len(occasions) >= 20 and sum(one.kind == DID for one in told.events) >= 8:
            return told


def drawn(told: Told, found: Sequence[Chance]) -> str:
    days = [event.at - told.events[0].at for event in told.events]
    frame = svg.Frame(66, 56, 780, 240, 0, days[-1])
    band = [(day, one.high) for day, one in zip(days, found, strict=True)]
    band += [(day, one.low) for day, one in reversed(list(zip(days, found, strict=True)))]
    pairs = list(zip(days, found, strict=True))
    parts = [
        svg.text(20, 28, "One simulated person: the chance of a deed, seen from the end", "title"),
        *frame.axes(),
        svg.path("band", frame.points(band), "polygon"),
        svg.path("truth", frame.points(steps(days, told.hidden))),
        svg.path("ours", frame.points([(day, one.value) for day, one in pairs])),
        *deeds_drawn(frame, days, told.events),
        *answers(frame, days, told.events),
        *legend(frame, days[-1]),
    ]
    return svg.picture(880, 448, "One person's history with its band", parts)


def steps(days: Sequence[float], shares: Sequence[float]) -> list[tuple[float, float]]:
    """What was hidden jumps: it is drawn as steps."""
    found = [(days[0], shares[0])]
    for day, share in zip(days[1:], shares[1:], strict=True):
        found += [(day, found[-1][1]), (day, share)]
    return found


def deeds_drawn(frame: svg.Frame, days: Sequence[float], events: Sequence[Event]) -> list[str]:
    """On the line of done, or on that of missed."""
    return [
        svg.dot("dot" if event.value else "missed", frame.x(day), frame.y(float(event.value)))
        for day, event in zip(days, events, strict=True)
        if event.kind == DID
    ]


def answers(frame: svg.Frame, days: Sequence[float], events: Sequence[Event]) -> list[str]:
    """By their number under the picture; those of one talk stand under each other."""
    found, last, row = [], -ROOM, 0
    for day, event in zip(days, events, strict=True):
        if event.kind == SAID:
            x = frame.x(day)
            row = row + 1 if x - last < ROOM else 0
            last = last if row else x
            below = frame.top + frame.height + 20 + 15 * row
            found.append(svg.text(last, below, str(event.value), "said", anchor="middle"))
    return found


def legend(frame: svg.Frame, days: float) -> list[str]:
    bottom = frame.top + frame.height
    told = (
        "Line and band: the engine and its 80 % interval. Dashed: what the simulation hid.",
        "Full circle: done; empty: missed. Numbers: answers of 1 to 5, on any of the four conditions.",
    )
    return [
        svg.text(frame.left + frame.width, bottom + 88, f"{days:.0f} days", "faint", anchor="end"),
        *(
            svg.text(frame.left, bottom + 110 + 20 * row, words, "faint")
            for row, words in enumerate(told)
        ),
    ]
