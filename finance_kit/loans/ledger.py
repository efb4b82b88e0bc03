"""Principal and interest of a loan as arrays, and the shares by which principal is spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.loans.terms import LoanTerms

__all__ = ["Ledger", "even_shares", "principal_shares"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Principal and interest of a loan.

    Parameters
    ----------
    balance : (N + 1, S), principal owed after each period; row 0 is what is owed right after the first pay-out
    accrued, due, capitalised : (N, S), interest that arises, is paid, is added to the principal
    repaid : (N, S), principal paid
    drawn : (N, S), paid out within the period
    """

    balance: FloatArray
    accrued: FloatArray
    due: FloatArray
    capitalised: FloatArray
    repaid: FloatArray
    drawn: FloatArray


def principal_shares(terms: LoanTerms) -> FloatArray:
    """Share of the principal that each paying instalment repays where interest has no say in it: (n, 1), sum 1."""
    periods = terms.paying_periods
    if terms.repayment in ("interest_only", "bullet"):
        shares = np.zeros((periods, 1))
        shares[-1] = 1.0
        return shares
    if terms.repayment == "seasonal":
        weights = np.resize(np.asarray(terms.principal_pattern, dtype=np.float64), periods)
        seasonal: FloatArray = weights[:, None] / weights.sum()
        return seasonal
    shares = even_shares(periods) * (1.0 - terms.balloon_share)
    shares[-1] += terms.balloon_share
    return shares


def even_shares(periods: int) -> FloatArray:
    """The same share for each period: (n, 1)."""
    return np.full((periods, 1), 1.0 / periods)
