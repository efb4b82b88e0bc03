"""The projection: every monthly line of a plan in every scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assumptions import Assumptions, assumptions, opening_loans
from finance_kit.engine.financing import LoanLines, loan_lines
from finance_kit.engine.paths import change, total
from finance_kit.engine.recurrence import run
from finance_kit.engine.sales import product_lines, sales
from finance_kit.engine.statements import Blocks, before_recurrence, statements
from finance_kit.engine.working_capital import balance_from_days, days_of_month
from finance_kit.errors import CalculationError
from finance_kit.plan.scenarios import BASE, ScenarioSet
from finance_kit.plan.schema import Plan
from finance_kit.timeline import TimeAxis

__all__ = ["Projection", "chunk_size", "in_chunks", "project"]

FloatArray = npt.NDArray[np.float64]
Reduced = TypeVar("Reduced")
_CELLS = 20_000  # months by scenarios of a line: half as many again, and the sixty lines fall out of the cache


@dataclass(frozen=True)
class Projection:
    """Monthly lines of a plan; rows are months, columns scenarios.

    Parameters
    ----------
    assumptions : the compiled plan
    scenarios : what was varied
    lines : by line id (``data/lines.yaml``), each (T, S) or, where no scenario matters, (T, 1)
    opening : balances on the eve of the plan, by the id of the balance
    loans : lines of each loan, in the order of ``assumptions.loans``
    """

    assumptions: Assumptions
    scenarios: ScenarioSet
    lines: Mapping[str, FloatArray]
    opening: Mapping[str, float]
    loans: tuple[LoanLines, ...]

    @property
    def plan(self) -> Plan:
        """The plan that is projected."""
        return self.assumptions.plan

    @property
    def axis(self) -> TimeAxis:
        """The plan's months."""
        return self.assumptions.plan.axis

    @cached_property
    def products(self) -> Mapping[str, Mapping[str, FloatArray]]:
        """Volume, price, revenue and cost of inputs of each product by name; worked out when first asked for."""
        return product_lines(self.assumptions.sales, self.scenarios)

    def line(self, name: str) -> FloatArray:
        """One line in every scenario, (T, S).

        Raises
        ------
        CalculationError : there is no such line
        """
        if name not in self.lines:
            raise CalculationError("unknown_line", line=name)
        values = self.lines[name]
        return np.broadcast_to(values, (values.shape[0], self.scenarios.count))


def _days(base: float, driver: FloatArray | None) -> float | FloatArray:
    return base if driver is None else base * driver


def _working_capital(a: Assumptions, s: ScenarioSet, b: dict[str, Any]) -> None:
    """Balances of receivables, stock and payables, and purchases."""
    policies, days, opening = a.plan.policies, a.plan.working_capital, a.plan.opening
    revenue, material, cycle = b["revenue"], b["material_cost"], b.pop("cycle_inventory")
    b["receivables"] = balance_from_days(
        revenue, _days(days.receivable_days, s.receivable_days), opening.receivables, policies
    )
    # Stock is bought ahead, so its days scale the month's own use and never reach back.
    stock = material * (_days(days.inventory_days, s.inventory_days) / days_of_month(policies))
    b["inventory"] = total([stock, cycle])
    b["purchases"] = total([material, change(b["inventory"], opening.inventory)])
    b["payables"] = balance_from_days(
        b["purchases"], _days(days.payable_days, s.payable_days), opening.payables, policies
    )


def project(plan: Plan | Assumptions, scenarios: ScenarioSet = BASE) -> Projection:
    """All monthly lines of a plan in all scenarios.

    Parameters
    ----------
    plan : a plan, or one that is compiled already (:func:`finance_kit.engine.assumptions.assumptions`)
    scenarios : what is varied; by default the plan as it stands

    Returns
    -------
    Projection

    Raises
    ------
    CalculationError : a loan's terms cannot be
    """
    a = plan if isinstance(plan, Assumptions) else assumptions(plan)
    s = scenarios
    sold = sales(a.sales, s)
    b: dict[str, Any] = {
        "revenue": sold.revenue,
        "material_cost": sold.material_cost,
        "selling_cost": sold.selling_cost,
        "cycle_inventory": sold.cycle_inventory,
    }
    _working_capital(a, s, b)
    loans = tuple(loan_lines(a.loans, s, a.sales.months))
    opening = _opening(a)
    blocks = Blocks(a, s, loans, opening, b)
    before_recurrence(blocks)
    before, profit, revenue = (
        np.broadcast_to(x, (x.shape[0], s.count)) for x in (b["before"], b["profit"], b["revenue"])
    )
    path = run(a.rules, before, profit, revenue)
    lines = statements(blocks, path)
    return Projection(a, s, lines, opening, loans)


def _opening(a: Assumptions) -> dict[str, float]:
    """Balance sheet on the eve of the plan."""
    o = a.plan.opening
    loans = opening_loans(a.loans)
    assets = o.cash + o.receivables + o.inventory + o.fixed_assets_net
    return {
        "cash": o.cash,
        "receivables": o.receivables,
        "inventory": o.inventory,
        "fixed_assets_net": o.fixed_assets_net,
        "compulsory_savings": 0.0,
        "total_assets": assets,
        "payables": o.payables,
        "tax_payable": o.tax_payable,
        "interest_payable": 0.0,
        "overdraft": 0.0,
        "loans": loans,
        "deferred_grants": 0.0,
        "share_capital": o.share_capital,
        "retained_earnings": o.retained_earnings,
        "total_liabilities_equity": o.payables + o.tax_payable + loans + o.share_capital + o.retained_earnings,
        "tax_losses": o.tax_loss_carry_forward,
    }


def chunk_size(months: int) -> int:
    """Scenarios worked out together: as many as a processor's cache holds the lines of."""
    return max(_CELLS // months, 1)


def in_chunks(
    plan: Plan | Assumptions,
    scenarios: ScenarioSet,
    reduce: Callable[[Projection], Reduced],
    size: int | None = None,
) -> list[Reduced]:
    """Project many scenarios a chunk at a time, keeping of each chunk only what ``reduce`` returns.

    Memory stays that of one chunk, however many scenarios there are. A chunk is :func:`chunk_size` wide, unless its
    ``size`` is stated.
    """
    a = plan if isinstance(plan, Assumptions) else assumptions(plan)
    step = chunk_size(a.sales.months) if size is None else size
    return [reduce(project(a, scenarios.part(start, start + step))) for start in range(0, scenarios.count, step)]
