"""Small pictures as SVG: a panel that is readable on light and dark pages alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

STYLE = """
  .panel{fill:#ffffff;stroke:#d5d8dd}.axis{stroke:#8a9099;fill:none}.grid{stroke:#e6e8eb;fill:none}
  text{font:13px system-ui,sans-serif;fill:#3d434b}.faint{fill:#6a717b}.title{font-weight:600}
  .ours{stroke:#1f6f5c;fill:none;stroke-width:2}.dot{fill:#1f6f5c}.band{fill:#1f6f5c;fill-opacity:.18}
  .truth{stroke:#b4541f;fill:none;stroke-width:1.5;stroke-dasharray:5 4}.missed{fill:#ffffff;stroke:#1f6f5c}
  .said{fill:#6a717b}
  @media (prefers-color-scheme:dark){
  .panel{fill:#16191d;stroke:#343a42}.axis{stroke:#7d858f}.grid{stroke:#2a2f36}text{fill:#d9dde2}
  .faint,.said{fill:#a0a8b2}.ours{stroke:#5fc3a8}.dot,.band{fill:#5fc3a8}.truth{stroke:#e59a63}
  .missed{fill:#16191d;stroke:#5fc3a8}}
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """A square of the picture in which shares stand upright and something runs along."""

    left: float
    top: float
    width: float
    height: float
    low: float = 0.0
    high: float = 1.0

    def x(self, value: float) -> float:
        return round(self.left + self.width * (value - self.low) / (self.high - self.low), 1)

    def y(self, share: float) -> float:
        return round(self.top + self.height * (1 - share), 1)

    def points(self, pairs: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{self.x(x)},{self.y(y)}" for x, y in pairs)

    def axes(self) -> list[str]:
        """The frame, and lines at each quarter with their shares in words of the page."""
        right, found = self.left + self.width, []
        for quarter in range(5):
            y = self.y(quarter / 4)
            found.append(line("grid", [(self.left, y), (right, y)]))
            found.append(text(self.left - 8, y + 4, f"{quarter / 4:.0%}", "faint", anchor="end"))
        bottom = self.top + self.height
        return [*found, line("axis", [(self.left, self.top), (self.left, bottom), (right, bottom)])]


def picture(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    named = escape(title)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" aria-label="{named}">',
            f"<title>{named}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="panel" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def line(kind: str, points: Iterable[tuple[float, float]]) -> str:
    return f'<polyline class="{kind}" points="{" ".join(f"{x},{y}" for x, y in points)}"/>'


def path(kind: str, points: str, shape: str = "polyline") -> str:
    return f'<{shape} class="{kind}" points="{points}"/>'


def dot(kind: str, x: float, y: float, radius: float = 4) -> str:
    return f'<circle class="{kind}" cx="{x}" cy="{y}" r="{radius}"/>'


def text(x: float, y: float, words: str, kind: str = "", *, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
