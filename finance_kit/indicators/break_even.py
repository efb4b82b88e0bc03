"""Break-even: the sales at which a year neither gains nor loses, and how far the plan is above them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from finance_kit.engine.escalation import window
from finance_kit.engine.projection import Projection
from finance_kit.engine.sales import volumes
from finance_kit.numeric import safe_ratio

__all__ = ["break_even_revenue", "capacity_revenue", "margin_of_safety", "units_sold"]

FloatArray = npt.NDArray[np.float64]
_FIXED = ("fixed_cost", "overhead", "payroll", "social", "pre_operating_cost")


def break_even_revenue(flows: Mapping[str, FloatArray], *, with_debt_service: bool = False) -> FloatArray:
    """Sales of a period at which nothing is gained or lost.

    Parameters
    ----------
    flows : lines by id, (N, S), plan currency
    with_debt_service : False: fixed costs, depreciation, interest and loan fees are to be covered (profit is nil);
        True: fixed costs, fees, and interest and principal that are paid, without depreciation (cash is nil)

    Returns
    -------
    (N, S), plan currency; NaN where a sale leaves no contribution
    """
    covered = sum(flows[name] for name in _FIXED) + flows["finance_fees"]
    if with_debt_service:
        covered = covered + flows["interest_paid"] + flows["loan_principal"]
    else:
        covered = covered + flows["interest"] + flows["depreciation"]
    share = safe_ratio(flows["contribution"], flows["revenue"])
    return safe_ratio(covered, np.where(share > 0.0, share, 0.0))


def margin_of_safety(revenue: FloatArray, break_even: FloatArray) -> FloatArray:
    """Share by which sales may fall before a loss, (N, S); negative where the plan is below break-even."""
    return 1.0 - safe_ratio(break_even, revenue)


def units_sold(p: Projection) -> FloatArray:
    """Units of all products together in each month, (T, S) or (T, 1); NaN where products are counted differently.

    Break-even in units keeps the planned mix of products and prices: the plan's units times break-even over planned
    sales.
    """
    if len({product.unit for product in p.plan.products}) != 1:
        return np.full((p.axis.months, 1), np.nan)
    return volumes(p.assumptions.sales, p.scenarios)


def capacity_revenue(p: Projection) -> FloatArray:
    """Sales at full capacity in each month, (T, S), at the plan's prices; NaN where a product states no capacity.

    A product counts from its launch to its last month of sales, in months off season too.
    """
    months = p.axis.months
    total = np.zeros((months, p.scenarios.count))
    for product, base in zip(p.plan.products, p.assumptions.sales.products, strict=True):
        if base.capacity == np.inf:
            return np.full((months, 1), np.nan)
        last = None if product.end is None else p.plan.month_number(product.end)
        span = window(p.plan.month_number(product.launch), last, months)
        total[span] += base.capacity * p.products[product.name]["price"][span]
    return total
