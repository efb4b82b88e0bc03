"""Break-even: the sales at which a year neither gains nor loses, and how far the plan is above them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from finance_kit.engine.projection import Projection
from finance_kit.numeric import safe_ratio

__all__ = ["break_even_revenue", "capacity_revenue", "margin_of_safety"]

FloatArray = npt.NDArray[np.float64]
_FIXED = ("fixed_cost", "overhead", "payroll", "social", "pre_operating_cost")


def break_even_revenue(flows: Mapping[str, FloatArray], *, with_debt_service: bool = False) -> FloatArray:
    """Sales of a period at which nothing is gained or lost.

    Parameters
    ----------
    flows : lines by id, (N, S), plan currency
    with_debt_service : False: fixed costs, depreciation, interest and loan fees are to be covered (profit is nil);
        True: fixed costs, interest, fees and principal, without depreciation (cash is nil)

    Returns
    -------
    (N, S), plan currency; NaN where a sale leaves no contribution
    """
    covered = sum(flows[name] for name in _FIXED) + flows["interest"] + flows["finance_fees"]
    covered = covered + (flows["loan_principal"] if with_debt_service else flows["depreciation"])
    share = safe_ratio(flows["contribution"], flows["revenue"])
    return safe_ratio(covered, np.where(share > 0.0, share, 0.0))


def margin_of_safety(revenue: FloatArray, break_even: FloatArray) -> FloatArray:
    """Share by which sales may fall before a loss, (N, S); negative where the plan is below break-even."""
    return 1.0 - safe_ratio(break_even, revenue)


def capacity_revenue(p: Projection) -> FloatArray:
    """Sales at full capacity in each month, (T, S), at the plan's prices; NaN where a product states no capacity.

    A product counts from its launch.
    """
    total = np.zeros((p.axis.months, 1))
    for base, lines in zip(p.assumptions.sales.products, p.products.values(), strict=True):
        selling = base.volume[: p.axis.months, None] > 0.0
        launched = np.logical_or.accumulate(selling, axis=0)
        if base.capacity == np.inf:
            return np.full((p.axis.months, 1), np.nan)
        total = total + np.where(launched, base.capacity * lines["price"], 0.0)
    return total
