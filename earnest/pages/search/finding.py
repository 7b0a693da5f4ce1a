"""``find``: the one function that looks into the index, for both databases, through the doors.

Whose a row is stands in the index as a word of its own: what somebody may not see is not looked
at, however much of it there is. The rows found are then read through their doors, so that the index
may be late and still nothing comes out that a door would refuse. Newest first, no scores: the same
words find the same rows in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection

from earnest.accounts.models import User
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Role
from earnest.pages.search import asking, doors, postgresql, sqlite
from earnest.pages.search.asking import Wanted, Word
from earnest.pages.search.marking import Piece, has_all, marked
from earnest.pages.search.sort import LED, OPEN, OTHERS, SPONSOR, Row, Sort
from earnest.pages.search.sorts import BY_NAME, SORTS
from earnest.plans.queries.kept import copied_in, without_kept_words

FEW, PAGE = 5, 30


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, and where it is."""

    row: Row
    url: str
    title: list[Piece]
    words: list[Piece]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one sort; ``next_after`` where there is more."""

    sort: Sort
    hits: list[Hit]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """An initiative one can search in."""

    pk: int
    title: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was looked for, what was found, and where this user can look at all."""

    words: tuple[Word, ...]
    groups: list[Group]
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a user may look: as the doors have it, read once."""

    led: frozenset[int]
    others: frozenset[int]
    sponsors: frozenset[int]
    workspaces: frozenset[int]
    places: tuple[Place, ...]

    def scopes(self, sort: Sort, initiative: int | None) -> tuple[str, ...]:
        """Words of ours, one of which a row has to have."""
        reach = {LED: self.led, OTHERS: self.others, SPONSOR: self.sponsors, OPEN: self.workspaces}
        if initiative is not None:
            here = frozenset({initiative})
            reach = {kind: keys & here for kind, keys in reach.items() if kind != OPEN}
        kinds = [scope.kind for scope in sort.scopes]
        return tuple(f"{kind}{key}" for kind in kinds for key in sorted(reach.get(kind, ())))


def find(
    user: Anyone,
    typed: str,
    *,
    sort: str = "",
    initiative: int | None = None,
    after: int | None = None,
) -> Results:
    """Everything this user may see in which all these words stand, newest first.

    Without ``sort``: the first few of each. With it: a page of that sort, after the key ``after``.
    """
    words = asking.read(typed)
    reach = reach_of(user)
    alone = sort in BY_NAME
    sorts, most = ([BY_NAME[sort]], PAGE) if alone else (list(SORTS), FEW)
    wanted = [
        Wanted(one.name, words, scopes, after if alone else None, most + 1)
        for one in sorts
        if words and (scopes := reach.scopes(one, initiative))
    ]
    found = _keys(wanted)
    rows = _rows(user, {name: keys[:most] for name, keys in found.items()})
    for one in sorts:
        if one.copied:
            rows[one.name] = _as_others_read(one, rows[one.name], reach, words)
    groups = [
        Group(one, _hits(one, rows[one.name], reach, words), _next(found[one.name], most))
        for one in sorts
        if rows.get(one.name) or len(found.get(one.name, ())) > most
    ]
    return Results(words, groups, list(reach.places))


def reach_of(user: Anyone) -> Reach:
    if not isinstance(user, User):
        return Reach(frozenset(), frozenset(), frozenset(), frozenset(), ())
    led = frozenset(doors.led_by(user))
    found = doors.roles_of(user)
    return Reach(
        led,
        frozenset(pk for pk, _, _ in found) - led,
        frozenset(pk for pk, _, kind in found if kind == Role.Kind.SPONSOR),
        frozenset(doors.workspaces_of(user)),
        tuple(Place(pk, title) for pk, title, _ in found),
    )


def _keys(wanted: list[Wanted]) -> dict[str, list[int]]:
    """Keys of each sort, newest first."""
    found: dict[str, list[int]] = defaultdict(list)
    if wanted:
        engine = sqlite if connection.vendor == "sqlite" else postgresql
        for name, key in engine.keys(wanted):
            found[name].append(key)
    return found


def _next(keys: list[int], most: int) -> int | None:
    return keys[most - 1] if len(keys) > most else None


def _hits(sort: Sort, rows: Iterable[Row], reach: Reach, words: tuple[Word, ...]) -> list[Hit]:
    return [
        Hit(
            row,
            sort.url(row, row.initiative_pk in reach.led),
            marked(row.title, words),
            marked(row.words, words),
        )
        for row in sorted(rows, key=lambda row: -row.pk)
    ]


def _as_others_read(
    sort: Sort, rows: list[Row], reach: Reach, words: tuple[Word, ...]
) -> list[Row]:
    """Without people's words that were copied into them, for whoever does not lead there; and what
    was found by such words alone is not found (privacy.md 4). One query."""
    texts: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.initiative_pk not in reach.led:
            texts[row.initiative_pk] += [row.title, row.words]
    copied = copied_in(texts, kept_alone=sort.copied == "kept") if texts else {}
    read = [_without(row, copied.get(row.initiative_pk, ())) for row in rows]
    return [
        now
        for was, now in zip(rows, read, strict=True)
        if was == now or has_all(f"{now.title} {now.words}", words)
    ]


def _without(row: Row, copied: Iterable[str]) -> Row:
    title, said = (without_kept_words(one, copied) for one in (row.title, row.words))
    return replace(row, title=title, words=said)


def _rows(user: Anyone, keys: dict[str, list[int]]) -> dict[str, list[Row]]:
    """Read through the doors, all sorts in one query."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in doors.rows(user, keys) if isinstance(user, User) else ():
        found[row.sort].append(row)
    return found
