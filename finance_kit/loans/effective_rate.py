"""What a loan really costs: all that is paid for the money that was really in hand, as one rate.

The roots are found by ``pyxirr.irr``; each one is accepted only after the flows discounted at it add up to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from finance_kit.errors import Undefined
from finance_kit.loans.due_dates import due_dates
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.terms import LoanTerms
from finance_kit.time_value import xirr

__all__ = ["TrueCost", "contract_flows", "dated_flows", "eir", "true_cost"]

FloatArray = npt.NDArray[np.float64]

_GUESSES = (0.0, 0.1, 1.0, 10.0, 100.0)
_SIZE = 1e6  # the sum of all flows, in or out, in which a rate is sought
_TOLERANCE = 1e-9  # of that sum


@dataclass(frozen=True, slots=True)
class TrueCost:
    """True cost of a loan.

    Parameters
    ----------
    net_received : in hand at pay-out, after the up-front fee and the savings deposit
    total_paid : all instalments with their fees and insurance
    total_interest : interest of the whole contract, capitalised or paid
    total_fees : up-front fee, instalment fees and insurance
    savings_returned : deposit with its interest, back with the last instalment
    periodic_rate : rate per instalment period that discounts all flows to what was received
    nominal_annual_rate : periodic rate times the periods in a year
    eir : effective interest rate a year: the periodic rate compounded; for a loan with dates, from the days of its
        flows over 365
    """

    net_received: float
    total_paid: float
    total_interest: float
    total_fees: float
    savings_returned: float
    periodic_rate: float | Undefined
    nominal_annual_rate: float | Undefined
    eir: float | Undefined


def contract_flows(terms: LoanTerms) -> FloatArray:
    """All flows of a contract as the borrower sees them.

    Parameters
    ----------
    terms : what is signed

    Returns
    -------
    (N + 1,), in the loan's currency, money in positive: net sum received at pay-out, then each period's instalment,
    fees and savings (negative), less further pay-outs and, in the last, the savings returned
    """
    return _flows(amortise(terms))


def eir(terms: LoanTerms) -> float | Undefined:
    """Effective interest rate: the annual rate that discounts all contract flows, fees included, to the sum received.

    Parameters
    ----------
    terms : what is signed

    Returns
    -------
    fraction a year, ``(1 + periodic rate) ** periods a year - 1``; Undefined ``loan_nothing_received`` where fees and
    savings leave nothing in hand, ``loan_cost_not_found`` where no rate balances the flows
    """
    return true_cost(terms).eir


def true_cost(terms: LoanTerms) -> TrueCost:
    """What is received, what is paid, and the rates that this amounts to.

    Parameters
    ----------
    terms : what is signed

    Returns
    -------
    TrueCost; its three rates are fractions, or Undefined with the reasons of :func:`eir`
    """
    arrays = amortise(terms)
    fees_with_instalments = float(arrays.fees_due.sum())
    periods = terms.periods_a_year
    if terms.calendar is None:
        periodic = _periodic_rate(_flows(arrays))
        yearly = periodic if isinstance(periodic, Undefined) else _compounded(periodic, periods)
    else:
        yearly = _yearly_rate(*dated_flows(terms))
        periodic = yearly if isinstance(yearly, Undefined) else (1.0 + yearly) ** (1.0 / periods) - 1.0
    return TrueCost(
        net_received=float(arrays.net_received[0]),
        total_paid=float(arrays.instalment.sum()) + fees_with_instalments,
        total_interest=float(arrays.interest_accrued.sum()),
        total_fees=float(arrays.upfront_fee[0] + arrays.fee_capitalised[0]) + fees_with_instalments,
        savings_returned=float(arrays.savings_returned[-1, 0]),
        periodic_rate=periodic,
        nominal_annual_rate=periodic if isinstance(periodic, Undefined) else periodic * periods,
        eir=yearly,
    )


def _compounded(periodic: float, periods: float) -> float | Undefined:
    """The periodic rate over a year; a fee beyond all measure in a loan of days has no yearly rate that can be held."""
    try:
        return float((1.0 + periodic) ** periods) - 1.0
    except OverflowError:
        return Undefined("loan_rate_beyond_numbers")


def dated_flows(terms: LoanTerms) -> tuple[tuple[date, ...], FloatArray]:
    """All flows of a contract with dates, as the borrower sees them.

    Parameters
    ----------
    terms : what is signed, with a calendar

    Returns
    -------
    days, and (M,) amounts in the loan's currency, money in positive: the pay-outs less what is kept back, and each
    instalment with its fees and savings, on the day that it is paid

    Raises
    ------
    CalculationError : the terms have no calendar
    """
    dates, arrays = due_dates(terms), amortise(terms)
    paid = _paid(arrays)[:, 0]
    later = [(pay_out.on, pay_out.amount) for pay_out in terms.pay_outs if pay_out.on is not None]
    days = (dates.disbursed, *(day for day, _ in later), *dates.paid)
    return days, np.concatenate((arrays.net_received[:1], [amount for _, amount in later], -paid))


def _paid(arrays: LoanArrays) -> FloatArray:
    """What the borrower pays with each instalment, fees and savings included and savings that come back deducted."""
    paid: FloatArray = arrays.instalment + arrays.fees_due + arrays.savings_added - arrays.savings_returned
    return paid


def _flows(arrays: LoanArrays) -> FloatArray:
    """Flows of the first scenario by period, money in positive: (N + 1,)."""
    flows = np.concatenate((arrays.net_received[:1], -_paid(arrays)[:, 0]))
    flows[:-1] += arrays.drawn[:, 0]  # a further pay-out comes on the day that its period begins
    return flows


def _periodic_rate(flows: FloatArray) -> float | Undefined:
    """Rate per period at which the flows are worth nothing.

    Savings that come back can turn the sign of the last flow, and then two rates balance the flows. The one meant is
    the cost of borrowing: there, a higher rate makes the contract worth more to the borrower. The other is not a cost.
    """
    import pyxirr

    if flows[0] <= 0:
        return Undefined("loan_nothing_received")
    # pyxirr stops at a fixed distance from nothing: at one size of the flows it is equally near for every loan.
    flows = flows * (_SIZE / float(np.abs(flows).sum()))
    periods = np.arange(flows.size)
    for guess in _GUESSES:
        rate = pyxirr.irr(flows, guess=guess, silent=True)
        if rate is None or not rate > -1:
            continue
        discounted = flows * (1.0 + rate) ** -periods
        if abs(float(discounted.sum())) <= _TOLERANCE * _SIZE and float(periods @ discounted) < 0:
            return float(rate)
    return Undefined("loan_cost_not_found")


def _yearly_rate(days: tuple[date, ...], amounts: FloatArray) -> float | Undefined:
    """Effective yearly rate of dated flows, actual days over 365, chosen among several as for equal periods."""
    if amounts[0] <= 0:
        return Undefined("loan_nothing_received")
    years = np.array([(day - days[0]).days for day in days]) / 365.0
    for guess in _GUESSES:
        rate = xirr(days, amounts, guess=guess)
        if not isinstance(rate, Undefined) and float(years @ (amounts * (1.0 + rate) ** -years)) < 0:
            return rate
    return Undefined("loan_cost_not_found")
