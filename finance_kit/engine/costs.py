"""Costs that do not follow volume: fixed costs, overhead, pre-operating costs, pay and social charges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.escalation import exchange_path, price_path, season_path, window
from finance_kit.plan.operations import FixedCost, Post
from finance_kit.plan.schema import Plan

__all__ = ["CostBase", "cost_base", "fixed_cost_path", "post_path"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CostBase:
    """Each (T,), plan currency a month."""

    fixed_cost: FloatArray
    overhead: FloatArray
    pre_operating_cost: FloatArray
    payroll: FloatArray
    social: FloatArray
    imputed_labour: FloatArray


def fixed_cost_path(plan: Plan, cost: FixedCost) -> FloatArray:
    """One fixed cost, (T,): paid in its first month and every ``every_months`` after it."""
    months = plan.period.months
    first = plan.month_number(cost.start)
    last = None if cost.end is None else plan.month_number(cost.end)
    amount = cost.amount * price_path(plan, cost.growth, months, first)
    amount = amount * season_path(cost.season, plan, months) * exchange_path(plan, cost.currency, months)
    path = np.zeros(months)
    span = window(first, last, months)
    paid = slice(span.start, span.stop, cost.every_months)
    path[paid] = amount[paid]
    return path


def post_path(plan: Plan, post: Post) -> FloatArray:
    """Gross pay of one post with all its heads, (T,), paid in cash or imputed."""
    months = plan.period.months
    first = plan.month_number(post.start)
    last = None if post.end is None else plan.month_number(post.end)
    pay = post.headcount * post.monthly_pay * price_path(plan, post.growth, months, first)
    pay = pay * season_path(post.season, plan, months)
    path = np.zeros(months)
    span = window(first, last, months)
    path[span] = pay[span]
    return path


def cost_base(plan: Plan) -> CostBase:
    """All costs that do not follow volume."""
    months = plan.period.months
    fixed, overhead, payroll, charged, imputed, early = (np.zeros(months) for _ in range(6))
    for cost in plan.fixed_costs:
        (fixed if cost.kind == "fixed" else overhead).__iadd__(fixed_cost_path(plan, cost))
    for post in plan.staff.posts:
        path = post_path(plan, post)
        if post.paid == "imputed":
            imputed += path
            continue
        payroll += path
        if post.social_charges:
            charged += path
    for start_up in plan.pre_operating:
        position = plan.month_number(start_up.month) - 1
        rate = exchange_path(plan, start_up.currency, months)
        early[position] += start_up.amount * (rate if isinstance(rate, float) else float(rate[position]))
    return CostBase(fixed, overhead, early, payroll, charged * plan.staff.social_rate, imputed)
