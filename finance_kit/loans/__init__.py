"""Loans, usable alone: terms, schedule, true cost, capacity.

>>> from finance_kit import loans
>>> terms = loans.LoanTerms(principal=12_000, annual_rate=0.24, instalments=4, rounding_unit=0.01, minor_unit=0.01)
>>> [(row.principal, row.interest) for row in loans.schedule(terms).rows]
[(2911.49, 240.0), (2969.72, 181.77), (3029.11, 122.38), (3089.68, 61.79)]
"""

from finance_kit.loans.annual_percentage import apr_actuarial, apr_from_dates, aprc, aprc_from_dates, nominal_periodic
from finance_kit.loans.aprc_intervals import aprc_times
from finance_kit.loans.capacity import (
    highest_rate,
    largest_loan,
    largest_principal,
    needed_grace,
    sculpted_principal,
    shortest_tenor,
)
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
from finance_kit.loans.interest_caps import CapCheck, CapFinding, InterestLimit, check_interest_cap
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.legal_rates import contract_apr, contract_aprc
from finance_kit.loans.payment_capacity import PaymentCapacity
from finance_kit.loans.portfolio import in_chunks
from finance_kit.loans.rate_quotations import (
    declining_to_discount,
    declining_to_flat,
    discount_to_declining,
    effective_rate,
    flat_to_declining,
    nominal_rate,
)
from finance_kit.loans.rescheduling import LatePayment, Rescheduling, late_payment, reschedule
from finance_kit.loans.schedule import Schedule, ScheduleRow, schedule
from finance_kit.loans.settlement import FlatRebate, Prepayment, Settlement, prepay, settle
from finance_kit.loans.terms import LoanTerms
from finance_kit.loans.unit_periods import UnitPeriod, count_unit_periods, unit_period_of

__all__ = [
    "FIGURES",
    "MAX_INSTALMENTS",
    "CapCheck",
    "CapFinding",
    "DueDates",
    "Explanation",
    "FeeBasis",
    "FeeTiming",
    "FlatRebate",
    "GraceInterest",
    "GraceKind",
    "InterestLimit",
    "InterestTiming",
    "LatePayment",
    "LoanArrays",
    "LoanDayCount",
    "LoanFee",
    "LoanTerms",
    "MonthEnd",
    "PayOut",
    "PaymentCalendar",
    "PaymentCapacity",
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
    "UnitPeriod",
    "amortise",
    "apr_actuarial",
    "apr_from_dates",
    "aprc",
    "aprc_from_dates",
    "aprc_times",
    "check_interest_cap",
    "contract_apr",
    "contract_aprc",
    "contract_flows",
    "count_unit_periods",
    "dated_flows",
    "declining_to_discount",
    "declining_to_flat",
    "discount_to_declining",
    "due_dates",
    "effective_rate",
    "eir",
    "explain",
    "flat_to_declining",
    "highest_rate",
    "in_chunks",
    "largest_loan",
    "largest_principal",
    "late_payment",
    "needed_grace",
    "nominal_periodic",
    "nominal_rate",
    "prepay",
    "reschedule",
    "schedule",
    "sculpted_principal",
    "settle",
    "shortest_tenor",
    "true_cost",
    "unit_period_of",
]
