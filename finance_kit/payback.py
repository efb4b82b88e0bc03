"""When an outlay has come back, and how much comes back for each unit laid out.

The flow of a period is taken as even over the period, so that the payback falls within it.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from finance_kit.arguments import flow_series, rate_above_minus_one
from finance_kit.errors import Undefined

__all__ = ["ROUNDING", "benefit_cost_ratio", "discounted_payback", "payback", "payback_period", "profitability_index"]

FloatArray = npt.NDArray[np.float64]

ROUNDING = 1e-12  # a cumulative flow this small against the sum of absolute flows counts as 0


def payback(flows: npt.ArrayLike) -> float | Undefined:
    """Periods until the cumulative flow is 0 again.

    Parameters
    ----------
    flows : (M+1,), currency, period 0 first, money in positive

    Returns
    -------
    periods, or ``Undefined``: ``no_outlay``, ``never_pays_back`` (params: ``short``, what is missing at the end)

    Raises
    ------
    CalculationError : a flow is no number
    ShapeError : there is no flow, or more than one series

    Examples
    --------
    >>> payback([-1_000_000, 200_000, 300_000, 400_000, 500_000])
    3.2
    """
    return payback_period(flow_series(flows))[1]


def discounted_payback(rate: float, flows: npt.ArrayLike) -> float | Undefined:
    """Periods until the cumulative present value is 0 again; ``rate`` per period, else as `payback`.

    Examples
    --------
    >>> round(discounted_payback(0.10, [-1_000, 600, 600, 600]), 4)
    1.9167
    """
    return payback_period(_discounted(rate, flows))[1]


def profitability_index(rate: float, flows: npt.ArrayLike) -> float | Undefined:
    """Present value of all later flows over the outlay of period 0, else ``Undefined("no_outlay_at_start")``.

    Arguments and errors as in `discounted_payback`.

    Examples
    --------
    >>> round(profitability_index(0.10, [-1_000, 300, 400, 500]), 3)
    0.979
    """
    discounted = _discounted(rate, flows)
    if not discounted[0] < 0.0:
        return Undefined("no_outlay_at_start")
    return float(discounted[1:].sum() / -discounted[0])


def benefit_cost_ratio(rate: float, flows: npt.ArrayLike) -> float | Undefined:
    """Present value of what comes in over that of what goes out, else ``Undefined("no_outlay")``.

    By the net flow of each period: gross benefits and costs of one period give another ratio. Arguments and errors as
    in `discounted_payback`.

    Examples
    --------
    >>> round(benefit_cost_ratio(0.10, [-1_000, 300, 400, 500]), 3)
    0.979
    """
    discounted = _discounted(rate, flows)
    outlay = -discounted[discounted < 0.0].sum()
    return float(discounted[discounted > 0.0].sum() / outlay) if outlay > 0.0 else Undefined("no_outlay")


def payback_period(series: FloatArray) -> tuple[int, float] | tuple[Undefined, Undefined]:
    """Number of the period in which the outlay has come back, and the periods until then, interpolated within it."""
    size = _power_of_two_above(series)
    series = series / size
    cumulative = np.cumsum(series)
    rounding = ROUNDING * np.abs(series).sum()
    negative = cumulative < -rounding
    if not negative.any():
        missing = Undefined("no_outlay")
        return missing, missing
    first_outlay = int(np.argmax(negative))
    back = np.flatnonzero(~negative[first_outlay:])
    if not back.size:
        missing = Undefined("never_pays_back", {"short": float(-cumulative[-1] * size)})
        return missing, missing
    last = first_outlay + int(back[0])
    return last, float(last - 1 + min(-cumulative[last - 1] / series[last], 1.0))


def _discounted(rate: float, flows: npt.ArrayLike) -> FloatArray:
    """Present value of each flow in units near the largest flow: only ratios are needed, and none overflows."""
    series = flow_series(flows)
    step = np.log1p(rate_above_minus_one("rate", rate))
    exponents = -step * np.arange(series.size)
    discounted: FloatArray = series / _power_of_two_above(series) * np.exp(exponents - exponents.max())
    return discounted


def _power_of_two_above(series: FloatArray) -> float:
    """A power of two near the largest flow: dividing by it changes no digit."""
    return math.ldexp(1.0, min(math.frexp(float(np.abs(series).max()))[1], 1023))
