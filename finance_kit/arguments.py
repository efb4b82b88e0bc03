"""Numbers that a calculation is given, checked once: what is no number is refused by name, never guessed at.

Text is refused even where it looks like a number ("1,5" is 1.5 in one country and 15 in another).
"""

from __future__ import annotations

import math
from decimal import Decimal
from numbers import Real
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError, ShapeError

__all__ = ["Due", "at_beginning", "finite", "float_array", "flow_series", "number", "rate_above_minus_one"]

FloatArray = npt.NDArray[np.float64]

Due = Literal["end", "begin"]  # whether payments fall at the end or the beginning of the period


def number(name: str, value: Any) -> float:
    """A finite number as a float.

    Raises
    ------
    CalculationError : ``argument_not_a_number``: text, nothing, NaN, infinite, or too large for a float
    """
    if isinstance(value, Real | Decimal) and not isinstance(value, bool | np.bool_):
        try:
            found = float(value)
        except (OverflowError, ValueError):  # an integer of 400 digits; a signalling NaN
            found = math.inf
        if math.isfinite(found):
            return found
    raise CalculationError("argument_not_a_number", name=name, found=str(value)[:40])


def rate_above_minus_one(name: str, value: Any) -> float:
    """A rate as a float; nothing can lose more than everything.

    Raises
    ------
    CalculationError : ``argument_not_a_number``, or ``rate_not_above_minus_one``
    """
    rate = number(name, value)
    if rate <= -1.0:
        raise CalculationError("rate_not_above_minus_one", rate=rate)
    return rate


def at_beginning(due: str) -> bool:
    """Whether payments fall at the beginning of the period.

    Raises
    ------
    CalculationError : ``due_unknown``, neither "end" nor "begin"
    """
    if due not in ("end", "begin"):
        raise CalculationError("due_unknown", found=str(due)[:40])
    return due == "begin"


def finite(figure: str, value: float) -> float:
    """A result as it is, if there is room for it.

    Raises
    ------
    CalculationError : ``figure_too_large``, beyond 1.8e308
    """
    if not math.isfinite(value):
        raise CalculationError("figure_too_large", figure=figure)
    return float(value)


def float_array(name: str, values: npt.ArrayLike) -> FloatArray:
    """Numbers as an array of floats; NaN and infinite ones may be among them.

    Raises
    ------
    CalculationError : ``argument_not_a_number``, text or nothing among them
    ShapeError : rows of different lengths
    """
    if isinstance(values, np.ndarray) and values.dtype == np.float64:
        return values
    try:
        array = np.asarray(values)
    except ValueError:
        raise ShapeError("shapes_differ", found=f"{name} with rows of unlike length", needed="one shape") from None
    if array.dtype.kind == "O":
        if not all(isinstance(value, Real | Decimal) for value in array.flat):
            wrong = next(value for value in array.flat if not isinstance(value, Real | Decimal))
            raise CalculationError("argument_not_a_number", name=name, found=str(wrong)[:40])
    elif array.dtype.kind not in "iuf":
        raise CalculationError(
            "argument_not_a_number", name=name, found=str(array.flat[0] if array.size else array.dtype)[:40]
        )
    try:
        return array.astype(np.float64)
    except OverflowError:
        raise CalculationError("argument_not_a_number", name=name, found="a number of more than 308 digits") from None


def flow_series(flows: npt.ArrayLike) -> FloatArray:
    """One series of finite flows, (M+1,), the first at period 0.

    Raises
    ------
    CalculationError : ``argument_not_a_number``, or ``flows_not_finite`` with the period
    ShapeError : no flows, or more than one series
    """
    series = float_array("flows", flows)
    if series.ndim != 1 or series.size == 0:
        raise ShapeError("shapes_differ", found=f"flows is {series.shape}", needed="one series with a flow or more")
    if not np.isfinite(series).all():
        raise CalculationError("flows_not_finite", month=int(np.argmin(np.isfinite(series))))
    return series
