"""How much of a year's interest each period bears: day counts, broken periods, changes of rate, further pay-outs.

``period`` (same as repayment): a month is a twelfth of a year, a week a fifty-second, a day a 365th, whatever the
calendar says; a broken period of months counts its whole months from its first day on and, for the days left over,
their share of the month that they lie in. ``30/360 period``: 30 days for each whole month, counted alike; weeks and
days are actual days over 360. A period is broken where neither of its ends is one interval from the other.
``actual/actual`` divides each day by the length of its own year, a period over New Year being split on 31 December, as
the core-banking system of many microfinance institutions does it. The others are those of
:mod:`finance_kit.day_count`. A day on which a rate changes or money is paid out parts a period in two: the later part
is what the day count makes of it, the earlier one the rest of the period.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from finance_kit.day_count import year_fraction
from finance_kit.loans.due_dates import DueDates, add_months, due_dates
from finance_kit.loans.terms import LoanTerms

__all__ = ["Accrual", "accrual", "years_between"]

FloatArray = npt.NDArray[np.float64]
_BY_PERIOD = ("period", "30/360 period")


@dataclass(frozen=True, slots=True)
class Accrual:
    """Time that interest runs, in years; (N, 1) each, or (1, 1) where every period is alike.

    Parameters
    ----------
    years : length of each period for interest
    lengths : the same, periods free of interest included: for fees and savings by the year
    level_years : its length as the level instalment assumes it
    added : interest of each period that changes of rate add to ``annual_rate * years``
    segments : positions of the instalments before which something changes (0 first): a pay-out or a rate
    known_steps : for each segment, what changes of rate known there have added to the rate of the terms
    draws : (N, 1), share of the principal paid out within each period
    draw_years : (N, 1), the same times the years of that period that were still to come
    draw_added : (N, 1), interest on them that changes of rate add
    dates : where the loan has a calendar
    """

    years: FloatArray
    lengths: FloatArray
    level_years: FloatArray
    added: FloatArray | None = None
    segments: tuple[int, ...] = (0,)
    known_steps: tuple[float, ...] = (0.0,)
    draws: FloatArray | None = None
    draw_years: FloatArray | None = None
    draw_added: FloatArray | None = None
    dates: DueDates | None = None

    @property
    def uniform(self) -> bool:
        """Whether all periods are alike, and as the level instalment assumes."""
        return len(self.years) == 1


def years_between(terms: LoanTerms, start: date, end: date) -> float:
    """Length in years of a stretch of time under the day count of the terms, for interest on a balance.

    Parameters
    ----------
    terms : what is signed; its day count and interval are used
    start, end : first day, and the day that is not counted any more
    """
    kind = terms.day_count
    if kind in _BY_PERIOD:
        unit, _ = terms.interval
        if unit != "months":
            length = {"weeks": 7 * 52, "days": 365}[unit] if kind == "period" else 360
            return (end - start).days / length
        return _months_between(terms, start, end) / 12
    if kind == "actual/actual":
        return _by_calendar_year(start, end)
    ends = None
    if kind == "30E/360 ISDA" and terms.calendar is not None:  # the only one that asks for the end of the contract
        ends = _stretch(terms, due_dates(terms), terms.instalments - 1)[1]
    return year_fraction(start, end, kind, maturity=ends)


def _months_between(terms: LoanTerms, start: date, end: date) -> float:
    """Whole months, and the days left over as a share of the month that they lie in."""
    rule = terms.calendar.month_end if terms.calendar is not None else "last_day"
    whole = (end.year - start.year) * 12 + end.month - start.month + 1
    while add_months(start, whole, rule) > end:
        whole -= 1
    reached, following = add_months(start, whole, rule), add_months(start, whole + 1, rule)
    return whole + (end - reached).days / max((following - reached).days, 1)


def _by_calendar_year(start: date, end: date) -> float:
    """Actual days over the days of their own year; a year's last day belongs to the next one's stretch."""
    total = 0.0
    while start.year < end.year:
        new_year_eve = date(start.year, 12, 31)
        if start < new_year_eve:
            total += (new_year_eve - start).days / _days_of(start.year)
        stop = min(end, date(start.year + 1, 12, 31))
        total += (stop - new_year_eve).days / _days_of(start.year + 1)
        start = stop
    return total + (end - start).days / _days_of(start.year)


def _days_of(year: int) -> int:
    return 366 if isleap(year) else 365


@lru_cache(maxsize=256)
def accrual(terms: LoanTerms) -> Accrual:
    """Time that interest runs in each period of a contract.

    Parameters
    ----------
    terms : what is signed

    Returns
    -------
    Accrual
    """
    regular = np.array([[1.0 / terms.periods_a_year if terms.day_count == "period" else _regular_years(terms)]])
    if terms.calendar is None and not (terms.pay_outs or terms.rate_changes or terms.interest_free_instalments):
        return Accrual(regular, regular, regular)
    if terms.calendar is None:
        lengths = np.repeat(regular, terms.instalments, axis=0)
        return _with_events(terms, lengths, lengths, None)
    dates = due_dates(terms)
    lengths = np.array([_period_years(terms, dates, n) for n in range(terms.instalments)])[:, None]
    level = _level_years(terms, dates, lengths, regular)
    same = lengths is level and bool((lengths == lengths[0]).all())
    if same and not (terms.pay_outs or terms.rate_changes or terms.interest_free_instalments):
        return Accrual(lengths[:1], lengths[:1], lengths[:1], dates=dates)
    return _with_events(terms, lengths, level, dates)


def _regular_years(terms: LoanTerms) -> float:
    """Length of an ordinary period where no dates say otherwise: months of 30 days."""
    unit, count = terms.interval
    days = count * {"months": 30, "weeks": 7, "days": 1}[unit]
    length = 360 if "360" in terms.day_count else 364 if terms.day_count == "actual/364" else 365
    return days / length


def _is_broken(terms: LoanTerms, dates: DueDates, position: int) -> bool:
    """Whether a period is not one interval long."""
    calendar = terms.calendar
    if calendar is None:
        return False
    by_first = position == 0 and calendar.first_due is not None
    by_last = position == terms.instalments - 1 and calendar.last_due is not None
    if not (calendar.due_dates or by_first or by_last):
        return False
    start, end = dates.starts[position], dates.nominal[position]
    return _one_interval(terms, start) != end and _one_interval(terms, end, -1) != start


def _one_interval(terms: LoanTerms, start: date, direction: int = 1) -> date:
    """One interval after a day, or before it."""
    unit, count = terms.interval
    if unit == "months":
        return add_months(start, direction * count, terms.calendar.month_end if terms.calendar else "last_day")
    return start + timedelta(days=direction * count * (7 if unit == "weeks" else 1))


def _stretch(terms: LoanTerms, dates: DueDates, position: int) -> tuple[date, date]:
    """Days between which a period bears interest."""
    calendar = terms.calendar
    follows = calendar is not None and calendar.interest_follows_shift and terms.day_count not in _BY_PERIOD
    ends = dates.paid if follows else dates.nominal
    return (ends[position - 1] if position else dates.disbursed), ends[position]


def _period_years(terms: LoanTerms, dates: DueDates, position: int) -> float:
    """Length of one period for interest."""
    if terms.day_count in _BY_PERIOD and not _is_broken(terms, dates, position):
        return 1.0 / terms.periods_a_year if terms.day_count == "period" else _regular_years(terms)
    return years_between(terms, *_stretch(terms, dates, position))


def _level_years(terms: LoanTerms, dates: DueDates, lengths: FloatArray, regular: FloatArray) -> FloatArray:
    """Lengths as the level instalment assumes them: nominal, or each period's own but a broken first one whole."""
    if terms.method == "cumulative" and not (terms.calendar and terms.calendar.due_dates):
        return lengths if (lengths == regular).all() else np.repeat(regular, len(lengths), axis=0)
    if not (terms.calendar and terms.calendar.first_due and _is_broken(terms, dates, 0)):
        return lengths
    level = lengths.copy()
    if terms.day_count in _BY_PERIOD:
        level[0] = 1.0 / terms.periods_a_year if terms.day_count == "period" else _regular_years(terms)
    else:
        level[0] = years_between(terms, dates.disbursed, _one_interval(terms, dates.disbursed))
    return level


def _with_events(terms: LoanTerms, lengths: FloatArray, level: FloatArray, dates: DueDates | None) -> Accrual:
    """Add interest-free periods, changes of rate and further pay-outs."""
    count, whole = terms.instalments, lengths
    if terms.interest_free_instalments:
        lengths, level = lengths.copy(), level.copy()
        lengths[: terms.interest_free_instalments] = 0.0
        level[: terms.interest_free_instalments] = 0.0
    starts, base = {0}, terms.annual_rate
    changes = [(*_place(terms, dates, change.on, change.after_instalment), change) for change in terms.rate_changes]
    changes = [found for found in changes if found[0] < count]
    steps = np.diff([base, *(change.annual_rate for _, _, change in changes)])
    added = np.zeros((count, 1))
    for step, (position, held, change) in zip(steps, changes, strict=True):
        added[position + 1 :] += step * lengths[position + 1 :]
        added[position] += step * lengths[position] * held
        if not change.keeps_instalment:
            starts.add(position)
    draws, draw_years, draw_added = (np.zeros((count, 1)) for _ in range(3))
    for pay_out in terms.pay_outs:
        position, held = _place(terms, dates, pay_out.on, pay_out.after_instalment)
        share = pay_out.amount / terms.principal
        draws[position] += share
        draw_years[position] += share * held * lengths[position]
        for step, (place, later, _) in zip(steps, changes, strict=True):
            if place <= position:  # borne from the later of the two days on
                together = held if place < position else min(held, later)
                draw_added[position] += share * together * step * lengths[position]
        starts.add(position)
    segments = tuple(sorted(starts))
    grace = terms.grace_periods
    known = tuple(
        float(sum(step for step, (place, _, _) in zip(steps, changes, strict=True) if place <= max(segment, grace)))
        for segment in segments
    )
    moved = added if changes else None
    if not terms.pay_outs:
        return Accrual(lengths, whole, level, moved, segments, known, dates=dates)
    return Accrual(lengths, whole, level, moved, segments, known, draws, draw_years, draw_added, dates)


def _place(
    terms: LoanTerms, dates: DueDates | None, on: date | None, after_instalment: int | None
) -> tuple[int, float]:
    """Position of the period that a day lies in, and the share of that period that is still to come."""
    if dates is None or on is None:
        return after_instalment or 0, 1.0
    for position in range(terms.instalments):
        start, end = _stretch(terms, dates, position)
        if start <= on < end:
            whole = years_between(terms, start, end)
            return position, years_between(terms, on, end) / whole if whole else 0.0
    return terms.instalments, 0.0
