"""What if an instalment is paid late, or the rest of a loan is set anew.

Estimates by the terms given, as in :mod:`finance_kit.loans.settlement`; the contract says what the lender charges.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from finance_kit.errors import CalculationError
from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.kernel import amortise
from finance_kit.loans.remainder_terms import rate_after, terms_left
from finance_kit.loans.schedule import Schedule, schedule
from finance_kit.loans.terms import LoanTerms
from finance_kit.loans.what_if_checks import check_amount, check_place, interest_waiting, is_count, sum_unit
from finance_kit.money import round_to_unit

__all__ = ["LatePayment", "Rescheduling", "late_payment", "reschedule"]


@dataclass(frozen=True, slots=True)
class LatePayment:
    """An instalment that is paid after its day.

    Parameters
    ----------
    instalment : what was due, fees included
    days_charged : days late beyond those that are free
    penalty : on the overdue sum
    further_interest : on the overdue principal for the days late, at the rate of the contract
    to_pay : all of it
    """

    instalment: float
    days_charged: int
    penalty: float
    further_interest: float
    to_pay: float


def late_payment(
    terms: LoanTerms,
    number: int,
    days_late: int,
    *,
    penalty_rate_per_month: float = 0.0,
    free_days: int = 0,
    interest_goes_on: bool = True,
) -> LatePayment:
    """What a late instalment costs.

    Parameters
    ----------
    terms : what was signed
    number : the instalment, 1 is the first
    days_late : days from its due date to the payment
    penalty_rate_per_month : share of the overdue sum for 30 days
    free_days : days for which no penalty is charged
    interest_goes_on : whether the overdue principal bears interest meanwhile, at the rate in force, days over 365

    Returns
    -------
    LatePayment

    Raises
    ------
    CalculationError : there is no such instalment, or a rate or number of days is not one
    """
    check_place(terms, number - 1)
    check_amount("penalty_rate_per_month", penalty_rate_per_month, 1.0)
    for name, value in (("days_late", days_late), ("free_days", free_days)):
        if not is_count(value) or not 0 <= value <= 3_660:
            raise CalculationError("loan_count_out_of_range", field=name, found=value, lowest=0, highest=3_660)
    row = schedule(terms).rows[number - 1]
    unit = sum_unit(terms)
    charged = max(days_late - free_days, 0)
    penalty = round_to_unit(row.total * penalty_rate_per_month * charged / 30, unit)
    further = 0.0
    if interest_goes_on and terms.quotation == "declining":
        further = round_to_unit(row.principal * rate_after(terms, number - 1) * days_late / 365, unit)
    return LatePayment(row.total, charged, penalty, further, row.total + penalty + further)


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """The rest of a loan under other terms.

    Parameters
    ----------
    owed : principal and unpaid interest that the new schedule starts from
    rest : the new schedule
    first_instalment_before, first_instalment_after : the next paying instalment as signed, and rescheduled
    further_interest : interest of the new schedule, plus what was added to the principal, less the interest to come as
        signed
    """

    owed: float
    rest: Schedule
    first_instalment_before: float
    first_instalment_after: float
    further_interest: float


def reschedule(
    terms: LoanTerms,
    after_instalment: int,
    *,
    instalments: int | None = None,
    annual_rate: float | None = None,
    grace_instalments: int = 0,
    arrears: float = 0.0,
) -> Rescheduling:
    """What another tenor, rate or a new grace would make of the rest of a loan.

    Parameters
    ----------
    terms : what was signed, quoted on the declining balance
    after_instalment : how many instalments have been paid
    instalments : number of instalments from now on, the new grace included; by default as many as are left
    annual_rate : from now on; by default as signed
    grace_instalments : without principal, counted from now
    arrears : unpaid interest and penalties that are added to the principal

    Returns
    -------
    Rescheduling

    Raises
    ------
    CalculationError : as :class:`~finance_kit.loans.LoanTerms`; no instalment is left; the quotation is flat
    """
    check_place(terms, after_instalment)
    check_amount("arrears", arrears, 1e13)
    arrays = amortise(terms)
    added = arrears + interest_waiting(arrays, after_instalment)
    owed = float(arrays.opening_balance[after_instalment, 0]) + added
    left = terms_left(terms, after_instalment, owed)
    count = left.instalments if instalments is None else instalments
    calendar = left.calendar
    if calendar is not None:
        calendar = replace(calendar, due_dates=_further_dates(terms, after_instalment, count))
    if left.repayment == "custom":
        left = replace(left, repayment="annuity", instalment_amounts=())
    rest = schedule(
        replace(
            left,
            instalments=count,
            calendar=calendar,
            annual_rate=left.annual_rate if annual_rate is None else annual_rate,
            rate_changes=left.rate_changes if annual_rate is None else (),
            grace_instalments=grace_instalments or left.grace_periods,
        )
    )
    paying = rest.rows[rest.terms.grace_periods]
    before = float(arrays.instalment[max(after_instalment, terms.grace_periods), 0])
    to_come = float(arrays.interest_due[after_instalment:, 0].sum())
    return Rescheduling(owed, rest, before, paying.interest + paying.principal, rest.total_interest + added - to_come)


def _further_dates(terms: LoanTerms, paid: int, count: int) -> tuple[date, ...]:
    """Due dates from an instalment on, counted as the contract counts them, however many."""
    calendar = terms.calendar
    if calendar is None or calendar.due_dates:
        agreed = due_dates(terms).nominal[paid:]
        if count > len(agreed):
            raise CalculationError("loan_dates_count", found=len(agreed), needed=count)
        return agreed[:count]
    longer = LoanTerms(
        principal=1.0,
        annual_rate=0.0,
        instalments=paid + count,
        months_between=terms.months_between,
        weeks_between=terms.weeks_between,
        days_between=terms.days_between,
        calendar=replace(calendar, last_due=None),
    )
    return due_dates(longer).nominal[paid:]
