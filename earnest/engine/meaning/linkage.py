"""The tree in which what is most alike comes together first, and where to cut it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Alike = NDArray[np.float32]  # (n, n), symmetric
type Labels = NDArray[np.int64]  # (n,), the number of the branch each text is on


@dataclass(frozen=True, slots=True)
class Merge:
    """Two branches, each named by its first text, and how alike their texts are on average."""

    first: int
    second: int
    alike: float


def average_linkage(alike: Alike) -> list[Merge]:
    """n − 1 merges, the most alike first: group averages (Sokal and Michener 1958) found along
    chains of nearest neighbours (Murtagh 1983), n² of time and of room. Ties go to the lower
    number, so the same texts in the same order are the same tree."""
    near = alike.astype(np.float32, copy=True)
    np.fill_diagonal(near, -np.inf)
    sizes = np.ones(len(near), dtype=np.float32)
    there = np.ones(len(near), dtype=bool)
    chain: list[int] = []
    merges: list[Merge] = []
    for _ in range(len(near) - 1):
        chain = chain or [int(there.argmax())]
        _follow(chain, near)
        second, first = sorted((chain.pop(), chain.pop()), reverse=True)
        merges.append(Merge(first, second, float(near[first, second])))
        _join(near, sizes, first, second)
        there[second] = False
    return sorted(merges, key=lambda one: (-one.alike, one.first, one.second))


def _follow(chain: list[int], near: Alike) -> None:
    """Until the last two are each other's nearest."""
    while True:
        row = near[chain[-1]]
        nearest = int(row.argmax())
        if len(chain) > 1 and row[chain[-2]] >= row[nearest]:
            return
        chain.append(nearest)


def _join(near: Alike, sizes: NDArray[np.float32], first: int, second: int) -> None:
    both = sizes[first] + sizes[second]
    row = (near[first] * sizes[first] + near[second] * sizes[second]) / both
    row[[first, second]] = -np.inf
    near[first] = near[:, first] = row
    near[second] = near[:, second] = -np.inf
    sizes[first] = both


def cut(merges: list[Merge], texts: int, least: float) -> Labels:
    """The branches where everything less alike than ``least`` is apart."""
    up = list(range(texts))

    def root(text: int) -> int:
        while up[text] != text:
            up[text] = up[up[text]]
            text = up[text]
        return text

    for one in merges:
        if one.alike < least:
            break
        up[root(one.second)] = root(one.first)
    return np.unique([root(text) for text in range(texts)], return_inverse=True)[1].astype(np.int64)


def silhouette(alike: Alike, labels: Labels) -> float:
    """How much nearer texts are to their own branch than to the next (Rousseeuw 1987), over all
    texts: one on its own counts 0. From −1 to 1."""
    sizes = np.bincount(labels)
    shared = np.flatnonzero(sizes > 1)
    if len(shared) < 2:
        return 0.0
    member = (labels[:, None] == shared).astype(np.float32)
    total = alike @ member
    inside = member.astype(bool)
    held = inside.any(axis=1)
    own = (total[inside] - alike[held, held]) / (sizes[labels[held]] - 1)
    others = np.where(inside, -np.inf, total / sizes[shared])[held].max(axis=1)
    own_far, other_far = 1 - own, 1 - others
    nearer = (other_far - own_far) / np.maximum(np.maximum(own_far, other_far), 1e-9)
    return float(nearer.sum() / len(labels))
