"""A loan of the plan as the contract that would be signed: rounding by the plan's policy, season by instalment."""

from __future__ import annotations

from finance_kit.loans import LoanTerms
from finance_kit.money import currency
from finance_kit.plan.financing import ExistingDebt, Loan
from finance_kit.plan.schema import Plan

__all__ = ["loan_contract"]

_CHARGES = (
    "upfront_fee_share",
    "upfront_fee_amount",
    "instalment_fee_amount",
    "insurance_share_per_year",
    "compulsory_savings_share",
    "savings_annual_rate",
)
"""Terms of a new loan alone, by the names that the loan mathematics gives them too."""


def loan_contract(plan: Plan, loan: Loan | ExistingDebt) -> LoanTerms:
    """Terms as the loan mathematics takes them.

    Parameters
    ----------
    plan : for its months, currency and policies
    loan : one of its loans or existing debts

    Returns
    -------
    LoanTerms in equal periods; an existing debt starts on the eve of the plan with what is still owed

    Raises
    ------
    CalculationError : a contract that cannot be, with all its issues
    """
    money = currency(loan.currency or plan.period.currency)
    signed = plan.policies.loan_rounding == "signed"
    new = isinstance(loan, Loan)
    return LoanTerms(
        principal=loan.principal if isinstance(loan, Loan) else loan.outstanding,
        annual_rate=loan.annual_rate,
        instalments=loan.instalments,
        months_between=loan.months_between,
        repayment=loan.repayment,
        principal_pattern=_pattern(plan, loan, plan.month_number(loan.draw) if isinstance(loan, Loan) else 0),
        quotation=loan.quotation,
        grace_months=loan.grace_months,
        grace_kind=loan.grace_kind,
        grace_interest=loan.grace_interest,
        balloon_share=loan.balloon_share,
        rounding_unit=(loan.rounding_unit or money.cash_unit) if signed else None,
        minor_unit=money.minor_unit if signed else None,
        **({name: getattr(loan, name) for name in _CHARGES} if new else {}),
    )


def _pattern(plan: Plan, loan: Loan | ExistingDebt, draw: int) -> tuple[float, ...]:
    """Weight of each instalment after the grace, by the calendar month that it falls in."""
    season = loan.principal_season
    if season is None:
        return ()
    step = loan.months_between
    start = plan.axis.start.month - 1 + draw - 1
    paying = range(loan.grace_months // step + 1, loan.instalments + 1)
    return tuple(season[(start + number * step) % 12] for number in paying) or season
