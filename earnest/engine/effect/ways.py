"""The ways to compare: which one the readings allow, and what it finds.

many comparisons     each group's change is one number; the treated group's among the others'
shares               few periods, or few cases: the exact posterior of the counts
series               values, or shares read often: least squares with readings that may resemble each
                     other; of the difference from the comparison where there is one, of the trend and
                     the seasons where there is none and the readings are many, else of two means
"""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from earnest.engine.effect import shares
from earnest.engine.effect.found import LEAST_CASES, LEAST_READINGS, Found, means_of
from earnest.engine.effect.regression import Fit, Model, Prior, fit, usual_prior
from earnest.engine.effect.seasons import seasons_of
from earnest.engine.effect.series import Series
from earnest.engine.effect.student import half_width

type Floats = NDArray[np.float64]

MANY_GROUPS: Final = 5  # comparisons from which they tell how much groups move by themselves
LONG_BEFORE = 24  # readings from which a trend is told apart, as soon as there are some since
OFTEN_BEFORE, OFTEN_AFTER = 10, 8  # readings from which shares are taken as a series
PLENTY: Final = (
    4.0  # cases on the rarer side of a share, in the usual period, for a series of shares
)
ROUNDED: Final = 0.005 + 1e-9  # of a share, by saying it in whole percent
MOST_DEGREES: Final = 1000.0  # of Student's t: beyond, it is the normal curve
UNLIKE: Final = 1.5  # times as many cases, from which periods weigh differently
PARTS: Final = np.array([0.0, 0.5, 0.9])  # of the spread that more cases would not lessen


def compare(series: Series, level: float, prior: Prior | None = None) -> Found:
    found = _by_its_way(series, level, prior)
    return found if series.of is None else _possible(found, len(series.value))


def _possible(found: Found, groups: int) -> Found:
    """A share goes from none to all at most, and what it is compared with the other way."""
    if found.low is None or found.high is None:
        return found
    most = 100.0 if groups == 1 else 200.0
    low, high = max(found.low, -most), min(found.high, most)
    return replace(found, low=min(low, found.estimate), high=max(high, found.estimate))


def _by_its_way(series: Series, level: float, prior: Prior | None) -> Found:
    if len(series.value) > MANY_GROUPS:
        return among_many(series, level)
    if series.of is not None and not _often(series):
        return of_counts(series, level)
    found = of_series(series, level, prior)
    if found.low is None and series.of is not None and not _long(series):
        return of_counts(series, level)  # counts vary by chance, even where none of them shows it
    return found


def _often(series: Series) -> bool:
    if series.of is None or series.before_count < OFTEN_BEFORE:
        return False
    if series.after_count < (LEAST_READINGS if _is_long(series) else OFTEN_AFTER):
        return False
    yes = series.of * series.value / 100
    return bool(np.minimum(yes, series.of - yes).mean(axis=1).min() >= PLENTY)


def among_many(series: Series, level: float) -> Found:
    """Donald and Lang 2007: m comparisons, Student's t with m − 1 degrees of freedom.

    Of shares, what its own cases leave open beyond what those of the others do comes on top, with
    the degrees of such a sum (Satterthwaite 1946): a small group varies more than large ones.
    """
    weight = np.ones_like(series.value) if series.of is None else series.of
    means = means_of(series.value, series.after, weight)
    sides = [
        (series.value[1:, one] * weight[1:, one]).sum(axis=1) / weight[1:, one].sum(axis=1)
        for one in (~series.after, series.after)
    ]
    changes = sides[1] - sides[0]
    count, spread = len(changes), float(np.std(changes, ddof=1))
    method = f"difference in differences, the change beside those of {count} other groups (t)"
    if spread <= 1e-11 * float(np.abs(series.value).max()):
        few = "the other groups did not vary at all, so nothing shows how much a group moves by itself"
        return Found(means, means.change, None, None, method, few)
    few, among, more = _too_few_readings(series), spread**2 * (1 + 1 / count), 0.0
    if series.of is not None:
        few = few or _too_few_cases(series.of[0], series)
        left_open = _left_open(series.value, series.of, series.after)
        more = max(0.0, float(left_open[0] - left_open[1:].mean()))
    degrees = min((1 + more / among) ** 2 * (count - 1), MOST_DEGREES)
    half = half_width(np.array([math.sqrt(among + more)]), np.ones(1), degrees, level)
    return Found(means, means.change, means.change - half, means.change + half, method, few)


def of_counts(series: Series, level: float) -> Found:
    """Shares, exactly."""
    of = np.ones_like(series.value) if series.of is None else series.of
    means = means_of(series.value, series.after, of)
    count = len(series.value) - 1
    changes = []
    for place, (row, size) in enumerate(zip(series.value, of, strict=True)):
        before, since = (
            shares.Cell(_cases(row * size / 100, size)[one], size[one])
            for one in (~series.after, series.after)
        )
        changes.append(shares.Change(before, since, -1 / count if place else 1.0))
    low, high, alike = shares.interval(changes, level)
    several = len(series.day) > 2
    method = "difference in differences of shares" if count else "before and after, shares"
    method += ", Bayesian, " + (
        f"cases of one period resembling each other by {alike:.2f}"
        if several
        else "each case by itself"
    )
    estimate = means.change
    ends = min(100 * low, estimate), max(100 * high, estimate)
    few = _too_few_cases(of[0], series)
    if series.before_count >= LEAST_READINGS:
        few = few or _less_than_a_week(series)
    return Found(means, estimate, *ends, method, few)


def _cases(counted: Floats, size: Floats) -> Floats:
    """Whole ones, where the share was rounded to a percent; what is no count by any rounding stays."""
    whole = np.rint(counted)
    return np.where(np.abs(counted - whole) <= size * ROUNDED, whole, counted)


def _too_few_cases(of: Floats, series: Series) -> str:
    before, after = float(of[~series.after].sum()), float(of[series.after].sum())
    if min(before, after) >= LEAST_CASES:
        return ""
    least, when = (
        (after, "since the start") if after < before else (before, "from before the start")
    )
    return f"there {_are(round(least), 'case', 'cases')} {when}"


def _are(count: int, one: str, many: str) -> str:
    return f"is only {count} {one}" if count == 1 else f"are only {count} {many}"


def trusted(series: Series) -> Series:
    """The same; where a trend is followed, no longer since the start than it was seen before it."""
    if not _long(series):
        return series
    first = series.day[series.after][0]
    return series.only(series.day < first + (first - series.day[0]))


def beyond_trust(series: Series, kept: Series) -> str:
    """Why it is too early where readings came so rarely since that most lie beyond what is trusted."""
    if kept.after_count >= min(LEAST_READINGS, series.after_count):
        return ""
    seen = series.day[series.after][0] - series.day[0]
    there = _are(kept.after_count, "reading", "readings")
    return f"the trend was read for {seen:.0f} days before the start, and there {there} in as long since"


def _long(series: Series) -> bool:
    """Whether the trend before is followed."""
    return _is_long(series) and (series.of is None or _often(series))


def _is_long(series: Series) -> bool:
    enough = series.before_count >= LONG_BEFORE and series.after_count >= LEAST_READINGS
    return len(series.value) == 1 and enough


def of_series(series: Series, level: float, prior: Prior | None = None) -> Found:
    compared, long = len(series.value) > 1, _long(series)
    spreads = _spreads(series)
    means = means_of(
        series.value, series.after, np.broadcast_to(spreads[0] ** -2, series.value.shape)
    )
    names, x, contrast = columns_of(series)
    method = _named(series, names, long=long)
    few = _too_few_readings(series)
    n, k = x.shape
    if min(series.before_count, series.after_count) < 2 or n <= k:
        return Found(means, means.change, None, None, method, few)
    y = series.value[0] - (series.value[1:].mean(axis=0) if compared else 0.0)
    pause = np.diff(series.day)
    model = Model(y, x, contrast, pause / np.median(pause), series.before_count, spreads)
    found = fit(model, level, prior or usual_prior(n))
    if found.half is None:
        few = (
            few
            or "the readings do not vary at all, so nothing shows how much they vary by themselves"
        )
    expected = means.after - found.estimate if long else None
    if series.of is not None and expected is not None and not 0 <= expected <= 100:
        few = few or "the trend from before cannot have gone on: no share goes so far"
    least = 0.0 if series.of is None else _by_counting(series.value, series.of, series.after, level)
    return Found(means, found.estimate, *_ends(found, least), method, few, expected)


def _ends(found: Fit, least: float) -> tuple[float | None, float | None]:
    if found.half is None:
        return None, None
    half = max(found.half, least)
    return found.estimate - half, found.estimate + half


def _by_counting(value: Floats, of: Floats, after: NDArray[np.bool_], level: float) -> float:
    """Points either way that so many cases leave open, each by itself: shares are no surer than that,
    however alike the periods came out."""
    counts = np.full(len(value), 1 / max(len(value) - 1, 1))
    counts[0] = 1.0
    square = float(counts**2 @ _left_open(value, of, after))
    return NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(square)


def _left_open(value: Floats, of: Floats, after: NDArray[np.bool_]) -> Floats:
    """(groups,): the variance of each one's change, in points, by so many cases alone."""
    square = np.zeros(len(value))
    for side in (~after, after):
        cases = of[:, side].sum(axis=1)
        yes = (of[:, side] * value[:, side]).sum(axis=1) / 100
        share = (yes + 0.5) / (cases + 1)  # Jeffreys: none and all leave something open, too
        square += 100**2 * share * (1 - share) / cases
    return square


def _spreads(series: Series) -> Floats:
    """(s, periods): of shares, less in a period of more cases; from wholly so to hardly."""
    if series.of is None:
        return np.ones((1, len(series.day)))
    each = np.full(len(series.of), 1.0 if len(series.of) == 1 else 1 / (len(series.of) - 1))
    each[0] = 1.0
    square: Floats = each**2 @ (1 / series.of)
    square /= square.mean()
    if square.max() <= UNLIKE * square.min():
        return np.sqrt(square)[None]
    return np.asarray(np.sqrt((1 - PARTS[:, None]) * square + PARTS[:, None]))


def columns_of(series: Series) -> tuple[list[str], Floats, Floats]:
    """The seasons that are told apart, X, and what of it is asked for: the change, on average since."""
    after = series.after.astype(float)
    columns = [np.ones(len(after)), after]
    names: list[str] = []
    if _long(series):
        span = series.day[-1] - series.day[0]
        time = (series.day - series.day[series.after].mean()) / span
        columns += [time * (1 - after), time * after]
        names, more = seasons_of(series.day, series.after)
        columns += more
    x = np.column_stack(columns)
    contrast = np.zeros(x.shape[1])
    contrast[1] = 1.0
    return names, x, contrast


def _named(series: Series, seasons: list[str], *, long: bool) -> str:
    if len(series.value) > 1:
        return "difference in differences, AR(1) errors"
    if not long:
        return "before and after, AR(1) errors"
    told = " and ".join(["trend", *seasons])
    return f"interrupted time series with {told}, AR(1) errors"


def _too_few_readings(series: Series) -> str:
    counts = (series.after_count, "since the start"), (series.before_count, "from before the start")
    for count, when in counts:
        if count < LEAST_READINGS:
            return f"there {_are(count, 'reading', 'readings')} {when}"
    return _less_than_a_week(series)


def _less_than_a_week(series: Series) -> str:
    since = series.day[series.after]
    if np.median(np.diff(series.day)) <= 2 and since[-1] - since[0] < 6:
        return "it is less than a week since the start, and the days of a week differ"
    return ""
