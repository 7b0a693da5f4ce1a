"""Populations that nobody saw while the engine was being built. They join when it is done."""

from __future__ import annotations

from benchmarks.belief.populations import Draw

KEPT_BACK: dict[str, Draw] = {}
