"""Depreciation of an asset in one of its periods, by the five methods of spreadsheets.

Straight line, sum of the years' digits, fixed declining balance (its rate rounded to three decimals, its first year of
some months only), declining balance by a factor, and the same with a change to straight line. Conventions: Microsoft
Excel function reference, SLN, SYD, DB, DDB, VDB. Lives and periods may be broken; amounts are positive.
"""

from __future__ import annotations

import math

from finance_kit.arguments import number
from finance_kit.errors import CalculationError

__all__ = ["db", "ddb", "sln", "syd", "vdb"]

MOST_PERIODS = 100_000
MONTHS = 12


def sln(cost: float, salvage: float, life: float) -> float:
    """Straight-line depreciation of each period.

    Parameters
    ----------
    cost, salvage : purchase price and value at the end of the life, currency; a salvage above the cost gives a minus
    life : periods, above 0

    Returns
    -------
    currency

    Raises
    ------
    CalculationError : an argument is no number or out of range

    Examples
    --------
    >>> sln(30_000, 7_500, 10)
    2250.0
    """
    cost, salvage, life = _asset(cost, salvage, life, may_rise=True)
    return (cost - salvage) / life


def syd(cost: float, salvage: float, life: float, period: float) -> float:
    """Depreciation of a period by the sum of the years' digits; arguments and errors as in `sln`.

    Examples
    --------
    >>> round(syd(30_000, 7_500, 10, 1), 2)
    4090.91
    """
    cost, salvage, life = _asset(cost, salvage, life, may_rise=True)
    asked = _period(period, life)
    return (cost - salvage) * (life - asked + 1.0) * 2.0 / (life * (life + 1.0))


def db(cost: float, salvage: float, life: float, period: float, *, first_year_months: float = MONTHS) -> float:
    """Depreciation of a year by the fixed declining balance.

    Parameters
    ----------
    cost, salvage : purchase price and value at the end of the life, currency, the salvage not above the cost
    life : years, above 0
    period : year, 1 the first, broken ones cut off; after a first year of some months one more than the life
    first_year_months : 1 to 12, broken ones cut off

    Returns
    -------
    currency

    Raises
    ------
    CalculationError : an argument is no number or out of range

    Notes
    -----
    The rate is ``1 - (salvage / cost) ** (1 / life)``, rounded to three decimals.

    Examples
    --------
    >>> round(db(1_000_000, 100_000, 6, 1, first_year_months=7), 2)
    186083.33
    """
    cost, salvage, life = _asset(cost, salvage, life)
    months = int(number("first_year_months", first_year_months))
    if not 1 <= months <= MONTHS:
        raise CalculationError("months_of_first_year", found=first_year_months)
    asked = int(_period(period, life if months == MONTHS else life + 1.0))
    if cost == 0.0:
        return 0.0
    rate = round(1.0 - math.pow(salvage / cost, 1.0 / life), 3)
    charge = cost * rate * months / MONTHS
    if asked <= 1:
        return charge
    # The book value after the first year shrinks by the rate each year; none of it needs a loop.
    book = (cost - charge) * math.pow(1.0 - rate, asked - 2)
    return book * rate * ((MONTHS - months) / MONTHS if asked > life else 1.0)


def ddb(cost: float, salvage: float, life: float, period: float, *, factor: float = 2.0) -> float:
    """Depreciation of a period by the declining balance at ``factor`` times the straight-line rate.

    Parameters
    ----------
    cost, salvage : purchase price and value at the end of the life, currency, the salvage not above the cost
    life : periods, above 0
    period : up to the life, 1 the first; a broken one is the period that ends there, below 1 it is the whole first one
    factor : above 0; 2 is the double declining balance

    Returns
    -------
    currency

    Raises
    ------
    CalculationError : an argument is no number or out of range

    Notes
    -----
    The book value shrinks by ``factor / life`` a period, evenly within a broken one (in `vdb` straight there),
    and never below the salvage.

    Examples
    --------
    >>> round(ddb(2_400, 300, 10, 10), 2)
    22.12
    """
    cost, salvage, life = _asset(cost, salvage, life)
    asked, factor = _period(period, life), _factor(factor)
    left = 1.0 - min(factor / life, 1.0)
    before, after = (max(cost * math.pow(left, max(asked, 1.0) - step), salvage) for step in (1.0, 0.0))
    return before - after


def vdb(
    cost: float,
    salvage: float,
    life: float,
    start: float,
    end: float,
    *,
    factor: float = 2.0,
    switch: bool = True,
) -> float:
    """Depreciation between two points of the life, by the declining balance.

    Parameters
    ----------
    cost, salvage : purchase price and value at the end of the life, currency, the salvage not above the cost
    life : periods, above 0
    start, end : points of the life, 0 its beginning; the charge of a broken period is its share of the whole one
    factor : above 0; 2 is the double declining balance
    switch : whether straight line over the rest of the life takes over where it charges more

    Returns
    -------
    currency

    Raises
    ------
    CalculationError : an argument is no number or out of range

    Notes
    -----
    Parts add up: 0 to 0.5 and 0.5 to 1 make 0 to 1. Excel's own VDB does not add up from a broken ``start``.

    Examples
    --------
    >>> round(vdb(2_400, 300, 10, 0, 1), 2)
    480.0
    """
    cost, salvage, life = _asset(cost, salvage, life)
    first, last, factor = number("start", start), number("end", end), _factor(factor)
    if not 0.0 <= first <= last <= life:
        raise CalculationError("span_outside_life", start=start, end=end, life=life)
    written_off = [_written_off(cost, salvage, life, point, factor, switch=switch) for point in (first, last)]
    return written_off[1] - written_off[0]


def _written_off(cost: float, salvage: float, life: float, until: float, factor: float, *, switch: bool) -> float:
    """Depreciation from the beginning to a point of the life."""
    if until > MOST_PERIODS:
        raise CalculationError("too_many_periods", found=int(until), most=MOST_PERIODS)
    book = cost
    for period in range(int(until) + 1):
        left = book - salvage
        charge = min(book * factor / life, left)
        if switch and life > period:
            charge = max(charge, left / (life - period))
        book -= charge * min(until - period, 1.0)
    return cost - book


def _asset(cost: float, salvage: float, life: float, *, may_rise: bool = False) -> tuple[float, float, float]:
    """Cost, salvage and life within their ranges."""
    price, rest, periods = number("cost", cost), number("salvage", salvage), number("life", life)
    for name, value in (("cost", price), ("salvage", rest)):
        if value < 0.0:
            raise CalculationError("asset_below_zero", name=name, found=value)
    if periods <= 0.0:
        raise CalculationError("no_periods")
    if rest > price and not may_rise:
        raise CalculationError("salvage_above_cost", salvage=rest, cost=price)
    return price, rest, periods


def _period(period: float, last: float) -> float:
    """A period of the life."""
    asked = number("period", period)
    if not 0.0 < asked <= last:
        raise CalculationError("period_out_of_range", period=period, periods=last)
    return asked


def _factor(factor: float) -> float:
    """A factor above 0."""
    found = number("factor", factor)
    if found <= 0.0:
        raise CalculationError("factor_not_above_zero", found=found)
    return found
