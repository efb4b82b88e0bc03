"""Annual percentage rates as laws define them: the European APRC and the US actuarial APR.

Both make all advances worth as much as all payments; they differ in what they call a year and in an odd period. The
APRC compounds over the year and over every fraction of it; the US rate is the rate of a unit-period times the
unit-periods in a year, with simple interest within a fraction. On the same flows they are different figures, so each
must be shown with the name of its law.

Flows are signed as the borrower sees them: what is advanced is positive, what is paid is negative. Of several rates
that balance them, the cost is one at which a higher rate would favour the borrower: the lowest from 0 up, or else the
negative one nearest to 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import expm1, isfinite, log1p

import numpy as np
import numpy.typing as npt

from finance_kit.all_rates import irr_roots
from finance_kit.errors import CalculationError, ShapeError, Undefined
from finance_kit.loans.aprc_intervals import AprcPeriod, aprc_times
from finance_kit.loans.unit_periods import UnitPeriod, count_unit_periods, unit_period_of

__all__ = ["apr_actuarial", "apr_from_dates", "aprc", "aprc_from_dates", "nominal_periodic"]

FloatArray = npt.NDArray[np.float64]
Discount = Callable[[float], FloatArray]

_CONFIRMED = 1e-9  # largest rest of the flows discounted, against the sum of their sizes
_ROUNDING = 1e-14  # of the sizes of the flows of a moment
_HALVINGS = 200
_HIGHEST_GROWTH = 300.0  # of e, in a unit of time: a rate of 1e130 is no answer to anybody


def aprc(times_in_years: npt.ArrayLike, amounts: npt.ArrayLike) -> float | Undefined:
    """Annual percentage rate of charge by European law.

    Parameters
    ----------
    times_in_years : (N,), years since the first drawdown, see :func:`~finance_kit.loans.aprc_intervals.aprc_times`
    amounts : (N,), drawdowns positive; payments and charges negative

    Returns
    -------
    effective rate, a fraction a year, not rounded: the X of ``sum C (1 + X)^-t = sum D (1 + X)^-s``; Undefined
    ``loan_flows_one_sided`` without drawdown or payment, ``loan_cost_not_found`` where no rate balances the flows

    Raises
    ------
    ShapeError : there are not as many times as amounts
    CalculationError : a time or an amount is not a number

    Notes
    -----
    Directive 2008/48/EC, Annex I, part I; Directive 2014/17/EU, Annex I; before them Directive 98/7/EC.

    Examples
    --------
    >>> round(aprc([0, 1.5], [1000, -1200]), 4)  # Directive 98/7/EC, Annex III
    0.1292
    """
    times, flows = _flows(times_in_years, amounts)
    found = _compound_cost(times, flows)
    return found if isinstance(found, Undefined) else expm1(found)


def aprc_from_dates(
    dates: Sequence[date],
    amounts: npt.ArrayLike,
    period: AprcPeriod = "month",
    *,
    days_in_year: float | None = None,
) -> float | Undefined:
    """Annual percentage rate of charge by European law, time counted as the law counts it.

    Parameters
    ----------
    dates : (N,), of each flow
    amounts : (N,), drawdowns positive; payments and charges negative
    period, days_in_year : how time is counted, see :func:`~finance_kit.loans.aprc_intervals.aprc_times`

    Returns
    -------
    as :func:`aprc`
    """
    return aprc(aprc_times(dates, period, days_in_year=days_in_year), amounts)


def apr_actuarial(
    times_in_unit_periods: npt.ArrayLike, amounts: npt.ArrayLike, unit_periods_per_year: float
) -> float | Undefined:
    """Annual percentage rate by the actuarial method of US law.

    Parameters
    ----------
    times_in_unit_periods : (N,), full unit-periods and the fraction of one since the first advance
    amounts : (N,), advances positive; payments negative, the prepaid finance charge deducted from the advance
    unit_periods_per_year : 12 for months, 52 for weeks, 24 for semimonths …

    Returns
    -------
    nominal rate, a fraction a year, not rounded: unit-period rate ``i`` times the unit-periods in a year, a flow after
    ``n`` full unit-periods and the fraction ``f`` being discounted by ``(1 + f i) (1 + i)^n``; Undefined as in
    :func:`aprc`

    Raises
    ------
    ShapeError : there are not as many times as amounts
    CalculationError : a time or an amount is not a number, or a year has no unit-periods

    Notes
    -----
    12 CFR 1026 (Regulation Z), Appendix J, paragraphs (b)(1) and (b)(8).

    Examples
    --------
    >>> round(apr_actuarial(range(25), [5000] + [-230] * 24, 12), 4)  # Appendix J, example (c)(1)(i)
    0.0969
    """
    _check_periods(unit_periods_per_year)
    times, flows = _flows(times_in_unit_periods, amounts)
    found = _compound_cost(times, flows)
    whole = np.floor(times)
    odd = times - whole

    def simple(u: float) -> FloatArray:
        return u * whole + np.log1p(odd * expm1(u))

    if not isinstance(found, Undefined) and odd.any():
        found = _nearest_root(simple, flows, found)
    return _nominal(found, unit_periods_per_year)


def apr_from_dates(
    dates: Sequence[date], amounts: npt.ArrayLike, unit_period: UnitPeriod | None = None
) -> float | Undefined:
    """Annual percentage rate by the actuarial method of US law, unit-periods counted as the law counts them.

    Parameters
    ----------
    dates : (N,), of each flow
    amounts : (N,), advances positive, payments negative
    unit_period : in place of the one that the dates show, see :func:`~finance_kit.loans.unit_periods.unit_period_of`

    Returns
    -------
    as :func:`apr_actuarial`

    Raises
    ------
    ShapeError : there are not as many dates as amounts
    CalculationError : an amount is not a number, a payment comes first, or the unit-period must be stated
    """
    _, flows = _flows([day.toordinal() for day in dates], amounts, sort=False)
    # A finance charge prepaid on the day of an advance lessens the advance: it is no payment with a period of its own.
    net = dict.fromkeys(sorted(dates), 0.0)
    for day, flow in zip(dates, flows.tolist(), strict=True):
        net[day] += flow
    advances = [day for day, flow in net.items() if flow > 0]
    payments = [day for day, flow in net.items() if flow < 0]
    if not advances or not payments:
        return Undefined("loan_flows_one_sided")
    unit = unit_period or unit_period_of(advances, payments)
    return apr_actuarial(count_unit_periods(advances[0], dates, unit), flows, unit.per_year)


def nominal_periodic(
    times_in_periods: npt.ArrayLike, amounts: npt.ArrayLike, periods_per_year: float
) -> float | Undefined:
    """Nominal rate a year: the rate of a period that balances the flows, times the periods in a year.

    Parameters
    ----------
    times_in_periods : (N,), instalment periods since pay-out
    amounts : (N,), received positive, paid negative
    periods_per_year : 12 for months, 52 for weeks …

    Returns
    -------
    fraction a year; Undefined as in :func:`aprc`. No law's rate: it leaves out how often interest is compounded.

    Raises
    ------
    ShapeError : there are not as many times as amounts
    CalculationError : a time or an amount is not a number, or a year has no periods
    """
    _check_periods(periods_per_year)
    return _nominal(_compound_cost(*_flows(times_in_periods, amounts)), periods_per_year)


def _check_periods(periods: float) -> None:
    if not (isfinite(periods) and periods > 0):
        raise CalculationError("loan_year_without_periods", found=periods)


def _flows(times: npt.ArrayLike, amounts: npt.ArrayLike, *, sort: bool = True) -> tuple[FloatArray, FloatArray]:
    """Times and amounts as checked arrays, in order of time."""
    when, flows = np.asarray(times, dtype=np.float64), np.asarray(amounts, dtype=np.float64)
    if when.ndim != 1 or when.shape != flows.shape:
        raise ShapeError("shapes_differ", found=f"times is {when.shape}, amounts is {flows.shape}", needed="one axis")
    if not (np.isfinite(when).all() and np.isfinite(flows).all()):
        raise CalculationError("loan_flow_not_a_number")
    if not sort:
        return when, flows
    order = np.argsort(when, kind="stable")
    return when[order] - (when[order[0]] if when.size else 0.0), flows[order]


def _compound_cost(times: FloatArray, flows: FloatArray) -> float | Undefined:
    """Logarithm of 1 + the rate of cost per unit of time."""
    moments, places = np.unique(times, return_inverse=True)
    net, size = np.zeros(moments.size), np.zeros(moments.size)
    np.add.at(net, places, flows)
    np.add.at(size, places, np.abs(flows))
    net[np.abs(net) <= _ROUNDING * size] = 0.0  # 0.1 + 0.2 lent and 0.3 kept back leave nothing in hand
    if not (flows > 0).any() or not (flows < 0).any():
        return Undefined("loan_flows_one_sided")
    # The search ends at a growth of e^36 in a unit of time: a loan of a few days is sought in its own term, a long one
    # that is dear in the unit given.
    for unit in (1.0, moments[-1]):
        roots = irr_roots(net, moments / unit) if unit > 0 else ()
        growths = [log1p(rate) / unit for rate in roots]
        costs = [u for u in growths if u < _HIGHEST_GROWTH and _is_cost(moments * u, net, moments)]
        if costs:
            return min((u for u in costs if u >= 0.0), default=max(costs))
    return Undefined("loan_cost_not_found")


def _is_cost(exponents: FloatArray, flows: FloatArray, times: FloatArray) -> bool:
    """Whether the flows discounted are worth nothing, and worth more to the borrower at a higher rate."""
    terms = flows * np.exp(exponents.min() - exponents)
    return bool(abs(terms.sum()) <= _CONFIRMED * np.abs(terms).sum() and times @ terms < 0.0)


def _nearest_root(exponents: Discount, flows: FloatArray, start: float) -> float | Undefined:
    """Zero of the flows with other discounts near the one with compound ones; interval halving, which cannot leave."""

    def worth(u: float) -> float:
        powers = exponents(u)
        return float((flows * np.exp(powers.min() - powers)).sum())

    step = 1e-6 * max(abs(start), 1e-3)
    low = high = start
    while (too_high := worth(low) > 0.0) or worth(high) < 0.0:
        low, high = (low - step, high) if too_high else (low, high + step)
        step *= 2.0
        if step > 100.0:
            return Undefined("loan_cost_not_found")
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if worth(middle) < 0.0 else (low, middle)
    powers = exponents(high)
    terms = flows * np.exp(powers.min() - powers)
    return high if abs(terms.sum()) <= _CONFIRMED * np.abs(terms).sum() else Undefined("loan_cost_not_found")


def _nominal(growth: float | Undefined, periods_per_year: float) -> float | Undefined:
    """Rate of a period times the periods in a year."""
    return growth if isinstance(growth, Undefined) else expm1(growth) * periods_per_year
