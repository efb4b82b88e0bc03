"""The table that a borrower signs: one row per instalment period, with totals that tie."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

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
    month : month in which the instalment falls, if the first one is known
    opening_balance, closing_balance : principal owed before and after the instalment
    interest, principal, fees : paid with the instalment
    interest_capitalised : added to the principal instead of being paid
    total : interest plus principal plus fees
    """

    number: int
    month: Month | None
    opening_balance: float
    interest: float
    interest_capitalised: float
    principal: float
    fees: float
    total: float
    closing_balance: float


@dataclass(frozen=True, slots=True)
class Schedule:
    """All instalments of one loan.

    Parameters
    ----------
    terms : what is signed
    rows : one per instalment period, those of a grace included
    upfront_fee, savings_deposit : kept back at pay-out
    net_received : principal less both
    savings_returned : compulsory savings with interest, paid back with the last instalment
    total_interest, total_interest_capitalised, total_principal, total_fees, total_paid : sums of the rows; the
        up-front fee is not among them
    """

    terms: LoanTerms
    rows: tuple[ScheduleRow, ...]
    upfront_fee: float
    savings_deposit: float
    net_received: float
    savings_returned: float
    total_interest: float
    total_interest_capitalised: float
    total_principal: float
    total_fees: float
    total_paid: float


def schedule(terms: LoanTerms, first_month: Month | None = None) -> Schedule:
    """Schedule of one loan.

    Parameters
    ----------
    terms : what is signed
    first_month : month of the first instalment, one period after pay-out; without it the rows carry no months

    Returns
    -------
    Schedule
    """
    arrays = amortise(terms)
    rows = _rows(arrays, terms.months_between, first_month)
    return Schedule(
        terms=terms,
        rows=rows,
        upfront_fee=float(arrays.upfront_fee[0]),
        savings_deposit=float(arrays.savings_deposit[0]),
        net_received=float(arrays.net_received[0]),
        savings_returned=float(arrays.savings_returned[-1, 0]),
        total_interest=fsum(row.interest for row in rows),
        total_interest_capitalised=fsum(row.interest_capitalised for row in rows),
        total_principal=fsum(row.principal for row in rows),
        total_fees=fsum(row.fees for row in rows),
        total_paid=fsum(row.total for row in rows),
    )


def _rows(arrays: LoanArrays, months_between: int, first_month: Month | None) -> tuple[ScheduleRow, ...]:
    """Rows of the only scenario."""
    columns = (
        arrays.opening_balance,
        arrays.interest_due,
        arrays.interest_capitalised,
        arrays.principal_due,
        arrays.fees_due,
        arrays.instalment + arrays.fees_due,
        arrays.closing_balance,
    )
    return tuple(
        ScheduleRow(number, first_month.plus((number - 1) * months_between) if first_month else None, *amounts)
        for number, amounts in enumerate(zip(*(column[:, 0].tolist() for column in columns), strict=True), start=1)
    )
