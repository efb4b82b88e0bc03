"""What if a loan is settled early or prepaid in part.

These are estimates by the terms given here; the lender's own contract says what it charges. Each answer holds the sums
that it is made of, so that it can be checked with a pencil.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal

from finance_kit.errors import CalculationError
from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.remainder_terms import terms_left
from finance_kit.loans.schedule import Schedule, schedule
from finance_kit.loans.terms import LoanTerms
from finance_kit.loans.what_if_checks import check_amount, check_place, interest_waiting, sum_unit
from finance_kit.money import round_to_unit

__all__ = ["FlatRebate", "Prepayment", "Settlement", "prepay", "settle"]

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
    check_place(terms, after_instalment)
    for name, value, highest in (
        ("part_of_period", part_of_period, 1.0),
        ("fee_share", fee_share, 1.0),
        ("fee_amount", fee_amount, 1e13),
    ):
        check_amount(name, value, highest)
    arrays, paid = amortise(terms), after_instalment
    unit = sum_unit(terms)
    principal = float(arrays.opening_balance[paid, 0])
    prepaid = terms.interest_timing != "arrears"
    waiting = 0.0 if prepaid else interest_waiting(arrays, paid)
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
    check_place(terms, after_instalment)
    arrays = amortise(terms)
    owed = float(arrays.opening_balance[after_instalment, 0])
    if not (isfinite(amount) and 0 < amount < owed):
        raise CalculationError("loan_prepayment_not_within", found=amount, owed=owed)
    check_amount("fee_share", fee_share, 1.0)
    left = terms_left(terms, after_instalment, owed - amount)
    rest = schedule(left)
    if keeps == "instalment":
        if terms.repayment not in ("annuity", "custom"):
            raise CalculationError("loan_instalment_cannot_be_kept", repayment=terms.repayment)
        level = float(arrays.instalment[max(after_instalment, terms.grace_periods), 0])
        rest = schedule(_shortest(left, level))
    waiting = interest_waiting(arrays, after_instalment)
    to_come = float(arrays.interest_due[after_instalment:, 0].sum())
    return Prepayment(
        after_instalment,
        amount,
        round_to_unit(amount * fee_share, sum_unit(terms)),
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
