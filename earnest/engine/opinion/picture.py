"""A map of opinions as shapes: data in, frozen shapes out. No SVG, no words, no NumPy.

The command line and the pages draw the same picture from it; the words on it come from whoever draws, so
that they can be translated. Coordinates are text with one decimal, so that no locale changes them in a
template. The picture reads without colour: a group is its shape, its letter and its place as well.

Circles for many people (a mark stands for all of a base cluster, its area for how many), points for
few. Equal distance is equal difference in both directions. A group's region is the hull of nineteen
twentieths of it, drawn round, so that one person far off does not stretch it over others.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, PLOT, MARGIN, GAP = 1_000.0, 600.0, 26.0, 28.0  # of the whole, of the map in it
HEAD = 24.0  # the title stands above the marks
CARD_TOP, TITLE, LINE, BETWEEN = 22.0, 24.0, 19.0, 20.0  # heights on the cards
LETTER = 14.5  # size of a statement's letters
SMALLEST, LARGEST = 4.0, 26.0  # radius of a mark
WITHIN = 0.95  # of a group inside its region
FEW_LINES = 3  # of a statement
NARROW, WIDE_CAPITALS = set("fijlrtI.,;:'|!()[]/ "), set("mwMW@%&")
NAMES = "ABCDEFGH"

type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """Somebody, or a base cluster of so many: where, and of which group (from 0; −1 none)."""

    x: float
    y: float
    group: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Panel:
    """What is said beside the map: of a group, or of all (group −1). ``lines`` are a sign and a text."""

    group: int
    title: str
    under: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its outline as an SVG path, its group and for how many people it stands."""

    path: str
    group: int
    count: int


@dataclass(frozen=True, slots=True)
class Region:
    """Where a group is: the outline, and where its letter stands."""

    path: str
    group: int
    name: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text at its place; ``style`` is title, under, sign or said."""

    x: str
    y: str
    text: str
    style: str
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A panel laid out: the mark of its group, and its lines."""

    group: int
    mark: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All shapes, to be drawn in this order: regions, marks, you, texts, cards."""

    width: str
    height: str
    plot: str  # the side of the square the map stands in
    regions: tuple[Region, ...]
    marks: tuple[Mark, ...]
    you: str  # a ring around where somebody sits, or nothing
    cards: tuple[Card, ...]
    texts: tuple[Text, ...] = ()  # the title in the map, the caption below it

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def picture(
    spots: Sequence[Spot],
    panels: Sequence[Panel] = (),
    *,
    title: str = "",
    caption: str = "",
    you: Point | None = None,
) -> Picture:
    """Draw these; without panels the map stands alone. ``you`` is where one person sits."""
    frame = _frame([(one.x, one.y) for one in spots] + ([you] if you else []))
    largest = max((one.count for one in spots), default=1)
    placed = [_Placed(frame.place(one.x, one.y), _radius(one.count, largest), one) for one in spots]
    cards, height = _cards(panels)
    texts = _texts(title, caption)
    groups = sorted({one.group for one in spots if one.group >= 0})
    return Picture(
        width=_n(WIDTH if panels else PLOT),
        height=_n(max(height, PLOT + LINE * sum(one.style == "under" for one in texts) + 6)),
        plot=_n(PLOT),
        regions=tuple(_region(placed, group) for group in groups if len(groups) > 1),
        marks=tuple(_mark(one) for one in sorted(placed, key=lambda one: -one.radius)),
        you=outline(-1, frame.place(*you), LARGEST / 2) if you else "",
        cards=tuple(cards),
        texts=tuple(texts),
    )


def _texts(title: str, caption: str) -> list[Text]:
    found = [
        Text(_n(MARGIN), _n(MARGIN + 14), line, "title") for line in wrapped(title, PLOT - 60, 1)
    ]
    for number, line in enumerate(wrapped(caption, PLOT - 40)):
        found.append(Text("14", _n(PLOT + 10 + LINE * number), line, "under"))
    return [one for one in found if one.text]


def name_of(group: int) -> str:
    """The letter a group is known by."""
    return NAMES[group] if 0 <= group < len(NAMES) else str(group + 1)


# ── the map ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the middle of everything is, and how long one unit is."""

    x: float
    y: float
    scale: float

    def place(self, x: float, y: float) -> Point:
        half = PLOT / 2
        return half + (x - self.x) * self.scale, half + HEAD / 2 - (y - self.y) * self.scale


def _frame(points: Sequence[Point]) -> _Frame:
    if not points:
        return _Frame(0.0, 0.0, 1.0)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide = max(max(xs) - min(xs), max(ys) - min(ys))
    room = PLOT - 2 * (MARGIN + LARGEST) - HEAD
    return _Frame(
        (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, room / wide if wide > 0 else 1.0
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A spot on the paper."""

    at: Point
    radius: float
    spot: Spot


def _radius(count: int, largest: int) -> float:
    """The area says how many; where each is one person, all are points."""
    if largest <= 1:
        return SMALLEST + 1
    return max(SMALLEST, LARGEST * math.sqrt(count / largest))


def _mark(one: _Placed) -> Mark:
    return Mark(outline(one.spot.group, one.at, one.radius), one.spot.group, one.spot.count)


def outline(group: int, at: Point, radius: float) -> str:
    """The shape of a group around a place, as an SVG path; all of the same area."""
    x, y = at
    corners = {1: (4, 45.0), 2: (3, -90.0), 3: (4, 0.0), 4: (6, 0.0)}.get(group % 5)
    if group < 0 or corners is None:
        r = _n(radius)
        return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {_n(2 * radius)} 0a{r} {r} 0 1 0 {_n(-2 * radius)} 0z"
    count, turn = corners
    step = 2 * math.pi / count
    reach = radius * math.sqrt(2 * math.pi / (count * math.sin(step)))
    angles = [math.radians(turn) + step * number for number in range(count)]
    return _path((x + reach * math.cos(a), y + reach * math.sin(a)) for a in angles)


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points) + "z"


def _region(placed: Sequence[_Placed], group: int) -> Region:
    mine = [one for one in placed if one.spot.group == group]
    people = sum(one.spot.count for one in mine)
    middle = (
        sum(one.at[0] * one.spot.count for one in mine) / people,
        sum(one.at[1] * one.spot.count for one in mine) / people,
    )
    near, kept = sorted(mine, key=lambda one: math.dist(one.at, middle)), 0
    points: list[Point] = []
    for one in near:
        if kept >= WITHIN * people and points:
            break
        kept += one.spot.count
        points.extend(_around(one.at, one.radius + 10))
    x, y = middle
    return Region(_smooth(_hull(points)), group, name_of(group), _n(x), _n(y))


def _around(at: Point, radius: float) -> list[Point]:
    turns = [2 * math.pi * number / 12 for number in range(12)]
    return [(at[0] + radius * math.cos(turn), at[1] + radius * math.sin(turn)) for turn in turns]


def _hull(points: Sequence[Point]) -> list[Point]:
    """The convex hull, going round (Andrew's monotone chain, 1979)."""
    ordered = sorted(set(points))

    def chain(given: Iterable[Point]) -> list[Point]:
        found: list[Point] = []
        for point in given:
            while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
                found.pop()
            found.append(point)
        return found[:-1]

    return chain(ordered) + chain(reversed(ordered))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _smooth(points: Sequence[Point]) -> str:
    """A closed curve through the middles of the sides, bent by the corners."""
    sides = list(pairwise([*points, points[0]]))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in sides]
    begin = middles[-1]
    bends = (
        f"Q{_n(corner[0])} {_n(corner[1])} {_n(to[0])} {_n(to[1])}"
        for corner, to in zip(points, middles, strict=True)
    )
    return f"M{_n(begin[0])} {_n(begin[1])}{''.join(bends)}z"


# ── the cards beside it ──────────────────────────────────────────────────────────────────────────


def _cards(panels: Sequence[Panel]) -> tuple[list[Card], float]:
    """One below the other; and where they end."""
    cards, y = [], CARD_TOP
    for panel in panels:
        card, y = _card(panel, y)
        cards.append(card)
    return cards, y


def _card(panel: Panel, top: float) -> tuple[Card, float]:
    left = PLOT + GAP
    y = top + TITLE / 2
    indent = left + 26 if panel.group >= 0 else left
    texts = [Text(_n(indent), _n(y), panel.title, "title", is_rtl(panel.title))]
    if panel.under:
        y += LINE
        texts.append(Text(_n(indent), _n(y), panel.under, "under"))
    for sign, said in panel.lines:
        y += 6
        for number, line in enumerate(wrapped(said, WIDTH - MARGIN - indent - 22)):
            y += LINE
            if number == 0:
                texts.append(Text(_n(indent), _n(y), sign, "sign"))
            rtl = is_rtl(said)
            texts.append(Text(_n(WIDTH - MARGIN if rtl else indent + 22), _n(y), line, "said", rtl))
    mark = outline(panel.group, (left + 9, top + TITLE / 2 - 5), 8) if panel.group >= 0 else ""
    return Card(panel.group, mark, tuple(texts)), y + BETWEEN


def wrapped(text: str, width: float, most: int = FEW_LINES) -> list[str]:
    """The text in lines of at most this width, by how wide its letters are about; … where it is cut."""
    lines = [""]
    for piece in _pieces(" ".join(_printable(text).split())):
        if _wide(lines[-1] + piece.rstrip()) <= width or not lines[-1]:
            lines[-1] += piece
        elif len(lines) < most:
            lines.append(piece)
        else:
            return [*lines[:-1], _cut(lines[-1], width)]
    lines = [line.strip() for line in lines]
    return [line if _wide(line) <= width else _cut(line, width) for line in lines]


def _pieces(text: str) -> Iterable[str]:
    """Where a line may end: after a space, and beside a wide letter, which stands for a word."""
    piece = ""
    for letter in text:
        if piece and (_is_wide(letter) or _is_wide(piece[-1]) or piece[-1] == " "):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _cut(line: str, width: float) -> str:
    while line and _wide(line + "…") > width:
        line = line[:-1]
    return line.rstrip() + "…"


def _wide(text: str) -> float:
    return LETTER * sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    """In the height of the letters; rather too wide than too narrow."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if _is_wide(letter):
        return 1.04
    if letter in NARROW:
        return 0.31
    if letter in WIDE_CAPITALS:
        return 0.88
    return 0.68 if letter.isupper() else 0.53


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"}


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way in {"R", "AL"} for way in ways if way in {"L", "R", "AL"}), False)


def _printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter if _is_xml(letter) else " " for letter in text)


def _is_xml(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in "\ufffe\uffff"


def _n(number: float) -> str:
    """One decimal, and no more than there is to it."""
    said = f"{number:.1f}"
    return "0" if said in {"-0.0", "0.0"} else said.removesuffix(".0")
