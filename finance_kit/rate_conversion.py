"""One rate of interest said in other words: nominal or effective, per year or per period.

A *nominal* yearly rate is the rate of a period times the periods of a year; the *effective* one is what a year with
interest on interest comes to. They are the same for one period a year.
"""

from __future__ import annotations

import math

from finance_kit.arguments import finite, number, rate_above_minus_one
from finance_kit.errors import CalculationError

__all__ = [
    "continuous_from_effective",
    "effective_from_continuous",
    "effective_from_nominal",
    "effective_from_periodic",
    "nominal_from_effective",
    "periodic_from_effective",
]


def effective_from_nominal(nominal_rate: float, periods_per_year: float) -> float:
    """Effective yearly rate of a nominal one.

    Parameters
    ----------
    nominal_rate : fraction per year; the rate of a period, this over ``periods_per_year``, must be above -1
    periods_per_year : how often interest is added, above 0

    Returns
    -------
    fraction per year

    Raises
    ------
    CalculationError : an argument is no number or out of range, or the rate beyond every number

    Examples
    --------
    >>> round(effective_from_nominal(0.0525, 4), 7)
    0.0535427
    """
    periods = _periods(periods_per_year)
    return effective_from_periodic(number("nominal_rate", nominal_rate) / periods, periods)


def nominal_from_effective(effective_rate: float, periods_per_year: float) -> float:
    """Nominal yearly rate of an effective one; arguments and errors as in `effective_from_nominal`.

    Examples
    --------
    >>> round(nominal_from_effective(0.053543, 4), 6)
    0.0525
    """
    periods = _periods(periods_per_year)
    return finite("nominal_rate", periods * periodic_from_effective(effective_rate, periods))


def effective_from_periodic(periodic_rate: float, periods_per_year: float) -> float:
    """Effective yearly rate of a rate per period; arguments and errors as in `effective_from_nominal`.

    Examples
    --------
    >>> round(effective_from_periodic(0.015, 12), 6)
    0.195618
    """
    return _grown(rate_above_minus_one("periodic_rate", periodic_rate), _periods(periods_per_year))


def periodic_from_effective(effective_rate: float, periods_per_year: float) -> float:
    """Rate per period of an effective yearly one; arguments and errors as in `effective_from_nominal`.

    Examples
    --------
    >>> round(periodic_from_effective(0.195618, 12), 6)
    0.015
    """
    return _grown(rate_above_minus_one("effective_rate", effective_rate), 1.0 / _periods(periods_per_year))


def effective_from_continuous(continuous_rate: float) -> float:
    """Effective yearly rate where interest is added at every moment: ``exp(rate) - 1``."""
    return _expm1(number("continuous_rate", continuous_rate))


def continuous_from_effective(effective_rate: float) -> float:
    """Yearly rate that, added at every moment, comes to this effective one: ``ln(1 + rate)``."""
    return math.log1p(rate_above_minus_one("effective_rate", effective_rate))


def _periods(periods_per_year: float) -> float:
    """A number of periods above 0."""
    periods = number("periods_per_year", periods_per_year)
    if periods <= 0.0:
        raise CalculationError("no_periods")
    return periods


def _grown(rate: float, periods: float) -> float:
    """Interest on 1 after some periods; the rate itself after one, to the last digit."""
    return rate if periods == 1.0 else _expm1(periods * math.log1p(rate))


def _expm1(exponent: float) -> float:
    """``exp(exponent) - 1`` if there is room for it."""
    try:
        return math.expm1(exponent)
    except OverflowError:
        return finite("effective_rate", math.inf)
