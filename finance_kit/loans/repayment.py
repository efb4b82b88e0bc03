"""How a loan is repaid: balance, interest and principal of each kind of repayment, quotation and grace.

Works in the units of a :class:`~finance_kit.loans.grid.Grid`; arrays are periods by scenarios. Principal that is known
beforehand (equal, seasonal, at the end) is spread by shares; the level instalment has a closed form unrounded and a
walk through the periods rounded, because each rounded interest depends on the balance that the last rounding left.
What fits neither goes through :mod:`finance_kit.loans.walk`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from finance_kit.loans.accrual import Accrual
from finance_kit.loans.grid import Grid
from finance_kit.loans.ledger import Ledger, principal_shares
from finance_kit.loans.terms import LoanTerms
from finance_kit.loans.walk import walk

__all__ = ["declining", "flat"]

FloatArray = npt.NDArray[np.float64]
_LEVEL = ("annuity", "balloon")


def declining(
    terms: LoanTerms, start: FloatArray, lent: FloatArray, rate: FloatArray, accrual: Accrual, grid: Grid
) -> Ledger:
    """Ledger of a loan with interest on the balance.

    Parameters
    ----------
    terms : what is signed
    start : (S,), owed right after the first pay-out
    lent : (S,), principal of the whole contract
    rate : (S,), interest a year as quoted
    accrual : time that interest runs
    grid : rounding, and the unit of all amounts

    Returns
    -------
    Ledger, N by S
    """
    if _needs_walk(terms, accrual, grid):
        return walk(terms, start, lent, rate, accrual, grid)
    periods, grace, scenarios = terms.instalments, terms.grace_periods, start.shape[0]
    factor = rate * accrual.years  # (1, S), or (N, S) where periods differ
    capitalising = grace > 0 and terms.capitalises
    balance = np.empty((periods + 1, scenarios))
    balance[: grace + 1] = start
    if capitalising:
        for period in range(grace):
            held = factor[min(period, len(factor) - 1)]
            balance[period + 1] = balance[period] + grid.interest(balance[period] * held)
    accrued: FloatArray | None = None
    if terms.repayment not in _LEVEL:
        _repay_by_shares(balance[grace:], grid.instalment, terms)
    elif grid.exact:
        _repay_level(balance[grace:], terms, factor[0])
    else:
        accrued = np.empty((periods, scenarios))
        accrued[:grace] = grid.interest(balance[:grace] * factor)
        level = _level_instalment(terms, balance[grace], factor[0], grid)
        _walk_level(balance[grace:], accrued[grace:], level, factor[0], grid)
    if accrued is None:
        accrued = grid.interest(balance[:-1] * factor)
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
    return Ledger(balance, accrued, due, capitalised, repaid, np.broadcast_to(0.0, accrued.shape))


def _needs_walk(terms: LoanTerms, accrual: Accrual, grid: Grid) -> bool:
    """Whether the terms have no shorter way."""
    if accrual.draws is not None or accrual.added is not None or terms.interest_grace_instalments:
        return True
    if terms.repayment in ("stepped", "custom") or (terms.remainder == "first" and not grid.exact):
        return True
    if terms.repayment not in _LEVEL:
        return False
    if terms.method == "cumulative":
        return not accrual.uniform
    deferring = terms.grace_periods > 0 and not terms.pays_in_grace and not terms.capitalises
    return not (accrual.uniform and grid.exact) or deferring


def flat(
    terms: LoanTerms, start: FloatArray, lent: FloatArray, rate: FloatArray, accrual: Accrual, grid: Grid
) -> Ledger:
    """Ledger of a loan with interest on the sum lent, whatever has been repaid.

    Parameters and result as for :func:`declining`. By the ``cumulative`` method interest is that of the whole principal
    and spread evenly; by the ``progressive`` one that of what is left after a down payment, period by period.
    """
    periods, grace = terms.instalments, terms.grace_periods
    charged = np.ones((periods, 1))
    charged[: terms.interest_free_instalments] = 0.0
    if terms.method == "progressive":
        accrued = grid.interest(start * rate * accrual.years * np.ones((periods, 1)))
        total = np.cumsum(accrued, axis=0)[-1]
    else:
        years = accrual.years.sum() * (periods if accrual.uniform else 1)
        total = grid.interest(lent * rate * years)
        accrued = _spread(total, charged / max(charged.sum(), 1.0), grid.interest, terms.remainder)
    due = accrued
    if terms.repayment == "bullet":
        due = _collected_in(accrued, periods - 1)
    elif grace and not terms.pays_in_grace:
        charged[:grace] = 0.0
        if not charged.any():  # nothing is charged after the grace: what waited is paid in the end
            charged[-1] = 1.0
        paid = _spread_cumulated(total, charged / charged.sum(), grid.interest, terms.remainder)
        due = np.diff(paid, axis=0, prepend=0.0)
        # Where a rounded part is coarse beside the total, interest arises no later than it is paid.
        accrued = np.diff(np.maximum(np.cumsum(accrued, axis=0), paid), axis=0, prepend=0.0)
    balance = np.empty((periods + 1, start.shape[0]))
    balance[: grace + 1] = start
    rounded: Callable[[FloatArray], FloatArray] = grid.instalment
    if terms.repayment in _LEVEL and not grid.exact:
        # The sum that is paid is a multiple of the rounding unit, so the principal is what the interest leaves of it.
        interest, bears = due[grace:], charged[grace:]
        shared = grid.instalment(total / max(charged.sum(), 1.0))

        def rounded_with_interest(planned: FloatArray) -> FloatArray:
            if terms.method == "progressive":
                return np.maximum(grid.instalment(planned + _mean(interest)) - interest, 0.0)
            return np.maximum(grid.instalment(planned) + (shared - interest) * bears, 0.0)

        rounded = rounded_with_interest
    _repay_by_shares(balance[grace:], rounded, terms)
    none = np.broadcast_to(0.0, accrued.shape)
    return Ledger(balance, accrued, due, none, balance[:-1] - balance[1:], none)


def _mean(amounts: FloatArray) -> FloatArray:
    """Mean over the periods, (S,), added in the order of time: one scenario as many."""
    mean: FloatArray = np.cumsum(amounts, axis=0)[-1] / len(amounts)
    return mean


def _level_instalment(terms: LoanTerms, owed: FloatArray, factor: FloatArray, grid: Grid) -> FloatArray:
    """(S,), equal instalment that repays what is owed: ``P r / (1 - v^n)``; with a balloon, its interest besides."""
    share = 1.0 - terms.balloon_share
    # (1 - v^n) / r without a difference of nearly equal numbers at low rates; n where nothing is charged
    growth = terms.paying_periods * np.log1p(factor)
    worth = np.divide(-np.expm1(-growth), factor, out=np.full_like(factor, terms.paying_periods), where=factor != 0)
    return grid.instalment(owed * (share / worth + terms.balloon_share * factor))


def _repay_level(balance: FloatArray, terms: LoanTerms, factor: FloatArray) -> None:
    """Fill the balances (n + 1, S) below row 0: the balloon, and what the instalments still to come are worth."""
    owed = balance[0].copy()
    balloon = owed * terms.balloon_share
    _worth_of_instalments(factor, balance)
    balance *= (owed - balloon) / balance[0]
    balance[0] = owed
    if terms.balloon_share:
        balance[1:-1] += balloon


def _worth_of_instalments(factor: FloatArray, worth: FloatArray) -> None:
    """Fill rows n to 0 of (n + 1, S) with the present value of 0 to n instalments of 1, ``(1 - v^k) / r``.

    Built by doubling, ``a(i + j) = a(i) + v^i a(j)``: a handful of steps whatever the length, no difference of nearly
    equal numbers at low rates, and a rate of zero is no special case.
    """
    periods = len(worth) - 1
    power = 1.0 / (1.0 + factor)
    worth[periods] = 0.0
    worth[periods - 1] = power
    known = 1
    while known < periods:
        more = min(known, periods - known)
        further = worth[periods - known - more : periods - known]
        np.multiply(power, worth[periods - more : periods], out=further)
        further += worth[periods - known]
        power = power * power
        known += more


def _walk_level(
    balance: FloatArray, interest: FloatArray, instalment: FloatArray, factor: FloatArray, grid: Grid
) -> None:
    """Fill the balances (n + 1, S) below row 0 and the interest (n, S) that rounded equal instalments leave."""
    owed = balance[0]
    for period in range(len(interest)):
        interest[period] = grid.interest(owed * factor)
        owed = np.subtract(owed + interest[period], instalment, out=balance[period + 1])
    balance[-1] = 0.0
    # Principal falls from period to period, so the first and the last tell whether any of it has left its bounds.
    if (balance[-2] < 0.0).any() or (
        interest[0] > instalment
    ).any():  # rounding leaves an instalment below the interest, or clears a loan early
        owed = balance[0]
        for period in range(len(interest)):
            interest[period] = grid.interest(owed * factor)
            repaid = np.maximum(instalment - interest[period], 0.0)
            owed = np.maximum(owed - repaid, 0.0, out=balance[period + 1])
        balance[-1] = 0.0


def _repay_by_shares(balance: FloatArray, rounded: Callable[[FloatArray], FloatArray], terms: LoanTerms) -> None:
    """Fill the balances (n + 1, S) below row 0 by the shares of principal that the repayment kind gives."""
    repaid = _spread_cumulated(balance[0], principal_shares(terms), rounded, terms.remainder)
    np.subtract(balance[0], repaid, out=balance[1:])


def _spread(
    total: FloatArray, shares: FloatArray, rounded: Callable[[FloatArray], FloatArray], remainder: str
) -> FloatArray:
    """Parts of a total by shares, (n, S); the last (or first) part that is not nothing takes the remainder."""
    return np.diff(_spread_cumulated(total, shares, rounded, remainder), axis=0, prepend=0.0)


def _spread_cumulated(
    total: FloatArray,
    shares: FloatArray,
    rounded: Callable[[FloatArray], FloatArray],
    remainder: str,
) -> FloatArray:
    """The same parts added up: (n, S), never above the total and exactly the total at the end."""
    if not shares.any():
        return np.zeros((len(shares), total.shape[0]))
    parts = rounded(total * shares)
    bearing = np.flatnonzero(shares)
    if remainder == "first":
        parts[bearing[0]] += np.maximum(total - np.cumsum(parts, axis=0)[-1], -parts[bearing[0]])
    reached = np.minimum(np.cumsum(parts, axis=0), total)
    reached[int(bearing[-1]) :] = total
    return reached


def _collected_in(interest: FloatArray, period: int) -> FloatArray:
    """Interest (N, S) with that of all periods up to ``period`` paid in it."""
    collected = interest.copy()
    collected[:period] = 0.0
    # Added in the order of time, not by np.sum: that one adds a single scenario in another order than many.
    collected[period] = np.cumsum(interest[: period + 1], axis=0)[-1]
    return collected
