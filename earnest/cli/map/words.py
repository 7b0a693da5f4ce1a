"""The map in words: what stands beside the picture, in its description and in the tables."""

from __future__ import annotations

from earnest.cli.files.problems import counted
from earnest.cli.map.told import Held, Told
from earnest.engine.opinion.picture import Panel, Spot, name_of

FEW = 100  # so many people are drawn as points; of more, base clusters as circles
HOLDS, UNITES = 3, 3
AGREES, NOT = "✓", "✗"
UNSAID = ("", "Too few votes to say what sets them apart.")
COUNTS = ("No", "One", "Two", "Three", "Four", "Five")


def title(told: Told) -> str:
    people = counted(len(told.ballots.voters), "person", "people")
    if not told.k:
        return f"Where {people} stand: too few to say"
    groups = COUNTS[told.k] if told.k < len(COUNTS) else str(told.k)
    return f"Where {people} stand: {groups.lower()} group{'s' if told.k > 1 else ''}"


def caption(told: Told, *, you: bool) -> str:
    """How to read the map."""
    each = (
        "one person"
        if _few(told)
        else "people who vote nearly alike, a larger one for more of them"
    )
    ring = " The ring is where you are." if you else ""
    return f"A mark is {each}. The nearer two are, the more alike they vote.{ring}"


def description(told: Told) -> str:
    """The picture for who does not see it."""
    said = [f"{told.too_few.capitalize()}."] if told.too_few else []
    for group in range(told.k):
        said.append(f"Group {name_of(group)}, {_size(told, group)}.")
        said.extend(
            f"{_way(one)} {_of_ten(one)}: {told.text(one.statement)}" for one in _first(told, group)
        )
    united = list(told.united())[:UNITES] if told.k else []
    said.extend(
        f"Uniting all, {_way(one).lower()} {_of_ten(one)}: {told.text(one.statement)}"
        for one in united
    )
    return "\n".join(said)


def panels(told: Told) -> list[Panel]:
    """A card a group, the most telling statements on it, and one of what unites all."""
    if not told.k:
        return [Panel(-1, "Too few to say", f"{told.too_few or ''}".partition(": ")[2], ())]
    found = [
        Panel(
            group,
            f"Group {name_of(group)}",
            _size(told, group),
            tuple(_line(told, one) for one in _first(told, group)) or (UNSAID,),
        )
        for group in range(told.k)
    ]
    united = tuple(_line(told, one) for one in list(told.united())[:UNITES])
    if united and told.k > 1:
        found.append(Panel(-1, "What unites all", "a majority of every group", united))
    return found


def spots(told: Told) -> list[Spot]:
    """Everybody who shapes the map as a point where they are few, else base clusters as circles."""
    found = told.map
    if _few(told):
        rows = zip(
            found.x.tolist(),
            found.y.tolist(),
            told.groups().tolist(),
            found.shapes.tolist(),
            strict=True,
        )
        return [Spot(x, y, group) for x, y, group, shapes in rows if shapes]
    bases = found.bases
    rows = zip(
        bases.x.tolist(), bases.y.tolist(), bases.group.tolist(), bases.count.tolist(), strict=True
    )
    return [Spot(x, y, group if told.k else -1, count) for x, y, group, count in rows if count]


def _few(told: Told) -> bool:
    return int(told.map.shapes.sum()) <= FEW


def mark_title(group: int, count: int) -> str:
    people = counted(count, "person", "people")
    return f"Group {name_of(group)}: {people}" if group >= 0 else people


def _first(told: Told, group: int) -> list[Held]:
    return list(told.held_by(group))[: HOLDS if told.k < 4 else 2]


def _line(told: Told, one: Held) -> tuple[str, str]:
    return AGREES if one.agrees else NOT, told.text(one.statement)


def _size(told: Told, group: int) -> str:
    size = int(told.map.tally.size[group])
    share = size / max(int(told.map.tally.size.sum()), 1)
    return f"{counted(size, 'person', 'people')}, {share:.0%}"


def _way(one: Held) -> str:
    return "Agree" if one.agrees else "Disagree"


def _of_ten(one: Held) -> str:
    return f"{one.of:,} of {one.seen:,}"
