"""Groups of texts: new ones beside those that people made, which nothing overturns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from earnest.engine.meaning.linkage import average_linkage, cut, silhouette
from earnest.engine.meaning.vectors import Vectors

FREE, ALONE = -1, -2  # not placed yet; put on its own, by people
MOST_LINKED = 2_000  # texts the tree is built of; the others join what was found
# How alike two groups must be on average to be one, by the way vectors are made: chosen on the
# parts of the data kept for choosing (docs/grouping.md).
APART_TFIDF, APART_SENTENCES = 0.10, 0.20


type Places = NDArray[np.int64]  # for each text the number of its group


@dataclass(frozen=True, slots=True)
class Grouping:
    """For each text its group, or ALONE. Groups given keep their number, new ones follow."""

    of: tuple[int, ...]
    given: int
    silhouette: float

    @property
    def count(self) -> int:
        return max((one + 1 for one in self.of), default=0)


def group(vectors: Vectors, placed: Sequence[int] = (), *, apart: float = APART_TFIDF) -> Grouping:
    """Group texts by their vectors, (texts, width).

    ``placed``: for each text the number of the group it is in by people's word, from 0, ALONE, or
    FREE; nothing placed is moved. Free texts come together among themselves, two at least; a text
    joins a given group instead where it is more alike to that on average, ``apart`` at least. The
    same in, the same out.
    """
    of = np.array(placed or [FREE] * len(vectors), dtype=np.int64)
    if len(of) != len(vectors):
        raise ValueError("one place for each text")
    given = max(int(of.max(initial=-1)) + 1, 0)
    free = np.flatnonzero(of == FREE)
    quality = 0.0
    if len(free):
        found, quality = _found(vectors[free], apart)
        of[free] = np.where(found >= 0, found + given, ALONE)
        _join_given(vectors, of, free, given=given, apart=apart)
        of[free] = _numbered(of[free], given)
    return Grouping(tuple(int(one) for one in of), given, quality)


def _join_given(vectors: Vectors, of: Places, free: Places, *, given: int, apart: float) -> None:
    """Who is nearer to a group of people's making than to those they came together with."""
    known = np.unique(of[(of >= 0) & (of < given)])
    if not len(known):
        return
    best, near = _nearest(vectors[free], vectors, of, known)
    joins = (near >= apart) & (near > _to_their_own(vectors[free], of[free]))
    of[free[joins]] = best[joins]


def _nearest(
    texts: Vectors, vectors: Vectors, of: Places, known: Places
) -> tuple[Places, NDArray[np.float32]]:
    """The group each of these is most alike to, and how alike.

    The product with the mean of a group is the average over its texts, as in the tree.
    """
    middles = np.stack([vectors[of == one].mean(axis=0) for one in known])
    near = texts @ middles.T
    best = near.argmax(axis=1)
    return known[best], near[np.arange(len(texts)), best]


def _to_their_own(texts: Vectors, of: Places) -> NDArray[np.float32]:
    """How alike each is to the others of its group, on average; 0 on its own."""
    alike = np.zeros(len(texts), dtype=np.float32)
    for one in np.unique(of[of >= 0]):
        there = of == one
        total = texts[there] @ texts[there].sum(axis=0)
        itself = (texts[there] ** 2).sum(axis=1)
        alike[there] = (total - itself) / (there.sum() - 1)
    return alike


def _found(vectors: Vectors, apart: float) -> tuple[Places, float]:
    """Groups among texts of which none is known; ALONE for one on its own."""
    labels = np.full(len(vectors), FREE, dtype=np.int64)
    chosen = _evenly(len(vectors))
    labels[chosen], quality = _cut(vectors[chosen], apart)
    rest = np.flatnonzero(labels == FREE)
    known = np.unique(labels[labels >= 0])
    if len(rest):
        labels[rest] = ALONE
    if len(rest) and len(known):
        best, near = _nearest(vectors[rest], vectors, labels, known)
        labels[rest[near >= apart]] = best[near >= apart]
    return labels, quality


def _evenly(texts: int) -> NDArray[np.int64]:
    """All of them, or as many as the tree can hold, at even steps."""
    return np.unique(np.linspace(0, texts - 1, min(texts, MOST_LINKED)).astype(np.int64))


def _cut(vectors: Vectors, apart: float) -> tuple[NDArray[np.int64], float]:
    alike = vectors @ vectors.T
    labels = cut(average_linkage(alike), len(vectors), apart)
    shared = np.bincount(labels) > 1
    return np.where(shared[labels], labels, ALONE), silhouette(alike, labels)


def _numbered(of: Places, given: int) -> Places:
    """New groups numbered from ``given``, the largest first, at a tie the one met first. Of which
    only one is left, it is on its own."""
    found, first, sizes = np.unique(of, return_index=True, return_counts=True)
    order = [place for place in np.lexsort((first, -sizes)) if found[place] >= given]
    new = np.where(of >= given, ALONE, of)
    for number, place in enumerate(one for one in order if sizes[one] > 1):
        new[of == found[place]] = given + number
    return new
