"""The table that a borrower signs: one row per instalment period, with totals that tie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import fsum

from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.terms import LoanTerms
from finance_kit.timeline import Month

__all__ = ["Schedule", "ScheduleRow", "schedule"]


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One instalment period.

    Parameters
    ----------
    number : from 1
    due : day on which the instalment is paid, for a loan with dates
    days : from the payment before (or the pay-out) to this one
    month : month in which the instalment falls, if it is known
    opening_balance, closing_balance : principal owed at the start of the period and after the instalment
    drawn : paid out within the period
    interest, principal, fees, savings : paid with the instalment
    interest_capitalised : added to the principal instead of being paid
    total : interest plus principal plus fees plus savings
    """

    number: int
    due: date | None
    days: int | None
    month: Month | None
    opening_balance: float
    drawn: float
    interest: float
    interest_capitalised: float
    principal: float
    fees: float
    savings: float
    total: float
    closing_balance: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """All instalments of one loan.

    Parameters
    ----------
    terms : what is signed
    rows : one per instalment period, those of a grace included
    upfront_fee, upfront_interest, savings_deposit : kept back at pay-out
    down_payment : principal paid back on the day of the pay-out
    fee_capitalised : added at pay-out to what is owed
    net_received : in hand at the (first) pay-out
    savings_returned : compulsory savings with interest, paid back with the last instalment
    total_interest, total_interest_capitalised, total_principal, total_fees, total_savings, total_paid : sums of the
        rows; what is kept back or paid at pay-out is not among them
    """

    terms: LoanTerms
    rows: tuple[ScheduleRow, ...]
    upfront_fee: float
    upfront_interest: float
    savings_deposit: float
    down_payment: float
    fee_capitalised: float
    net_received: float
    savings_returned: float
    total_interest: float
    total_interest_capitalised: float
    total_principal: float
    total_fees: float
    total_savings: float
    total_paid: float


def schedule(terms: LoanTerms, first_month: Month | None = None) -> Schedule:
    """Schedule of one loan.

    Parameters
    ----------
    terms : what is signed
    first_month : for a loan without a calendar, month of the first instalment, one period after pay-out

    Returns
    -------
    Schedule
    """
    arrays = amortise(terms)
    rows = _rows(terms, arrays, first_month)
    return Schedule(
        terms=terms,
        rows=rows,
        upfront_fee=float(arrays.upfront_fee[0]),
        upfront_interest=float(arrays.upfront_interest[0]),
        savings_deposit=float(arrays.savings_deposit[0]),
        down_payment=float(arrays.down_payment[0]),
        fee_capitalised=float(arrays.fee_capitalised[0]),
        net_received=float(arrays.net_received[0]),
        savings_returned=float(arrays.savings_returned[-1, 0]),
        total_interest=fsum(row.interest for row in rows),
        total_interest_capitalised=fsum(row.interest_capitalised for row in rows),
        total_principal=fsum(row.principal for row in rows),
        total_fees=fsum(row.fees for row in rows),
        total_savings=fsum(row.savings for row in rows),
        total_paid=fsum(row.total for row in rows),
    )


def _rows(terms: LoanTerms, arrays: LoanArrays, first_month: Month | None) -> tuple[ScheduleRow, ...]:
    """Rows of the only scenario."""
    amounts = (
        arrays.opening_balance,
        arrays.drawn,
        arrays.interest_due,
        arrays.interest_capitalised,
        arrays.principal_due,
        arrays.fees_due,
        arrays.savings_added,
        arrays.instalment + arrays.fees_due + arrays.savings_added,
        arrays.closing_balance,
    )
    columns = zip(*(column[:, 0].tolist() for column in amounts), strict=True)
    return tuple(
        ScheduleRow(number, *place, *row)
        for number, (place, row) in enumerate(zip(_places(terms, first_month), columns, strict=True), start=1)
    )


def _places(terms: LoanTerms, first_month: Month | None) -> Iterator[tuple[date | None, int | None, Month | None]]:
    """Day, days since the payment before, and month of each instalment, as far as they are known."""
    if terms.calendar is not None:
        dates = due_dates(terms)
        for before, day in pairwise((dates.disbursed, *dates.paid)):
            yield day, (day - before).days, Month(day.year, day.month)
        return
    unit, count = terms.interval
    for number in range(terms.instalments):
        known = first_month is not None and unit == "months"
        yield None, None, first_month.plus(number * count) if first_month is not None and known else None
