"""Day counts: how many days, and which share of a year, lie between two dates.

Contracts differ in two things only: whether a month has its real days or 30, and what a year has. `MEANING` says each
convention in one sentence with its source. The first date never counts and the last one does, so that periods which
follow each other add up in days (not always in the 30-day conventions: 31 January to 28 February to 31 March).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, Literal, get_args

from finance_kit.errors import CalculationError

__all__ = ["ALIASES", "MEANING", "DayCount", "day_count_named", "days_between", "year_fraction"]

DayCount = Literal[
    "30/360",
    "30E/360",
    "30E/360 ISDA",
    "30E+/360",
    "30U/360",
    "actual/360",
    "actual/364",
    "actual/365",
    "actual/365.25",
    "actual/365 leap",
    "actual/actual ISDA",
    "actual/actual AFB",
    "actual/actual ICMA",
    "actual/actual Excel",
    "no leap/360",
    "no leap/365",
]

_ISDA = "2006 ISDA Definitions, section 4.16"

MEANING: Final = MappingProxyType(
    {
        "30/360": f"A month has 30 days. The 31st becomes the 30th, as a last day only after a 30th or 31st. {_ISDA}(f).",
        "30E/360": f"A month has 30 days. The 31st always becomes the 30th (Eurobond basis). {_ISDA}(g).",
        "30E/360 ISDA": (
            "A month has 30 days. The last day of any month becomes the 30th, except the last day of February when it "
            f"is the end of the contract (German basis). {_ISDA}(h)."
        ),
        "30E+/360": (
            "A month has 30 days. The 31st becomes the 30th as a first day, the 1st of the next month as a last day. "
            "pyxirr, day count conventions."
        ),
        "30U/360": (
            "A month has 30 days. As 30/360, and the last day of February becomes the 30th as a first day, as a last "
            "day only when the first is one too (US, NASD). YEARFRAC basis 0; QuantLib, Thirty360::USA."
        ),
        "actual/360": f"Calendar days over 360. {_ISDA}(e).",
        "actual/364": "Calendar days over 364, which is 52 weeks. pyxirr, day count conventions.",
        "actual/365": f"Calendar days over 365, in leap years too (fixed). {_ISDA}(d).",
        "actual/365.25": "Calendar days over 365.25. Directive 2008/48/EC, Annex I, remark (c) allows this year.",
        "actual/365 leap": (
            "Calendar days over 365, or over 366 when a 29 February is one of the counted days, the last one included. "
            "ICMA Rule 251, Actual/365L for yearly payments, called Actual/365A as well."
        ),
        "actual/actual ISDA": (
            f"Split at New Year: days in leap years over 366, the others over 365. {_ISDA}(b). The last day of a year "
            "and the first of the next belong to their own years."
        ),
        "actual/actual AFB": (
            "Whole years counted backwards from the last date, the rest over 366 when it holds a 29 February, else "
            "over 365. Association Française des Banques; ISDA memorandum of November 1998."
        ),
        "actual/actual ICMA": (
            "Days over the days of the regular interest period in which they lie, times its share of a year. ICMA Rule "
            "251; ISDA memorandum of November 1998. Needs the regular period."
        ),
        "actual/actual Excel": (
            "Calendar days over the average year: up to one year apart 366 if both dates are in one leap year or a 29 "
            "February lies between, else 365; further apart the mean length of all calendar years touched. YEARFRAC "
            "basis 1, as analysed by D. Wheeler, 'YEARFRAC Incompatibilities', 2008."
        ),
        "no leap/360": "Calendar days without any 29 February, over 360. pyxirr, day count conventions.",
        "no leap/365": "Calendar days without any 29 February, over 365. pyxirr, day count conventions.",
    }
)

# Other names, compared without case, spaces, hyphens and underscores.
ALIASES: Final = MappingProxyType(
    {
        "30/360 ISDA": "30/360",
        "30A/360": "30/360",
        "bond basis": "30/360",
        "thirty 360": "30/360",
        "30/360 European": "30E/360",
        "30/360 ISMA": "30E/360",
        "Eurobond basis": "30E/360",
        "30/360 German": "30E/360 ISDA",
        "30E/360 German": "30E/360 ISDA",
        "30/360 US": "30U/360",
        "30US/360": "30U/360",
        "30/360 SIA": "30U/360",
        "NASD 30/360": "30U/360",
        "ACT/360": "actual/360",
        "French": "actual/360",
        "ACT/364": "actual/364",
        "ACT/365": "actual/365",
        "ACT/365F": "actual/365",
        "ACT/365 fixed": "actual/365",
        "actual/365F": "actual/365",
        "actual/365 fixed": "actual/365",
        "English": "actual/365",
        "ACT/365.25": "actual/365.25",
        "ACT/365L": "actual/365 leap",
        "ACT/365A": "actual/365 leap",
        "ACT/365 leap": "actual/365 leap",
        "actual/365L": "actual/365 leap",
        "actual/365A": "actual/365 leap",
        "ACT/ACT": "actual/actual ISDA",
        "ACT/ACT ISDA": "actual/actual ISDA",
        "actual/actual": "actual/actual ISDA",
        "actual/365 ISDA": "actual/actual ISDA",
        "ACT/ACT AFB": "actual/actual AFB",
        "ACT/ACT Euro": "actual/actual AFB",
        "ACT/ACT ICMA": "actual/actual ICMA",
        "ACT/ACT ISMA": "actual/actual ICMA",
        "actual/actual ISMA": "actual/actual ICMA",
        "actual/actual bond": "actual/actual ICMA",
        "Excel ACT/ACT": "actual/actual Excel",
        "ACT/ACT Excel": "actual/actual Excel",
        "Excel actual/actual": "actual/actual Excel",
        "NL/360": "no leap/360",
        "NL/365": "no leap/365",
        "ACT/365 no leap": "no leap/365",
        "actual/365 no leap year": "no leap/365",
    }
)


def _folded(name: str) -> str:
    """A name without what people write differently."""
    return "".join(letter for letter in name.casefold() if letter not in " -_\t")


_NAMED: Final[dict[str, DayCount]] = {_folded(name): name for name in get_args(DayCount)}
_NAMED.update({_folded(alias): _NAMED[_folded(name)] for alias, name in ALIASES.items()})
_KNOWN: Final = frozenset(get_args(DayCount))


def day_count_named(name: str) -> DayCount:
    """The convention of a name that people use for it: ``ACT/365F``, ``30/360 ISDA``, ``Bond basis`` …

    Parameters
    ----------
    name : a `DayCount` or one of `ALIASES`; case, spaces and hyphens do not matter

    Returns
    -------
    the name used here

    Raises
    ------
    CalculationError : ``unknown_day_count``

    Examples
    --------
    >>> day_count_named("ACT/365F")
    'actual/365'
    """
    found = _NAMED.get(_folded(name)) if isinstance(name, str) else None
    if found is None:
        raise CalculationError("unknown_day_count", found=str(name), known=", ".join(sorted(_KNOWN)))
    return found


def days_between(start: date, end: date, convention: DayCount | str = "actual/365", *, maturity: date | None = None) -> int:
    """Days from one date to another as a convention counts them.

    Parameters
    ----------
    start, end : the first day, which does not count, and the last, which does; a time of day is left out
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
    name: DayCount = convention if convention in _KNOWN else day_count_named(convention)  # type: ignore[assignment]
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
    start, end : the first day, which does not count, and the last, which does; a time of day is left out
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
    name: DayCount = convention if convention in _KNOWN else day_count_named(convention)  # type: ignore[assignment]
    first, last, sign = _ordered(start, end)
    if name in _YEAR_DAYS:
        return sign * _days(first, last, name, maturity) / _YEAR_DAYS[name]
    if name == "actual/actual ICMA":
        return sign * _icma(first, last, *_regular(first, last, regular_period))
    return sign * _BY_CALENDAR[name](first, last)


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
    first, last = _day(start), _day(end)
    return (first, last, 1) if first <= last else (last, first, -1)


def _day(value: date) -> date:
    """A date without its time of day."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise CalculationError("not_a_date", found=str(value)[:40])
    return value


def _days(first: date, last: date, name: DayCount, maturity: date | None) -> int:
    """Days of dates in order."""
    if name.startswith("30"):
        return _thirty(first, last, name, maturity)
    days = (last - first).days
    return days - _leap_days(first, last) if name.startswith("no leap") else days


def _thirty(first: date, last: date, name: DayCount, maturity: date | None) -> int:
    """Days where every month has 30."""
    day, last_day, months = first.day, last.day, 12 * (last.year - first.year) + last.month - first.month
    if name == "30E/360 ISDA":
        day = 30 if _ends_month(first) else day
        february_end = last.month == 2 and maturity is not None and last == _day(maturity)
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


def _leap_days_until(day: date) -> int:
    """29 Februaries from year 1 to a date, itself included."""
    begun = calendar.isleap(day.year) and (day.month, day.day) >= (2, 29)
    return calendar.leapdays(1, day.year) + begun


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
    if years and _moved(last, -12 * years) < first:
        years -= 1
    end = _moved(last, -12 * years)
    if years and (last.month, last.day) == (2, 28) and calendar.isleap(end.year):
        end = end.replace(day=29)  # the end of February stays the end of February
        if end < first:
            raise AssertionError
    return years + _leap(first, end)


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
    begin, end = (first, last) if period is None else (_day(period[0]), _day(period[1]))
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
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
