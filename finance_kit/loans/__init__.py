"""Loans, usable alone: terms, schedule, true cost, capacity.

>>> from finance_kit import loans
>>> terms = loans.LoanTerms(principal=12_000, annual_rate=0.24, instalments=4, rounding_unit=0.01, minor_unit=0.01)
>>> [(row.principal, row.interest) for row in loans.schedule(terms).rows]
[(2911.49, 240.0), (2969.72, 181.77), (3029.11, 122.38), (3089.68, 61.79)]
"""

from finance_kit.loans.capacity import largest_loan
from finance_kit.loans.contract import (
    MAX_INSTALMENTS,
    FeeBasis,
    FeeTiming,
    GraceInterest,
    GraceKind,
    InterestTiming,
    LoanDayCount,
    LoanFee,
    MonthEnd,
    PaymentCalendar,
    PayOut,
    Quotation,
    RateChange,
    Remainder,
    Repayment,
    ScheduleMethod,
    Shift,
)
from finance_kit.loans.due_dates import DueDates, due_dates
from finance_kit.loans.effective_rate import TrueCost, contract_flows, dated_flows, eir, true_cost
from finance_kit.loans.explain import FIGURES, Explanation, explain
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.portfolio import in_chunks
from finance_kit.loans.rate_quotations import flat_to_declining
from finance_kit.loans.schedule import Schedule, ScheduleRow, schedule
from finance_kit.loans.settlement import (
    FlatRebate,
    LatePayment,
    Prepayment,
    Rescheduling,
    Settlement,
    late_payment,
    prepay,
    reschedule,
    settle,
)
from finance_kit.loans.terms import LoanTerms

__all__ = [
    "FIGURES",
    "MAX_INSTALMENTS",
    "DueDates",
    "Explanation",
    "FeeBasis",
    "FeeTiming",
    "FlatRebate",
    "GraceInterest",
    "GraceKind",
    "InterestTiming",
    "LatePayment",
    "LoanArrays",
    "LoanDayCount",
    "LoanFee",
    "LoanTerms",
    "MonthEnd",
    "PayOut",
    "PaymentCalendar",
    "Prepayment",
    "Quotation",
    "RateChange",
    "Remainder",
    "Repayment",
    "Rescheduling",
    "Schedule",
    "ScheduleMethod",
    "ScheduleRow",
    "Settlement",
    "Shift",
    "TrueCost",
    "amortise",
    "contract_flows",
    "dated_flows",
    "due_dates",
    "eir",
    "explain",
    "flat_to_declining",
    "in_chunks",
    "largest_loan",
    "late_payment",
    "prepay",
    "reschedule",
    "schedule",
    "settle",
    "true_cost",
]
