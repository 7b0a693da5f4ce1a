"""How near found groups are to known ones. Each on its own counts as a group of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def as_labels(found: Sequence[int]) -> NDArray[np.int64]:
    """Every text on its own gets a number of its own."""
    labels = np.array(found, dtype=np.int64)
    alone = labels < 0
    labels[alone] = len(labels) + np.arange(alone.sum())
    return labels


def adjusted_rand(known: Sequence[object], found: NDArray[np.int64]) -> float:
    """Hubert and Arabie 1985: 0 by chance, 1 where the groups are the same."""
    _names, one = np.unique(np.array(known), return_inverse=True)
    _numbers, other = np.unique(found, return_inverse=True)
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)
    both, rows, columns = (_pairs(part) for part in (table, table.sum(1), table.sum(0)))
    chance = rows * columns / _pairs(np.array([len(found)]))
    return float((both - chance) / ((rows + columns) / 2 - chance))


def _pairs(counts: NDArray[np.float64] | NDArray[np.int64]) -> float:
    return float((counts * (counts - 1) / 2).sum())


def b_cubed(known: Sequence[object], found: NDArray[np.int64]) -> tuple[float, float, float]:
    """Bagga and Baldwin 1998: precision, recall, and their harmonic mean, text by text."""
    names = np.array(known)
    same_known = names[:, None] == names[None, :]
    same_found = found[:, None] == found[None, :]
    both = (same_known & same_found).sum(1)
    precision = float((both / same_found.sum(1)).mean())
    recall = float((both / same_known.sum(1)).mean())
    return precision, recall, 2 * precision * recall / (precision + recall)
