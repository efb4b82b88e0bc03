"""Arithmetic on monthly paths: shapes, safe ratios, discounting.

A *path* is an array (T, S): months down, scenarios across. A series of *flows* is (M+1, S): month 0, the opening
position, comes first. The searches for internal rates of return (:mod:`finance_kit.root_search`, one per scenario, and
:mod:`finance_kit.all_rates`, all of one series) are offered here too.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from finance_kit.all_rates import irr_roots
from finance_kit.arguments import float_array
from finance_kit.errors import CalculationError, ShapeError
from finance_kit.root_search import irr_search, sign_changes

__all__ = [
    "as_flows",
    "as_paths",
    "discount_factors",
    "irr_roots",
    "irr_search",
    "npv",
    "require_same_axes",
    "safe_ratio",
    "sign_changes",
]

FloatArray = npt.NDArray[np.float64]


def as_paths(x: npt.ArrayLike, months: int) -> FloatArray:
    """A value, a series or an array of scenarios as paths over these months.

    Parameters
    ----------
    x : a number, (T,), (1, S) or (T, S); a number and (1, S) hold in every month
    months : T

    Returns
    -------
    (T, S), S is 1 for a number and a series; possibly a read-only view of ``x``

    Raises
    ------
    ShapeError : ``x`` has another number of months or more than two axes
    """
    array = np.asarray(x, dtype=np.float64)
    if array.ndim == 0:
        return np.broadcast_to(array, (months, 1))
    if array.ndim == 1 and array.shape[0] == months:
        return array[:, np.newaxis]
    if array.ndim == 2 and array.shape[0] in (1, months):
        return np.broadcast_to(array, (months, array.shape[1]))
    raise ShapeError("shapes_differ", found=f"x is {array.shape}", needed=f"({months}, scenarios)")


def as_flows(flows: npt.ArrayLike) -> FloatArray:
    """Flows as (M+1, S); a single series (M+1,) becomes (M+1, 1).

    Raises
    ------
    ShapeError : there are no flows, or more than two axes
    """
    array = float_array("flows", flows)
    if array.ndim == 1:
        array = array[:, np.newaxis]
    if array.ndim != 2 or array.shape[0] == 0:
        raise ShapeError("shapes_differ", found=f"flows is {np.shape(flows)}", needed="(months + 1, scenarios)")
    return array


def require_same_axes(**arrays: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Months and scenarios of arrays that must be on the same axes.

    Parameters
    ----------
    arrays : (T, S) or (T, 1) each, by the name that the message shall use

    Returns
    -------
    (T, S), S the widest of them

    Raises
    ------
    ShapeError : an array has not two axes, other months, or neither 1 nor S scenarios; names all with their shapes
    """
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    flat = all(len(shape) == 2 for shape in shapes.values())
    months = {shape[0] for shape in shapes.values()} if flat else set()
    widths = {shape[1] for shape in shapes.values()} - {1} if flat else set()
    if len(months) != 1 or len(widths) > 1:
        found = ", ".join(f"{name} is {shape}" for name, shape in shapes.items())
        raise ShapeError("shapes_differ", found=found, needed="the same months and scenarios for all")
    return months.pop(), widths.pop() if widths else 1


def safe_ratio(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> FloatArray:
    """Quotient, NaN wherever the denominator is 0; no warning.

    Parameters
    ----------
    numerator, denominator : arrays that broadcast against each other

    Returns
    -------
    the broadcast shape
    """
    below = np.asarray(denominator, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(below != 0.0, np.divide(numerator, below), np.nan)
    return quotient


def discount_factors(annual_rate: npt.ArrayLike, months: int, *, per_year: int = 12) -> FloatArray:
    """Present value of 1 in each month, at an effective annual rate: ``(1 + rate) ** (-m / 12)``.

    Parameters
    ----------
    annual_rate : a number or (S,), fraction per year, above -1
    months : M, the last month
    per_year : periods in a year; 1 makes the periods years

    Returns
    -------
    (M+1, S), or (M+1, 1) for one rate; the first row, month 0, is 1

    Raises
    ------
    CalculationError : a rate is not above -1
    ShapeError : the rates have more than one axis
    """
    rates = float_array("annual_rate", annual_rate)
    if rates.ndim > 1:
        raise ShapeError("shapes_differ", found=f"annual_rate is {rates.shape}", needed="a number or (scenarios,)")
    rates = rates.reshape(-1)
    if not (np.isfinite(rates) & (rates > -1.0)).all():
        raise CalculationError("rate_not_above_minus_one", rate=float(rates[~(rates > -1.0) | ~np.isfinite(rates)][0]))
    exponents = np.arange(months + 1, dtype=np.float64)[:, np.newaxis] / -per_year
    factors: FloatArray = (1.0 + rates)[np.newaxis, :] ** exponents
    return factors


def npv(annual_rate: npt.ArrayLike, flows: npt.ArrayLike, *, per_year: int = 12) -> FloatArray:
    """Net present value of flows that begin at month 0, which is not discounted.

    Parameters
    ----------
    annual_rate : a number or (S,), effective rate, fraction per year, above -1
    flows : (M+1, S) or (M+1,), plan currency, money in positive
    per_year : periods in a year; 1 makes the periods years

    Returns
    -------
    (S,), plan currency; (1,) for a single series

    Raises
    ------
    CalculationError : a rate is not above -1
    ShapeError : the numbers of rates and of scenarios are different

    Notes
    -----
    ``sum of F(m) / (1 + rate) ** (m / 12)``. A spreadsheet's NPV discounts the first flow by one period too; its
    equal is ``NPV(rate, F1:Fn) + F0``.
    """
    series = as_flows(flows)
    factors = discount_factors(annual_rate, series.shape[0] - 1, per_year=per_year)
    if factors.shape[1] == 1:
        value: FloatArray = factors[:, 0] @ series
        return value
    require_same_axes(discount_factors=factors, flows=series)
    total: FloatArray = (factors * series).sum(axis=0)
    return total
