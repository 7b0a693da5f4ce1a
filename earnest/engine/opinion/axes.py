"""The two principal components of the votes, gaps filled by each statement's mean (Polis; Small and
others 2021), without ever filling them.

Less its mean, a filled gap is 0, so that with d the votes less the means, and 0 elsewhere, the components
are the leading eigenvectors of the scatter Σ d dᵀ, which adds up over blocks of people. Beyond ``WIDE``
statements the scatter itself is too large; a block Krylov space (Golub and Underwood 1977; Halko,
Martinsson and Tropp 2011) then needs only its products with a few vectors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from earnest.engine.opinion.found import Axes
from earnest.engine.opinion.votes import Floats

WIDE: Final = 1024  # statements beyond which the scatter is not built
SOME: Final = 256  # statements beyond which not all eigenvalues are found
_TOGETHER: Final = 4  # vectors of a product
_ROUNDS: Final = 40
_ENOUGH: Final = 1e-9  # of what is left over, in parts of the largest eigenvalue
_NOTHING: Final = 1e-10  # an eigenvalue below this, in votes squared, is none


def axes_from(spread: Floats, centre: Floats) -> Axes:
    """The two principal axes of a scatter (S, S) around a centre (S,), in votes: loadings (2, S) and the
    share of the scatter each holds; 0 where there is none. By a full eigendecomposition (LAPACK)."""
    values, vectors = leading(spread, 2)
    return axes_of(values, vectors, float(np.trace(spread)), centre)


def leading(spread: Floats, many: int) -> tuple[Floats, Floats]:
    """The largest eigenvalues, falling, and their vectors (S, many) of a scatter; fewer where S is. From
    ``SOME`` statements on all eigenvalues cost more than products for the first few."""
    if len(spread) > SOME:
        return leading_by_products(spread.__matmul__, len(spread), many)
    values, vectors = np.linalg.eigh(spread)
    return values[::-1][:many], vectors[:, ::-1][:, :many]


def axes_of(values: Floats, vectors: Floats, total: float, centre: Floats) -> Axes:
    """The axes of which eigenvalues (n,), falling, and vectors (S, n) are known; ``total`` is the trace of
    the scatter, Σ of all squared votes less the means."""
    loadings, share = np.zeros((2, len(centre))), np.zeros(2)
    for number in range(min(2, len(values))):
        if values[number] > max(_NOTHING, _ENOUGH * values[0]):
            loadings[number] = _turned(vectors[:, number])
            share[number] = values[number] / total
    return Axes(centre, loadings, share)


def _turned(vector: Floats) -> Floats:
    """So that who agrees with more is further right, or up."""
    small = np.abs(vector) < 1e-12
    vector = np.where(small, 0.0, vector)
    lean = float(vector.sum())
    if abs(lean) < 1e-9:
        lean = float(vector[np.argmax(np.abs(vector) > 1e-9)])
    return vector if lean >= 0 else -vector


def leading_by_products(
    times: Callable[[Floats], Floats], width: int, many: int
) -> tuple[Floats, Floats]:
    """As ``leading`` of a scatter known by its products with (S, n): Rayleigh and Ritz in the space of all
    products so far, until nothing is left over of the first two."""
    newest = np.linalg.qr(np.random.default_rng(0).standard_normal((width, _TOGETHER)))[0]
    basis, images = newest, np.empty((width, 0))
    for _ in range(_ROUNDS):
        images = np.hstack([images, times(newest)])
        within = basis.T @ images
        values, turn = np.linalg.eigh((within + within.T) / 2)
        values, turn = values[::-1][:many], turn[:, ::-1][:, :many]
        left = np.linalg.norm(images @ turn[:, :2] - basis @ turn[:, :2] * values[:2], axis=0)
        if left.max() <= _ENOUGH * max(float(values[0]), _NOTHING):
            break
        newest = _apart(images[:, -_TOGETHER:], basis)
        basis = np.hstack([basis, newest])
    return values, basis[:, : turn.shape[0]] @ turn


def _apart(newest: Floats, basis: Floats) -> Floats:
    """Orthonormal to the basis, twice for safety (Giraud and others 2005)."""
    for _ in range(2):
        newest = np.linalg.qr(newest - basis @ (basis.T @ newest))[0]
    return newest
