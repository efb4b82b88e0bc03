"""Due dates of a loan: counted from the first one, moved off days off, or as agreed."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from finance_kit.errors import CalculationError
from finance_kit.loans.contract import PaymentCalendar
from finance_kit.loans.written_terms import WrittenTerms

__all__ = ["DueDates", "add_months", "due_dates"]


@dataclass(frozen=True, slots=True)
class DueDates:
    """Days of one loan.

    Parameters
    ----------
    disbursed : day of the pay-out
    nominal : N days as counted or agreed
    paid : N days on which instalments are paid, off days off
    """

    disbursed: date
    nominal: tuple[date, ...]
    paid: tuple[date, ...]

    @property
    def starts(self) -> tuple[date, ...]:
        """Nominal first day of each period."""
        return (self.disbursed, *self.nominal[:-1])


def add_months(start: date, months: int, month_end: str = "last_day", day: int | None = None) -> date:
    """The same day of the month so many months later (earlier when negative).

    Parameters
    ----------
    start : any day
    months : how many
    month_end : as in :class:`~finance_kit.loans.contract.PaymentCalendar`
    day : day of the month that is meant, if the start had to make do with an earlier one

    Examples
    --------
    >>> add_months(date(2025, 1, 31), 1), add_months(date(2025, 1, 31), 1, "first_of_next_month")
    (datetime.date(2025, 2, 28), datetime.date(2025, 3, 1))
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    wanted = start.day if day is None else day
    length = monthrange(year, month)[1]
    if month_end == "stay_at_end" and start.day == monthrange(start.year, start.month)[1]:
        return date(year, month, length)
    if wanted <= length:
        return date(year, month, wanted)
    if month_end == "first_of_next_month":
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, length)


def due_dates(terms: WrittenTerms) -> DueDates:
    """Due dates of a loan that has a calendar.

    Raises
    ------
    CalculationError : the terms have no calendar, or the days that are left of it are not in order
    """
    calendar = terms.calendar
    if calendar is None:
        raise CalculationError("loan_has_no_dates")
    nominal = list(calendar.due_dates or _counted(terms, calendar))
    if calendar.last_due is not None:
        nominal[-1] = calendar.last_due
        before = nominal[-2] if len(nominal) > 1 else calendar.disbursed
        if calendar.last_due <= before:
            raise CalculationError("loan_last_due_too_early", last=calendar.last_due, before=before)
    paid = [_moved(day, calendar) for day in nominal]
    if paid[0] < calendar.disbursed:  # moved back over a weekend
        raise CalculationError("loan_first_due_too_early", first=paid[0], disbursed=calendar.disbursed)
    return DueDates(calendar.disbursed, tuple(nominal), tuple(paid))


def _counted(terms: WrittenTerms, calendar: PaymentCalendar) -> list[date]:
    """Days at equal intervals."""
    unit, count = terms.interval
    first, begins = calendar.first_due, 0
    if first is None:
        first, begins = calendar.disbursed, 1
    steps = range(begins, begins + terms.instalments)
    if unit == "months":
        return [add_months(first, step * count, calendar.month_end) for step in steps]
    length = timedelta(days=count * (7 if unit == "weeks" else 1))
    return [first + step * length for step in steps]


def _moved(day: date, calendar: PaymentCalendar) -> date:
    """The day itself, or the working day that stands in for it."""
    if calendar.shift == "none":
        return day
    backwards = calendar.shift == "preceding"
    moved = _working_day(day, calendar, -1 if backwards else 1)
    if calendar.shift == "modified_following" and moved.month != day.month:
        moved = _working_day(day, calendar, -1)
    return moved


def _working_day(day: date, calendar: PaymentCalendar, step: int) -> date:
    """The nearest working day in a direction, the day itself included."""
    for distance in range(366):
        moved = day + timedelta(days=step * distance)
        if moved.weekday() not in calendar.weekend and moved not in calendar.holidays:
            return moved
    raise CalculationError("loan_no_working_day")
