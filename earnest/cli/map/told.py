"""What a call found: the votes, the map of them and the statements' words, as whoever writes it needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from earnest.cli.map.reading.gathering import Ballots
from earnest.engine.opinion.exchange import Statement
from earnest.engine.opinion.found import OpinionMap
from earnest.engine.opinion.where import Counted, Where, where_do_i_sit

TOO_FEW = {
    "people": "too few people to say: fewer than 12 shape the map",
    "statements": "too few statements to say: fewer than 5 shape the map",
    "alike": "nobody differs from anybody: there is nothing to group by",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A statement a group holds more than the others: whether it agrees, how many of those who saw it."""

    statement: int
    agrees: bool
    of: int  # who answers so
    seen: int

    @property
    def share(self) -> float:
        return self.of / self.seen if self.seen else 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """All there is to write. ``map.voters`` and ``map.statements`` are places in the lists of ids."""

    ballots: Ballots
    map: OpinionMap
    known: Mapping[str, Statement]
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def k(self) -> int:
        """How many groups are told of; 0 where there is too little to say."""
        return 0 if self.map.too_few else self.map.k

    @property
    def too_few(self) -> str | None:
        return TOO_FEW.get(self.map.too_few, self.map.too_few) if self.map.too_few else None

    def text(self, statement: int) -> str:
        """Its words; its id where they are not known."""
        found = self.known.get(self.ballots.statements[statement])
        return (
            found.text
            if found and found.text
            else f"Statement {self.ballots.statements[statement]}"
        )

    def groups(self) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        """Of each voter; −1 where none is told."""
        return self.map.group if self.k else np.full(len(self.map.group), -1, np.int8)

    def held_by(self, group: int) -> Iterator[Held]:
        """What the group holds more than the others, the most telling first."""
        told, tally = self.map.told, self.map.tally
        for statement, agrees in zip(told.holds[group], told.holds_for[group], strict=True):
            way = tally.agree if agrees else tally.disagree
            seen = int(tally.seen[group, statement])
            yield Held(int(statement), bool(agrees), int(way[group, statement]), seen)

    def united(self) -> Iterator[Held]:
        """What a majority of every group answers alike: agreed with first, then not."""
        tally = self.map.tally
        seen = tally.seen.sum(axis=0)
        for agrees, found, way in (
            (True, self.map.told.united, tally.agree),
            (False, self.map.told.united_against, tally.disagree),
        ):
            for one in found:
                yield Held(int(one), agrees, int(way[:, one].sum()), int(seen[one]))

    def where(self, voter: int) -> Where[int]:
        """Where one voter sits."""
        first, last = self.ballots.starts[voter : voter + 2].tolist()
        which = self.ballots.statement[first:last].tolist()
        own = dict(zip(which, self.ballots.value[first:last].tolist(), strict=True))
        own = {one: vote for one, vote in own.items() if not self.map.moderated[one]}
        group = int(self.groups()[voter])
        sure = float(self.map.sure.people[voter]) if self.map.sure else None
        return where_do_i_sit(
            own,
            self._counted(),
            self.map.tally.size.tolist(),
            group=None if group < 0 else group,
            sure=sure,
            too_few=self.map.too_few,
        )

    def _counted(self) -> list[dict[int, Counted]]:
        tally, counted = self.map.tally, np.flatnonzero(~self.map.moderated).tolist()
        rows = zip(
            tally.agree.tolist(), tally.disagree.tolist(), tally.passed.tolist(), strict=True
        )
        return [
            {one: Counted(agree[one], disagree[one], passed[one]) for one in counted}
            for agree, disagree, passed in rows
        ]
