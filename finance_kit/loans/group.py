"""A loan to a group: who owes which share, what it weighs season by season, and what the others bear if one fails.

A season is the time in which money for one repayment of principal is put together: the months after one repayment up
to the next, twelve at the most. With monthly instalments every month is a season; with two harvests a year there are
two. What falls due in a season is held against the net cash of the same months, so that a lump after a harvest is
neither hidden in a yearly average nor held against the cash of a single month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from finance_kit.errors import ShapeError

__all__ = ["Season", "heaviest_season", "largest_multiple", "seasons", "shares_of", "taken_over"]

FloatArray = npt.NDArray[np.float64]

LONGEST_SEASON: Final = 12
"""Months; a longer time between two repayments is cut in years, counted back from the repayment."""


@dataclass(frozen=True, slots=True)
class Season:
    """Months ``first`` to ``last`` after the pay-out of a loan, both counted; 1 is the month after the pay-out."""

    first: int
    last: int

    @property
    def months(self) -> slice:
        """Where the season lies in an array that begins with month 1."""
        return slice(self.first - 1, self.last)


def shares_of(weights: Sequence[float]) -> tuple[float, ...]:
    """Each member's share of the loan, by weights.

    Parameters
    ----------
    weights : one for each member, none negative; equal weights are equal shares

    Returns
    -------
    fractions that sum to 1; none where nobody has a weight

    Raises
    ------
    ValueError : a weight is negative or no number
    """
    if any(not 0.0 <= weight < np.inf for weight in weights):
        message = "a member's weight in a group loan is a number from 0 upward"
        raise ValueError(message)
    total = sum(sorted(weights))  # sorted: the order of the members changes no digit
    return tuple(weight / total for weight in weights) if total else ()


def seasons(principal_due: FloatArray) -> tuple[Season, ...]:
    """The seasons of a loan or of several together.

    Parameters
    ----------
    principal_due : (N,), plan currency; principal that falls due in each month after the pay-out

    Returns
    -------
    seasons in order, which hold every month up to the last repayment once; none where no principal falls due
    """
    found: list[Season] = []
    start = 1
    for month in (int(each) + 1 for each in np.flatnonzero(principal_due > 0.0)):
        ends = list(range(month, start - 1, -LONGEST_SEASON))[::-1]
        for end in ends:
            found.append(Season(max(start, end - LONGEST_SEASON + 1), end))
        start = month + 1
    return tuple(found)


def heaviest_season(
    due: FloatArray, net_cash: FloatArray, debts: FloatArray, when: Sequence[Season]
) -> tuple[float, Season]:
    """Largest share of a household's net cash that all its debts take in a season, and that season.

    Parameters
    ----------
    due : (N,), what the household pays on its share of the loan, month by month
    net_cash : (N,), after living costs and before debts
    debts : (N,), what the household pays already, month by month
    when : seasons of the loan, at least one

    Returns
    -------
    ``(debts + due) / net_cash`` of the heaviest season, infinite where something is due and there is no cash; the first
    such season

    Raises
    ------
    ShapeError : the arrays do not have the same length
    """
    _same_length(due, net_cash, debts)
    paid, cash = _sums(due, when) + _sums(debts, when), _sums(net_cash, when)
    burdens = [_ratio(*each) for each in zip(paid.tolist(), cash.tolist(), strict=True)]
    place = int(np.argmax(burdens))
    return burdens[place], when[place]


def largest_multiple(
    due: FloatArray, net_cash: FloatArray, debts: FloatArray, when: Sequence[Season], limit: float
) -> float:
    """How many times its present share of the loan a household can bear within a limit.

    Payments grow and shrink in proportion to the share; a fee that is a fixed sum is taken to be shared like the loan.

    Parameters
    ----------
    due, net_cash, debts, when : as for :func:`heaviest_season`
    limit : the most of a season's net cash that all debts together may take, a fraction

    Returns
    -------
    below 1 the share is too large; 0 where the debts of today reach the limit alone; infinite where nothing is due
    """
    _same_length(due, net_cash, debts)
    asked = _sums(due, when)
    falls_due = asked > 0.0
    room = limit * _sums(net_cash, when) - _sums(debts, when)
    multiples = (room[falls_due] / asked[falls_due]).tolist()
    return max(min(multiples, default=float("inf")), 0.0)


def taken_over(shares: Sequence[float]) -> tuple[float, ...]:
    """Joint liability: each member's share when the one other member who hurts it most pays nothing.

    The others take over the missing share in proportion to their own.

    Parameters
    ----------
    shares : fractions of the loan that sum to 1

    Returns
    -------
    for each member its larger share; 1 where a single other member stands beside it. A member alone keeps its share
    """
    raised: list[float] = []
    for place, share in enumerate(shares):
        others = [*shares[:place], *shares[place + 1 :]]
        worst = max(others, default=0.0)
        raised.append(share / (1.0 - worst) if worst < 1.0 else share)
    return tuple(raised)


def _sums(amounts: FloatArray, when: Sequence[Season]) -> FloatArray:
    """The amounts of each season together, all seasons at once: a group has many members and a loan many months."""
    edges = [edge for each in when for edge in (each.first - 1, each.last)]
    sums: FloatArray = np.add.reduceat(np.append(amounts, 0.0), edges)[::2] if edges else np.zeros(0)
    return sums


def _ratio(paid: float, cash: float) -> float:
    if paid <= 0.0:
        return 0.0
    return paid / cash if cash > 0.0 else float("inf")


def _same_length(*arrays: FloatArray) -> None:
    if len({each.shape for each in arrays}) != 1:
        message = f"amounts of a group loan differ in length: {', '.join(str(each.shape) for each in arrays)}"
        raise ShapeError(message)
