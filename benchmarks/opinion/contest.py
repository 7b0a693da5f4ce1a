"""Our map and the peer's of the same conversation: groups beside those Polis published, and time."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.opinion.conversations import SEED, Conversation, as_dicts
from earnest.engine.opinion.maps import opinion_map
from earnest.engine.opinion.votes import votes_from_rows


def _peer() -> Any:
    """Its one function, or None: it is of an optional group."""
    try:
        return import_module("reddwarf.implementations.polis").run_pipeline
    except ImportError:
        return None


run_pipeline: Any = _peer()


@dataclass(frozen=True, slots=True)
class Made:
    """A map by somebody: the group of each it gave one, k, seconds of processor time."""

    group: dict[int, int]
    k: int
    seconds: float
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Bout:
    """One conversation: agreement on everybody Polis grouped (ours alone), and on those whom all three
    grouped; ``peer`` None where it is not installed or failed, ``why`` then says so."""

    one: Conversation
    ours: Made
    with_sure: Made
    peer: Made | None
    why: str
    everybody: float
    shared: float
    peers: float | None


def ours(one: Conversation, bootstrap: int = 0, seed: int = SEED) -> Made:
    begun = time.process_time()
    votes = votes_from_rows(one.voter, one.statement, one.value, statements=one.statements)
    found = opinion_map(votes, seed=seed, moderated=one.moderated, bootstrap=bootstrap)
    seconds = time.process_time() - begun
    placed = zip(votes.voters.tolist(), found.group.tolist(), strict=True)
    sure = float(found.sure.people[found.shapes].mean()) if found.sure else None
    return Made({voter: group for voter, group in placed if group >= 0}, found.k, seconds, sure)


def peers(one: Conversation) -> Made:
    """red-dwarf as its own documentation calls it; making the rows it takes is not counted."""
    votes = as_dicts(one)
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: Any = run_pipeline(
            votes=votes, mod_out_statement_ids=one.moderated, random_state=SEED % 1000
        )
    seconds = time.process_time() - begun
    groups = found.participants_df["cluster_id"].dropna()
    group = {int(voter): int(number) for voter, number in groups.items()}
    return Made(group, len(set(group.values())), seconds)


def fastest(make: Callable[[], Made], times: int = 3) -> Made:
    """The fastest of a few, of ours and of the peer's alike: the first one warms up."""
    return min((make() for _ in range(times)), key=lambda made: made.seconds)


def bout(one: Conversation, bootstrap: int = 50) -> Bout:
    mine, sure = fastest(lambda: ours(one)), ours(one, bootstrap)
    peer, why = _tried(one)
    everybody = [voter for voter in one.group if voter in mine.group]
    shared = [voter for voter in everybody if peer is None or voter in peer.group]
    return Bout(
        one,
        mine,
        sure,
        peer,
        why,
        agreement(one.group, mine.group, everybody),
        agreement(one.group, mine.group, shared),
        agreement(one.group, peer.group, shared) if peer else None,
    )


def _tried(one: Conversation) -> tuple[Made | None, str]:
    if run_pipeline is None:
        return None, "red-dwarf is not installed (optional group `peers`)"
    try:
        return fastest(lambda: peers(one)), ""
    except (ValueError, KeyError, IndexError, TypeError) as error:
        return None, f"red-dwarf failed: {error}"


def agreement(theirs: dict[int, int], mine: dict[int, int], voters: Sequence[int]) -> float:
    """The adjusted Rand index (Hubert and Arabie 1985) over these voters: 1 the same groups, 0 chance."""
    pairs = np.array([(theirs[voter], mine[voter]) for voter in voters])
    one, other = (np.unique(column, return_inverse=True)[1] for column in pairs.T)
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)
    both, rows, columns = (
        float((part * (part - 1) / 2).sum())
        for part in (table, table.sum(axis=1), table.sum(axis=0))
    )
    chance = rows * columns / (len(pairs) * (len(pairs) - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)
