"""The whole: readings → the effect, with its interval and its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from earnest.engine.effect import regression, shares
from earnest.engine.effect.series import Series, series_of, table_of
from earnest.engine.effect.shapes import Effect, Reading, check
from earnest.engine.effect.words import Question, digits_for, number, signed


def find(readings: Sequence[Reading], asked: Question) -> Effect:
    check(readings)
    table = table_of(readings)
    if asked.treated not in table.groups:
        return nothing(f"there is no reading of {asked.treated} yet")
    series = series_of(table, asked.start, asked.treated)
    if not series.before_count:
        return nothing("there is no reading from before the start")
    if not series.after_count:
        return nothing("there is no reading since the start")
    return _told(series, asked)


def nothing(why: str) -> Effect:
    return Effect(
        None, None, None, "none", f"Too early to say: {why}.", False, why, before=None, after=None
    )


def _told(series: Series, asked: Question) -> Effect:
    weight = np.ones_like(series.value) if series.of is None else series.of
    means = [
        float(np.average(series.value[rows][:, side], weights=weight[rows][:, side]))
        for rows in (slice(0, 1), slice(1, None))
        if series.value[rows].size
        for side in (~series.after, series.after)
    ]
    estimate = means[1] - means[0] - (means[3] - means[2] if len(means) == 4 else 0)
    half = _half(series, asked)
    low, high = (None, None) if half is None else (estimate - half, estimate + half)
    why = _why(series, low, high)
    sentence = _sentence(means, low, high, asked, shares_too=series.of is not None)
    return Effect(
        estimate,
        low,
        high,
        "before and after" if len(means) == 2 else "difference in differences",
        f"Too early to say: {why}. {sentence}" if why else sentence,
        not why,
        why,
        before=means[0],
        after=means[1],
        comparison_before=means[2] if len(means) == 4 else None,
        comparison_after=means[3] if len(means) == 4 else None,
        level=asked.level,
        readings_before=series.before_count,
        readings_after=series.after_count,
        comparisons=series.names,
    )


def _half(series: Series, asked: Question) -> float | None:
    if series.of is not None and len(series.value) == 1:
        yes, of = series.of * series.value / 100, series.of
        sides = [
            (float(yes[:, one].sum()), float(of[:, one].sum()))
            for one in (~series.after, series.after)
        ]
        low, high = shares.interval(sides[0], sides[1], asked.level)
        return 50 * (high - low)
    if min(series.before_count, series.after_count) < 2:
        return None
    y = series.value[0] - (series.value[1:].mean(axis=0) if len(series.value) > 1 else 0)
    x = np.column_stack([np.ones(len(y)), series.after])
    pause = np.diff(series.day)
    model = regression.Model(y, x, np.array([0.0, 1.0]), pause / np.median(pause), series.after)
    return regression.fit(model, asked.level).half


def _why(series: Series, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "there are too few readings to know how much they vary by themselves"
    if low <= 0 <= high:
        return "it may as well have moved the other way"
    return ""


def _sentence(
    means: list[float], low: float | None, high: float | None, asked: Question, *, shares_too: bool
) -> str:
    digits = digits_for((high - low) if low is not None and high is not None else 1.0)
    digits = max(0, digits - 1)
    unit = "%" if shares_too else asked.unit
    words = " ".join(one for one in (number(means[1], digits), unit, asked.what or "since") if one)
    words += f", {number(means[0], digits)}{f' {unit}' if unit else ''} before"
    if len(means) == 4:
        words += (
            f"; the comparison moved from {number(means[2], digits)} to {number(means[3], digits)}"
        )
    if low is not None and high is not None:
        points = "points" if shares_too else asked.unit
        words += (
            f"; likely between {signed(low, digits)} and {signed(high, digits)} {points}".rstrip()
        )
    return f"{words}."
