"""Many loans of one kind at once, a chunk at a time: memory stays that of a chunk, however many there are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from finance_kit.errors import ShapeError
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.terms import LoanTerms

__all__ = ["CHUNK", "in_chunks"]

FloatArray = npt.NDArray[np.float64]
CHUNK = 2_000
"""Loans worked out together: the arrays of sixty instalments then stay near the processor's cache."""


def in_chunks(
    terms: LoanTerms, principal: npt.ArrayLike, annual_rate: npt.ArrayLike, size: int = CHUNK
) -> Iterator[tuple[slice, LoanArrays]]:
    """Schedules of many loans that differ in principal and rate only.

    Parameters
    ----------
    terms : what they have in common
    principal, annual_rate : (S,) each, or one number for all
    size : loans in a chunk

    Yields
    ------
    which loans of the portfolio these are, and their schedules, instalments by loans

    Raises
    ------
    ShapeError : the two are not equally long
    CalculationError : as :func:`~finance_kit.loans.kernel.amortise`
    """
    sums, rates = np.atleast_1d(np.asarray(principal, float)), np.atleast_1d(np.asarray(annual_rate, float))
    if sums.ndim != 1 or rates.ndim != 1 or len({1, sums.size, rates.size}) > 2:
        raise ShapeError("loan_scenarios_differ", principal=sums.shape, annual_rate=rates.shape)
    sums, rates = np.broadcast_arrays(sums, rates)
    for begin in range(0, sums.size, size):
        part = slice(begin, min(begin + size, sums.size))
        yield part, amortise(terms, principal=sums[part], annual_rate=rates[part])
