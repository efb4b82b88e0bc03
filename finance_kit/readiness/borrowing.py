"""A plan run again with one of its loans on other terms.

The loan keeps its name, purpose and month of pay-out; sum, currency, rate, time, pattern and charges are those of the
other contract. What a plan of months cannot lay out is said, and such a contract is compared by its cost alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from finance_kit.engine.assumptions import assumptions
from finance_kit.engine.projection import project
from finance_kit.errors import CalculationError
from finance_kit.indicators.evaluate import Indicators, evaluate
from finance_kit.loans import LoanTerms
from finance_kit.plan.financing import Loan
from finance_kit.plan.schema import Plan

__all__ = ["loan_of", "plan_on_terms", "with_loan", "without_months"]

_PATTERNS: Final = ("annuity", "equal_principal", "interest_only", "bullet", "balloon")
_SAME: Final = ("annual_rate", "quotation", "instalments", "months_between", "grace_months", "grace_kind",
    "grace_interest", "balloon_share", "upfront_fee_share", "upfront_fee_amount", "instalment_fee_amount",
    "insurance_share_per_year", "compulsory_savings_share", "savings_annual_rate")  # fmt: skip
"""Terms that a loan of a plan and a contract name alike."""


def loan_of(plan: Plan, name: str | None = None) -> Loan:
    """The loan that offers are held against: the one with this name, or the largest in the plan's currency.

    Raises
    ------
    CalculationError : the plan asks for no loan, or for none with this name
    """
    loans = [loan for loan in plan.financing.loans if loan.principal > 0.0]
    if not loans:
        raise CalculationError("plan_asks_for_no_loan")
    if name is not None:
        found = next((loan for loan in loans if loan.name == name), None)
        if found is None:
            raise CalculationError("plan_loan_unknown", loan=name, known=", ".join(loan.name for loan in loans))
        return found
    rates = {rate.currency: rate.rate for rate in plan.exchange_rates}
    return max(loans, key=lambda loan: loan.principal * rates.get(loan.currency or plan.period.currency, 1.0))


def without_months(terms: LoanTerms) -> str | None:
    """Why a plan of months cannot lay a contract out, as a code; ``None`` where it can."""
    unit, _ = terms.interval
    if unit != "months":
        return f"paid_by_{unit}"
    if terms.interest_timing != "arrears":
        return "interest_beforehand"
    if terms.pay_outs or terms.down_payment_share:
        return "several_pay_outs"
    if any(fee.when == "capitalised" for fee in terms.fees):
        return "fee_added_to_the_loan"
    if terms.savings_instalment_share:
        return "savings_with_instalments"
    if terms.calendar is not None and (terms.calendar.due_dates or terms.calendar.last_due):
        return "own_due_dates"
    return None


def with_loan(plan: Plan, loan: Loan, changed: Loan) -> Plan:
    """The plan with one loan replaced by another."""
    loans = [changed if each is loan else each for each in plan.financing.loans]
    return plan.model_copy(update={"financing": plan.financing.model_copy(update={"loans": loans})})


def plan_on_terms(plan: Plan, loan: Loan, terms: LoanTerms, currency: str, lender_type: str | None) -> Indicators:
    """Indicators of the plan when one of its loans is borrowed on other terms.

    Parameters
    ----------
    plan : as it stands
    loan : the one of its loans that is replaced
    terms : the other contract, which a plan of months can lay out (:func:`without_months`); its dates are left out,
        since the plan says when money is drawn
    currency : of the terms; the plan's own, or one that it has a rate for
    lender_type : who offers it, ``None`` to leave it as it is
    """
    seasonal = terms.repayment == "seasonal"
    fields: dict[str, Any] = {name: getattr(terms, name) for name in _SAME}
    fields |= {"principal": terms.principal, "currency": currency, "rounding_unit": terms.rounding_unit}
    fields["grace_months"] = terms.grace_periods * terms.months_between
    # What only the schedule knows (steps, own amounts) is not asked of the loan: its facts need sum, time and rate.
    fields["repayment"] = terms.repayment if terms.repayment in _PATTERNS or seasonal else "annuity"
    if terms.repayment not in ("balloon", *_PATTERNS):
        fields["balloon_share"] = 0.0
    fields["principal_season"] = loan.principal_season if seasonal else None
    if seasonal and loan.principal_season is None:
        fields["repayment"] = "annuity"
    if lender_type is not None:
        fields["lender_type"] = lender_type
    changed = loan.model_copy(update=fields)
    compiled = assumptions(with_loan(plan, loan, changed))
    at = next(place for place, each in enumerate(plan.financing.loans) if each is loan)
    signed = replace(terms, calendar=None, day_count="period")
    loans = tuple(replace(each, terms=signed) if place == at else each for place, each in enumerate(compiled.loans))
    return evaluate(project(replace(compiled, loans=loans)))
