"""How a loan is repaid: balance, interest and principal of each kind of repayment, quotation and grace.

Works in the units of a :class:`~finance_kit.loans.grid.Grid`; arrays are periods by scenarios. Principal that is known
beforehand (equal, seasonal, at the end) is spread by shares; the level instalment has a closed form unrounded and a
walk through the periods rounded, because each rounded interest depends on the balance that the last rounding left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.loans.grid import Grid
from finance_kit.loans.terms import LoanTerms

__all__ = ["Ledger", "declining", "flat", "level_instalment"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Principal and interest of a loan.

    Parameters
    ----------
    balance : (N + 1, S), principal owed after each period; row 0 is the sum lent
    accrued, due, capitalised : (N, S), interest that arises, is paid, is added to the principal
    repaid : (N, S), principal paid
    """

    balance: FloatArray
    accrued: FloatArray
    due: FloatArray
    capitalised: FloatArray
    repaid: FloatArray


def declining(terms: LoanTerms, start: FloatArray, rate: FloatArray, grid: Grid) -> Ledger:
    """Ledger of a loan with interest on the balance.

    Parameters
    ----------
    terms : what is signed
    start : (S,), sum lent
    rate : (S,), interest per period
    grid : rounding, and the unit of all amounts

    Returns
    -------
    Ledger, N by S
    """
    periods, grace, scenarios = terms.instalments, terms.grace_periods, start.shape[0]
    capitalising = grace > 0 and terms.capitalises
    balance = np.empty((periods + 1, scenarios))
    balance[: grace + 1] = start
    if capitalising:
        for period in range(grace):
            balance[period + 1] = balance[period] + grid.interest(balance[period] * rate)
    _repay(balance[grace:], terms, rate, grid)
    accrued = grid.interest(balance[:-1] * rate)
    capitalised: FloatArray = np.broadcast_to(0.0, accrued.shape)
    repaid = balance[:-1] - balance[1:]
    due = accrued
    if capitalising:
        capitalised = np.zeros(accrued.shape)
        capitalised[:grace] = accrued[:grace]
        repaid[:grace] = 0.0
        due = accrued - capitalised
    elif terms.repayment == "bullet":
        due = _collected_in(accrued, periods - 1)
    elif grace and not terms.pays_in_grace:
        due = _collected_in(accrued, grace)
    return Ledger(balance, accrued, due, capitalised, repaid)


def flat(terms: LoanTerms, start: FloatArray, rate: FloatArray, grid: Grid) -> Ledger:
    """Ledger of a loan with interest on the sum lent, whatever has been repaid.

    Parameters and result as for :func:`declining`.
    """
    periods, grace = terms.instalments, terms.grace_periods
    total = grid.interest(start * rate * periods)
    accrued = _spread(total, _even(periods), grid.interest)
    due = accrued
    if terms.repayment == "bullet":
        due = _collected_in(accrued, periods - 1)
    elif grace and not terms.pays_in_grace:
        paid = np.zeros(accrued.shape)
        paid[grace:] = _spread_cumulated(total, _even(terms.paying_periods), grid.interest)
        due = np.diff(paid, axis=0, prepend=0.0)
        # Where a rounded part is coarse beside the total, interest arises no later than it is paid.
        accrued = np.diff(np.maximum(np.cumsum(accrued, axis=0), paid), axis=0, prepend=0.0)
    balance = np.empty((periods + 1, start.shape[0]))
    balance[: grace + 1] = start
    rounded: Callable[[FloatArray], FloatArray] = grid.instalment
    if terms.repayment in ("annuity", "balloon") and not grid.exact:
        # The sum that is paid is a multiple of the rounding unit, so the principal is what the interest leaves of it.
        interest = due[grace:]
        level_interest = grid.instalment(total / (periods if terms.pays_in_grace else terms.paying_periods))

        def rounded_with_interest(planned: FloatArray) -> FloatArray:
            return np.maximum(grid.instalment(planned) + level_interest - interest, 0.0)

        rounded = rounded_with_interest

    _repay_by_shares(balance[grace:], rounded, terms)
    return Ledger(balance, accrued, due, np.broadcast_to(0.0, accrued.shape), balance[:-1] - balance[1:])


def level_instalment(terms: LoanTerms, owed: FloatArray, rate: FloatArray, grid: Grid) -> FloatArray:
    """Equal instalment that repays what is owed but for the balloon.

    Parameters
    ----------
    terms : what is signed
    owed : (S,), balance when repayment begins
    rate : (S,), interest per period
    grid : rounding, and the unit of all amounts

    Returns
    -------
    (S,), interest plus principal of each period: ``P r / (1 - v^n)``; with a balloon, its interest besides
    """
    share = 1.0 - terms.balloon_share
    worth = _worth_of_instalments(rate, terms.paying_periods)[-1]
    return grid.instalment(owed * (share / worth + terms.balloon_share * rate))


def _repay(balance: FloatArray, terms: LoanTerms, rate: FloatArray, grid: Grid) -> None:
    """Fill the balances (n + 1, S) below row 0 as the repayment kind has it."""
    if terms.repayment not in ("annuity", "balloon"):
        _repay_by_shares(balance, grid.instalment, terms)
    elif grid.exact:
        _repay_level(balance, terms, rate)
    else:
        _walk_level(balance, level_instalment(terms, balance[0], rate, grid), rate, grid)


def _repay_level(balance: FloatArray, terms: LoanTerms, rate: FloatArray) -> None:
    """Fill the balances (n + 1, S) below row 0: the balloon, and what the instalments still to come are worth."""
    balloon = balance[0] * terms.balloon_share
    worth = _worth_of_instalments(rate, terms.paying_periods)
    np.multiply(worth[-2::-1], (balance[0] - balloon) / worth[-1], out=balance[1:])
    if terms.balloon_share:
        balance[1:-1] += balloon


def _worth_of_instalments(rate: FloatArray, periods: int) -> FloatArray:
    """Present value of 0 to n instalments of 1: (n + 1, S), ``(1 - v^k) / r``.

    Built by doubling, ``a(i + j) = a(i) + v^i a(j)``: a handful of steps whatever the length, no difference of nearly
    equal numbers at low rates, and a rate of zero is no special case.
    """
    worth = np.empty((periods + 1, rate.shape[0]))
    power = 1.0 / (1.0 + rate)
    worth[0] = 0.0
    worth[1] = power
    known = 1
    while known < periods:
        more = min(known, periods - known)
        further = worth[known + 1 : known + more + 1]
        np.multiply(power, worth[1 : more + 1], out=further)
        further += worth[known]
        power = power * power
        known += more
    return worth


def _walk_level(balance: FloatArray, instalment: FloatArray, rate: FloatArray, grid: Grid) -> None:
    """Fill the balances (n + 1, S) below row 0 with what rounded equal instalments leave."""
    owed = balance[0]
    for period in range(1, len(balance) - 1):
        repaid = np.maximum(instalment - grid.interest(owed * rate), 0.0)
        owed = np.maximum(owed - repaid, 0.0)
        balance[period] = owed
    balance[-1] = 0.0


def _repay_by_shares(balance: FloatArray, rounded: Callable[[FloatArray], FloatArray], terms: LoanTerms) -> None:
    """Fill the balances (n + 1, S) below row 0 by the shares of principal that the repayment kind gives."""
    repaid = _spread_cumulated(balance[0], _principal_shares(terms), rounded)
    np.subtract(balance[0], repaid, out=balance[1:])


def _principal_shares(terms: LoanTerms) -> FloatArray:
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
    shares = _even(periods) * (1.0 - terms.balloon_share)
    shares[-1] += terms.balloon_share
    return shares


def _even(periods: int) -> FloatArray:
    """The same share for each period: (n, 1)."""
    return np.full((periods, 1), 1.0 / periods)


def _spread(total: FloatArray, shares: FloatArray, rounded: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Parts of a total by shares, (n, S); the last part that is not nothing takes the remainder."""
    return np.diff(_spread_cumulated(total, shares, rounded), axis=0, prepend=0.0)


def _spread_cumulated(total: FloatArray, shares: FloatArray, rounded: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """The same parts added up: (n, S), never above the total and exactly the total at the end."""
    reached = np.minimum(np.cumsum(rounded(total * shares), axis=0), total)
    reached[int(np.flatnonzero(shares)[-1]) :] = total
    return reached


def _collected_in(interest: FloatArray, period: int) -> FloatArray:
    """Interest (N, S) with that of all periods up to ``period`` paid in it."""
    collected = interest.copy()
    collected[:period] = 0.0
    # Added in the order of time, not by np.sum: that one adds a single scenario in another order than many.
    collected[period] = np.cumsum(interest[: period + 1], axis=0)[-1]
    return collected
