"""Return on a series of monthly flows: net present value, rates of return, payback, benefits against costs.

The flows may be those of the project, of the owners' equity, or of the increment over the case without the project.
A measure that does not exist for the flows is :class:`~finance_kit.errors.Undefined` and says why.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from finance_kit import time_value
from finance_kit.errors import CalculationError, ShapeError, Undefined
from finance_kit.numeric import as_flows, discount_factors, irr_roots, irr_search, npv, safe_ratio, sign_changes
from finance_kit.payback import ROUNDING, payback, payback_period
from finance_kit.timeline import Month

__all__ = [
    "Returns",
    "benefit_cost_ratio",
    "interpolated_payback",
    "irr_of",
    "month_end_dates",
    "npv_of",
    "payback_month_of",
    "returns",
]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Returns:
    """Measures of return of one series of monthly flows.

    ``npv`` in plan currency; rates as fractions; ``payback_month`` and ``discounted_payback_month`` are month numbers,
    ``payback_years`` and ``discounted_payback_years`` are interpolated within the month. ``irr_roots`` lists every
    annual rate with a net present value of 0, also where ``irr_annual`` is undefined because there are several.
    """

    npv: float
    irr_monthly: float | Undefined
    irr_annual: float | Undefined
    irr_roots: tuple[float, ...]
    mirr_annual: float | Undefined
    xirr: float | Undefined
    payback_month: int | Undefined
    payback_years: float | Undefined
    discounted_payback_month: int | Undefined
    discounted_payback_years: float | Undefined
    benefit_cost_ratio: float | Undefined
    profitability_index: float | Undefined


def returns(
    flows: npt.ArrayLike,
    annual_discount_rate: float,
    *,
    finance_rate: float | None = None,
    reinvestment_rate: float | None = None,
    dates: Sequence[date] | None = None,
    terminal_value: float = 0.0,
) -> Returns:
    """All measures of return of one series.

    Parameters
    ----------
    flows : (M+1,), plan currency, month 0 first, money in positive, terminal value included
    annual_discount_rate : effective rate, fraction per year
    finance_rate, reinvestment_rate : effective rates, fraction per year, for the modified rate of return; the discount
        rate where ``None``
    dates : (M+1,), the day of each flow, for ``xirr``; see `month_end_dates`
    terminal_value : the part of the last flow that is value left at the end; payback does not count on it

    Raises
    ------
    CalculationError : a flow is not finite, a rate is not above -1, or a rate found fails its check
    ShapeError : ``flows`` is not one series, or there are not as many dates as flows

    Notes
    -----
    With several rates, the internal rate of return is the one that is not negative if there is just one such: the net
    present value then changes sign once over all discount rates that a lender may use. Otherwise it is undefined.

    Benefit-cost ratio: present value of the net flows of positive months over that of negative months; where gross
    benefits and costs are known, use `benefit_cost_ratio`. Profitability index: present value of all later flows over
    the outlay of month 0.
    """
    series = np.asarray(flows, dtype=np.float64)
    if series.ndim != 1 or series.size == 0:
        raise ShapeError("shapes_differ", found=f"flows is {series.shape}", needed="one series from month 0")
    if not (np.isfinite(series).all() and np.isfinite(terminal_value)):
        raise CalculationError("flows_not_finite", month=int(np.argmin(np.isfinite(series))))
    factors = discount_factors(annual_discount_rate, series.size - 1)[:, 0]
    discounted = series * factors
    roots = irr_roots(series)
    irr_monthly = _one_rate(series, roots)
    irr_annual = irr_monthly if isinstance(irr_monthly, Undefined) else _annual(irr_monthly)
    without_terminal = series.copy()
    without_terminal[-1] -= terminal_value
    payback_month, payback_months = payback_period(without_terminal)
    discounted_month, discounted_months = payback_period(without_terminal * factors)
    return Returns(
        npv=float(npv(annual_discount_rate, series)[0]),
        irr_monthly=irr_monthly,
        irr_annual=irr_annual,
        irr_roots=tuple(_annual(root) for root in roots),
        mirr_annual=_mirr_annual(series, finance_rate, reinvestment_rate, annual_discount_rate),
        xirr=xirr_beside(series, dates, irr_annual),
        payback_month=payback_month,
        payback_years=_in_years(payback_months),
        discounted_payback_month=discounted_month,
        discounted_payback_years=_in_years(discounted_months),
        benefit_cost_ratio=_ratio(discounted[discounted > 0.0].sum(), -discounted[discounted < 0.0].sum()),
        profitability_index=_ratio(discounted[1:].sum(), -discounted[0], "no_outlay_at_start"),
    )


def npv_of(flows: npt.ArrayLike, annual_discount_rate: npt.ArrayLike) -> FloatArray:
    """Net present value of each scenario: (M+1, S) monthly flows and a rate or (S,) rates in, (S,) out."""
    return npv(annual_discount_rate, flows)


def irr_of(flows: npt.ArrayLike) -> FloatArray:
    """Annual internal rate of return of each scenario: (M+1, S) monthly flows in, (S,) out, NaN where there is none.

    With several rates it is the lowest that is not negative, else the negative one nearest to 0; wherever `returns`
    gives a number it is the same one.
    """
    return np.asarray((1.0 + irr_search(flows)) ** 12 - 1.0)


def payback_month_of(flows: npt.ArrayLike, terminal_value: npt.ArrayLike = 0.0) -> FloatArray:
    """First month of each scenario in which the outlay has come back.

    Parameters
    ----------
    flows : (M+1, S) or (M+1,), plan currency, terminal value included
    terminal_value : a number or (S,), the part of the last flow that is not counted

    Returns
    -------
    (S,), month number; NaN where the outlay never comes back or there is none

    Notes
    -----
    First month whose cumulative flow is not negative, after it has been negative: months before the first outlay do
    not count as paid back.
    """
    series = as_flows(flows).copy()
    series[-1] -= np.asarray(terminal_value, dtype=np.float64)
    cumulative = np.cumsum(series, axis=0)
    rounding = ROUNDING * np.abs(series).sum(axis=0)
    spent = np.logical_or.accumulate(cumulative < -rounding, axis=0)
    back = spent & (cumulative >= -rounding)
    return np.where(back.any(axis=0), np.argmax(back, axis=0), np.nan)


def interpolated_payback(flows: npt.ArrayLike) -> float | Undefined:
    """Periods until the cumulative flow is 0 again, the flow of the last period taken as even over the period.

    Parameters
    ----------
    flows : (M+1,), currency, period 0 first; discounted flows give the discounted payback

    Returns
    -------
    periods, or ``Undefined``: ``no_outlay``, ``never_pays_back`` (params: ``short``, what is missing at the end)
    """
    return payback(flows)


def benefit_cost_ratio(
    annual_rate: npt.ArrayLike, benefits: npt.ArrayLike, costs: npt.ArrayLike, *, per_year: int = 12
) -> FloatArray:
    """Present value of gross benefits over present value of gross costs.

    Parameters
    ----------
    annual_rate : a number or (S,), fraction per year
    benefits, costs : (M+1, S) or (M+1,), plan currency, both positive
    per_year : periods in a year; 1 makes the periods years

    Returns
    -------
    (S,), ratio; NaN where there are no costs
    """
    return safe_ratio(npv(annual_rate, benefits, per_year=per_year), npv(annual_rate, costs, per_year=per_year))


def month_end_dates(start: Month, months: int) -> tuple[date, ...]:
    """(M+1,), last day of month 0 (the month before ``start``) to month M."""
    days = []
    for number in range(months + 1):
        month = start.plus(number - 1)
        days.append(date(month.year, month.month, calendar.monthrange(month.year, month.month)[1]))
    return tuple(days)


def _one_rate(series: FloatArray, roots: tuple[float, ...]) -> float | Undefined:
    """The internal rate of return per month among all zeros, confirmed by pyxirr, or why there is none."""
    if not roots:
        return Undefined("no_rate" if sign_changes(series)[0] else "no_sign_change")
    for root in roots:
        if not time_value.irr_check(series, root):
            raise CalculationError("irr_not_confirmed", rate=root)
    usual = [root for root in roots if root >= 0.0] or list(roots)
    if len(usual) > 1:
        rates = tuple(_annual(root) for root in roots)
        return Undefined("several_rates", {"rates": rates, "count": len(rates)})
    return usual[0]


def _annual(monthly_rate: float) -> float:
    """Effective annual rate of a monthly one."""
    return (1.0 + monthly_rate) ** 12 - 1.0


def _mirr_annual(
    series: FloatArray, finance: float | None, reinvest: float | None, discount: float
) -> float | Undefined:
    """Modified rate of return per year; rates not given are the discount rate."""
    chosen = [discount if rate is None else rate for rate in (finance, reinvest)]
    for rate in chosen:
        if not rate > -1.0:
            raise CalculationError("rate_not_above_minus_one", rate=rate)
    monthly = time_value.mirr(series, *((1.0 + rate) ** (1.0 / 12.0) - 1.0 for rate in chosen))
    return monthly if isinstance(monthly, Undefined) else _annual(monthly)


def xirr_beside(series: FloatArray, dates: Sequence[date] | None, irr_annual: float | Undefined) -> float | Undefined:
    """Rate of return by calendar days, the one next to the internal rate of return; undefined with it.

    Parameters
    ----------
    series : (M+1,), plan currency, month 0 first
    dates : (M+1,), the day of each flow; see `month_end_dates`
    irr_annual : effective rate by months, fraction per year

    Raises
    ------
    ShapeError : there are not as many dates as flows
    """
    if dates is None:
        return Undefined("no_dates")
    if len(dates) != series.size:
        raise ShapeError("shapes_differ", found=f"{len(dates)} dates, {series.size} flows", needed="one date each")
    return irr_annual if isinstance(irr_annual, Undefined) else time_value.xirr(dates, series, guess=irr_annual)


def _in_years(months: float | Undefined) -> float | Undefined:
    """Months as years."""
    return months if isinstance(months, Undefined) else months / 12.0


def _ratio(above: float, below: float, reason: str = "no_outlay") -> float | Undefined:
    """Quotient, undefined with this reason unless the denominator is positive."""
    return float(above / below) if below > 0.0 else Undefined(reason)
