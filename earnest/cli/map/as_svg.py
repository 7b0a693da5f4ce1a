"""``map.svg``: the picture by itself, readable in light and dark, and by those who do not see it.

It holds its title and the whole story as its description; the marks are one image, the words beside it
are words. A table cannot be one inside an SVG (text there has no rows for a screen reader), so the tables
behind the picture are in the page that ``--html`` writes, with this same picture above them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from earnest.cli.map import words
from earnest.cli.map.told import Told
from earnest.engine.opinion.picture import Card, Picture, Text, picture


@dataclass(frozen=True, slots=True)
class Colours:
    """Of paper and words as the pages have them, of the groups, and of who is in none."""

    paper: str
    ink: str
    soft: str
    line: str
    groups: tuple[str, ...]
    none: str

    def rules(self) -> str:
        each = {**{f"g{number}": one for number, one in enumerate(self.groups)}, "none": self.none}
        return (
            f".m .paper{{fill:{self.paper}}}.m text{{fill:{self.ink}}}.m .under{{fill:{self.soft}}}"
            f".m .you{{fill:none;stroke:{self.ink}}}.m .plot{{fill:none;stroke:{self.line}}}"
            f".m .mark{{stroke:{self.paper}}}"
        ) + "".join(
            f".m .{name}{{fill:{one}}}.m .region.{name}{{stroke:{one}}}"
            f".m .letter.{name}{{fill:{one};stroke:{self.paper}}}"
            for name, one in each.items()
        )


LIGHT = Colours(
    *("#fffefb", "#1d2629", "#566166", "#e2dccd"),
    groups=("#2a6f9e", "#b4541f", "#7b4a94", "#5d7316", "#a8356b"),
    none="#7b8487",
)
DARK = Colours(
    *("#1b2125", "#e9e6de", "#a3aaa9", "#2c3438"),
    groups=("#6cb4e4", "#f0925a", "#c295db", "#a9c455", "#ee82b3"),
    none="#8d9797",
)
FONTS = (
    ".m text{font-family:Inter,system-ui,sans-serif;font-size:14px}"
    ".m .title{font-size:18px;font-weight:650}"
    ".m .said{font-family:'Source Serif 4','Iowan Old Style',Georgia,serif;font-size:14.5px}"
    ".m .letter{font-size:30px;font-weight:700;text-anchor:middle;paint-order:stroke;stroke-width:7px;stroke-linejoin:round}"
    ".m .sign{font-weight:700}"
    ".m .mark{stroke-width:1.5px;fill-opacity:.85}.m .region{fill-opacity:.13;stroke-width:1.5px;stroke-opacity:.55}"
    ".m .you{fill:none;stroke-width:3px}"
)


def as_svg(told: Told, *, you: tuple[float, float] | None = None) -> str:
    """The whole file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + drawn(told, you=you)


def drawn(told: Told, *, you: tuple[float, float] | None = None) -> str:
    """The element, as a page takes it in."""
    found = picture(
        words.spots(told),
        words.panels(told),
        title=words.title(told),
        caption=words.caption(told, you=you is not None),
        you=you,
    )
    return "\n".join(_parts(told, found)) + "\n"


def style() -> str:
    """Colours of light and dark. Media queries, which every renderer of SVG knows or leaves alone."""
    return f"{FONTS}{LIGHT.rules()}@media (prefers-color-scheme:dark){{{DARK.rules()}}}"


def _parts(told: Told, found: Picture) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="m" viewBox="{found.box}" width="{found.width}"'
        f' height="{found.height}" role="graphics-document" aria-labelledby="map-title"'
        ' aria-describedby="map-desc">'
    )
    yield f'<title id="map-title">{_text(words.title(told))}</title>'
    yield f'<desc id="map-desc">{_text(words.description(told))}</desc>'
    yield f"<style>{style()}</style>"
    yield f'<rect class="paper" width="{found.width}" height="{found.height}"/>'
    yield f'<g role="img" aria-label="{_text(words.title(told))}">'
    yield from _map(found)
    yield "</g>"
    yield from map(_said, found.texts)
    for card in found.cards:
        yield from _card(card)
    yield "</svg>"


def _map(found: Picture) -> Iterator[str]:
    side = float(found.plot) - 20
    yield f'<rect class="plot" x="10" y="10" width="{side:g}" height="{side:g}" rx="10"/>'
    for region in found.regions:
        yield f'<path class="region {_class(region.group)}" d="{region.path}"/>'
    for mark in found.marks:
        said = words.mark_title(mark.group, mark.count)
        yield f'<path class="mark {_class(mark.group)}" d="{mark.path}"><title>{said}</title></path>'
    for region in found.regions:
        yield (
            f'<text class="letter {_class(region.group)}" x="{region.x}" y="{region.y}"'
            f' dy="10">{region.name}</text>'
        )
    if found.you:
        yield f'<path class="you" d="{found.you}"/>'


def _card(card: Card) -> Iterator[str]:
    yield "<g>"
    if card.mark:
        yield f'<path class="mark {_class(card.group)}" d="{card.mark}"/>'
    yield from map(_said, card.texts)
    yield "</g>"


def _said(one: Text) -> str:
    way = ' direction="rtl"' if one.rtl else ""
    label = {words.AGREES: "agree", words.NOT: "disagree"}.get(one.text)
    aria = f' role="img" aria-label="{label}"' if one.style == "sign" and label else ""
    place = f'x="{one.x}" y="{one.y}"'
    return f'<text class="{one.style}" {place}{way}{aria}>{_text(one.text)}</text>'


def _class(group: int) -> str:
    return f"g{group % len(LIGHT.groups)}" if group >= 0 else "none"


def _text(text: str) -> str:
    """Without what XML cannot hold."""
    kept = "".join(
        one for one in text if one in "\n\t" or (one >= " " and one not in "\x7f\ufffe\uffff")
    )
    return escape(kept)
