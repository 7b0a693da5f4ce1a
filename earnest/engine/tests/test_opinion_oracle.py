"""The map beside the same thing built the plain way: gaps filled, one dense matrix, scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from threadpoolctl import threadpool_limits

from earnest.engine.opinion.axes import leading, leading_by_products
from earnest.engine.opinion.bases import base_centres, nearest
from earnest.engine.opinion.groups import distances, groupings, silhouette
from earnest.engine.opinion.maps import opinion_map
from earnest.engine.opinion.votes import Floats
from earnest.engine.tests.conversations import conversation, written_out


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """The threads of scikit-learn wait for each other in a loop; beside other work that takes minutes."""
    with threadpool_limits(1):
        yield


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("seen", [0.4, 1.0])
def test_places_are_those_of_the_filled_matrix(seed: int, seen: float) -> None:
    votes, _ = conversation(120, 25, camps=3, seen=seen, seed=seed)
    matrix = written_out(votes)
    shapes = (~np.isnan(matrix)).sum(axis=1) >= 7
    mean = np.nanmean(matrix[shapes], axis=0)
    filled = np.where(np.isnan(matrix), mean, matrix) - mean
    _, values, turned = np.linalg.svd(filled[shapes], full_matrices=False)
    cast = np.maximum((~np.isnan(matrix)).sum(axis=1), 1)
    theirs = filled @ turned[:2].T * np.sqrt(25 / cast)[:, None]
    found = opinion_map(votes, seed=1, bootstrap=0)
    for ours, other in ((found.x, theirs[:, 0]), (found.y, theirs[:, 1])):
        assert min(abs(ours - other).max(), abs(ours + other).max()) < 1e-8
    assert np.allclose(found.axes.share, values[:2] ** 2 / (values**2).sum())


def test_moderated_statements_weigh_as_in_polis_as_if_everybody_passed_them() -> None:
    votes, _ = conversation(60, 20, seed=3)
    matrix = written_out(votes)
    matrix[:, [2, 5]] = 0
    mean = np.nanmean(matrix, axis=0)
    filled = np.where(np.isnan(matrix), mean, matrix) - mean
    turned = np.linalg.svd(filled, full_matrices=False)[2]
    theirs = filled @ turned[0] * np.sqrt(20 / (~np.isnan(matrix)).sum(axis=1))
    ours = opinion_map(votes, seed=1, moderated=[2, 5], bootstrap=0).x
    assert min(abs(ours - theirs).max(), abs(ours + theirs).max()) < 1e-8


def test_products_find_the_directions_the_scatter_has() -> None:
    dice = np.random.default_rng(4)
    votes = dice.normal(size=(80, 60)) * np.linspace(3.0, 0.5, 60)
    spread = votes.T @ votes
    values, vectors = leading(spread, 8)
    others, turned = leading_by_products(lambda some: spread @ some, 60, 8)
    assert np.allclose(values[:2], others[:2], rtol=1e-9)
    assert np.allclose(np.abs((vectors[:, :2] * turned[:, :2]).sum(axis=0)), 1.0, atol=1e-8)


def blobs(seed: int, many: int) -> tuple[Floats, Floats]:
    dice = np.random.default_rng(seed)
    middle = dice.normal(0, 3, (4, 2))
    places = middle[dice.integers(4, size=many)] + dice.normal(0, 1, (many, 2))
    return places, dice.integers(1, 6, many).astype(float)


@pytest.mark.parametrize("seed", range(4))
def test_groups_are_as_tight_as_the_best_of_many_starts(seed: int) -> None:
    places, weights = blobs(seed, 90)
    for found in groupings(places, weights, 5):
        theirs = KMeans(found.k, n_init=20, random_state=seed).fit(places, sample_weight=weights)
        away = ((places - found.centres[found.group]) ** 2).sum(axis=1)
        assert weights @ away <= theirs.inertia_ * 1.005


@pytest.mark.parametrize("seed", range(3))
def test_silhouettes_are_those_of_scikit_learn(seed: int) -> None:
    places, weights = blobs(seed, 80)
    for found in groupings(places, weights, 5):
        ours = silhouette(distances(places), np.ones(80), found.group, found.k)
        assert ours == pytest.approx(silhouette_score(places, found.group))


def test_base_clusters_are_nearly_as_tight_as_k_means_can_make_them() -> None:
    places, weights = blobs(1, 3000)
    centres = base_centres(places, weights)
    away = ((places - centres[nearest(places, centres)]) ** 2).sum(axis=1)
    theirs = KMeans(100, n_init=3, random_state=0).fit(places, sample_weight=weights)
    assert len(centres) == 100
    assert weights @ away < 1.15 * theirs.inertia_
