"""Conditions to prove: how far a signed promise must reach so that a stress no longer breaks the plan.

A promise changes no planned figure. A lowest price, a lowest volume or a fixed price of inputs limits how far a stress
goes; the planned value itself is the farthest that is asked for, never more.
"""

from __future__ import annotations

import math

import numpy as np

from finance_kit.engine.assumptions import Assumptions, assumptions
from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import cover_only
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan
from finance_kit.readiness.fix_policy import PROMISES
from finance_kit.readiness.problems import Problem
from finance_kit.risk.stress import STRESSES

__all__ = ["promised", "shared_price", "stress_column", "with_shared_price"]

_DRIVERS = ("price", "volume", "input_cost", "fixed_cost", "wage")
_PARTS = 1_000
"""A promise is stated to a thousandth of the planned value, rounded to the safe side."""


def promised(base: Assumptions, problem: Problem) -> float | None:
    """The least that must be promised, as a share of the planned price, volume or cost; for costs the most.

    Returns
    -------
    to a thousandth; ``None`` where even the planned value itself does not meet the threshold
    """
    driver = PROMISES[problem.fact]
    worst = getattr(STRESSES[stress_column(driver)], driver)
    sign = 1 if worst < 1.0 else -1
    count = round(abs(1.0 - worst) * _PARTS)
    shares = np.round(worst + sign * np.arange(count + 1) / _PARTS, 3)  # from the stress to the planned value
    lowest = cover_only(project(base, ScenarioSet(count=len(shares), **{driver: shares}))).plan_level["min_dscr"]
    meets = np.nan_to_num(lowest, nan=-math.inf) >= float(problem.limit or 0.0) - 1e-9
    if not meets[-1]:
        return None
    failing = np.flatnonzero(~meets)
    return float(shares[failing[-1] + 1]) if failing.size else float(shares[0])


def stress_column(driver: str) -> int:
    """Position of the stress that moves this driver alone."""
    moved = [{name for name in _DRIVERS if getattr(stress, name) != 1.0} for stress in STRESSES]
    return moved.index({driver})


def with_shared_price(plan: Plan, share: float) -> Plan:
    """The plan with a rule that what members are paid for inputs follows the selling price by at least this share."""
    products = [
        product.model_copy(
            update={
                "inputs": [
                    item.model_copy(update={"follows_price": share})
                    if item.from_members and item.follows_price < share
                    else item
                    for item in product.inputs
                ]
            }
        )
        for product in plan.products
    ]
    return plan.model_copy(update={"products": products})


def shared_price(base: Assumptions, problem: Problem) -> float | None:
    """The least share of a fall in the selling price that members must bear so that falling prices break nothing.

    Returns
    -------
    to a thousandth; ``None`` where members sell nothing to the cluster, and where even all of it is not enough
    """
    plan = base.plan
    if PROMISES[problem.fact] != "price" or not any(i.from_members for p in plan.products for i in p.inputs):
        return None
    fall = np.array([STRESSES[stress_column("price")].price])

    def met(parts: int) -> bool:
        changed = assumptions(with_shared_price(plan, parts / _PARTS))
        lowest = cover_only(project(changed, ScenarioSet(price=fall))).plan_level["min_dscr"][0]
        return bool(lowest >= float(problem.limit or 0.0) - 1e-9)

    if not met(_PARTS):
        return None
    low, high = 0, _PARTS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if met(middle) else (middle, high)
    return high / _PARTS
