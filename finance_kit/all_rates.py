"""All internal rates of return of one series, however many there are.

With ``u = ln(1 + rate)`` the present value is a sum of exponentials ``f(u) = sum of F(i) * exp(-u * t(i))``, whether
the times ``t`` are months or years between odd dates. Its zeros are separated by the zeros of its derivative (Rolle).
Multiplying ``f`` by ``exp(u * s)``, with ``s`` between two flows of unlike sign, and then deriving, gives such a sum
with one sign change less: after as many steps as there are sign changes no zero is left, and the way back up finds
every zero between neighbouring ones of the step before (the classical proof of Descartes' rule of signs).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finance_kit.arguments import float_array
from finance_kit.errors import CalculationError, ShapeError
from finance_kit.root_search import irr_search, sign_changes

__all__ = ["irr_roots"]

FloatArray = npt.NDArray[np.float64]

LOWEST, HIGHEST = -36.7, 700.0  # of ln(1 + rate): a rate of -1 + 1e-16 to 1e304, as far as a float reaches
PLAUSIBLE = 36.0  # of ln(1 + rate), 4e15: nobody takes more for a rate of return if there is another
CANCELS = 4e-16  # flows of one moment that leave this share of their sizes leave nothing
MAX_DERIVATIVES = 8  # beyond it a grid separates the zeros of the last derivative
GRID_POINTS = 401
TOUCHES = 1e-12  # a value this small against its terms, without a sign change, is a double zero
SOLVE_STEPS = 120
ROOT_SHARE = 1e-15  # a zero is found when Newton's method moves it less than this share
SEPARATOR_SHARE = 1e-9  # enough for a zero of a derivative, which only has to lie between two others


def irr_roots(flows: npt.ArrayLike, times: npt.ArrayLike | None = None) -> tuple[float, ...]:
    """Every internal rate of return above -1 of one series, lowest first.

    Parameters
    ----------
    flows : (M+1,), plan currency, money in positive
    times : (M+1,) not decreasing, when each flow falls; ``None`` is 0, 1, 2 … periods. The rates are per unit of it.

    Returns
    -------
    rates as fractions per period, a double one once; empty where there is none or where all flows have one sign

    Raises
    ------
    CalculationError : a flow is no number or not finite, or the times go back
    ShapeError : ``flows`` is not one series with a flow or more, or ``times`` is not as long

    Notes
    -----
    Complete for up to 8 sign changes in the flows. With more, the eighth derivative is scanned on a grid, and a group
    of rates that lie very close together could be missed; each rate given is a zero all the same. A rate beyond 4e15
    (two unlike flows on neighbouring days have one) is given only where there is no other.
    """
    amounts = float_array("flows", flows)
    moments = np.arange(amounts.size, dtype=np.float64) if times is None else float_array("times", times)
    if amounts.ndim != 1 or amounts.size == 0 or moments.shape != amounts.shape:
        raise ShapeError(
            "shapes_differ", found=f"flows is {amounts.shape}, times is {moments.shape}", needed="one axis"
        )
    if not np.isfinite(amounts).all():
        raise CalculationError("flows_not_finite", month=int(np.argmin(np.isfinite(amounts))))
    if not (np.diff(moments) >= 0.0).all():
        raise CalculationError("times_go_back")
    if sign_changes(amounts)[0] == 0:
        return ()
    amounts = amounts / np.abs(amounts).max()
    if times is not None:
        amounts, moments = _by_moment(amounts, moments)
    elif _one_rate_at_most(amounts):
        rate = float(irr_search(amounts)[0])
        return () if np.isnan(rate) else (rate,)
    kept = amounts != 0.0
    if not kept.any():
        return ()
    zeros = _zeros(amounts[kept] / np.abs(amounts[kept]).max(), moments[kept])
    plausible = zeros[zeros <= PLAUSIBLE]
    return tuple(float(rate) for rate in np.expm1(plausible if plausible.size else zeros))


def _by_moment(amounts: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Flows of one moment as one flow, 0 where they cancel but for rounding."""
    moments, places = np.unique(times, return_inverse=True)
    sums = np.bincount(places, weights=amounts, minlength=moments.size)
    sizes = np.bincount(places, weights=np.abs(amounts), minlength=moments.size)
    return np.where(np.abs(sums) <= CANCELS * sizes, 0.0, sums), moments


def _one_rate_at_most(amounts: FloatArray) -> bool:
    """Whether Norstrom's condition, from both ends of time, leaves room for one rate only (and not for a rate of 0)."""
    total = amounts.sum()
    if abs(total) <= TOUCHES * np.abs(amounts).sum():
        return False
    forwards = sign_changes(np.cumsum(amounts))[0]
    backwards = sign_changes(np.cumsum(amounts[::-1]))[0]
    return bool(forwards + backwards <= 1)


def _zeros(amounts: FloatArray, times: FloatArray, depth: int = 0) -> FloatArray:
    """(k,), the zeros of the sum of exponentials in order of u; none of the amounts is 0."""
    span = times[-1] - times[0]
    signs = np.sign(amounts)
    changes = np.flatnonzero(signs[1:] != signs[:-1])
    if changes.size and depth == MAX_DERIVATIVES:
        ends = np.arcsinh(np.array([LOWEST, HIGHEST]) * span)
        separators = np.sinh(np.linspace(ends[0], ends[1], GRID_POINTS)) / span
    elif changes.size:
        middle = changes[changes.size // 2]
        pivot = (times[middle] + times[middle + 1]) / 2.0
        derivative = amounts * (pivot - times)
        separators = _zeros(derivative / np.abs(derivative).max(), times, depth + 1)
    else:
        return np.empty(0)
    separators = np.unique(np.concatenate([[LOWEST, 0.0, HIGHEST], np.clip(separators, LOWEST, HIGHEST)]))
    value, _, scale = _values(amounts, times, separators)
    side = np.sign(value)
    # A value that is zero but for rounding, between two on the same side, is a double zero, whatever its own sign.
    touching = np.abs(value) <= TOUCHES * scale
    touching[1:-1] &= (side[:-2] == side[2:]) | (value[1:-1] == 0.0)
    side[1:-1] = np.where(touching[1:-1] & (value[1:-1] != 0.0), side[:-2], side[1:-1])
    crossing = np.flatnonzero(side[1:] * side[:-1] < 0.0)
    share = SEPARATOR_SHARE if depth else ROOT_SHARE
    zeros = _solve(amounts, times, separators[crossing], separators[crossing + 1], share)
    return _merged(np.sort(np.concatenate([zeros, separators[touching]])))


def _merged(points: FloatArray) -> FloatArray:
    """Sorted points without those that differ from their neighbour by rounding only."""
    if points.size < 2:
        return points
    apart = np.diff(points) > 1e-12 * np.maximum(np.abs(points[1:]), 1e-3)
    kept: FloatArray = points[np.concatenate([[True], apart])]
    return kept


def _values(amounts: FloatArray, times: FloatArray, u: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(k,) each: the sum, its derivative by u and the sum of absolute terms, scaled so that no term can overflow."""
    lags = times[np.newaxis, :] - np.where(u >= 0.0, times[0], times[-1])[:, np.newaxis]
    terms = np.exp(-u[:, np.newaxis] * lags) * amounts
    return terms.sum(axis=1), -(terms * lags).sum(axis=1), np.abs(terms).sum(axis=1)


def _solve(amounts: FloatArray, times: FloatArray, low: FloatArray, high: FloatArray, share: float) -> FloatArray:
    """The zero in each bracket, which does not straddle 0: Newton's method, halving where it is slow or leaves."""
    low, high = low.copy(), high.copy()
    middle = (low + high) / 2.0  # on the side of 0 on which the bracket lies, so that the scaling is one
    rising = _values(amounts, times, np.nextafter(high, middle))[0] > 0.0
    u, step = middle, high - low
    for _ in range(SOLVE_STEPS):
        value, slope, _ = _values(amounts, times, u)
        above = (value > 0.0) == rising
        high, low = np.where(above, u, high), np.where(above, low, u)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            target = np.where(np.abs(2.0 * value) > np.abs(step * slope), np.nan, u - value / slope)
        target = np.where((low < target) & (target < high), target, (low + high) / 2.0)
        near = share * np.maximum(np.abs(u), 1e-6)
        arrived = (np.abs(value) <= np.abs(slope) * near) | (high - low <= near)
        target = np.where(arrived, u, target)
        step = target - u
        u = target
        if arrived.all():
            break
    return u
