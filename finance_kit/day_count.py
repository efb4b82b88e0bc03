"""Day counts: how many days, and which share of a year, lie between two dates.

Contracts differ in two things only: whether a month has its real days or 30, and what a year has.
:mod:`finance_kit.day_count_names` says each convention in words, with its source.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from finance_kit.day_count_names import ALIASES, MEANING, DayCount, day_count_named
from finance_kit.errors import CalculationError

__all__ = ["ALIASES", "MEANING", "DayCount", "calendar_day", "day_count_named", "days_between", "year_fraction"]


def days_between(
    start: date, end: date, convention: DayCount | str = "actual/365", *, maturity: date | None = None
) -> int:
    """Days from one date to another as a convention counts them.

    Parameters
    ----------
    start, end : a time of day is left out
    convention : see `MEANING`
    maturity : end of the contract, which "30E/360 ISDA" treats in its own way; ``None`` is later than ``end``

    Returns
    -------
    days; negative when ``end`` lies before ``start``, by as much as the two the other way round

    Raises
    ------
    CalculationError : ``unknown_day_count``, or ``not_a_date``

    Examples
    --------
    >>> days_between(date(2027, 1, 31), date(2027, 3, 31), "30/360")
    60
    """
    name = day_count_named(convention)
    first, last, sign = _ordered(start, end)
    return sign * _days(first, last, name, maturity)


def year_fraction(
    start: date,
    end: date,
    convention: DayCount | str = "actual/365",
    *,
    maturity: date | None = None,
    regular_period: tuple[date, date] | None = None,
) -> float:
    """Share of a year between two dates, by which a yearly rate is multiplied.

    Parameters
    ----------
    start, end : a time of day is left out
    convention : see `MEANING`
    maturity : end of the contract, for "30E/360 ISDA" only
    regular_period : first and last date of the regular interest period, for "actual/actual ICMA" only; ``None`` takes
        ``start`` to ``end`` as regular

    Returns
    -------
    years; negative when ``end`` lies before ``start``, by as much as the two the other way round

    Raises
    ------
    CalculationError : ``unknown_day_count``, ``not_a_date``, or ``regular_period_empty``

    Examples
    --------
    >>> round(year_fraction(date(2027, 7, 1), date(2028, 7, 1), "actual/actual ISDA"), 6)
    1.001377
    """
    name = day_count_named(convention)
    first, last, sign = _ordered(start, end)
    if name in _YEAR_DAYS:
        return sign * _days(first, last, name, maturity) / _YEAR_DAYS[name]
    if name == "actual/actual ICMA":
        return sign * _icma(first, last, *_regular(first, last, regular_period))
    return sign * _BY_CALENDAR[name](first, last)


def calendar_day(value: date) -> date:
    """A date without its time of day; whatever is no date raises ``CalculationError("not_a_date")``."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise CalculationError("not_a_date", found=str(value)[:40])
    return value


# --- days ---------------------------------------------------------------------------------------------------------

_YEAR_DAYS: Final[dict[DayCount, float]] = {
    "30/360": 360.0,
    "30E/360": 360.0,
    "30E/360 ISDA": 360.0,
    "30E+/360": 360.0,
    "30U/360": 360.0,
    "actual/360": 360.0,
    "actual/364": 364.0,
    "actual/365": 365.0,
    "actual/365.25": 365.25,
    "no leap/360": 360.0,
    "no leap/365": 365.0,
}


def _ordered(start: date, end: date) -> tuple[date, date, int]:
    """The earlier date, the later one, and -1 when they came the other way round."""
    first, last = calendar_day(start), calendar_day(end)
    return (first, last, 1) if first <= last else (last, first, -1)


def _days(first: date, last: date, name: DayCount, maturity: date | None) -> int:
    """Days of dates in order."""
    if name.startswith("30"):
        return _thirty(first, last, name, maturity)
    days = (last - first).days
    return days - _leap_days(first, last) if name.startswith("no leap") else days


def _thirty(first: date, last: date, name: DayCount, maturity: date | None) -> int:
    """Days where every month has 30."""
    if first == last:
        return 0
    day, last_day, months = first.day, last.day, 12 * (last.year - first.year) + last.month - first.month
    if name == "30E/360 ISDA":
        day = 30 if _ends_month(first) else day
        february_end = last.month == 2 and maturity is not None and last == calendar_day(maturity)
        last_day = 30 if _ends_month(last) and not february_end else last_day
    elif name == "30U/360":
        if first.month == 2 and _ends_month(first):
            last_day = 30 if last.month == 2 and _ends_month(last) else last_day
            day = 30
        day = min(day, 30)
        last_day = 30 if last_day == 31 and day == 30 else last_day
    elif name == "30/360":
        day = min(day, 30)
        last_day = 30 if last_day == 31 and day == 30 else last_day
    elif name == "30E+/360":
        day = min(day, 30)  # the 1st of the next month is the 31st of a month of 30 days
    else:
        day, last_day = min(day, 30), min(last_day, 30)
    return 30 * months + last_day - day


def _ends_month(day: date) -> bool:
    """Whether a date is the last of its month."""
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _leap_days(first: date, last: date) -> int:
    """How many 29 Februaries are counted: after the first date, up to and including the last."""
    return _leap_days_until(last) - _leap_days_until(first)


def _leap_days_until(day: date, *, inclusive: bool = True) -> int:
    """29 Februaries from year 1 to a date, with or without that date itself."""
    passed = (day.month, day.day) >= ((2, 29) if inclusive else (3, 1))
    return calendar.leapdays(1, day.year) + (calendar.isleap(day.year) and passed)


# --- years that depend on the calendar ----------------------------------------------------------------------------


def _leap(first: date, last: date) -> float:
    """Days over 366 when a 29 February is counted."""
    return (last - first).days / (366.0 if _leap_days(first, last) else 365.0)


def _isda(first: date, last: date) -> float:
    """Each calendar year on its own."""
    if first.year == last.year:
        return (last - first).days / _length(first.year)
    head = (date(first.year, 12, 31) - first).days + 1
    tail = (last - date(last.year, 1, 1)).days
    return head / _length(first.year) + (last.year - first.year - 1) + tail / _length(last.year)


def _length(year: int) -> float:
    """Days of a calendar year."""
    return 366.0 if calendar.isleap(year) else 365.0


def _afb(first: date, last: date) -> float:
    """Whole years back from the last date, the rest by the 29 February in it."""
    years = last.year - first.year
    while _years_before(last, years) < first:
        years -= 1
    end = _years_before(last, years)
    leap_day = _leap_days_until(end, inclusive=False) - _leap_days_until(first, inclusive=False)
    return years + (end - first).days / (366.0 if leap_day else 365.0)


def _years_before(day: date, years: int) -> date:
    """The same day some years ago; of 28 February the last of that February."""
    earlier = _moved(day, -12 * years)
    end_of_leap_february = years and (earlier.month, earlier.day) == (2, 28) and calendar.isleap(earlier.year)
    return earlier.replace(day=29) if end_of_leap_february else earlier


def _excel(first: date, last: date) -> float:
    """YEARFRAC, basis 1."""
    days = (last - first).days
    anniversary = last.year == first.year + 1 and (first.month, first.day) >= (last.month, last.day)
    if first.year != last.year and not anniversary:
        touched = last.year - first.year + 1
        return days / ((date(last.year, 12, 31) - date(first.year, 1, 1)).days + 1) * touched
    in_leap_year = first.year == last.year and calendar.isleap(first.year)
    begins_on_leap_day = (first.month, first.day) == (2, 29)
    return days / (366.0 if in_leap_year or begins_on_leap_day or _leap_days(first, last) else 365.0)


_BY_CALENDAR: Final[dict[DayCount, Callable[[date, date], float]]] = {
    "actual/365 leap": _leap,
    "actual/actual ISDA": _isda,
    "actual/actual AFB": _afb,
    "actual/actual Excel": _excel,
}


def _regular(first: date, last: date, period: tuple[date, date] | None) -> tuple[date, date]:
    """The regular interest period, checked."""
    begin, end = (first, last) if period is None else (calendar_day(period[0]), calendar_day(period[1]))
    if begin >= end and first < last:
        raise CalculationError("regular_period_empty", start=begin.isoformat(), end=end.isoformat())
    return begin, end


def _icma(first: date, last: date, begin: date, end: date) -> float:
    """Days over those of the regular period they lie in; earlier and later periods are laid out from it."""
    if first == last:
        return 0.0
    months = round(12 * (end - begin).days / 365)
    if months == 0:  # shorter than half a month: taken as a year, as QuantLib does
        begin, end, months = first, _moved(first, 12), 12
    total, back = 0.0, 0
    while first < _moved(begin, -months * back):
        back += 1
    step = -back
    while True:
        low = _moved(begin, months * step) if step <= 0 else _moved(end, months * (step - 1))
        high = _moved(begin, months * (step + 1)) if step < 0 else _moved(end, months * step)
        total += max((min(last, high) - max(first, low)).days, 0) / (high - low).days
        if last <= high:
            return total * months / 12.0
        step += 1


def _moved(day: date, months: int) -> date:
    """The same day some months away, or the last of that month."""
    place = 12 * day.year + day.month - 1 + months
    year, month = divmod(place, 12)
    if not 1 <= year <= 9999:
        raise CalculationError("not_a_date", found=f"{year}-{month + 1:02}")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
