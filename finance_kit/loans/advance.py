"""Interest that is paid before it has run: with the instalment that begins a period, or all of it at pay-out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError
from finance_kit.loans.accrual import Accrual
from finance_kit.loans.grid import Grid
from finance_kit.loans.ledger import Ledger
from finance_kit.loans.terms import LoanTerms

__all__ = ["paid_before"]

FloatArray = npt.NDArray[np.float64]


def paid_before(
    terms: LoanTerms, ledger: Ledger, rate: FloatArray, accrual: Accrual, grid: Grid
) -> tuple[Ledger, FloatArray]:
    """A ledger in arrears turned into one that is paid in advance.

    Parameters
    ----------
    terms : what is signed; ``interest_timing`` is ``advance`` or ``up_front``
    ledger : as if interest were paid in arrears
    rate : (S,), interest a year as quoted
    accrual : time that interest runs
    grid : rounding, and the unit of all amounts

    Returns
    -------
    the ledger, and the interest kept back at pay-out (S,)

    Notes
    -----
    Level instalments in advance, ``A = p_k + f_(k+1) B_k``: each instalment holds the interest of the period that it
    begins, so that ``B_(k-1) = A + (1 - f_(k+1)) B_k`` and the last one is principal alone.
    """
    if terms.interest_timing == "up_front":
        kept_back = np.cumsum(ledger.accrued, axis=0)[-1]
        return Ledger(
            ledger.balance,
            ledger.accrued,
            np.zeros(ledger.due.shape),
            ledger.capitalised,
            ledger.repaid,
            ledger.drawn,
        ), kept_back
    if terms.repayment == "annuity":
        ledger = _level(terms, ledger, rate, accrual, grid)
    due = np.zeros(ledger.accrued.shape)
    if terms.repayment == "bullet":
        return Ledger(ledger.balance, ledger.accrued, due, ledger.capitalised, ledger.repaid, ledger.drawn), np.cumsum(
            ledger.accrued, axis=0
        )[-1]
    due[:-1] = ledger.accrued[1:]
    return Ledger(ledger.balance, ledger.accrued, due, ledger.capitalised, ledger.repaid, ledger.drawn), ledger.accrued[
        0
    ].copy()


def _level(terms: LoanTerms, ledger: Ledger, rate: FloatArray, accrual: Accrual, grid: Grid) -> Ledger:
    """Level instalments that hold the interest of the period to come."""
    grace, last = terms.grace_periods, terms.instalments - 1
    factor = np.broadcast_to(rate * accrual.years, ledger.accrued.shape)
    if (factor >= 1.0).any():
        raise CalculationError("loan_advance_takes_all", found=float(rate.max()))
    balance = ledger.balance.copy()
    balance[: grace + 1] = balance[0]
    worth = np.ones_like(rate)
    for position in range(last, grace, -1):  # of all instalments after the grace, seen from the first of them
        worth = 1.0 + worth * (1.0 - factor[position])
    level = grid.instalment(balance[grace] / worth)
    repaid = np.zeros(ledger.repaid.shape)
    for position in range(grace, last):
        owed = balance[position]
        left = np.maximum(owed - level, 0.0) / (1.0 - factor[position + 1])
        repaid[position] = np.clip(level - grid.interest(left * factor[position + 1]), 0.0, owed)
        balance[position + 1] = owed - repaid[position]
    repaid[last] = balance[last]
    balance[last + 1] = 0.0
    accrued = grid.interest(balance[:-1] * factor)
    return Ledger(balance, accrued, accrued, ledger.capitalised, repaid, ledger.drawn)
