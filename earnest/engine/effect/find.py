"""The whole: readings → the effect, with its interval and its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from earnest.engine.effect.series import Series, Table, series_of, table_of
from earnest.engine.effect.shapes import Effect, Reading, check
from earnest.engine.effect.ways import beyond_trust, compare, trusted
from earnest.engine.effect.words import Question, words_for


def find(readings: Sequence[Reading], asked: Question) -> Effect:
    check(readings)
    return find_in(table_of(readings), asked)


def find_in(table: Table, asked: Question) -> Effect:
    """The same of columns that were checked."""
    if asked.treated not in table.groups:
        return nothing(f"there is no reading of {asked.treated} yet", asked)
    own = table.day[table.group == table.groups.index(asked.treated)]
    start = asked.start.toordinal()
    if not (own < start).any():
        return nothing("there is no reading from before the start", asked)
    if not (own >= start).any():
        return nothing("there is no reading since the start", asked)
    return told(series_of(table, asked.start, asked.treated), asked)


def nothing(why: str, asked: Question) -> Effect:
    sentence = f"Too early to say: {why}."
    return Effect(
        None, None, None, "none", sentence, False, why, before=None, after=None, level=asked.level
    )


def told(series: Series, asked: Question) -> Effect:
    whole, series = series, trusted(series)
    found = compare(series, asked.level)
    if beyond := beyond_trust(whole, series):
        found = replace(found, too_few=beyond)
    words = words_for(asked, found, of_shares=series.of is not None)
    why, so_far = words.why_not(found), words.so_far(found)
    sentence = f"Too early to say: {why}. So far: {so_far}." if why else f"{so_far}."
    return Effect(
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        method=found.method,
        sentence=sentence,
        enough=not why,
        why_not=why,
        before=found.means.before,
        after=found.means.after,
        comparison_before=found.means.comparison_before,
        comparison_after=found.means.comparison_after,
        expected=found.expected,
        level=asked.level,
        readings_before=series.before_count,
        readings_after=series.after_count,
        cases_before=_cases(series, ~series.after),
        cases_after=_cases(series, series.after),
        comparisons=series.names,
    )


def _cases(series: Series, side: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int | None:
    return None if series.of is None else int(series.of[0, side].sum())
