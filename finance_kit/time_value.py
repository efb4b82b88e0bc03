"""Time value of money: the functions of one payment plan or one series of flows, gathered in one place.

Level payments come from :mod:`finance_kit.annuity`, their rate from :mod:`finance_kit.payment_rate`, values and rates
of return of any flows from :mod:`finance_kit.investment`, paybacks and ratios from :mod:`finance_kit.payback`. All are
for one number at a time; arrays are the business of :mod:`finance_kit.numeric`. The names and the order of arguments of
a spreadsheet are in :mod:`finance_kit.spreadsheet`.
"""

from __future__ import annotations

from finance_kit.annuity import cumipmt, cumprinc, fv, ipmt, nper, pmt, ppmt, pv
from finance_kit.arguments import Due
from finance_kit.investment import irr, irr_check, mirr, npv_of_periods, xirr, xirr_roots, xnpv
from finance_kit.payback import benefit_cost_ratio, discounted_payback, payback, profitability_index
from finance_kit.payment_rate import rate, rate_roots

__all__ = [
    "Due",
    "benefit_cost_ratio",
    "cumipmt",
    "cumprinc",
    "discounted_payback",
    "fv",
    "ipmt",
    "irr",
    "irr_check",
    "mirr",
    "nper",
    "npv_of_periods",
    "payback",
    "pmt",
    "ppmt",
    "profitability_index",
    "pv",
    "rate",
    "rate_roots",
    "xirr",
    "xirr_roots",
    "xnpv",
]
