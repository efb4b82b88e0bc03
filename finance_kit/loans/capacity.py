"""How much can be borrowed with what is left to pay for it."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from finance_kit.errors import CalculationError
from finance_kit.loans.kernel import amortise
from finance_kit.loans.terms import LoanTerms

__all__ = ["largest_loan"]


def largest_loan(debt_service_per_period: float, terms: LoanTerms) -> float:
    """Largest principal whose highest instalment stays within a given sum.

    Parameters
    ----------
    debt_service_per_period : what can be paid each period as interest plus principal (fees apart), in the loan's
        currency
    terms : what would be signed; its principal is not used

    Returns
    -------
    principal, in the loan's currency, not rounded

    Raises
    ------
    CalculationError : the sum is negative or not finite

    Notes
    -----
    Unrounded instalments are proportional to the principal, so that this is a division. A rounded schedule of the
    result can exceed the sum by what rounding adds to an instalment.
    """
    if not (isfinite(debt_service_per_period) and debt_service_per_period >= 0):
        raise CalculationError("loan_debt_service_not_an_amount", found=debt_service_per_period)
    highest = float(amortise(replace(terms, principal=1.0, rounding_unit=None)).instalment.max())
    return debt_service_per_period / highest
