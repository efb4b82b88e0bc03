"""Checks, rounding and waiting interest that the questions about a loan not repaid as signed have in common."""

from __future__ import annotations

from math import isfinite
from typing import Any

from finance_kit.errors import CalculationError
from finance_kit.loans.kernel import LoanArrays
from finance_kit.loans.terms import LoanTerms

__all__ = ["check_amount", "check_place", "interest_waiting", "is_count", "sum_unit"]


def sum_unit(terms: LoanTerms) -> float | None:
    """What single sums are rounded to."""
    return terms.minor_unit if terms.rounding_unit is not None else None


def interest_waiting(arrays: LoanArrays, paid: int) -> float:
    """Interest accrued and not yet paid after so many instalments."""
    return float(arrays.interest_payable[paid - 1, 0]) if paid else 0.0


def check_place(terms: LoanTerms, after_instalment: int) -> None:
    """Refuse a number of instalments that leaves none to come."""
    if not is_count(after_instalment) or not 0 <= after_instalment < terms.instalments:
        raise CalculationError("loan_instalment_unknown", found=after_instalment, instalments=terms.instalments)


def is_count(value: Any) -> bool:
    """A whole number; a yes or no is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def check_amount(field: str, found: Any, highest: float) -> None:
    """Refuse what is no amount from 0 to the highest."""
    if isinstance(found, bool) or not isinstance(found, int | float) or not isfinite(found):
        raise CalculationError("loan_not_a_number", field=field, found=found)
    if found < 0:
        raise CalculationError("loan_negative", field=field, found=found)
    if found > highest:
        raise CalculationError("loan_too_large", field=field, found=found, highest=highest)
