"""What is wrong with rows: the first by line and reason, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

SHOWN = 20


@dataclass(slots=True)
class Problems:
    """The bad rows of a file; ``unit`` is what a row is found by: a line, or a row's number."""

    path: Path
    unit: str = "line"
    count: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, reason: str) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append((line, reason))

    def words(self) -> list[str]:
        """A line each for the first, and one for the others."""
        said = [f"{self.path}: {self.unit} {line:,}: {reason}" for line, reason in self.first]
        if self.count > len(said):
            said.append(f"{self.path}: and {self.count - len(said):,} more.")
        return said


def counted(count: int, one: str, many: str) -> str:
    """``1 row``, ``2,000 rows``."""
    return f"{count:,} {one if count == 1 else many}"
