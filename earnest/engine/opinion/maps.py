"""The whole map in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce
from operator import add
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from earnest.engine.opinion.axes import WIDE, axes_of, leading, leading_by_products
from earnest.engine.opinion.found import (
    ALIKE,
    FEWEST_PEOPLE,
    FEWEST_STATEMENTS,
    PEOPLE,
    STATEMENTS,
    Axes,
    OpinionMap,
    Sure,
    Tally,
)
from earnest.engine.opinion.plan import (
    Plan,
    Seats,
    kept_numbers,
    one_group,
    overlap_of,
    plan_from,
    seats_of,
)
from earnest.engine.opinion.steps import (
    BLOCK,
    Places,
    Rule,
    Sums,
    along_of,
    cells_of,
    frame_of,
    places_of,
    product_of,
    rule_for,
    scale_of,
    spread_of,
    sums_of,
    tally_of,
)
from earnest.engine.opinion.sure import ROOM, Drawn, sure_of
from earnest.engine.opinion.told import told_of
from earnest.engine.opinion.votes import Floats, Groups, Votes, Whole

DRAWS: Final = 50  # of the bootstrap


class Progress(NamedTuple):
    """How far a map is: the step (``centre``, ``axes``, ``places``, ``groups``, ``counts``, ``sure``) and
    the share of it that is done, 0 to 1."""

    step: str
    share: float


type OnProgress = Callable[[Progress], None]


class Each(Protocol):
    """How a step is done on every block: what ``call`` gives for each, in order. ``map`` does them one
    after another; another may do several at once, or elsewhere (``earnest.cli.map.cluster``)."""

    def __call__(self, call: Callable[[Any], Any], blocks: Iterable[Any], /) -> Iterable[Any]:
        """What ``call`` gives for each of ``blocks``."""


def opinion_map(  # noqa: PLR0913 -- what a map is made of, each by its name
    votes: Votes,
    *,
    seed: int,
    groups_before: Mapping[Any, int] | None = None,
    moderated: Iterable[Any] = (),
    bootstrap: int = DRAWS,
    on_progress: OnProgress | None = None,
    each: Each = map,
) -> OpinionMap:
    """The map of these votes; the same votes and seed give the same map.

    ``groups_before``: the group each voter (by id) had on the map before: k changes only where another is
    clearly better, and groups keep their numbers. ``moderated``: ids of statements that are counted and
    do not shape the map. ``bootstrap``: draws by which it says how sure it is, 0 for none. ``each``: how a
    step is done on all blocks of participants; it never changes what comes out.
    """
    work = _Work(votes, _rule(votes, moderated), seed, on_progress or _nobody, each=each)
    work.find_axes()
    work.find_groups(_before(votes, groups_before))
    return work.told(bootstrap)


def too_few(sums: Sums, plan: Plan) -> str | None:
    """Why no groups are told (``found.PEOPLE``, ``STATEMENTS``, ``ALIKE``), or None where they are:
    counted are the people who shape the map and the statements any of them saw."""
    if sums.people < FEWEST_PEOPLE:
        return PEOPLE
    if int((sums.seen > 0).sum()) < FEWEST_STATEMENTS:
        return STATEMENTS
    return ALIKE if plan.k < 2 else None


def separates_on(axes: Axes) -> Floats:
    """How strongly each statement separates people, (S,): how far from the middle somebody would be who
    only agreed with it (Polis' comment extremity)."""
    alone = (1.0 - axes.centre) * axes.loadings
    far: Floats = np.sqrt(len(axes.centre)) * np.hypot(*alone)
    return far


class _Work:
    """One map in the making: the steps of ``steps`` over all blocks, one after another."""

    def __init__(
        self, votes: Votes, rule: Rule, seed: int, tell: OnProgress, *, each: Each
    ) -> None:
        self.votes, self.rule, self.seed, self.tell, self.each = votes, rule, seed, tell, each

    def find_axes(self) -> None:
        rule = self.rule
        self.sums = self._added("centre", lambda block: sums_of(block, rule))
        centre, total = self.sums.centre, self.sums.differences
        if self.votes.width <= WIDE:
            spread = self._added("axes", lambda block: spread_of(block, centre, rule))
            values, self.directions = leading(spread, ROOM)
        else:
            values, self.directions = leading_by_products(self._times, len(centre), ROOM)
        self.axes: Axes = axes_of(values, self.directions, total, centre)

    def find_groups(self, before: Groups | None) -> None:
        self.places = self._placed()
        cells = cells_of(self.places, frame_of(self.places))
        k_before = int(before.max()) + 1 if before is not None else None
        self.plan = plan_from(cells, k_before)
        self.too_few = too_few(self.sums, self.plan)
        if self.too_few:
            self.plan = one_group(self.plan)
        self.seats = seats_of(self.places, self.plan)
        if before is not None:
            self._keep_numbers(before)
        self.tell(Progress("groups", 1.0))

    def told(self, bootstrap: int) -> OpinionMap:
        tally = self._tallied()
        sure = self._sure(bootstrap) if bootstrap and not self.too_few else None
        return OpinionMap(
            voters=self.votes.voters,
            statements=self.votes.statements,
            x=self.places.x,
            y=self.places.y,
            shapes=self.places.shapes,
            base=self.seats.base,
            group=self.seats.group,
            k=self.plan.k,
            silhouettes=self.plan.silhouettes,
            axes=self.axes,
            bases=self.plan.bases,
            tally=tally,
            told=told_of(tally, self.rule.counts),
            sure=sure,
            moderated=~self.rule.counts,
            too_few=self.too_few,
            seed=self.seed,
        )

    def _placed(self) -> Places:
        axes, rule = self.axes, self.rule
        found = self.each(lambda block: places_of(block, axes, rule), self._blocks("places"))
        blocks = list(found)
        joined = (
            np.concatenate([getattr(one, part) for one in blocks] or [np.zeros(0)])
            for part in ("x", "y", "shapes", "placed")
        )
        x, y, shapes, placed = joined
        return Places(x, y, shapes.astype(bool), placed.astype(bool))

    def _keep_numbers(self, before: Groups) -> None:
        self.plan, numbers = kept_numbers(self.plan, overlap_of(self.seats.group, before))
        group = np.where(self.seats.group >= 0, numbers[self.seats.group], np.int8(-1))
        self.seats = Seats(self.seats.base, group)

    def _tallied(self) -> Tally:
        k = self.plan.k
        found = self.each(lambda one: tally_of(one[0], one[1], k), self._seated())
        return reduce(add, found, Tally.empty(k, self.votes.width))

    def _seated(self) -> Iterable[tuple[Votes, Groups]]:
        """Each block with the groups of its voters."""
        first = 0
        for block in self._blocks("counts"):
            yield block, self.seats.group[first : first + block.people]
            first += block.people

    def _sure(self, draws: int) -> Sure:
        placed = self.places.placed
        along, cast = self._along()
        drawn = Drawn(
            along[placed],
            scale_of(cast, self.rule)[placed],
            self.places.shapes[placed],
            Seats(self.seats.base[placed], self.seats.group[placed]),
            self.plan,
        )
        some, sure = sure_of(
            drawn, draws, self.seed, lambda done: self.tell(Progress("sure", done / draws))
        )
        people = np.zeros(self.votes.people)
        people[placed] = some
        return replace(sure, people=people)

    def _along(self) -> tuple[NDArray[Any], Whole]:
        """Everybody along the leading directions, and their votes that count."""
        centre = self.sums.centre
        rule, directions = self.rule, self.directions
        each = self.each(
            lambda block: along_of(block, centre, rule, directions), self._blocks("sure")
        )
        found = list(each)
        return np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])

    def _times(self, vectors: Floats) -> Floats:
        centre, rule = self.sums.centre, self.rule
        found: Floats = self._added("axes", lambda block: product_of(block, centre, rule, vectors))
        return found

    def _added(self, step: str, of_block: Callable[[Votes], Any]) -> Any:
        return reduce(add, self.each(of_block, self._blocks(step)))

    def _blocks(self, step: str) -> Iterable[Votes]:
        done = 0
        for block in self.votes.blocks(BLOCK):
            yield block
            done += block.people
            self.tell(Progress(step, done / max(self.votes.people, 1)))


def _rule(votes: Votes, moderated: Iterable[Any]) -> Rule:
    """The rule of these votes; ids nobody knows are no statements and shape nothing."""
    places = {one: place for place, one in enumerate(votes.statements.tolist())}
    named = [one.item() if isinstance(one, np.generic) else one for one in moderated]
    return rule_for(votes.width, [places[one] for one in named if one in places])


def _before(votes: Votes, groups: Mapping[Any, int] | None) -> Groups | None:
    """The group of each voter on the map before, (P,); −1 for who was in none; None without any."""
    if not groups:
        return None
    found = np.array([groups.get(one, -1) for one in votes.voters.tolist()], np.int8)
    return found if (found >= 0).any() else None


def _nobody(progress: Progress) -> None:
    """Nobody asked how far it is."""
