"""People simulated by processes that are not the engine's model.

The engine believes in a linear state with normal noise. None of these has one: hidden discrete
states, thresholds, contagion, a habit with busy weeks, a panel of years. Seeds were fixed before
anything was looked at; the engine was developed against `DEVELOPED` only, and what is
reported uses `REPORTED`, other people throughout.

    python -m benchmarks.belief.populations FOLDER   # files for development, as the engine reads
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from benchmarks.belief.asked import Asking, Occasion, answered, happens, lived
from benchmarks.belief.rows import AGREED, DID, NODDED, SAID, SILENT, Row, Rows, columns, write

DEVELOPED = 1
REPORTED = 20_261_122
TESTED_ON = 3_000
DRAWS = {30: 4, 300: 2, 3_000: 1}  # how often each size is drawn anew

Draw = Callable[[int, Random], Iterator[Row]]


def draw(name: str, people: int, seed: str, beside: Mapping[str, Draw] | None = None) -> Rows:
    """That many people of a population; `seed` says for what (`"1 test"`, `"1 fit 30 0"`)."""
    lives = {**POPULATIONS, **(beside or {})}[name]
    return columns(lives(people, Random(f"{name} {seed}")))


# --- hidden states


class HiddenStates:
    """Not ready, trying, habitual: jumps in continuous time. Kind words are a personal trait."""

    LEAVES = ((0.0, 1 / 70, 0.0), (1 / 90, 0.0, 1 / 110), (0.0, 1 / 240, 0.0))
    DOES = (0.07, 0.48, 0.91)
    MEANS = {
        "understands": (3.0, 3.9, 4.5),
        "matters": (2.1, 3.4, 4.4),
        "doable": (2.2, 2.9, 4.5),
        "owns": (1.6, 2.9, 4.3),
    }
    EASE = {"kept": 1.0, "attended": 1.25, "contributed": 0.7, "practised": 0.85}

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.state = chance.choices((0, 1, 2), (0.4, 0.35, 0.25))[0]
        self.pace = chance.lognormvariate(0, 0.6)
        self.kindness = chance.expovariate(1.3)
        self.style = chance.choices(("plain", "extreme", "never low", "middle"), (5, 2, 2, 2))[0]
        self.busy = chance.betavariate(1.3, 7)
        self.at = 0.0

    def to(self, at: float) -> None:
        now, self.at = self.at or at, at
        while True:
            leaves = self.LEAVES[self.state]
            now += self.chance.expovariate(sum(leaves) * self.pace)
            if now > at:
                return
            self.state = self.chance.choices((0, 1, 2), leaves)[0]

    def value(self, kind: str, item: str) -> int:
        if kind == SAID:
            kind_words = self.kindness * (1 - 0.35 * self.state)
            return self._styled(
                self.MEANS[item][self.state] + kind_words + self.chance.gauss(0, 0.7)
            )
        return happens(self.share(kind, item), self.chance)

    def share(self, kind: str, item: str) -> float:
        if kind == DID:
            return min(0.97, self.DOES[self.state] * self.EASE[item]) * (1 - self.busy)
        if kind == NODDED:
            return min(0.97, 0.3 + 0.2 * self.state + 0.25 * self.kindness)
        if kind == AGREED:
            return min(0.95, (0.3, 0.65, 0.88)[self.state] + 0.1 * self.kindness)
        return (0.5, 0.7, 0.85)[self.state] * (1 - self.busy)

    def _styled(self, level: float) -> int:
        if self.style == "extreme":
            return 1 if level < 2.6 else 5 if level > 3.7 else 3
        if self.style == "middle":
            return min(4, max(2, answered(level)))
        return max(3, answered(level)) if self.style == "never low" else answered(level)


def hidden_states(people: int, chance: Random) -> Iterator[Row]:
    asking = Asking(sorts=tuple(HiddenStates.EASE))
    for number in range(people):
        yield from lived(str(number), HiddenStates(chance), asking.of(chance))


# --- the weakest of four, against a threshold


class Threshold:
    """Acts only when the least met condition passes a personal threshold; walks and jumps."""

    HARD = {"attended": -0.5, "kept": 0.0, "contributed": 0.7, "helped": 1.2}

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.threshold = chance.gauss(-0.5, 0.6)
        usual = chance.gauss(0.4, 0.7)
        self.level = {name: usual + chance.gauss(0, 0.7) for name in HiddenStates.MEANS}
        self.flatters = chance.gauss(0.4, 0.5)
        self.lapses = chance.betavariate(1.5, 14)
        self.at = 0.0

    def to(self, at: float) -> None:
        gone, self.at = at - (self.at or at), at
        for name in self.level:
            self.level[name] += self.chance.gauss(0, 0.04 * gone**0.5)
            if self.chance.random() < 1 - 0.995 ** (gone / 1.5):
                self.level[name] += self.chance.choice((-1.2, -0.8, 0.6, 1.0))

    def value(self, kind: str, item: str) -> int:
        if kind == SAID:
            return answered(
                2.8 + 1.1 * self.level[item] + self.flatters + self.chance.gauss(0, 0.6)
            )
        if kind == SILENT:
            return happens(0.8 if self.level["matters"] > self.threshold else 0.45, self.chance)
        passes = self._passes(kind, item)
        return int(passes) ^ happens(self.lapses, self.chance)

    def _passes(self, kind: str, item: str) -> bool:
        mean = sum(self.level.values()) / len(self.level)
        if kind == DID:
            return min(self.level.values()) > self.threshold + self.HARD[item]
        return mean + (self.flatters if kind == NODDED else 0) > self.threshold + 0.3


def thresholds(people: int, chance: Random) -> Iterator[Row]:
    asking = Asking(sorts=tuple(Threshold.HARD), usual_rows=15, gap_days=6, whole_days=True)
    for number in range(people):
        yield from lived(str(number), Threshold(chance), asking.of(chance))


# --- contagion in teams


class Team:
    """Who of a team did when, as far as it is known."""

    def __init__(self) -> None:
        self.deeds: list[tuple[float, int, int]] = []

    def share(self, at: float, but: int, within: float = 30.0) -> float:
        """Of what others of the team were due lately, how much was done; .3 when nothing was."""
        seen = [done for when, who, done in self.deeds if at - within < when <= at and who != but]
        return (0.3 + sum(seen)) / (1 + len(seen))


class TeamMate:
    """Does as the others do; says what held some weeks ago."""

    HARD = {"attended": 1.15, "practised": 1.0, "helped": 0.65}

    def __init__(self, number: int, team: Team, chance: Random) -> None:
        self.number, self.team, self.chance = number, team, chance
        self.own = chance.betavariate(0.9, 1.6)
        self.pull = chance.betavariate(3, 3)
        self.warm = chance.gauss(0.5, 0.7)
        self.at = 0.0

    def to(self, at: float) -> None:
        self.at = at

    def value(self, kind: str, item: str) -> int:
        if kind == DID:
            done = happens(min(0.96, self._leaning(self.at) * self.HARD[item]), self.chance)
            self.team.deeds.append((self.at, self.number, done))
            return done
        then = self._leaning(self.at - 45)
        if kind == SAID:
            reads = {"matters": 3.2, "owns": 3.6, "doable": 2.0, "understands": 1.0}[item]
            return answered(2 + reads * then + self.warm + self.chance.gauss(0, 0.9))
        base = {NODDED: 0.5 + 0.1 * self.warm, AGREED: 0.25, SILENT: 0.55}[kind]
        return happens(min(0.97, base + 0.5 * then), self.chance)

    def _leaning(self, at: float) -> float:
        share = self.team.share(at, self.number)
        return 0.03 + (1 - self.pull) * self.own + self.pull * float(share**1.5)


def contagion(people: int, chance: Random) -> Iterator[Row]:
    """Teams of three to twelve, lived through in the order of time."""
    asking = Asking(sorts=tuple(TeamMate.HARD), usual_rows=14, gap_days=7, starts_within=60)
    number = 0
    while number < people:
        members = range(number, min(people, number + chance.randint(3, 12)))
        yield from team(members, asking, chance)
        number = members.stop


def team(members: range, asking: Asking, chance: Random) -> Iterator[Row]:
    shared = Team()
    mates = {number: TeamMate(number, shared, chance) for number in members}
    ahead = sorted((one, number) for number in members for one in asking.of(chance))
    for occasion, number in ahead:
        yield from lived(str(number), mates[number], [occasion])


# --- a habit, and weeks off


class Habit:
    """Grows by doing, is forgotten exponentially; in off-weeks little happens, whatever the will."""

    EASE = {"practised": 1.0, "kept": 0.9, "helped": 0.55, "attended": 1.0}

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.base = chance.betavariate(1.1, 2.2)
        self.strength = chance.betavariate(0.5, 1.5)
        self.forgets = chance.lognormvariate(4.2, 0.5)
        self.learns = chance.uniform(0.15, 0.5)
        self.phase = chance.random() * 91
        self.smiles = chance.gauss(0.6, 0.7)
        self.at = 0.0

    def to(self, at: float) -> None:
        gone, self.at = at - (self.at or at), at
        self.strength *= 2.0 ** (-gone / self.forgets)

    def off(self) -> bool:
        """Summer and the turn of the year for all; a fortnight of each quarter, one's own."""
        day = self.at % 365.25
        return 195 < day < 235 or day > 352 or day < 6 or (self.at + self.phase) % 91 < 14

    def value(self, kind: str, item: str) -> int:
        will = self.base + (1 - self.base) * self.strength
        if kind == SAID:
            level = {"doable": 4 * self.strength, "matters": 3 * self.base, "owns": 3 * will}
            return answered(1.7 + level.get(item, 1.8) + self.smiles + self.chance.gauss(0, 0.7))
        if kind == DID:
            return self._deed(will * self.EASE[item])
        if kind == SILENT:
            return happens(0.25 if self.off() else 0.55 + 0.35 * will, self.chance)
        return happens(min(0.96, 0.35 + 0.5 * will + 0.1 * self.smiles), self.chance)

    def _deed(self, share: float) -> int:
        done = happens(share * (0.25 if self.off() else 0.95), self.chance)
        self.strength += done * self.learns * (1 - self.strength)
        return done


def habits(people: int, chance: Random) -> Iterator[Row]:
    asking = Asking(sorts=tuple(Habit.EASE), usual_rows=16, gap_days=12)
    for number in range(people):
        yield from lived(str(number), Habit(chance), asking.of(chance))


# --- a panel of years


class PanelMember:
    """One of three sorts of people, now and then another; a question a year, a deed a year."""

    DOES = {"attended": (0.04, 0.5, 0.95), "contributed": (0.02, 0.22, 0.8)}
    MEANS = (2.0, 3.3, 4.2)

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.sort = chance.choices((0, 1, 2), (0.3, 0.4, 0.3))[0]
        self.talks = chance.gauss(0.3, 0.6)
        self.at = 0.0

    def to(self, at: float) -> None:
        gone, self.at = at - (self.at or at), at
        if self.chance.random() < 1 - 0.93 ** (gone / 365):
            self.sort = self.chance.choice((0, 1, 2))

    def value(self, kind: str, item: str) -> int:
        if kind == SAID:
            return answered(self.MEANS[self.sort] + self.talks + self.chance.gauss(0, 0.8))
        if kind == DID:
            good_year = 0.08 * (int(self.at / 365.25) % 3 - 1)
            return happens(self.DOES[item][self.sort] + good_year, self.chance)
        return happens(min(0.95, max(0.05, 0.4 + 0.25 * self.sort + 0.1 * self.talks)), self.chance)


def panel(people: int, chance: Random) -> Iterator[Row]:
    for number in range(people):
        yield from lived(str(number), PanelMember(chance), waves(chance))


def waves(chance: Random) -> list[Occasion]:
    """Two to nine years, some left out; the interview on a day, the deed some weeks later."""
    begun = 12_000 + 365 * chance.randint(0, 5)
    chosen = [begun + 365 * wave for wave in range(chance.randint(2, 9)) if chance.random() > 0.15]
    found: list[Occasion] = []
    for day in (year + chance.randint(0, 60) for year in chosen):
        found += [
            Occasion(day, SAID, item) for item in ("matters", "owns") if chance.random() < 0.8
        ]
        found += [Occasion(day, NODDED, "")] if chance.random() < 0.7 else []
        sort = "attended" if chance.random() < 0.7 else "contributed"
        found += [Occasion(day + 90, DID, sort)] if chance.random() < 0.9 else []
    return found


POPULATIONS: dict[str, Draw] = {
    "hidden states": hidden_states,
    "thresholds": thresholds,
    "contagion": contagion,
    "habits": habits,
    "panel of years": panel,
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in POPULATIONS:
        written = folder / name.replace(" ", "_")
        write(draw(name, TESTED_ON, f"{DEVELOPED} test"), Path(f"{written}_test.csv"))
        for size, times in DRAWS.items():
            for number in range(times):
                rows = draw(name, size, f"{DEVELOPED} fit {size} {number}")
                write(rows, Path(f"{written}_fit_{size}_{number}.csv"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
