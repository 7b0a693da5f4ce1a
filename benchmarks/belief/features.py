"""What a peer may know when a deed comes due: everything that stands in the rows before it.

Each row `did` becomes one line of numbers. For every channel (each condition, all answers, nods,
agreements, silences, deeds, deeds of that sort): how many, their mean, the last one, how long
ago; beside them the last deeds, deeds fading by age, the time since the first row and the sort.
Unknown is NaN. Nothing of the row itself but its sort and moment is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.belief.rows import CONDITIONS, DID, KINDS, SAID, Flags, Floats, Ints, Rows, Words

FADING = (20.0, 90.0, 400.0)  # days


@dataclass(frozen=True, slots=True)
class Before:
    """For each row, what a channel held before it. Shapes (rows,)."""

    count: Floats
    mean: Floats
    last: Floats
    ago: Floats


def before(rows: Rows, starts: Ints, channel: Flags) -> Before:
    """Exclusive running count, mean and last of a person's rows in a channel."""
    count = earlier(channel.astype(float), starts)
    total = earlier(np.where(channel, rows.value, 0).astype(float), starts)
    last = last_before(channel, starts)
    known = last >= 0
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / count
    return Before(
        count,
        mean,
        np.where(known, rows.value[last], np.nan),
        np.where(known, rows.at - rows.at[last], np.nan),
    )


def earlier(amounts: Floats, starts: Ints) -> Floats:
    """The sum of a person's rows above each row."""
    above = np.cumsum(amounts) - amounts
    return above - above[starts]


def last_before(channel: Flags, starts: Ints) -> Ints:
    """The number of the last row above, of the same person, in the channel; else -1."""
    numbers = np.where(channel, np.arange(len(channel)), -1)
    above = np.r_[-1, np.maximum.accumulate(numbers)[:-1]]
    return np.where(above >= starts, above, -1)


def same_sort(rows: Rows) -> Before:
    """Deeds of the same sort by the same person, given back in the order of the rows."""
    order = np.lexsort((np.arange(len(rows)), rows.item, rows.person))
    sorted_rows = rows.of(order)
    first = (
        np.r_[True, (sorted_rows.item[1:] != sorted_rows.item[:-1])]
        | (np.r_[True, sorted_rows.person[1:] != sorted_rows.person[:-1]])
    )
    starts = np.maximum.accumulate(np.where(first, np.arange(len(rows)), 0))
    found = before(sorted_rows, starts, sorted_rows.deeds)
    back = np.argsort(order)
    return Before(found.count[back], found.mean[back], found.last[back], found.ago[back])


def fading(rows: Rows, starts: Ints, days: float) -> tuple[Floats, Floats]:
    """Deeds done, and deeds due, each weighing exp(-age / days)."""
    place = np.arange(len(rows)) - starts
    due, done = np.zeros(len(rows)), np.zeros(len(rows))
    deeds = rows.deeds.astype(float)
    for rank in range(1, int(place.max(initial=0)) + 1):
        here = np.flatnonzero(place == rank)
        fades = np.exp(-(rows.at[here] - rows.at[here - 1]) / days)
        due[here] = (due[here - 1] + deeds[here - 1]) * fades
        done[here] = (done[here - 1] + deeds[here - 1] * rows.value[here - 1]) * fades
    return done, due


def last_deeds(rows: Rows, starts: Ints) -> Iterator[Floats]:
    """The second and third deed back (the last is a channel of its own)."""
    previous = last_before(rows.deeds, starts)
    step = previous
    for _ in range(2):
        step = np.where(step >= 0, previous[step], -1)
        yield np.where(step >= 0, rows.value[step], np.nan)


def features(rows: Rows, sorts: Words) -> Floats:
    """(deeds, features), in the order of the rows; `sorts` are those the peer was trained on."""
    starts = rows.starts
    channels = [rows.kind == kind for kind in KINDS]
    channels += [(rows.kind == SAID) & (rows.item == condition) for condition in CONDITIONS]
    known = [before(rows, starts, channel) for channel in channels] + [same_sort(rows)]
    lines = [column for one in known for column in columns_of(one)]
    lines += list(last_deeds(rows, starts))
    for days in FADING:
        done, due = fading(rows, starts, days)
        lines += [done, due, (done + 0.3) / (due + 1)]
    lines += [np.log1p(rows.at - rows.at[starts]), np.log1p(np.arange(len(rows)) - starts)]
    lines += [(rows.item == sort).astype(float) for sort in sorts]
    return np.column_stack(lines)[rows.deeds]


def columns_of(one: Before) -> tuple[Floats, ...]:
    return np.log1p(one.count), one.mean, one.last, np.log1p(one.ago)


def sorts_of(rows: Rows) -> Words:
    return np.unique(rows.item[rows.kind == DID])
