"""Sales: volumes, revenue, the cost of inputs and selling costs, product by product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.engine.escalation import exchange_path, growth_path, price_path, season_path, window
from finance_kit.plan.market import Product
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

__all__ = ["ProductBase", "Sales", "SalesBase", "product_lines", "sales", "sales_base"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ProductBase:
    """One product without scenarios; arrays run over the plan's months plus the longest production cycle."""

    name: str
    volume: FloatArray  # units wanted by the market
    price: FloatArray  # plan currency a unit
    input_cost: FloatArray  # plan currency a unit sold, losses included
    capacity: float  # units that can be sold in a month at most, losses taken off
    selling_share: float
    cycle_months: int


@dataclass(frozen=True, slots=True)
class SalesBase:
    """All products without scenarios; ``months`` is the plan's, the arrays may run on by ``reach`` months."""

    products: tuple[ProductBase, ...]
    months: int
    reach: int


@dataclass(frozen=True, slots=True)
class Sales:
    """Results, each (T, S) or (T, 1): revenue, cost of inputs sold, selling costs, inputs spent on for later sales.

    ``cycle_inventory`` is the stock at month end of inputs spent on before the sale, at cost.
    """

    revenue: FloatArray
    material_cost: FloatArray
    selling_cost: FloatArray
    cycle_inventory: FloatArray | None


def _input_cost(plan: Plan, product: Product, months: int, first: int) -> FloatArray:
    """Cost of inputs for one unit produced, month by month."""
    if product.input_cost_per_unit is not None:
        currency = exchange_path(plan, product.currency, months)
        return product.input_cost_per_unit * currency * price_path(plan, product.input_cost_growth, months, first)
    total = np.zeros(months)
    for item in product.inputs:
        growth = item.price_growth or product.input_cost_growth
        each = item.quantity_per_unit * item.price * exchange_path(plan, item.currency, months)
        total += each * price_path(plan, growth, months, first)
    return total


def _volume(plan: Plan, product: Product, months: int, first: int, last: int | None) -> FloatArray:
    """Units wanted in each month: base, growth, season, ramp-up, from launch to end."""
    season = season_path(product.season, plan, months)
    if product.volume_per_month is not None:
        base = product.volume_per_month * season
    else:
        year = product.volume_per_year or 0.0
        base = year * season / sum(product.season) if product.season else year / 12.0
    origin = first if plan.policies.growth_from == "launch" else 1
    path = growth_path(product.volume_growth, plan.policies.volume_growth_applied, months, origin) * base
    volume = np.zeros(months)
    span = window(first, last, months)
    volume[span] = path[span]
    if product.ramp_up is not None:
        shares = np.repeat(product.ramp_up.shares, 12 if product.ramp_up.per == "year" else 1)
        start = max(first - 1, 0)
        count = min(len(shares), months - start)
        volume[start : start + count] *= shares[:count]
    return volume


def sales_base(plan: Plan) -> SalesBase:
    """Everything about sales that no scenario changes."""
    months = plan.period.months
    reach = max(product.months_before_sale for product in plan.products)
    length = months + reach
    products = []
    for product in plan.products:
        first = plan.month_number(product.launch)
        last = None if product.end is None else plan.month_number(product.end)
        kept = 1.0 - product.loss_share
        share = product.selling_cost_share + sum(
            cost.share for cost in plan.sales_costs if cost.product in (None, product.name)
        )
        price = product.price * exchange_path(plan, product.currency, length)
        products.append(
            ProductBase(
                name=product.name,
                volume=_volume(plan, product, length, first, last),
                price=price * price_path(plan, product.price_growth, length, first),
                input_cost=_input_cost(plan, product, length, first) / kept,
                capacity=np.inf if product.capacity_per_month is None else product.capacity_per_month * kept,
                selling_share=share,
                cycle_months=product.months_before_sale,
            )
        )
    return SalesBase(tuple(products), months, reach)


def _multiplier(driver: FloatArray | None, product: int) -> FloatArray | None:
    return None if driver is None else driver if driver.ndim == 1 else driver[product]


def _varied(base: FloatArray, multiplier: FloatArray | None) -> FloatArray:
    """(n,) stretched to (n, S) by a multiplier, or to (n, 1) without one."""
    column = base[:, None]
    return column if multiplier is None else column * multiplier


def _volume_of(product: ProductBase, multiplier: FloatArray | None) -> FloatArray:
    volume = _varied(product.volume, multiplier)
    return volume if product.capacity == np.inf else np.minimum(volume, product.capacity)


def sales(base: SalesBase, scenarios: ScenarioSet) -> Sales:
    """Revenue and the costs that follow it, summed over products.

    Parameters
    ----------
    base : what no scenario changes
    scenarios : drivers price, volume and input cost

    Returns
    -------
    Sales, arrays (T, S), or (T, 1) where nothing varies
    """
    months = base.months
    revenue: Any = 0.0
    material: Any = 0.0
    selling: Any = 0.0
    cycle: Any = None
    for number, product in enumerate(base.products):
        by_volume = _multiplier(scenarios.volume, number)
        by_price = _multiplier(scenarios.price, number)
        if product.capacity == np.inf:
            # Volume, price and cost are each a path times a multiplier: one product of paths serves all scenarios.
            both = by_price if by_volume is None else by_volume if by_price is None else by_volume * by_price
            earned = _varied((product.volume * product.price)[:months], both)
            by_cost = (
                by_volume
                if scenarios.input_cost is None
                else (1.0 if by_volume is None else by_volume) * (scenarios.input_cost)
            )
            used = _varied(product.volume * product.input_cost, by_cost)
        else:
            volume = _volume_of(product, by_volume)
            earned = volume[:months] * _varied(product.price[:months], by_price)
            used = volume * _varied(product.input_cost, scenarios.input_cost)
        revenue = revenue + earned
        material = material + used[:months]
        if product.selling_share:
            selling = selling + earned * product.selling_share
        if product.cycle_months:
            ahead = np.cumsum(used, axis=0)
            span = product.cycle_months
            stock = ahead[span : span + months] - ahead[:months]
            cycle = stock if cycle is None else cycle + stock
    if isinstance(selling, float):
        selling = np.zeros((months, 1))
    return Sales(revenue, material, selling, cycle)


def product_lines(base: SalesBase, scenarios: ScenarioSet) -> dict[str, dict[str, FloatArray]]:
    """Volume, price, revenue and cost of inputs of each product by name; arrays (T, S) or (T, 1)."""
    lines = {}
    for number, product in enumerate(base.products):
        volume = _volume_of(product, _multiplier(scenarios.volume, number))[: base.months]
        price = _varied(product.price[: base.months], _multiplier(scenarios.price, number))
        cost = _varied(product.input_cost[: base.months], scenarios.input_cost)
        lines[product.name] = {
            "volume": volume,
            "price": price,
            "revenue": volume * price,
            "material_cost": volume * cost,
        }
    return lines
