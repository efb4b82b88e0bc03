"""Internal rate of return of each scenario: the rate at which the present value of its flows is zero.

Made for thousands of scenarios. It looks for the zero of ``P(v) = sum of F(m) * v ** m`` with ``v = 1 / (1 + rate)``
and rests on Norstrom, "A sufficient condition for a unique nonnegative internal rate of return", Journal of Financial
and Quantitative Analysis 7(3), 1972: the cumulative flows change sign at least as often as there are positive rates,
so one change means one positive rate. Read backwards in time, the same bounds the rates between -1 and 0.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from finance_kit.arguments import float_array
from finance_kit.errors import ShapeError

__all__ = ["irr_search", "sign_changes"]

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

ZERO_SHARE = 1e-15  # a sum this small against the sum of its absolute terms is rounding, hence zero
STEP_SHARE = 2e-15  # the search ends when it moves less than this share
MAX_STEPS = 1_200  # halving alone takes so many to a rate that a float just holds
SMALLEST, LARGEST_FLOW, LARGEST = 1e-290, 1e290, 1e300  # beyond these, flows are scaled first
CHUNK = 8_000  # scenarios at a time, whose rows stay in the processor's cache; from here on more gain little
ONE_BY_ONE = 24  # up to here scenarios are quicker one after the other in plain Python
# Rates at which the first sign change is looked for when it may not be the only one: 0.1 % up to about 1e13.
_GRID = np.exp(-0.001 * (1.2 ** np.arange(1, 49) - 1.0) / 0.2)
_GRID_STEPS = [float(v) for v in _GRID]


def sign_changes(values: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """How often each column changes between positive and negative; zeros are passed over.

    Parameters
    ----------
    values : (T, S) or (T,)

    Returns
    -------
    (S,), or (1,) for a single series
    """
    columns = np.asarray(values, dtype=np.float64)
    columns = columns.reshape(columns.shape[0], -1)
    if columns.shape[1] == 1:
        return np.array([_changes_of_one(columns[:, 0].tolist())])
    if np.all(columns != 0.0):
        positive = columns > 0.0
        flips: npt.NDArray[np.int64] = np.count_nonzero(positive[1:] != positive[:-1], axis=0)
        return flips
    signs = np.sign(columns)
    rows = np.arange(signs.shape[0])[:, np.newaxis]
    last_nonzero = np.maximum.accumulate(np.where(signs != 0.0, rows, 0), axis=0)
    held = np.take_along_axis(signs, last_nonzero, axis=0)
    changes: npt.NDArray[np.int64] = np.count_nonzero(held[1:] * held[:-1] < 0.0, axis=0)
    return changes


def irr_search(flows: npt.ArrayLike) -> FloatArray:
    """Internal rate of return per period of each scenario.

    Parameters
    ----------
    flows : (M+1, S) or (M+1,), plan currency, money in positive

    Returns
    -------
    (S,), fraction per period: the lowest rate that is not negative, else the negative rate nearest to 0; NaN where the
    flows have one sign only, where there is no rate, or where a flow is not finite. (1,) for a single series.

    Raises
    ------
    CalculationError : ``argument_not_a_number``, text among the flows
    ShapeError : more than two axes, or no flows

    Notes
    -----
    Exact where the cumulative flows change sign once. Elsewhere the first change is looked for on a grid of 48 rates;
    two rates that lie closer together than the grid are then passed over. `finance_kit.all_rates` lists all rates of
    one series. A scenario alone gives the very same digits as in a batch.
    """
    series = float_array("flows", flows)
    if series.ndim not in (1, 2) or series.shape[0] == 0:
        raise ShapeError("shapes_differ", found=f"flows is {series.shape}", needed="(months + 1, scenarios)")
    series = series.reshape(series.shape[0], -1)
    if series.shape[1] <= ONE_BY_ONE:
        return np.array([_rate_of_one(column) for column in series.T.tolist()], dtype=np.float64)
    return _rates_of_many(series)


# --- one series, plain Python: at this size quicker than arrays --------------------------------------------------


def _value_and_slope(flows: Sequence[float], v: float) -> tuple[float, float]:
    """P(v) and its derivative by Horner's scheme."""
    value = slope = 0.0
    for flow in reversed(flows):
        slope = slope * v + value
        value = value * v + flow
    return value, slope


def _changes_of_one(values: Sequence[float]) -> int:
    """Sign changes of one series, zeros passed over."""
    positive = [value > 0.0 for value in values if value != 0.0]
    return sum(a is not b for a, b in itertools.pairwise(positive))


def _rate_of_one(flows: list[float]) -> float:
    """What `irr_search` promises, for one series."""
    if not all(map(math.isfinite, flows)) or _changes_of_one(flows) == 0:
        return math.nan
    largest = max(map(abs, flows))
    if largest > LARGEST_FLOW or largest < SMALLEST:
        flows = [flow / largest for flow in flows]
    total = _value_and_slope(flows, 1.0)[0]
    if abs(total) <= ZERO_SHARE * math.fsum(map(abs, flows)):
        return 0.0
    v = _root_of_one(flows, total)
    if not math.isnan(v):
        return (1.0 - v) / v
    rate = _root_of_one(flows[::-1], total) - 1.0  # backwards in time the unknown is 1 + rate
    return rate if rate > -1.0 else math.nan  # a loss that cannot be told from a total one has no rate


def _root_of_one(flows: list[float], total: float) -> float:
    """Largest v between 0 and 1 with P(v) = 0, NaN if none; ``total`` is P(1)."""
    changes = _changes_of_one(list(itertools.accumulate(flows)))
    if changes == 0:
        return math.nan
    low, high = 0.0, 1.0
    upward = total > 0.0
    if changes == 1:
        return _refine_one(flows, low, high, upward, _start_of_one(flows))
    for v in _GRID_STEPS:
        if (_value_and_slope(flows, v)[0] > 0.0) is not upward:
            low = v
            break
        high = v
    else:
        if (next(flow for flow in flows if flow != 0.0) > 0.0) is upward:
            return math.nan
    return _refine_one(flows, low, high, upward, high)


def _start_of_one(flows: Sequence[float]) -> float:
    """A first guess between 0 and 1: what comes in against what goes out, over the time that lies between them.

    One step of Newton's method on ``ln(in / out)``, which is nearly straight, from v = 1; ``ln`` and ``exp`` by their
    first fractions, so that the digits do not depend on a mathematical library.
    """
    value, slope = _value_and_slope(flows, 1.0)
    size, size_slope = _value_and_slope([abs(flow) for flow in flows], 1.0)
    more, less = size + value, size - value
    if more <= 0.0 or less <= 0.0:
        return 1.0
    lag = (size_slope + slope) / more - (size_slope - slope) / less
    x = 2.0 * value / size / lag if lag != 0.0 else 0.0
    if not 0.0 < x < math.inf:
        return 1.0
    return 1.0 / (1.0 + x + 0.5 * x * x)


def _refine_one(flows: Sequence[float], low: float, high: float, upward: bool, start: float) -> float:
    """Newton's method from ``start``, kept within the bracket; halves it when Newton is slow or leaves it."""
    v, step, steady = start, high - low, False
    for _ in range(MAX_STEPS):
        value, slope = _value_and_slope(flows, v)
        if (value > 0.0) is upward:
            high = v
        else:
            low = v
        if abs(value) <= abs(slope) * STEP_SHARE * v:
            break
        slow = abs(2.0 * value) > abs(step * slope)
        target = low if slow else v - value / slope
        newton = low < target < high
        if not newton:
            target = (low + high) * 0.5
        before, step = step, target - v
        v = target
        if (steady and newton and _next_step_is_nothing(step, before, v)) or high - low <= STEP_SHARE * v:
            break
        steady = newton
    return v


def _next_step_is_nothing(step: float, before: float, v: float) -> bool:
    """Whether Newton's method has arrived: near the end each step over the square of the one before stays the same."""
    return abs(step) * (step * step) <= STEP_SHARE * v * (before * before)


# --- many series, the same steps on arrays ------------------------------------------------------------------------


def _values_and_slopes(flows: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray]:
    """P(v) and its derivative of each column."""
    value, slope = np.zeros(v.shape), np.zeros(v.shape)
    for flow in flows[::-1]:
        slope *= v
        slope += value
        value *= v
        value += flow
    return value, slope


def _rates_of_many(series: FloatArray) -> FloatArray:
    """What `irr_search` promises, for many scenarios: in chunks that stay in the processor's cache."""
    rates = np.empty(series.shape[1])
    places, kept = [], []
    for start in range(0, series.shape[1], CHUNK):
        flows = np.ascontiguousarray(series[:, start : start + CHUNK])
        with np.errstate(over="ignore", invalid="ignore"):  # such columns are not usual
            rates[start : start + CHUNK], usual = _usual_rates(flows)
        unusual = np.flatnonzero(~usual)
        places.append(start + unusual)
        kept.append(flows.take(unusual, axis=1))
        # A few columns at a time would cost as much as many: they wait until they fill a chunk.
        if sum(columns.size for columns in places) >= CHUNK or start + CHUNK >= series.shape[1]:
            rates[np.concatenate(places)] = _unusual_rates(np.concatenate(kept, axis=1))
            places, kept = [], []
    return rates


def _usual_rates(flows: FloatArray) -> tuple[FloatArray, BoolArray]:
    """The rate of each column that certainly has one positive rate and no other, and which columns these are."""
    total, slope, size, size_slope = _sums_of_many(flows)
    usual = (size > SMALLEST) & (size_slope < LARGEST) & (np.abs(total) > ZERO_SHARE * size)
    usual &= (flows[0] != 0.0) & ((flows[0] < 0.0) != (total < 0.0)) & _change_once(flows)
    start = _starts(total, slope, size, size_slope)
    v = _refine_many(flows, np.zeros(start.shape), np.ones(start.shape), total > 0.0, start, usual)
    rates = np.full(total.shape, np.nan)
    rates[usual] = (1.0 - v[usual]) / v[usual]
    return rates, usual


def _sums_of_many(flows: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """P and its derivative at v = 1, of the flows and of their sizes, in the order of Horner's scheme."""
    total, slope, size, size_slope = np.zeros((4, flows.shape[1]))
    for flow in flows[::-1]:
        slope += total
        total += flow
        size_slope += size
        size += np.abs(flow)
    return total, slope, size, size_slope


def _change_once(flows: FloatArray) -> BoolArray:
    """Whether the cumulative flow of each column gets above 0, or down from there, just once."""
    cumulative, changes = flows[0].copy(), np.zeros(flows.shape[1], dtype=np.int32)
    before = cumulative > 0.0
    for flow in flows[1:]:
        cumulative += flow
        now = cumulative > 0.0
        changes += now != before
        before = now
    once: BoolArray = changes == 1
    return once


def _unusual_rates(series: FloatArray) -> FloatArray:
    """Rates where there may be none, a negative one, several, or numbers that need scaling first."""
    rates = np.full(series.shape[1], np.nan)
    least, most = series.min(axis=0), series.max(axis=0)  # NaN where a flow is NaN
    usable = np.flatnonzero((least < 0.0) & (most > 0.0) & (least > -np.inf) & (most < np.inf))
    flows = _scaled(series.take(usable, axis=1))
    total, _, size, _ = _sums_of_many(flows)
    at_zero = np.abs(total) <= ZERO_SHARE * size
    rates[usable[at_zero]] = 0.0
    usable, flows, total = usable[~at_zero], flows.compress(~at_zero, axis=1), total[~at_zero]
    v = _roots_of_many(flows, total)
    found = ~np.isnan(v)
    rates[usable[found]] = (1.0 - v[found]) / v[found]
    backwards = flows[::-1].compress(~found, axis=1)
    rates[usable[~found]] = _roots_of_many(backwards, total[~found]) - 1.0
    return np.where(rates > -1.0, rates, np.nan)


def _scaled(flows: FloatArray) -> FloatArray:
    """Columns whose sums could overflow, or lose their digits near 0, as shares of their largest flow."""
    largest = np.abs(flows).max(axis=0, initial=0.0)
    extreme = (largest > LARGEST_FLOW) | (largest < SMALLEST)
    if extreme.any():
        flows = flows.copy()
        flows[:, extreme] /= largest[extreme]
    return flows


def _roots_of_many(flows: FloatArray, total: FloatArray) -> FloatArray:
    """Largest v between 0 and 1 with P(v) = 0 of each column, NaN if none."""
    roots = np.full(total.shape, np.nan)
    changes = sign_changes(np.cumsum(flows, axis=0))
    low, high = np.zeros(total.shape), np.ones(total.shape)
    bracketed = changes == 1
    several = np.flatnonzero(changes > 1)
    if several.size:
        low[several], high[several], bracketed[several] = _first_brackets(
            flows.take(several, axis=1), total[several] > 0.0
        )
    chosen = np.flatnonzero(bracketed)
    flows = flows.take(chosen, axis=1)
    start = np.where(changes[chosen] == 1, _starts(*_sums_of_many(flows)), high[chosen])
    every = np.ones(chosen.shape, dtype=np.bool_)
    roots[chosen] = _refine_many(flows, low[chosen], high[chosen], total[chosen] > 0.0, start, every)
    return roots


def _starts(total: FloatArray, slope: FloatArray, size: FloatArray, size_slope: FloatArray) -> FloatArray:
    """`_start_of_one` of each column."""
    more, less = size + total, size - total
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lag = (size_slope + slope) / more - (size_slope - slope) / less
        x = 2.0 * total / size / lag
        return np.where(np.isfinite(x) & (x > 0.0), 1.0 / (1.0 + x + 0.5 * x * x), 1.0)


def _first_brackets(flows: FloatArray, upward: BoolArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Bracket of the first sign change of P from v = 1 downwards on the grid, and whether there is one."""
    low, high = np.zeros(upward.shape), np.ones(upward.shape)
    places, kept, sides = np.arange(upward.size), flows, upward
    for v in _GRID_STEPS:
        value = np.zeros(places.size)
        for flow in kept[::-1]:
            value *= v
            value += flow
        crossed = (value > 0.0) != sides
        low[places] = np.where(crossed & (low[places] == 0.0), v, low[places])
        high[places] = np.where(low[places] == 0.0, v, high[places])
        going = low[places] == 0.0
        if not going.any():
            break
        if 2 * np.count_nonzero(going) < places.size:
            places, kept, sides = places[going], kept.compress(going, axis=1), sides[going]
    first = flows[np.argmax(flows != 0.0, axis=0), np.arange(flows.shape[1])]
    return low, high, (low > 0.0) | ((first > 0.0) != upward)


def _refine_many(
    flows: FloatArray, low: FloatArray, high: FloatArray, upward: BoolArray, start: FloatArray, wanted: BoolArray
) -> FloatArray:
    """`_refine_one` on each column wanted; those that have arrived drop out together when they are the most."""
    roots, places = start.copy(), np.arange(start.size)
    v, step, done, steady = start, high - low, ~wanted, np.zeros(start.shape, dtype=np.bool_)
    for _ in range(MAX_STEPS):
        if done.all():
            break
        value, slope = _values_and_slopes(flows, v)
        above = (value > 0.0) == upward
        arrived = np.abs(value) <= np.abs(slope) * STEP_SHARE * v
        high = np.where(above, v, high)
        low = np.where(above, low, v)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            target = np.where(np.abs(2.0 * value) > np.abs(step * slope), np.nan, v - value / slope)
        newton = (low < target) & (target < high)
        target = np.where(newton, target, (low + high) * 0.5)
        target = np.where(arrived | done, v, target)
        before, step = step, target - v
        v = target
        nothing_left = np.abs(step) * (step * step) <= STEP_SHARE * v * (before * before)
        done |= arrived | (steady & newton & nothing_left) | (high - low <= STEP_SHARE * v)
        steady = newton
        roots[places] = v
        going = ~done
        if 2 * np.count_nonzero(going) < places.size:
            places, flows, upward = places[going], flows.compress(going, axis=1), upward[going]
            v, step, low, high = v[going], step[going], low[going], high[going]
            done, steady = done[going], steady[going]
    return roots
