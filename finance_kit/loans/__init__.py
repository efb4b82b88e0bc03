"""Loans, usable alone: terms, schedule, true cost, capacity.

>>> from finance_kit import loans
>>> terms = loans.LoanTerms(principal=12_000, annual_rate=0.24, instalments=4, rounding_unit=0.01, minor_unit=0.01)
>>> [(row.principal, row.interest) for row in loans.schedule(terms).rows]
[(2911.49, 240.0), (2969.72, 181.77), (3029.11, 122.38), (3089.68, 61.79)]
"""

from finance_kit.loans.capacity import largest_loan
from finance_kit.loans.effective_rate import TrueCost, contract_flows, eir, true_cost
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.rate_quotations import flat_to_declining
from finance_kit.loans.schedule import Schedule, ScheduleRow, schedule
from finance_kit.loans.terms import MAX_INSTALMENTS, GraceInterest, GraceKind, LoanTerms, Quotation, Repayment

__all__ = [
    "MAX_INSTALMENTS",
    "GraceInterest",
    "GraceKind",
    "LoanArrays",
    "LoanTerms",
    "Quotation",
    "Repayment",
    "Schedule",
    "ScheduleRow",
    "TrueCost",
    "amortise",
    "contract_flows",
    "eir",
    "flat_to_declining",
    "largest_loan",
    "schedule",
    "true_cost",
]
