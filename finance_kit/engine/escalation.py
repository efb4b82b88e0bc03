"""How prices, volumes and costs move through the months: growth, season, start and end, ramp-up, exchange rates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from finance_kit.plan.base import Growth
from finance_kit.plan.schema import Plan

__all__ = ["exchange_path", "growth_path", "price_path", "season_path", "window"]

FloatArray = npt.NDArray[np.float64]


@lru_cache(maxsize=512)
def _power_path(rate: float, months: int, stepped: bool) -> FloatArray:
    index = np.arange(months)
    exponent = index // 12 if stepped else index / 12
    path = np.power(1.0 + rate, exponent, dtype=np.float64)
    path.flags.writeable = False
    return path


def growth_path(growth: Growth | None, applied: str, months: int, first: int = 1) -> FloatArray:
    """Factors by which a stated value is multiplied in each month.

    Parameters
    ----------
    growth : the stated growth; ``None`` is no growth
    applied : ``yearly`` (one step each plan year) or ``monthly``, where the growth does not say
    months : length of the path
    first : month number from which growth counts (1: the plan's start)

    Returns
    -------
    (months,), 1.0 in month ``first`` and before
    """
    if growth is None or not (growth.rate or growth.by_year):
        return np.ones(months)
    if growth.by_year is not None:
        steps = np.asarray(np.cumprod([1.0, *(1.0 + g for g in growth.by_year)]), dtype=np.float64)
        path: FloatArray = steps[np.minimum(np.arange(months) // 12, len(steps) - 1)]
    elif growth.per == "month":
        path = np.full(months, 1.0 + (growth.rate or 0.0)) ** np.arange(months, dtype=np.float64)
    else:
        path = _power_path(growth.rate or 0.0, months, (growth.applied or applied) == "yearly")
    if first <= 1:
        return path
    shifted = np.ones(months)
    shifted[first - 1 :] = path[: max(months - first + 1, 0)]
    return shifted


def price_path(plan: Plan, growth: Growth | None, months: int, first: int = 1) -> FloatArray:
    """Growth of a price or cost by the plan's conventions, (months,).

    General inflation is included where growth is stated in real terms.
    """
    applied = plan.policies.price_growth_applied
    origin = first if plan.policies.growth_from == "launch" else 1
    path = growth_path(growth, applied, months, origin)
    if plan.policies.price_basis == "real" and plan.valuation is not None and plan.valuation.inflation:
        path = path * _power_path(plan.valuation.inflation, months, applied == "yearly")
    return path


def season_path(season: Sequence[float] | None, plan: Plan, months: int) -> FloatArray | float:
    """Season factors of each plan month, (months,), or 1.0 without a season."""
    if season is None:
        return 1.0
    calendar = (plan.axis.start.month - 1 + np.arange(months)) % 12
    return np.asarray(season, dtype=np.float64)[calendar]


def window(first: int, last: int | None, months: int) -> slice:
    """Positions of months ``first`` to ``last`` (both included, 1-based) on an axis of so many months."""
    return slice(max(first - 1, 0), months if last is None else max(last, 0))


def exchange_path(plan: Plan, currency: str | None, months: int) -> FloatArray | float:
    """Plan currency for one unit of ``currency`` in each month, (months,); 1.0 for the plan currency itself.

    The stated rate holds in month 1; a stated yearly change moves it a little each month.
    """
    if currency is None or currency == plan.period.currency:
        return 1.0
    rate = next(r for r in plan.exchange_rates if r.currency == currency)
    return rate.rate * _power_path(rate.annual_change, months, False) if rate.annual_change else rate.rate
