"""Time between the dates of a loan in years, as the European directives on credit count it for the APRC.

Directive 2008/48/EC, Annex I, remarks (b) and (c), with the wording of Directive 2011/90/EU, and the same remarks in
Annex I of Directive 2014/17/EU: a year has 365 days (366 in a leap year), 52 weeks or 12 equal months; equal periods
and then days are counted backwards to the first drawdown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError
from finance_kit.loans.unit_periods import full_months, months_before, pay_days

__all__ = ["AprcPeriod", "aprc_times"]

AprcPeriod = Literal["day", "week", "month", "year"]


def aprc_times(
    dates: Sequence[date], period: AprcPeriod = "month", *, days_in_year: float | None = None
) -> npt.NDArray[np.float64]:
    """Years from the first drawdown to each date.

    Parameters
    ----------
    dates : (N,), the earliest being the first drawdown
    period : what is counted whole, backwards from each date: ``month`` (also for quarters and half-years), ``week``,
        ``year``, or ``day`` for days alone
    days_in_year : by what the remaining days are divided; ``None`` is the law's count, the days of the complete year
        that ends with them (365 or 366). Directive 98/7/EC leaves 365 and 365.25 to the member states.

    Returns
    -------
    (N,), years

    Raises
    ------
    CalculationError : the period is not known, or a year of no days

    Examples
    --------
    >>> [float(years) for years in aprc_times([date(2012, 1, 12), date(2012, 2, 15)], "year").round(6)]
    [0.0, 0.093151]
    """
    if period not in get_args(AprcPeriod):
        known = ", ".join(get_args(AprcPeriod))
        raise CalculationError("loan_choice_unknown", field="period", found=period, known=known)
    if days_in_year is not None and not (isfinite(days_in_year) and days_in_year > 0):
        raise CalculationError("loan_year_without_days", found=days_in_year)
    first = min(dates, default=None)
    if first is None:
        return np.empty(0)
    counted = [_years(first, day, period, days_in_year, on) for day, on in zip(dates, pay_days(dates), strict=True)]
    return np.array(counted, dtype=np.float64)


def _years(first: date, last: date, period: AprcPeriod, days_in_year: float | None, scheduled: int) -> float:
    """Years between two dates."""
    whole, end = 0.0, last
    if period == "week":
        weeks = (last - first).days // 7
        whole, end = weeks / 52, date.fromordinal(last.toordinal() - 7 * weeks)
    elif period in ("month", "year"):
        months = full_months(first, last, scheduled)
        months -= months % 12 if period == "year" else 0
        whole, end = months / 12, months_before(last, months, scheduled)
    if end == first:
        return whole
    return whole + (end - first).days / (days_in_year or (end - months_before(end, 12)).days)
