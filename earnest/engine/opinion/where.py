"""Where one person sits, as facts from which words are made, and the words in English.

Plain Python. The product translates the facts itself; the command line uses ``in_english``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

AT_MOST: Final = 3  # statements of each kind
_ENOUGH: Final = 4  # votes of a group on a statement before anything is said of it
_SETTLED: Final = 7  # votes from which a person shapes the map (``found.LEAST_VOTES``)
_OWN: Final = 0.15  # by which a group's share differs from everybody else's, to be its own


class Counted(NamedTuple):
    """Votes of one group on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        """Votes of any kind."""
        return self.agree + self.disagree + self.passed

    def share(self, vote: int) -> float:
        """Of those who saw it, how many voted so."""
        return (self.passed, self.agree, self.disagree)[vote] / max(self.seen, 1)

    def most(self) -> int | None:
        """The answer of more than half, if there is one."""
        return next((vote for vote in (1, -1, 0) if self.share(vote) > 0.5), None)


class Point[S](NamedTuple):
    """One statement, what the person voted (+1, −1, 0), and how many of ten in the group vote so (of all,
    under ``with_all``)."""

    statement: S
    vote: int
    of_ten: int


@dataclass(frozen=True, slots=True)
class Where[S]:
    """Where somebody sits.

    ``votes`` they cast, of all ``statements``; ``group`` from 0, or None; ``sure`` 0 to 1 or None; ``size`` of the group and
    ``people`` in all; ``alike`` the share of their votes that more than half of the group gave too, among
    statements where it has such an answer, None where it has none. ``with_group``: what sets their group apart and they hold too;
    ``apart``: where they differ from most of their group; ``with_all``: what most of every group answers
    as they do. Best first, at most three each. ``too_few`` as of the map.
    """

    votes: int
    statements: int
    group: int | None
    sure: float | None
    size: int
    people: int
    alike: float | None
    with_group: tuple[Point[S], ...]
    apart: tuple[Point[S], ...]
    with_all: tuple[Point[S], ...]
    too_few: str | None


def where_do_i_sit[S](
    own: Mapping[S, int],
    groups: Sequence[Mapping[S, Counted]],
    sizes: Sequence[int],
    *,
    group: int | None,
    sure: float | None = None,
    too_few: str | None = None,
) -> Where[S]:
    """Facts about one person: ``own`` votes by statement, the counts of each group by statement (moderated
    ones left out), the people in each, and the group the map gave them."""
    people, here = sum(sizes), group if group is not None and not too_few else None
    statements = len(set().union(*groups))
    if here is None:
        everybody = _with_all(own, groups)
        return Where(len(own), statements, None, None, 0, people, None, (), (), everybody, too_few)
    mine = {one: counted for one, counted in groups[here].items() if counted.seen >= _ENOUGH}
    return Where(
        votes=len(own),
        statements=statements,
        group=here,
        sure=sure,
        size=sizes[here],
        people=people,
        alike=_alike(own, mine),
        with_group=_with_group(own, mine, [one for i, one in enumerate(groups) if i != here]),
        apart=_apart(own, mine),
        with_all=_with_all(own, groups),
        too_few=None,
    )


def in_english[S](where: Where[S], texts: Mapping[S, str]) -> str:
    """The facts as a few plain sentences."""
    told = [_first(where)]
    for points, begin in (
        (where.with_group, "With your group"),
        (where.apart, "Unlike most of your group"),
        (where.with_all, "With most people everywhere"),
    ):
        if points:
            told.append(f"{begin}, you {_listed(points, texts)}.")
    return " ".join(told)


def letter(group: int) -> str:
    """The name of a group: A, B, C, …"""
    return chr(ord("A") + group)


def _alike[S](own: Mapping[S, int], mine: Mapping[S, Counted]) -> float | None:
    usual = {one: counted.most() for one, counted in mine.items() if one in own}
    told = [own[one] == vote for one, vote in usual.items() if vote is not None]
    return sum(told) / len(told) if told else None


def _with_group[S](
    own: Mapping[S, int], mine: Mapping[S, Counted], others: Sequence[Mapping[S, Counted]]
) -> tuple[Point[S], ...]:
    """What most of the group answers as this person does, and everybody else less often."""
    found = []
    for one, vote in own.items():
        if vote and one in mine and mine[one].most() == vote:
            more = mine[one].share(vote) - _together(others, one).share(vote)
            if more > _OWN:
                found.append((more, Point(one, vote, _of_ten(mine[one].share(vote)))))
    return _best(found)


def _apart[S](own: Mapping[S, int], mine: Mapping[S, Counted]) -> tuple[Point[S], ...]:
    """Where most of the group says the opposite: yes instead of no."""
    return _best(
        (mine[one].share(-vote), Point(one, vote, _of_ten(mine[one].share(vote))))
        for one, vote in own.items()
        if vote and one in mine and mine[one].most() == -vote
    )


def _with_all[S](
    own: Mapping[S, int], groups: Sequence[Mapping[S, Counted]]
) -> tuple[Point[S], ...]:
    """What most of every group answers as this person does."""
    found = []
    for one, vote in own.items():
        counted = [group[one] for group in groups if one in group]
        heard = vote and counted and len(counted) == len(groups)
        if heard and all(each.seen >= _ENOUGH and each.most() == vote for each in counted):
            share = _together(groups, one).share(vote)
            least = min(each.share(vote) for each in counted)
            found.append((least, Point(one, vote, _of_ten(share))))
    return _best(found)


def _together[S](groups: Iterable[Mapping[S, Counted]], one: S) -> Counted:
    nobody = Counted(0, 0, 0)
    parts = [group.get(one, nobody) for group in groups]
    return Counted(*(sum(kind) for kind in zip(nobody, *parts, strict=True)))


def _best[S](found: Iterable[tuple[float, Point[S]]]) -> tuple[Point[S], ...]:
    """The foremost, equal ones in the order they came."""
    in_order = sorted(found, key=lambda pair: -pair[0])
    return tuple(point for _, point in in_order[:AT_MOST])


def _of_ten(share: float) -> int:
    return round(share * 10)


_FEW: Final = {
    "people": "There are too few people yet to say which groups there are.",
    "statements": "There are too few statements yet to say which groups there are.",
    "alike": "Everybody voted so much alike that there are no groups.",
}


def _first[S](where: Where[S]) -> str:
    """Which group, how many, how sure."""
    if where.too_few:
        return _FEW[where.too_few]
    if where.group is None:
        return "You have not voted on enough yet to say where you sit."
    name, share = letter(where.group), _of_ten(where.size / max(where.people, 1))
    told = f"You sit with group {name}: {where.size:,} of {where.people:,} people"
    about = f", about {share} in 10" if 0 < share < 10 else ""
    return f"{told}{about}.{_how_sure(where)}{_how_alike(where.alike)}"


def _how_alike(alike: float | None) -> str:
    return "" if alike is None else f" You answer like most of it {_of_ten(alike)} times in 10."


def _how_sure[S](where: Where[S]) -> str:
    """By their own votes first: of a few the bootstrap, which draws people, knows nothing."""
    votes, sure = where.votes, where.sure
    if votes < min(_SETTLED, where.statements):
        return f" From {votes} vote{'s' if votes != 1 else ''} that is not sure yet."
    if sure is None:
        return ""
    if sure >= 0.9:
        return " That is quite sure."
    return " That is fairly sure." if sure >= 0.7 else " You are near the border: it is not sure."


def _listed[S](points: Sequence[Point[S]], texts: Mapping[S, str]) -> str:
    said = [
        f"{'agree' if one.vote > 0 else 'disagree'} that “{texts.get(one.statement, str(one.statement))}”"
        f" ({one.of_ten} in 10 do)"
        for one in points
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
