"""Texts as vectors of length one, of which the inner product says how much two are alike.

TF-IDF (Salton and Buckley 1988, sublinear) over words and over runs of letters, each of the same
weight, folded into a fixed width by signed hashing (Weinberger et al. 2009), so that memory grows
with the texts alone. Two unrelated texts then differ from 0 by about 1/sqrt(WIDTH).
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earnest.engine.meaning.terms import runs_in, words_in

WIDTH = 2048
type Vectors = NDArray[np.float32]  # (texts, width), each row of length one, or all nought


def tfidf(texts: Sequence[str]) -> Vectors:
    """(texts, WIDTH). A text without a word is a row of noughts: it is like nothing."""
    words = [words_in(text) for text in texts]
    by_word = _weighed([Counter(one) for one in words])
    by_run = _weighed([runs_in(one) for one in words])
    return unit(by_word + by_run)


def from_sentences(found: ArrayLike) -> Vectors:
    """Vectors of a model of sentences: what all have in common is taken out first.

    In such models any two sentences are alike to some degree (Ethayarajh 2019); without this no
    two groups are apart.
    """
    rows = np.asarray(found, dtype=np.float32)
    return unit(rows - rows.mean(axis=0)) if len(rows) > 1 else unit(rows)


def unit(rows: Vectors) -> Vectors:
    """Each row of length one; a row of noughts stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, 1e-9)).astype(np.float32)


def _weighed(counted: list[Counter[str]]) -> Vectors:
    within = Counter(term for one in counted for term in one)
    places = {term: zlib.crc32(term.encode()) for term in within}
    rows = np.zeros((len(counted), WIDTH), dtype=np.float32)
    for row, one in zip(rows, counted, strict=True):
        _lay(
            row, [(places[term], count, within[term]) for term, count in one.items()], len(counted)
        )
    return unit(rows)


def _lay(row: NDArray[np.float32], terms: list[tuple[int, int, int]], texts: int) -> None:
    """Into one row: each term's place, how often it stands here, and in how many texts."""
    if not terms:
        return
    place, count, of = np.array(terms, dtype=np.int64).T
    weight = (1 + np.log(count)) * (1 + np.log((1 + texts) / (1 + of)))
    sign = np.where(place >> 31, 1.0, -1.0)
    np.add.at(row, place % WIDTH, (weight * sign).astype(np.float32))
