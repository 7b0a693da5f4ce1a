"""Populations that nobody who worked on the engine saw before its work was done.

Competing demands: somebody acts when this is worth more to them than everything else that
pulls; the noise has heavy tails, and some say the same whatever they think. Weariness: every
ask uses up goodwill, rest gives it back; so time heals, where the engine believes that it fades.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.belief.asked import Asking, answered, happens, lived
from benchmarks.belief.populations import Draw
from benchmarks.belief.rows import AGREED, DID, NODDED, SAID, SILENT, Row


class Torn:
    """Two to six other things pull; their worth stays for a while, then is another."""

    COSTS = {"attended": 0.2, "kept": 0.7, "helped": 1.4, "practised": 0.9}

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.sort = chance.choices(("candid", "pleaser", "sceptic"), (6, 2.5, 1.5))[0]
        self.worth = chance.gauss(1.6, 1.5)
        self.others = [chance.gauss(0, 1) for _ in range(chance.randint(2, 6))]
        self.stays = chance.lognormvariate(4.3, 0.8)
        self.at = 0.0

    def to(self, at: float) -> None:
        gone, self.at = at - (self.at or at), at
        for number in range(len(self.others)):
            if self.chance.random() > 2.0 ** (-gone / self.stays):
                self.others[number] = self.chance.gauss(0, 1)
        if self.chance.random() > 2.0 ** (-gone / 600):
            self.worth = self.chance.gauss(1.6, 1.5)

    def heavy(self) -> float:
        """Mostly small, now and then very large."""
        return self.chance.gauss(0, 0.4) / max(0.05, self.chance.random())

    def value(self, kind: str, item: str) -> int:
        pulls = max(self.others)
        if kind == SAID:
            return self._says(item, pulls)
        if kind == DID:
            return int(self.worth - self.COSTS[item] + self.heavy() > pulls)
        if kind == AGREED:  # half of what will pull is not thought of
            return int(self.worth + self.heavy() > max(self.others[::2]) + 0.3)
        if kind == SILENT:
            return happens(0.9 - 0.1 * len(self.others), self.chance)
        return happens({"candid": 0.6, "pleaser": 0.95, "sceptic": 0.25}[self.sort], self.chance)

    def _says(self, item: str, pulls: float) -> int:
        if self.sort == "pleaser":
            return self.chance.choice((4, 5, 5))
        level = {"matters": self.worth, "doable": 1.5 - pulls, "owns": self.worth - pulls}
        seen = 2.6 + 0.7 * level.get(item, 0.5) + self.chance.gauss(0, 0.7)
        return answered(seen - 1.3 if self.sort == "sceptic" else seen)


def torn(people: int, chance: Random) -> Iterator[Row]:
    asking = Asking(sorts=tuple(Torn.COSTS), usual_rows=13, gap_days=10, missing=0.25)
    for number in range(people):
        yield from lived(str(number), Torn(chance), asking.of(chance))


class Weary:
    """Goodwill is spent by being asked and comes back with rest; words stay fine until late."""

    EASE = {"attended": 1.0, "contributed": 0.75, "kept": 0.9}

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.most = chance.betavariate(2, 1.2)
        self.left = self.most * chance.uniform(0.5, 1)
        self.touchy = chance.uniform(0.02, 0.16)
        self.rests = chance.lognormvariate(3.6, 0.6)
        self.at = 0.0

    def to(self, at: float) -> None:
        gone, self.at = at - (self.at or at), at
        self.left = self.most - (self.most - self.left) * 2.0 ** (-gone / self.rests)
        self.left *= 1 - self.touchy

    def value(self, kind: str, item: str) -> int:
        if kind == SAID:
            fine = 4.2 if self.left > 0.35 else 1.5 + 4 * self.left
            return answered(fine - (item == "doable") * 0.6 + self.chance.gauss(0, 0.8))
        if kind == DID:
            done = happens(0.04 + 0.92 * self.left * self.EASE[item], self.chance)
            self.left = min(1.0, self.left + 0.1 * done)
            return done
        late = {NODDED: 0.25, AGREED: 0.4, SILENT: 0.5}[kind]
        return happens(0.9 if self.left > late else 0.3 + self.left, self.chance)


def weary(people: int, chance: Random) -> Iterator[Row]:
    asking = Asking(sorts=tuple(Weary.EASE), usual_rows=14, gap_days=8, lone=0.15)
    for number in range(people):
        yield from lived(str(number), Weary(chance), asking.of(chance))


KEPT_BACK: dict[str, Draw] = {"competing demands": torn, "weariness": weary}
