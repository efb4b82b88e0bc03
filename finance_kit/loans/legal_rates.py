"""Annual percentage rates of a contract: its own flows under the European and the US rule.

What a law counts as a cost of credit is for a lawyer: here every fee, insurance and compulsory saving of the contract
is a flow. A saving that is returned is a payment followed by a receipt.
"""

from __future__ import annotations

import numpy as np

from finance_kit.errors import Undefined
from finance_kit.loans.annual_percentage import apr_actuarial, apr_from_dates, aprc, aprc_from_dates
from finance_kit.loans.aprc_intervals import AprcPeriod
from finance_kit.loans.effective_rate import contract_flows, dated_flows
from finance_kit.loans.terms import LoanTerms
from finance_kit.loans.unit_periods import UnitPeriod

__all__ = ["contract_apr", "contract_aprc"]


def contract_aprc(terms: LoanTerms) -> float | Undefined:
    """Annual percentage rate of charge of a contract, by Directives 2008/48/EC and 2014/17/EU.

    Parameters
    ----------
    terms : what is signed; without a calendar the periods are equal, else they are counted from the dates paid

    Returns
    -------
    effective rate, a fraction a year; Undefined as :func:`~finance_kit.loans.annual_percentage.aprc`
    """
    flows = contract_flows(terms)
    if terms.calendar is None:
        return aprc(np.arange(flows.size) / terms.periods_a_year, flows)
    unit, count = terms.interval
    periods: dict[str, AprcPeriod] = {"months": "year" if count == 12 else "month", "weeks": "week", "days": "day"}
    return aprc_from_dates(*dated_flows(terms), periods[unit])


def contract_apr(terms: LoanTerms) -> float | Undefined:
    """Annual percentage rate of a contract by the actuarial method of 12 CFR 1026 (Regulation Z), Appendix J.

    Parameters
    ----------
    terms : what is signed; without a calendar the periods are equal, else unit-periods are counted from the dates paid

    Returns
    -------
    nominal rate, a fraction a year; Undefined as :func:`~finance_kit.loans.annual_percentage.apr_actuarial`

    Notes
    -----
    The unit-period is the interval of the contract, whatever day off moves a payment; one instalment alone, and dates
    agreed one by one, are judged by their dates.
    """
    flows = contract_flows(terms)
    if terms.calendar is None:
        return apr_actuarial(np.arange(flows.size), flows, terms.periods_a_year)
    unit, count = terms.interval
    if terms.instalments == 1 or terms.calendar.due_dates or (unit == "days" and count > 1):
        return apr_from_dates(*dated_flows(terms))
    return apr_from_dates(
        *dated_flows(terms),
        UnitPeriod("month", count) if unit == "months" else UnitPeriod("week" if unit == "weeks" else "day", count),
    )
