"""Value and rates of return of one series of flows, by periods or by calendar dates.

The one door to numpy-financial and pyxirr. Which answers what was decided by trying them: numpy-financial's ``irr``
gives different rates in its two versions, so it is not used; pyxirr finds one rate at most. All rates are found by
:mod:`finance_kit.all_rates` and each one is put back into its equation; where there are several, pyxirr says which one
a spreadsheet shows, because it walks from the same guess. Money in is positive.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import numpy_financial
import pyxirr

from finance_kit.all_rates import irr_roots
from finance_kit.arguments import finite, float_array, flow_series, number, rate_above_minus_one
from finance_kit.day_count import DayCount, calendar_day, year_fraction
from finance_kit.errors import ShapeError, Undefined
from finance_kit.root_search import sign_changes

__all__ = ["irr", "irr_check", "mirr", "npv_of_periods", "xirr", "xirr_roots", "xnpv"]

FloatArray = npt.NDArray[np.float64]
Flows = Sequence[float] | FloatArray

CONFIRMED = 1e-9  # largest rest of the equation, against the sum of its absolute terms
LAST_DIGIT = 2.0**-52


def npv_of_periods(rate: float, flows: Flows, *, first_at: int = 0) -> float:
    """Net present value of flows one period apart.

    Parameters
    ----------
    rate : fraction per period, above -1
    flows : (M+1,), currency
    first_at : period of the first flow: 0 is today and not discounted, 1 is what a spreadsheet's NPV takes

    Returns
    -------
    currency

    Raises
    ------
    CalculationError : a flow or the rate is no number, the rate is not above -1, or the value beyond every number
    ShapeError : there is no flow, or more than one series

    Examples
    --------
    >>> round(npv_of_periods(0.10, [-10_000, 3_000, 4_200, 6_800], first_at=1), 2)
    1188.44
    """
    series = flow_series(flows)
    years = np.arange(series.size, dtype=np.float64) + number("first_at", first_at)
    return _present_value(rate_above_minus_one("rate", rate), series, years, "npv")


def xnpv(
    annual_rate: float,
    dates: Sequence[date],
    flows: Flows,
    *,
    day_count: DayCount | str = "actual/365",
    today: date | None = None,
) -> float:
    """Net present value of dated flows.

    Parameters
    ----------
    annual_rate : effective rate, fraction per year, above -1
    dates : (N,), in any order
    flows : (N,), currency
    day_count : see :mod:`finance_kit.day_count_names`
    today : the day to which all is discounted; ``None`` is the earliest of the dates

    Returns
    -------
    currency

    Raises
    ------
    CalculationError : a flow or the rate is no number, a date no date, the rate not above -1, the value too large
    ShapeError : there are not as many dates as flows, or none

    Examples
    --------
    >>> days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    >>> round(xnpv(0.09, days, [-10_000, 2_750, 4_250, 3_250, 2_750]), 2)
    2086.65
    """
    series, years = _dated(dates, flows, day_count, today)
    return _present_value(rate_above_minus_one("annual_rate", annual_rate), series, years, "xnpv")


def irr(flows: Flows, *, guess: float | None = None) -> float | Undefined:
    """Internal rate of return per period of one series.

    Parameters
    ----------
    flows : (M+1,), currency, the first at period 0
    guess : with several rates the answer is the one nearest to it; ``None`` takes the lowest that is not negative, else
        the negative one nearest to 0. `irr_roots` lists them all

    Returns
    -------
    fraction per period, or ``Undefined``: ``no_sign_change``, ``no_rate``

    Raises
    ------
    CalculationError : a flow is no number
    ShapeError : there is no flow, or more than one series

    Examples
    --------
    >>> round(irr([-70_000, 12_000, 15_000, 18_000, 21_000]), 6)
    -0.021245
    """
    series = flow_series(flows)
    periods = np.arange(series.size, dtype=np.float64)
    roots = [root for root in irr_roots(series) if _vanishes(series, periods, root)]
    if not roots:
        return Undefined("no_rate" if sign_changes(series)[0] else "no_sign_change")
    if guess is not None:
        return min(roots, key=lambda root: abs(root - number("guess", guess)))
    return min((root for root in roots if root >= 0.0), default=roots[-1])


def xirr(
    dates: Sequence[date], flows: Flows, *, guess: float | None = None, day_count: DayCount | str = "actual/365"
) -> float | Undefined:
    """Annual internal rate of return of dated flows.

    Parameters
    ----------
    dates : (N,), in any order
    flows : (N,), currency, money in positive
    guess : with several rates the answer is the one nearest to it; ``None`` takes the one that a search from 10 %
        reaches, as in a spreadsheet. `xirr_roots` lists them all
    day_count : see :mod:`finance_kit.day_count_names`

    Returns
    -------
    fraction per year, confirmed by a net present value of 0, or ``Undefined``: ``no_sign_change``, ``no_rate``

    Raises
    ------
    CalculationError : a flow is no number, a date is no date
    ShapeError : there are not as many dates as flows, or none

    Examples
    --------
    >>> days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    >>> round(xirr(days, [-10_000, 2_750, 4_250, 3_250, 2_750]), 6)
    0.373363
    """
    roots = xirr_roots(dates, flows, day_count=day_count)
    if not roots:
        series, _ = _dated(dates, flows, day_count, None)
        return Undefined("no_rate" if series.min() < 0.0 < series.max() else "no_sign_change")
    near = number("guess", guess) if guess is not None else None
    if near is None and len(roots) > 1:
        near = pyxirr.xirr(list(dates), float_array("flows", flows).tolist(), silent=True)
    if near is None:
        return min((root for root in roots if root >= 0.0), default=roots[-1])
    return min(roots, key=lambda root: abs(root - near))


def xirr_roots(dates: Sequence[date], flows: Flows, *, day_count: DayCount | str = "actual/365") -> tuple[float, ...]:
    """Every annual rate of return of dated flows, lowest first; empty where there is none. See `irr_roots`, `xirr`."""
    series, years = _dated(dates, flows, day_count, None)
    order = np.argsort(years, kind="stable")
    series, years = series[order], years[order]
    if years[0] == years[-1]:  # all on one day: no time, no rate
        return ()
    return tuple(root for root in irr_roots(series, years) if _vanishes(series, years, root))


def mirr(flows: Flows, finance_rate: float, reinvestment_rate: float) -> float | Undefined:
    """Modified internal rate of return per period.

    Parameters
    ----------
    flows : (M+1,), currency, the first at period 0
    finance_rate : fraction per period, paid on what goes out
    reinvestment_rate : fraction per period, earned on what comes in

    Returns
    -------
    fraction per period, or ``Undefined("no_sign_change")`` when money only comes in or only goes out

    Raises
    ------
    CalculationError : a flow or a rate is no number, a rate is not above -1
    ShapeError : there is no flow, or more than one series

    Examples
    --------
    >>> round(mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12), 6)
    0.126094
    """
    series = flow_series(flows)
    finance = rate_above_minus_one("finance_rate", finance_rate)
    reinvest = rate_above_minus_one("reinvestment_rate", reinvestment_rate)
    if not series.min() < 0.0 < series.max():
        return Undefined("no_sign_change")
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return finite("mirr", numpy_financial.mirr(series / np.abs(series).max(), finance, reinvest))


def irr_check(flows: Flows, periodic_rate: float) -> bool:
    """Whether pyxirr too finds the net present value of the flows to be 0 at this rate.

    The rest may be a billionth of the sum of the absolute present values, near a total loss what the last digit of the
    rate makes. A negative rate is checked backwards in
    time, at ``1 / (1 + rate) - 1``, where the numbers stay small.
    """
    series = flow_series(flows)
    allowed = CONFIRMED + LAST_DIGIT / (1.0 + periodic_rate) * series.size
    if periodic_rate < 0.0:
        series, periodic_rate = series[::-1], 1.0 / (1.0 + periodic_rate) - 1.0
    rest = pyxirr.npv(periodic_rate, series.tolist())
    size = pyxirr.npv(periodic_rate, np.abs(series).tolist())
    return rest is not None and size is not None and abs(rest) <= allowed * size


def _dated(
    dates: Sequence[date], flows: Flows, day_count: DayCount | str, today: date | None
) -> tuple[FloatArray, FloatArray]:
    """Flows, and the years from a day (the earliest unless given) to each of them."""
    series = flow_series(flows)
    if len(dates) != series.size:
        raise ShapeError("shapes_differ", found=f"{len(dates)} dates, {series.size} flows", needed="one date each")
    days = [calendar_day(day) for day in dates]
    start = min(days) if today is None else today
    return series, np.array([year_fraction(start, day, day_count) for day in days])


def _present_value(rate: float, series: FloatArray, years: FloatArray, figure: str) -> float:
    """Sum of the discounted flows, without an overflow on the way."""
    size = float(np.abs(series).max())
    if size == 0.0:
        return 0.0
    exponents = -years * math.log1p(rate)
    top = float(exponents.max())
    total = math.fsum((series / size * np.exp(exponents - top)).tolist())
    if total == 0.0:
        return 0.0
    with np.errstate(over="ignore"):
        return finite(figure, float(total * np.exp(np.float64(top)) * size))


def _vanishes(series: FloatArray, years: FloatArray, annual_rate: float) -> bool:
    """Whether the present value is 0 but for rounding, scaled so that no discount factor overflows."""
    exponents = -years * math.log1p(annual_rate)
    terms = series / np.abs(series).max() * np.exp(exponents - exponents.max())
    sizes = np.abs(terms)
    # Near a total loss the last digit of the rate itself moves the value by more than rounding does.
    last_digit = LAST_DIGIT / (1.0 + annual_rate) * (sizes * np.abs(years)).sum()
    return bool(abs(terms.sum()) <= CONFIRMED * sizes.sum() + last_digit)
