"""Where to begin, among the parts that said yes: rows become arrays, and the engine's counts words.

A file of its own: it loads NumPy, which only the page that gives this advice does. Ties and people
are read as bare numbers, for a network of a hundred thousand has a million ties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from earnest.engine.reach import NONE, Advice, Network, advise
from earnest.initiatives.models import Initiative
from earnest.people.queries import TeamTree
from earnest.pilots.models import Volunteer

PEOPLE = """SELECT id, team_id, manager_id, LOWER(job), time_zone, language FROM people_person
    WHERE workspace_id = %s AND erased_at IS NULL AND is_example = %s ORDER BY id"""
TIES = """SELECT t.person_id, t.other_id FROM people_tie t
    WHERE t.person_id BETWEEN %s AND %s"""
TRAITS = ("job", "time_zone", "language")
AT_ONCE = 50_000

type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part that said yes, and what speaks for it or is to be known, in words."""

    volunteer: Volunteer
    reasons: list[str]


def weigh(initiative: Initiative, volunteers: Sequence[Volunteer]) -> list[Weighed]:
    """Likeness and reach of each, in the order in which they said yes; three queries.

    Only of those who said yes; of everybody else nothing but counts is read.
    """
    if not any(one.team_id for one in volunteers):
        return [Weighed(one, [_no_team()]) for one in volunteers]
    tree = TeamTree(initiative.workspace)
    number = {pk: at for at, pk in enumerate(sorted(tree.teams))}
    parts = _parts(tree, number, {one.team_id for one in volunteers if one.team_id})
    network = _network(initiative, number)
    found = advise(network, [parts.get(one.team_id or 0, []) for one in volunteers])
    return [
        Weighed(one, _reasons(told) if one.team_id else [_no_team()])
        for one, told in zip(volunteers, found, strict=True)
    ]


def _parts(tree: TeamTree, number: dict[int, int], wanted: set[int]) -> dict[int, list[int]]:
    """Each team with the teams in it."""
    found: dict[int, list[int]] = {pk: [] for pk in wanted}
    for pk in tree.teams:
        for above in tree.upwards(pk):
            if above in found:
                found[above].append(number[pk])
    return found


def _network(initiative: Initiative, number: dict[int, int]) -> Network:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [initiative.workspace_id, initiative.is_example])
        rows = cursor.fetchall()
        keys = np.fromiter((row[0] for row in rows), np.int64, len(rows))
        first, last = (int(keys[0]), int(keys[-1])) if len(rows) else (0, -1)
        cursor.execute(TIES, [first, last])
        ties = _pairs(cursor)
    led = [(row[0], row[2]) for row in rows if row[2]]
    ties = np.concatenate([ties, np.asarray(led, np.int64).reshape(-1, 2)])
    part = np.fromiter((number.get(row[1], NONE) for row in rows), np.int64, len(rows))
    traits = {name: _codes(row[3 + at] for row in rows) for at, name in enumerate(TRAITS)}
    return Network(part, traits, _placed(ties, keys))


def _pairs(cursor: object) -> Ints:
    """Pairs of keys, read some at a time: a million rows are never tuples all at once."""
    read = [np.empty((0, 2), np.int64)]
    while rows := cursor.fetchmany(AT_ONCE):  # type: ignore[attr-defined]
        read.append(np.asarray(rows, np.int64))
    pairs: Ints = np.concatenate(read)
    return pairs


def _placed(ties: Ints, keys: Ints) -> Ints:
    """Keys as places among the people; ties to somebody who is not there are left out."""
    if not keys.size or not ties.size:
        return np.empty((0, 2), np.int64)
    places = np.searchsorted(keys, ties).clip(0, keys.size - 1)
    there = (keys[places] == ties).all(axis=1)
    known: Ints = places[there]
    return known


def _codes(words: Iterable[str]) -> Ints:
    """The same word, the same number. Nothing written, none; nor what is said of one person alone:
    it is no mix, and names them."""
    said = list(words)
    often = Counter(said)
    known: dict[str, int] = {}
    codes = (known.setdefault(one, len(known)) if one and often[one] > 1 else NONE for one in said)
    return np.fromiter(codes, np.int64, len(said))


def _no_team() -> str:
    return _("It is no team of the directory, so nothing is recorded of its size or its ties.")


def _reasons(told: Advice) -> list[str]:
    """What the counts say, each with the numbers it is from."""
    if not told.can_be_told:
        return [_("Fewer than five people are recorded in it: of so few nothing more is told.")]
    said = [_size(told), _reach(told)]
    said += [_in_common(name, round(100 * share)) for name, share in told.alike.items()]
    return [one for one in said if one]


def _in_common(name: str, share: int) -> str:
    if not share:
        return {
            "job": _("What its people do has next to nothing in common with the rest, by job."),
            "time_zone": _("Nobody else works in its time zones, or next to nobody."),
            "language": _("Nobody else speaks the languages of its people, or next to nobody."),
        }[name]
    called = {
        "job": _("What its people do has %d %% in common with the rest, by job."),
        "time_zone": _("Where its people work has %d %% in common with the rest, by time zone."),
        "language": _("Which languages its people speak has %d %% in common with the rest."),
    }
    return called[name] % share


def _size(told: Advice) -> str:
    if told.usual is None:
        return _("%d people are in it.") % told.people
    low, high = (round(one) for one in told.usual)
    words = {"people": told.people, "low": low, "high": high}
    if told.of_usual_size:
        return (
            _(
                "%(people)d people: a usual size, for half of the other parts have %(low)d to %(high)d."
            )
            % words
        )
    if told.people > high:
        return (
            _(
                "%(people)d people: larger than most, for half of the other parts have %(low)d to %(high)d."
            )
            % words
        )
    return (
        _(
            "%(people)d people: smaller than most, for half of the other parts have %(low)d to %(high)d."
        )
        % words
    )


def _reach(told: Advice) -> str:
    if not told.reaches_people:
        return _(
            "No ties of its people to others are recorded, so nobody can say how far it is seen."
        )
    return _(
        "%(people)d of %(outside)d people elsewhere work with somebody of it, in %(parts)d of "
        "%(all)d other parts: they would see it at first hand."
    ) % {
        "people": told.reaches_people,
        "outside": told.outside,
        "parts": told.reaches_parts,
        "all": told.parts,
    }
