"""Days and years of a loan from the words of its contract, counted by hand: no arrays, nothing of the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

__all__ = ["PER_YEAR", "Calendar", "cut", "month_later", "step", "years"]

ZERO = Fraction(0)
LONG_MONTHS = (1, 3, 5, 7, 8, 10, 12)
PER_YEAR = {"months": 12, "weeks": 52, "days": 365}


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def last_day(year: int, month: int) -> int:
    """Number of the last day of a month."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 31 if month in LONG_MONTHS else 30


def month_later(start: date, months: int, rule: str = "last_day") -> date:
    """The same day of the month so many months later; ``rule`` says what becomes of a day that the month lacks."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    end = last_day(years, month + 1)
    if rule == "stay_at_end" and start.day == last_day(start.year, start.month):
        return date(years, month + 1, end)
    if start.day <= end:
        return date(years, month + 1, start.day)
    if rule == "first_of_next_month":
        return date(years, month + 1, end) + timedelta(days=1)
    return date(years, month + 1, end)


def step(start: date, unit: str, count: int, rule: str = "last_day") -> date:
    """So many months, weeks or days later."""
    if unit == "months":
        return month_later(start, count, rule)
    return start + timedelta(days=count * (7 if unit == "weeks" else 1))


@dataclass
class Calendar:
    """Nominal and paid days of each instalment, and between which days each period bears interest."""

    disbursed: date
    nominal: list[date]
    paid: list[date]
    month_end: str
    bears: list[tuple[date, date]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)  # periods that are not one interval long

    @classmethod
    def of(cls, given: Any, number: int, unit: str, count: int) -> Calendar:
        """From a ``PaymentCalendar`` (read only by its field names)."""
        if given.due_dates:
            nominal = list(given.due_dates)
        elif given.first_due is not None:
            nominal = [step(given.first_due, unit, count * i, given.month_end) for i in range(number)]
        else:
            nominal = [step(given.disbursed, unit, count * (i + 1), given.month_end) for i in range(number)]
        if given.last_due is not None:
            nominal[-1] = given.last_due
        paid = [moved(day, given) for day in nominal]
        found = cls(given.disbursed, nominal, paid, given.month_end)
        ends = [given.disbursed, *nominal]
        agreed = set(range(number)) if given.due_dates else {0} if given.first_due is not None else set()
        agreed |= {number - 1} if given.last_due is not None else set()
        for place in agreed:
            start, end = ends[place : place + 2]
            one_interval = step(start, unit, count, given.month_end) == end
            if not (one_interval or step(end, unit, -count, given.month_end) == start):
                found.broken.add(place)
        bearing = [given.disbursed, *(paid if given.interest_follows_shift else nominal)]
        found.bears = list(pairwise(bearing))
        return found


def moved(day: date, given: Any) -> date:
    """The working day on which a payment due on ``day`` is made."""

    def off(candidate: date) -> bool:
        return candidate.weekday() in given.weekend or candidate in given.holidays

    def search(step_days: int) -> date:
        candidate = day
        while off(candidate):
            candidate += timedelta(days=step_days)
        return candidate

    if given.shift == "none":
        return day
    if given.shift == "preceding":
        return search(-1)
    following = search(1)
    if given.shift == "modified_following" and following.month != day.month:
        return search(-1)
    return following


def thirty(start: date, end: date, rule: str, maturity: date) -> int:
    """Days where every month has 30, by the four rules of the 2006 ISDA definitions 4.16 (f)-(h) and US bond basis."""
    first, last = start.day, end.day
    start_ends = start.day == last_day(start.year, start.month)
    end_ends = end.day == last_day(end.year, end.month)
    if rule == "30/360":
        first = min(first, 30)
        if last == 31 and first == 30:
            last = 30
    elif rule == "30E/360":
        first, last = min(first, 30), min(last, 30)
    elif rule == "30E/360 ISDA":
        if start_ends:
            first = 30
        if end_ends and not (end.month == 2 and end == maturity):
            last = 30
    else:  # 30U/360
        if start.month == 2 and start_ends:
            if end.month == 2 and end_ends:
                last = 30
            first = 30
        if last == 31 and first >= 30:
            last = 30
        first = min(first, 30)
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def holds_leap_day(start: date, end: date) -> bool:
    """Whether a 29 February lies after ``start`` and not after ``end``."""
    return any(is_leap(year) and start < date(year, 2, 29) <= end for year in range(start.year, end.year + 1))


def by_year(start: date, end: date, turn: tuple[int, int]) -> Fraction:
    """Days of each year over its own length; ``turn`` is the day (month, number) on which years part."""
    total, here = ZERO, start
    while here < end:
        # Days after 31 December belong to the next year where years part on that day.
        year = here.year + 1 if turn == (12, 31) and (here.month, here.day) == (12, 31) else here.year
        border = date(year, 12, 31) if turn == (12, 31) else date(year + 1, 1, 1)
        until = min(end, border)
        total += Fraction((until - here).days, 366 if is_leap(year) else 365)
        here = until
    return total


def years(start: date, end: date, rule: str, *, unit: str, maturity: date, month_end: str = "last_day") -> Fraction:
    """Share of a year that interest runs for from ``start`` to ``end`` by a ``LoanDayCount``."""
    days = (end - start).days
    if rule in ("period", "30/360 period") and unit == "months":
        return months_between(start, end, month_end) / 12
    if rule == "period":
        return Fraction(days, 7 * 52 if unit == "weeks" else 365)
    if rule == "30/360 period":
        return Fraction(days, 360)
    if rule in ("actual/360", "actual/364", "actual/365"):
        return Fraction(days, int(rule[-3:]))
    if rule == "actual/365 leap":
        return Fraction(days, 366 if holds_leap_day(start, end) else 365)
    if rule == "actual/actual":
        return by_year(start, end, (12, 31))
    if rule == "actual/actual ISDA":
        return by_year(start, end, (1, 1))
    return Fraction(thirty(start, end, rule, maturity), 360)


def months_between(start: date, end: date, month_end: str) -> Fraction:
    """Whole months from ``start`` on, and the days left over as a share of the month that they lie in."""
    whole = 0
    while month_later(start, whole + 1, month_end) <= end:
        whole += 1
    low, high = month_later(start, whole, month_end), month_later(start, whole + 1, month_end)
    return whole + Fraction((end - low).days, (high - low).days)


def cut(start: date, end: date, places: Sequence[date]) -> list[tuple[date, date]]:
    """A stretch of days in pieces that end at the given days."""
    borders = [start, *sorted(day for day in set(places) if start < day < end), end]
    return list(pairwise(borders))
