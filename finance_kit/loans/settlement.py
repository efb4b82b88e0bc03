"""What if a loan is not repaid as signed: settled early, prepaid in part, paid late, or rescheduled.

These are estimates by the terms given here; the lender's own contract says what it charges. Each answer holds the sums
that it is made of, so that it can be checked with a pencil.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any, Literal

from finance_kit.errors import CalculationError
from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.remainder_terms import rate_after, terms_left
from finance_kit.loans.schedule import Schedule, schedule
from finance_kit.loans.terms import LoanTerms
from finance_kit.money import round_to_unit

__all__ = [
    "FlatRebate",
    "LatePayment",
    "Prepayment",
    "Rescheduling",
    "Settlement",
    "late_payment",
    "prepay",
    "reschedule",
    "settle",
]

FlatRebate = Literal["none", "unearned", "rule_of_78"]


@dataclass(frozen=True, slots=True)
class Settlement:
    """Paying off a loan before its end.

    Parameters
    ----------
    after_instalment : instalments paid by then
    principal : still owed
    interest_waiting : accrued earlier and not yet paid (a deferred grace, a bullet)
    interest_to_date : of the running period up to the day of settlement
    flat_interest : of a flat quotation, charged for the time to come all the same
    fee : the lender's charge for settling early, and what the contract charges with the instalment that clears the loan
    savings_back : compulsory savings that come back
    to_pay : all of it, savings deducted
    instalments_avoided : what the schedule would still have cost, fees included, less savings that would have come back
        and pay-outs that would still have come
    saved : instalments avoided less what is to pay
    """

    after_instalment: int
    principal: float
    interest_waiting: float
    interest_to_date: float
    flat_interest: float
    fee: float
    savings_back: float
    to_pay: float
    instalments_avoided: float
    saved: float


def settle(
    terms: LoanTerms,
    after_instalment: int,
    *,
    part_of_period: float = 0.0,
    fee_share: float = 0.0,
    fee_amount: float = 0.0,
    flat_rebate: FlatRebate = "none",
) -> Settlement:
    """What it takes to settle a loan early.

    Parameters
    ----------
    terms : what was signed
    after_instalment : how many instalments have been paid
    part_of_period : share of the running period that has passed since, 0 on the due date itself
    fee_share, fee_amount : charge for settling early: share of the principal owed, plus a fixed sum
    flat_rebate : for a flat quotation, what becomes of the interest for the time to come: ``none`` all of it is owed;
        ``unearned`` none of it; ``rule_of_78`` what is left by the sum of digits is given up

    Returns
    -------
    Settlement

    Raises
    ------
    CalculationError : no instalment is left, or a share or amount is not one

    Notes
    -----
    Interest paid in advance is not given back. Rule of 78: of a total interest ``I`` over n periods, ``I k (k + 1) /
    (n (n + 1))`` belongs to the last k of them.
    """
    _check_place(terms, after_instalment)
    for name, value, highest in (
        ("part_of_period", part_of_period, 1.0),
        ("fee_share", fee_share, 1.0),
        ("fee_amount", fee_amount, 1e13),
    ):
        _check_amount(name, value, highest)
    arrays, paid = amortise(terms), after_instalment
    unit = _unit(terms)
    principal = float(arrays.opening_balance[paid, 0])
    prepaid = terms.interest_timing != "arrears"
    waiting = 0.0 if prepaid else _waiting(arrays, paid)
    to_date = 0.0 if prepaid else round_to_unit(float(arrays.interest_accrued[paid, 0]) * part_of_period, unit)
    flat_interest = 0.0
    if terms.quotation == "flat" and not prepaid:
        flat_interest = round_to_unit(_flat_to_come(terms, paid, flat_rebate) - to_date, unit)
        if flat_rebate != "none":
            flat_interest = max(flat_interest, 0.0)
    fee = round_to_unit(principal * fee_share + fee_amount, unit) + _fee_of_clearing(terms, paid)
    savings = float(arrays.savings_balance[paid - 1, 0]) if paid else float(arrays.savings_deposit[0])
    to_pay = principal + waiting + to_date + flat_interest + fee - savings
    left = arrays.instalment[paid:, 0] + arrays.fees_due[paid:, 0] + arrays.savings_added[paid:, 0]
    to_come = _pay_outs_to_come(terms, arrays, paid)
    avoided = float(left.sum()) - float(arrays.savings_returned[paid:, 0].sum()) - to_come
    return Settlement(paid, principal, waiting, to_date, flat_interest, fee, savings, to_pay, avoided, avoided - to_pay)


def _pay_outs_to_come(terms: LoanTerms, arrays: LoanArrays, paid: int) -> float:
    """Pay-outs that fall away when the loan is settled on the day of an instalment."""
    if terms.calendar is None:
        return float(arrays.drawn[paid:, 0].sum())
    dates = due_dates(terms)
    today = dates.paid[paid - 1] if paid else dates.disbursed
    return sum(pay_out.amount for pay_out in terms.pay_outs if pay_out.on is not None and pay_out.on > today)


def _fee_of_clearing(terms: LoanTerms, paid: int) -> float:
    """Fees that the contract charges with the instalment that clears the loan, whenever that is."""
    last = tuple(fee for fee in terms.fees if fee.when == "last_instalment" and fee.basis in ("amount", "principal"))
    if not last or paid >= terms.instalments:
        return 0.0
    alone = replace(terms, fees=last, instalment_fee_amount=0.0, insurance_share_per_year=0.0)
    return float(amortise(alone).fees_due.sum())


def _flat_to_come(terms: LoanTerms, paid: int, rebate: FlatRebate) -> float:
    """Interest of a flat quotation for the periods to come that the lender still asks for."""
    accrued = amortise(terms).interest_accrued[:, 0]
    if rebate == "none":
        return float(accrued[paid:].sum())
    if rebate == "unearned":
        return 0.0
    left, count, total = terms.instalments - paid, terms.instalments, float(accrued.sum())
    given_up = total * left * (left + 1) / (count * (count + 1))
    return max(float(accrued[paid:].sum()) - given_up, 0.0)


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Paying back a part of the principal beside an instalment.

    Parameters
    ----------
    after_instalment : instalments paid by then
    amount : paid besides, all of it principal
    fee : the lender's charge for it
    interest_waiting : accrued earlier and not yet paid; due as signed, besides the rest
    rest : schedule of what is left
    instalments_saved : how many fewer instalments there are
    interest_saved : interest to come as signed, less that of the rest
    """

    after_instalment: int
    amount: float
    fee: float
    interest_waiting: float
    rest: Schedule
    instalments_saved: int
    interest_saved: float


def prepay(
    terms: LoanTerms,
    after_instalment: int,
    amount: float,
    *,
    keeps: Literal["tenor", "instalment"] = "tenor",
    fee_share: float = 0.0,
) -> Prepayment:
    """What a payment of principal besides the instalments changes.

    Parameters
    ----------
    terms : what was signed, quoted on the declining balance
    after_instalment : how many instalments have been paid
    amount : paid besides on the day of the last of them
    keeps : ``tenor`` the loan ends as agreed and its instalments fall; ``instalment`` they stay and it ends sooner
    fee_share : charge for it, share of the amount

    Returns
    -------
    Prepayment

    Raises
    ------
    CalculationError : the amount is not below what is owed (settle instead), or there is no instalment left, or the
        quotation is flat
    """
    _check_place(terms, after_instalment)
    arrays = amortise(terms)
    owed = float(arrays.opening_balance[after_instalment, 0])
    if not (isfinite(amount) and 0 < amount < owed):
        raise CalculationError("loan_prepayment_not_within", found=amount, owed=owed)
    _check_amount("fee_share", fee_share, 1.0)
    left = terms_left(terms, after_instalment, owed - amount)
    rest = schedule(left)
    if keeps == "instalment":
        if terms.repayment not in ("annuity", "custom"):
            raise CalculationError("loan_instalment_cannot_be_kept", repayment=terms.repayment)
        level = float(arrays.instalment[max(after_instalment, terms.grace_periods), 0])
        rest = schedule(_shortest(left, level))
    waiting = _waiting(arrays, after_instalment)
    to_come = float(arrays.interest_due[after_instalment:, 0].sum())
    return Prepayment(
        after_instalment,
        amount,
        round_to_unit(amount * fee_share, _unit(terms)),
        waiting,
        rest,
        terms.instalments - after_instalment - len(rest.rows),
        to_come - waiting - rest.total_interest,
    )


def _shortest(left: LoanTerms, level: float) -> LoanTerms:
    """The rest of a loan with the instalment as it was, ended as soon as the last one is no higher."""
    for count in range(left.grace_periods + 1, left.instalments + 1):
        calendar = left.calendar
        if calendar is not None:
            calendar = replace(calendar, due_dates=calendar.due_dates[:count])
        amounts = (level,) * (count - left.grace_periods - 1)
        shorter = replace(
            left,
            instalments=count,
            calendar=calendar,
            repayment="custom",
            instalment_amounts=amounts,
            principal_pattern=(),
            instalment_pattern=(),
            balloon_share=0.0,
        )
        last = amortise(shorter).instalment[-1, 0]
        if last <= level:
            return shorter
    return left


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
    _check_place(terms, number - 1)
    _check_amount("penalty_rate_per_month", penalty_rate_per_month, 1.0)
    for name, value in (("days_late", days_late), ("free_days", free_days)):
        if not _is_count(value) or not 0 <= value <= 3_660:
            raise CalculationError("loan_count_out_of_range", field=name, found=value, lowest=0, highest=3_660)
    row = schedule(terms).rows[number - 1]
    unit = _unit(terms)
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
    _check_place(terms, after_instalment)
    _check_amount("arrears", arrears, 1e13)
    arrays = amortise(terms)
    added = arrears + _waiting(arrays, after_instalment)
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


def _unit(terms: LoanTerms) -> float | None:
    """What single sums are rounded to."""
    return terms.minor_unit if terms.rounding_unit is not None else None


def _waiting(arrays: LoanArrays, paid: int) -> float:
    """Interest accrued and not yet paid after so many instalments."""
    return float(arrays.interest_payable[paid - 1, 0]) if paid else 0.0


def _check_place(terms: LoanTerms, after_instalment: int) -> None:
    if not _is_count(after_instalment) or not 0 <= after_instalment < terms.instalments:
        raise CalculationError("loan_instalment_unknown", found=after_instalment, instalments=terms.instalments)


def _is_count(value: Any) -> bool:
    """A whole number; a yes or no is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def _check_amount(field: str, found: Any, highest: float) -> None:
    if isinstance(found, bool) or not isinstance(found, int | float) or not isfinite(found):
        raise CalculationError("loan_not_a_number", field=field, found=found)
    if found < 0:
        raise CalculationError("loan_negative", field=field, found=found)
    if found > highest:
        raise CalculationError("loan_too_large", field=field, found=found, highest=highest)
