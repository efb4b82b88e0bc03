"""The same price of money said in other words: nominal and effective, flat and declining, discount interest.

A rate alone does not say what a loan costs; how it is meant does. *Declining*: interest on what is still owed. *Flat*
(in the United States *add-on*): interest on the whole sum lent for the whole term, added to it and repaid in equal
instalments. *Discount*: the same interest kept back at pay-out. Every declining rate here is nominal: the rate of an
instalment period times the periods in a year.
"""

from __future__ import annotations

from math import exp, expm1, isfinite, log1p

from finance_kit.errors import CalculationError, Undefined
from finance_kit.loans.annual_percentage import nominal_periodic
from finance_kit.loans.contract import MAX_INSTALMENTS

__all__ = [
    "declining_to_discount",
    "declining_to_flat",
    "discount_to_declining",
    "effective_rate",
    "flat_to_declining",
    "nominal_rate",
]

_HIGHEST_RATE = 5.0  # as in loan terms: whoever writes 12 for 12 % is stopped here


def effective_rate(nominal_annual_rate: float, periods_per_year: float) -> float:
    """Effective rate a year of a nominal one: ``(1 + nominal / periods) ** periods - 1``.

    Raises
    ------
    CalculationError : a rate of -100 % a period or below, or a year without periods

    Examples
    --------
    >>> round(effective_rate(0.18, 12), 6)
    0.195618
    """
    _check_periods(periods_per_year)
    periodic = nominal_annual_rate / periods_per_year
    if not (isfinite(periodic) and periodic > -1.0):
        raise CalculationError("loan_rate_loses_all", found=nominal_annual_rate)
    return expm1(periods_per_year * log1p(periodic))


def nominal_rate(effective_annual_rate: float, periods_per_year: float) -> float:
    """Nominal rate a year of an effective one: ``periods * ((1 + effective) ** (1 / periods) - 1)``.

    Raises
    ------
    CalculationError : a rate of -100 % a year or below, or a year without periods
    """
    _check_periods(periods_per_year)
    if not (isfinite(effective_annual_rate) and effective_annual_rate > -1.0):
        raise CalculationError("loan_rate_loses_all", found=effective_annual_rate)
    return periods_per_year * expm1(log1p(effective_annual_rate) / periods_per_year)


def flat_to_declining(flat_annual_rate: float, instalments: int, periods_per_year: float = 12.0) -> float:
    """Rate on the declining balance that costs as much as a flat (add-on) rate with equal instalments.

    Parameters
    ----------
    flat_annual_rate : as quoted on the sum lent, fraction a year
    instalments : number of instalments
    periods_per_year : instalments in a year: 12, 4, 52 …

    Returns
    -------
    nominal rate, fraction a year; compound it with :func:`effective_rate` for an effective one

    Raises
    ------
    CalculationError : rate, number or periods are not those of a loan

    Examples
    --------
    >>> round(flat_to_declining(0.18, 12), 4)
    0.3172
    """
    _check(flat_annual_rate, instalments, periods_per_year)
    instalment = 1.0 / instalments + flat_annual_rate / periods_per_year
    found = nominal_periodic(range(instalments + 1), [1.0] + [-instalment] * instalments, periods_per_year)
    if isinstance(found, Undefined):
        raise CalculationError(found.reason)
    return found


def declining_to_flat(nominal_annual_rate: float, instalments: int, periods_per_year: float = 12.0) -> float:
    """Flat (add-on) rate with the total interest of equal instalments at a rate on the declining balance.

    Parameters, errors and result as :func:`flat_to_declining`, of which it is the inverse.

    Examples
    --------
    >>> round(declining_to_flat(0.18, 12), 3)
    0.1
    """
    _check(nominal_annual_rate, instalments, periods_per_year)
    worth = _worth_of_instalments(nominal_annual_rate / periods_per_year, instalments)
    return (1.0 / worth - 1.0 / instalments) * periods_per_year


def discount_to_declining(
    discount_annual_rate: float, instalments: int, periods_per_year: float = 12.0, *, at_end: bool = False
) -> float | Undefined:
    """Rate on the declining balance that costs as much as interest kept back at pay-out for the whole term.

    Parameters
    ----------
    discount_annual_rate : of the sum lent, fraction a year
    instalments : number of instalment periods
    periods_per_year : instalments in a year
    at_end : whether the sum lent is repaid at the end; else in equal instalments

    Returns
    -------
    nominal rate, fraction a year; Undefined ``loan_nothing_received`` where the interest takes the whole sum

    Raises
    ------
    CalculationError : rate, number or periods are not those of a loan

    Examples
    --------
    >>> round(discount_to_declining(0.18, 12, at_end=True), 4)
    0.2001
    """
    _check(discount_annual_rate, instalments, periods_per_year)
    received = 1.0 - discount_annual_rate * instalments / periods_per_year
    if received <= 0.0:
        return Undefined("loan_nothing_received")
    if at_end:
        return nominal_periodic([0, instalments], [received, -1.0], periods_per_year)
    return nominal_periodic(range(instalments + 1), [received] + [-1.0 / instalments] * instalments, periods_per_year)


def declining_to_discount(
    nominal_annual_rate: float, instalments: int, periods_per_year: float = 12.0, *, at_end: bool = False
) -> float:
    """Discount rate that costs as much as a rate on the declining balance.

    Parameters, errors and result as :func:`discount_to_declining`, of which it is the inverse.
    """
    _check(nominal_annual_rate, instalments, periods_per_year)
    periodic = nominal_annual_rate / periods_per_year
    worth = (
        exp(-instalments * log1p(periodic)) if at_end else _worth_of_instalments(periodic, instalments) / instalments
    )
    return (1.0 - worth) * periods_per_year / instalments


def _worth_of_instalments(periodic_rate: float, instalments: int) -> float:
    """Present value of instalments of 1, ``(1 - (1 + r) ** -n) / r``, to the last digit at low rates too."""
    return -expm1(-instalments * log1p(periodic_rate)) / periodic_rate if periodic_rate else float(instalments)


def _check(annual_rate: float, instalments: int, periods_per_year: float) -> None:
    """Refuse what cannot be a quotation."""
    _check_periods(periods_per_year)
    if not isfinite(annual_rate):
        raise CalculationError("loan_not_a_number", field="annual_rate", found=annual_rate)
    if annual_rate < 0.0:
        raise CalculationError("loan_negative", field="annual_rate", found=annual_rate)
    if annual_rate > _HIGHEST_RATE:
        raise CalculationError("loan_too_large", field="annual_rate", found=annual_rate, highest=_HIGHEST_RATE)
    if not (1 <= instalments <= MAX_INSTALMENTS and instalments % 1 == 0):
        raise CalculationError(
            "loan_count_out_of_range", field="instalments", found=instalments, lowest=1, highest=MAX_INSTALMENTS
        )


def _check_periods(periods_per_year: float) -> None:
    """Refuse a year without periods."""
    if not (isfinite(periods_per_year) and periods_per_year > 0):
        raise CalculationError("loan_year_without_periods", found=periods_per_year)
