"""What a loan costs or ties up beside principal and interest: fees, insurance, compulsory savings.

Works in the units of a :class:`~finance_kit.loans.grid.Grid`; arrays are periods by scenarios. A loan of nothing
charges nothing, fixed sums included.
"""

from __future__ import annotations

from bisect import bisect_left
from math import ceil

import numpy as np
import numpy.typing as npt

from finance_kit.loans.accrual import Accrual
from finance_kit.loans.contract import LoanFee
from finance_kit.loans.due_dates import add_months
from finance_kit.loans.grid import Grid
from finance_kit.loans.ledger import Ledger
from finance_kit.loans.terms import LoanTerms

__all__ = ["capitalised_fee", "fees_with_instalments", "savings_account", "upfront_fee"]

FloatArray = npt.NDArray[np.float64]


def upfront_fee(terms: LoanTerms, lent: FloatArray, grid: Grid) -> FloatArray:
    """(S,), kept back at pay-out from the sums lent (S,)."""
    fixed = grid.units(np.asarray(terms.upfront_fee_amount))
    plain = grid.amount(lent * terms.upfront_fee_share + fixed)
    return np.where(lent > 0, plain + _at_pay_out(terms, lent, grid, ("pay_out", "yearly")), 0.0)


def capitalised_fee(terms: LoanTerms, lent: FloatArray, grid: Grid) -> FloatArray:
    """(S,), added at pay-out to what is owed on the sums lent (S,)."""
    return np.where(lent > 0, _at_pay_out(terms, lent, grid, ("capitalised",)), 0.0)


def fees_with_instalments(
    terms: LoanTerms, ledger: Ledger, lent: FloatArray, accrual: Accrual, grid: Grid
) -> FloatArray:
    """Fees of each period.

    Parameters
    ----------
    terms : what is signed
    ledger : principal and interest
    lent : (S,), principal of the contract
    accrual : time in each period
    grid : rounding, and the unit of all amounts

    Returns
    -------
    (N, S), what falls due on a balance: the fixed fee and other charges with an instalment, insurance in every period
    """
    opening = ledger.balance[:-1]
    if not (terms.insurance_share_per_year or terms.instalment_fee_amount or terms.fees):
        return np.broadcast_to(0.0, opening.shape)  # takes no memory, which counts with thousands of scenarios
    fees = np.zeros(opening.shape)
    if terms.insurance_share_per_year:
        fees += grid.amount(opening * (terms.insurance_share_per_year * accrual.lengths))
    if not (terms.instalment_fee_amount or terms.fees):
        return fees
    pays = _pays(terms, ledger)
    if terms.instalment_fee_amount:
        fees += np.where(pays, grid.amount(grid.units(np.asarray(terms.instalment_fee_amount))), 0.0)
    for charge in terms.fees:
        if charge.when == "each_instalment":
            fees += np.where(pays, _each(charge, ledger, lent, accrual, grid), 0.0)
        elif charge.when == "last_instalment":
            # Rounding may clear a loan before its time, and the last instalment is the one that clears it.
            clears = pays & (np.cumsum(pays[::-1], axis=0)[::-1] == 1)
            fees += np.where(clears, _each(charge, ledger, lent, accrual, grid), 0.0)
        elif charge.when == "yearly":
            for position in _anniversaries(terms, accrual):
                left = ledger.balance[position + 1]
                fees[position] += np.where(left > 0, _of_basis(charge, lent, left, grid), 0.0)
    return fees


def _pays(terms: LoanTerms, ledger: Ledger) -> npt.NDArray[np.bool_]:
    """(N, S), whether a period ends with an instalment: not in a full grace, nor once the loan is cleared."""
    pays: npt.NDArray[np.bool_] = ledger.balance[:-1] + ledger.drawn > 0
    pays[: 0 if terms.pays_in_grace else terms.grace_periods] = False
    if terms.repayment == "bullet":
        pays[:-1] = False
    return pays


def savings_account(
    terms: LoanTerms, ledger: Ledger, lent: FloatArray, accrual: Accrual, grid: Grid
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Compulsory savings from pay-out to the last instalment.

    Parameters
    ----------
    terms : what is signed
    ledger : principal and interest
    lent : (S,), sums lent
    accrual : time in each period
    grid : rounding, and the unit of all amounts

    Returns
    -------
    deposit at pay-out (S,); deposited with each instalment, balance after each period, interest credited, sum returned,
    each (N, S)
    """
    shape = (terms.instalments, lent.shape[0])
    if not (terms.compulsory_savings_share or terms.savings_instalment_share):
        none = np.broadcast_to(0.0, shape)
        return np.broadcast_to(0.0, shape[1:]), none, none, none, none
    deposit = grid.amount(lent * terms.compulsory_savings_share)
    added: FloatArray = np.broadcast_to(0.0, shape)
    if terms.savings_instalment_share:
        added = np.where(_pays(terms, ledger), grid.amount(lent * terms.savings_instalment_share), 0.0)
        added[-1] = 0.0
    held = deposit + np.cumsum(added, axis=0) - added  # at the start of each period
    credited = grid.amount(held * (terms.savings_annual_rate * accrual.lengths))
    balance = deposit + np.cumsum(added + credited, axis=0)
    returned = np.zeros(shape)
    returned[-1] = balance[-1]
    balance[-1] = 0.0
    return deposit, added, balance, credited, returned


def _at_pay_out(terms: LoanTerms, lent: FloatArray, grid: Grid, when: tuple[str, ...]) -> FloatArray:
    """Other charges that fall on the day of the pay-out, (S,)."""
    total = np.zeros_like(lent)
    for charge in terms.fees:
        if charge.when in when:
            total = total + _of_basis(charge, lent, lent, grid)
    return total


def _of_basis(charge: LoanFee, lent: FloatArray, outstanding: FloatArray, grid: Grid) -> FloatArray:
    """One charge, rounded, of the principal or of a balance."""
    if charge.basis == "amount":
        return grid.amount(grid.units(np.asarray(charge.amount)))
    return grid.amount((lent if charge.basis == "principal" else outstanding) * charge.share * charge.covered_share)


def _each(charge: LoanFee, ledger: Ledger, lent: FloatArray, accrual: Accrual, grid: Grid) -> FloatArray:
    """One charge in every period, (N, S)."""
    shape = ledger.due.shape
    if charge.basis == "amount":
        return np.broadcast_to(grid.amount(grid.units(np.asarray(charge.amount))), shape)
    basis = {"principal": lent, "outstanding": ledger.balance[:-1], "instalment": ledger.due + ledger.repaid}
    share = charge.share * charge.covered_share * (accrual.lengths if charge.per_year else 1.0)
    return np.broadcast_to(grid.amount(basis[charge.basis] * share), shape)


def _anniversaries(terms: LoanTerms, accrual: Accrual) -> list[int]:
    """Positions of the first instalment on or after each anniversary of the pay-out."""
    if accrual.dates is None:
        years = int(terms.instalments / terms.periods_a_year + 1e-9)
        return [ceil(year * terms.periods_a_year - 1e-9) - 1 for year in range(1, years + 1)]
    paid, disbursed = accrual.dates.paid, accrual.dates.disbursed
    anniversaries = [add_months(disbursed, 12 * year) for year in range(1, paid[-1].year - disbursed.year + 1)]
    return [bisect_left(paid, day) for day in anniversaries if day <= paid[-1]]
