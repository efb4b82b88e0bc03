"""Arithmetic on lines: months down, scenarios across, one column where no scenario matters.

Most plans have no overhead, no grant, no overdraft … Such a line is the one array of :func:`nothing`, which sums leave
out: with 100 scenarios this halves the arrays that a projection walks over.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["change", "nothing", "running", "total", "varied"]

FloatArray = npt.NDArray[np.float64]


@lru_cache(maxsize=32)
def nothing(months: int) -> FloatArray:
    """(months, 1) zeros, always the same array, which must not be written to."""
    path = np.zeros((months, 1))
    path.flags.writeable = False
    return path


def varied(path: FloatArray, multiplier: FloatArray | None) -> FloatArray:
    """A path stretched to scenarios.

    Parameters
    ----------
    path : (T,), or (T, S) where it is stretched already
    multiplier : (S,), or ``None`` where nothing varies

    Returns
    -------
    (T, S), or (T, 1) where nothing varies; a path of zeros is :func:`nothing`
    """
    if not np.count_nonzero(path):
        return nothing(path.shape[0])
    column = path if path.ndim > 1 else path[:, None]
    return column if multiplier is None else column * multiplier


def total(plus: Sequence[FloatArray], minus: Sequence[FloatArray] = ()) -> FloatArray:
    """Sum of lines less other lines.

    Parameters
    ----------
    plus, minus : (T, S) or (T, 1) each

    Returns
    -------
    (T, S), or (T, 1) if all are; where one line is all there is to add, that very array

    Notes
    -----
    Lines of one column are added up first; then the wide ones are walked over once each, in place.
    """
    none = nothing(len(plus[0]))
    terms: list[tuple[np.ufunc, FloatArray]] = [(np.add, line) for line in plus if line is not none]
    terms += [(np.subtract, line) for line in minus if line is not none]
    if not terms:
        return none
    terms.sort(key=_width)
    first, result = terms[0]
    ours = first is np.subtract  # a line that was handed in is never written to
    if ours:
        result = -result
    for operation, line in terms[1:]:
        if ours and result.shape == line.shape:
            operation(result, line, out=result)
        else:
            result = operation(result, line)
            ours = True
    return result


def _width(term: tuple[np.ufunc, FloatArray]) -> int:
    return int(term[1].shape[1])


def change(balance: FloatArray, opening: float) -> FloatArray:
    """Increase of a balance over each month: (T, S) or (T, 1), from what it was on the eve of the plan."""
    if balance is nothing(len(balance)) and opening == 0.0:
        return balance
    increase = np.empty_like(balance)
    increase[0] = balance[0] - opening
    np.subtract(balance[1:], balance[:-1], out=increase[1:])
    return increase


def running(flow: FloatArray, opening: float = 0.0) -> FloatArray:
    """Balance that flows build up: (T, S) or (T, 1), opening balance included."""
    if flow is nothing(len(flow)) and opening == 0.0:
        return flow
    balance = np.cumsum(flow, axis=0)
    if opening:
        balance += opening
    return balance
