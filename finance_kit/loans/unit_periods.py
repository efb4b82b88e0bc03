"""Unit-periods of US Regulation Z: how many of them lie between two dates of a loan.

12 CFR 1026 (Regulation Z), Appendix J, paragraphs (b)(3) to (b)(5). All months count as equal, full periods are
measured back from the later date, and what is left over at the beginning is a fraction.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError

__all__ = ["Interval", "UnitPeriod", "count_unit_periods", "full_months", "months_before", "pay_days", "unit_period_of"]

FloatArray = npt.NDArray[np.float64]
Interval = Literal["day", "week", "semimonth", "month"]

_DAYS: dict[Interval, int] = {"day": 1, "week": 7, "semimonth": 15, "month": 30}
_A_YEAR: dict[Interval, int] = {"day": 365, "week": 52, "semimonth": 24, "month": 12}
_MOST: dict[Interval, int] = {"day": 365, "week": 52, "semimonth": 1, "month": 12}


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """The period in which a loan counts its time: so many days, weeks or months, or a semimonth; at most a year.

    Parameters
    ----------
    interval : ``day``, ``week``, ``semimonth`` or ``month``; a year is 12 months
    multiple : so many of them; more than one day only where the term of a single payment is the unit-period

    Raises
    ------
    CalculationError : the interval is not known, or the multiple is longer than a year
    """

    interval: Interval
    multiple: int = 1

    def __post_init__(self) -> None:
        if self.interval not in get_args(Interval):
            known = ", ".join(get_args(Interval))
            raise CalculationError("loan_choice_unknown", field="interval", found=self.interval, known=known)
        if not (1 <= self.multiple <= _MOST[self.interval] and self.multiple % 1 == 0):
            raise CalculationError(
                "loan_unit_period_out_of_range",
                interval=self.interval,
                found=self.multiple,
                highest=_MOST[self.interval],
            )

    @property
    def per_year(self) -> float:
        """Unit-periods in a year: 365 days, 52 weeks, 24 semimonths or 12 months, by the multiple."""
        return _A_YEAR[self.interval] / self.multiple

    @property
    def days(self) -> int:
        """Length in days, months of 30, by which unit-periods are told longer or shorter."""
        return 365 if (self.interval, self.multiple) == ("month", 12) else _DAYS[self.interval] * self.multiple


def months_before(day: date, months: int, day_of_month: int | None = None) -> date:
    """The date so many months earlier, on the same day of the month or the last one that month has.

    ``day_of_month`` is the day that the payments are scheduled for where this one falls in a shorter month.
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day_of_month or day.day, monthrange(year, month)[1]))


def full_months(first: date, last: date, day_of_month: int | None = None) -> int:
    """Full months between two dates, measured back from the later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (months_before(last, months, day_of_month) < first)


def pay_days(dates: Sequence[date]) -> list[int]:
    """Day of the month that each date was scheduled for: 30 or 31 for the end of February in such a series.

    Paragraph (b)(3)(iv): a series on the last day of each month is measured from last day to last day, and for the 29th
    or 30th the last day of February stands in. Dates that do not form such a series keep their own day.
    """
    late = [day for day in dates if day.day >= 28]
    if len(late) < 2:
        return [day.day for day in dates]
    ends = [monthrange(day.year, day.month)[1] for day in late]
    scheduled = 31 if all(day.day == end for day, end in zip(late, ends, strict=True)) else max(d.day for d in late)
    fits = all(day.day == min(scheduled, end) for day, end in zip(late, ends, strict=True))
    return [scheduled if fits and day.day >= 28 else day.day for day in dates]


def count_unit_periods(first: date, dates: Sequence[date], unit: UnitPeriod) -> FloatArray:
    """Unit-periods from the start of a loan to each of its dates, with the odd fraction.

    Parameters
    ----------
    first : first advance, when the finance charge begins to be earned
    dates : (N,), none of them earlier
    unit : the unit-period, see :func:`unit_period_of`

    Returns
    -------
    (N,), full unit-periods plus the fraction of one

    Raises
    ------
    CalculationError : a date lies before the first one

    Notes
    -----
    Paragraph (b)(5): days and weeks by actual days; semimonths and months by 30 times the full months plus the days
    that remain, over 15 or 30 times the multiple; years with remaining months over 12, or else days over 365.
    """
    if early := [day for day in dates if day < first]:
        raise CalculationError("loan_flow_before_first", found=min(early).isoformat(), first=first.isoformat())
    counts = [_count(first, day, unit, scheduled) for day, scheduled in zip(dates, pay_days(dates), strict=True)]
    return np.array(counts, dtype=np.float64)


def unit_period_of(advances: Sequence[date], payments: Sequence[date]) -> UnitPeriod:
    """The unit-period of a loan: the period between its dates that occurs most often.

    Parameters
    ----------
    advances : dates of pay-outs, in order
    payments : dates of payments, in order

    Returns
    -------
    UnitPeriod; of two equally frequent the shorter one; where no period occurs twice, the average one rounded to the
    nearest day, week, semimonth, month or multiple of a week or a month. With one advance and one payment it is the
    term, at most a year.

    Raises
    ------
    CalculationError : an advance or a payment is missing; or the loan is paid in steps that are none of the law's, such
        as 10 days

    Notes
    -----
    Paragraph (b)(4), and (b)(5)(vi) and (vii) for one advance and one payment.
    """
    if not advances or not payments:
        raise CalculationError("loan_flows_one_sided")
    first = min(advances)
    if len(set(advances)) == 1 and len(set(payments)) == 1:
        return _term(first, payments[0])
    seen = Counter(unit for series in ([first, *payments], advances) for unit in _periods(series))
    common = {unit: times for unit, times in seen.items() if times > 1}
    if common:
        unit = min(common, key=lambda unit: (-common[unit], unit.days))
        if unit.interval == "day" and unit.multiple > 1:
            raise CalculationError("loan_unit_period_not_standard", days=unit.multiple)
        return unit
    gaps = [(later - earlier).days for series in ([first, *payments], advances) for earlier, later in pairwise(series)]
    average = sum(gaps) / sum(gap > 0 for gap in gaps)
    standard = [
        UnitPeriod(interval, n) for interval in _DAYS if interval != "day" for n in range(1, _MOST[interval] + 1)
    ]
    return min([UnitPeriod("day"), *standard], key=lambda unit: (abs(unit.days - average), unit.days))


def _count(first: date, last: date, unit: UnitPeriod, scheduled: int) -> float:
    """Unit-periods between two dates."""
    if unit.interval in ("day", "week"):
        return (last - first).days / unit.days
    months = full_months(first, last, scheduled)
    start = months_before(last, months, scheduled)
    left = (start - first).days
    if (unit.interval, unit.multiple) != ("month", 12):
        return (30 * months + left) / unit.days
    years = months // 12
    if left == 0:
        return years + months % 12 / 12
    return years + (months_before(last, 12 * years, scheduled) - first).days / 365


def _term(first: date, payment: date) -> UnitPeriod:
    """Unit-period of one advance and one payment."""
    if payment <= first:
        raise CalculationError("loan_flow_before_first", found=payment.isoformat(), first=first.isoformat())
    months = full_months(first, payment)
    if months >= 12:
        return UnitPeriod("month", 12)
    if months_before(payment, months) == first:
        return UnitPeriod("month", months)
    return UnitPeriod("day", (payment - first).days)


def _periods(series: Sequence[date]) -> Iterator[UnitPeriod]:
    """What each step of a series may be: 28 days from 10 February are a month as well as four weeks."""
    scheduled = pay_days(series)
    for place, (earlier, later) in enumerate(pairwise(series)):
        days = (later - earlier).days
        if days <= 0:
            continue
        months = full_months(earlier, later, scheduled[place + 1])
        whole = 0 < months <= 12 and months_before(later, months, scheduled[place + 1]) == earlier
        if whole:
            yield UnitPeriod("month", months)
        if days % 7 == 0 and days <= 364:
            yield UnitPeriod("week", days // 7)
        elif days == 1 or (days <= 365 and not whole):
            yield UnitPeriod("day", days)
        pairs = ((place, place + 2), (place - 1, place + 1))
        if not whole and any(
            a >= 0 and b < len(series) and months_before(series[b], 1, scheduled[b]) == series[a] for a, b in pairs
        ):
            yield UnitPeriod("semimonth")
