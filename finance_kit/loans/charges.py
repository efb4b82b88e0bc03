"""What a loan costs or ties up beside principal and interest: fees, insurance, compulsory savings.

Works in the units of a :class:`~finance_kit.loans.grid.Grid`; arrays are periods by scenarios. A loan of nothing
charges nothing, fixed sums included.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finance_kit.loans.grid import Grid
from finance_kit.loans.terms import LoanTerms

__all__ = ["fees_with_instalments", "savings_account", "upfront_fee"]

FloatArray = npt.NDArray[np.float64]


def upfront_fee(terms: LoanTerms, lent: FloatArray, grid: Grid) -> FloatArray:
    """(S,), kept back at pay-out from the sums lent (S,)."""
    fixed = grid.units(np.asarray(terms.upfront_fee_amount))
    return np.where(lent > 0, grid.interest(lent * terms.upfront_fee_share + fixed), 0.0)


def fees_with_instalments(terms: LoanTerms, opening: FloatArray, grid: Grid) -> FloatArray:
    """Fees of each period.

    Parameters
    ----------
    terms : what is signed
    opening : (N, S), balance at the start of each period
    grid : rounding, and the unit of all amounts

    Returns
    -------
    (N, S), the fixed fee where an instalment falls due on a balance, plus insurance on the balance
    """
    if not (terms.insurance_share_per_year or terms.instalment_fee_amount):
        return np.broadcast_to(0.0, opening.shape)  # takes no memory, which counts with thousands of scenarios
    fees = np.zeros(opening.shape)
    if terms.insurance_share_per_year:
        fees += grid.interest(opening * (terms.insurance_share_per_year * terms.months_between / 12))
    if terms.instalment_fee_amount:
        first = 0 if terms.pays_in_grace else terms.grace_periods
        first = terms.instalments - 1 if terms.repayment == "bullet" else first
        fee = grid.interest(grid.units(np.asarray(terms.instalment_fee_amount)))
        fees[first:] += np.where(opening[first:] > 0, fee, 0.0)
    return fees


def savings_account(
    terms: LoanTerms, lent: FloatArray, grid: Grid
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Compulsory savings from pay-out to the last instalment.

    Parameters
    ----------
    terms : what is signed
    lent : (S,), sums lent
    grid : rounding, and the unit of all amounts

    Returns
    -------
    deposit (S,); balance after each period, interest credited, sum returned, each (N, S)
    """
    shape = (terms.instalments, lent.shape[0])
    if not terms.compulsory_savings_share:
        none = np.broadcast_to(0.0, shape)
        return none[0], none, none, none
    returned = np.zeros(shape)
    deposit = grid.interest(lent * terms.compulsory_savings_share)
    credit = grid.interest(deposit * (terms.savings_annual_rate * terms.months_between / 12))
    credited = np.broadcast_to(credit, shape).copy()
    balance = deposit + np.cumsum(credited, axis=0)
    returned[-1] = balance[-1]
    balance[-1] = 0.0
    return deposit, balance, credited, returned
