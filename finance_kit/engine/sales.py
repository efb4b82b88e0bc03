"""Sales: volumes, revenue, the cost of inputs and selling costs, product by product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.engine.escalation import exchange_path, growth_path, price_path, season_path, window
from finance_kit.engine.paths import nothing, total, varied
from finance_kit.plan.market import Product
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

__all__ = ["ProductBase", "Sales", "SalesBase", "product_lines", "sales", "sales_base", "volumes"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ProductBase:
    """One product without scenarios; arrays run over the plan's months plus the longest production cycle."""

    name: str
    volume: FloatArray  # units wanted by the market
    price: FloatArray  # plan currency a unit
    input_cost: FloatArray  # plan currency a unit sold, losses included
    following: FloatArray | None  # the part of it that follows the selling price; None where none does
    capacity: float  # units that can be sold in a month at most, losses taken off
    selling_share: float
    cycle_months: int


@dataclass(frozen=True, slots=True)
class UncappedSales:
    """What products that only multiply bring and cost a month, before scenarios: a column for each, (T, P).

    They have no capacity that cuts in, and no cost that follows the price.

    ``numbers`` are their positions among all products, ``cycle`` the stock of inputs spent on before the sale.
    """

    numbers: list[int]
    earned: FloatArray
    selling: FloatArray
    used: FloatArray
    cycle: FloatArray


@dataclass(frozen=True, slots=True)
class SalesBase:
    """All products without scenarios; ``months`` is the plan's, the products' arrays may run on by ``reach`` months."""

    products: tuple[ProductBase, ...]
    uncapped: UncappedSales
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
    cycle_inventory: FloatArray


def _input_cost(plan: Plan, product: Product, months: int, first: int, following: bool = False) -> FloatArray:
    """Cost of inputs for one unit produced, month by month: all of it, or the part that follows the selling price."""
    if product.input_cost_per_unit is not None:
        currency = exchange_path(plan, product.currency, months)
        return product.input_cost_per_unit * currency * price_path(plan, product.input_cost_growth, months, first)
    total = np.zeros(months)
    for item in product.inputs:
        growth = item.price_growth or product.input_cost_growth
        each = item.quantity_per_unit * item.price * exchange_path(plan, item.currency, months)
        if following:
            each = each * item.follows_price
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
                following=(
                    _input_cost(plan, product, length, first, following=True) / kept
                    if any(item.follows_price for item in product.inputs)
                    else None
                ),
                capacity=np.inf if product.capacity_per_month is None else product.capacity_per_month * kept,
                selling_share=share,
                cycle_months=product.months_before_sale,
            )
        )
    return SalesBase(tuple(products), _uncapped(products, months), months, reach)


def _uncapped(products: list[ProductBase], months: int) -> UncappedSales:
    """The products that no capacity holds back and no cost of which follows the price, side by side."""
    numbers = [
        number for number, product in enumerate(products) if product.capacity == np.inf and product.following is None
    ]
    earned, selling, used, cycle = (np.zeros((months, len(numbers))) for _ in range(4))
    for column, product in enumerate(products[number] for number in numbers):
        earned[:, column] = (product.volume * product.price)[:months]
        selling[:, column] = earned[:, column] * product.selling_share
        spent = product.volume * product.input_cost
        used[:, column] = spent[:months]
        if product.cycle_months:
            cycle[:, column] = _stock_ahead(spent, product.cycle_months, months)
    return UncappedSales(numbers, earned, selling, used, cycle)


def _stock_ahead(used: FloatArray, cycle_months: int, months: int) -> Any:
    """Inputs spent on for the sales of the coming months, at each month end; (T,) or (T, S).

    A plain sum of the months ahead: differences of a running total would leave dust in the stock.
    """
    return sum(used[month : month + months] for month in range(1, cycle_months + 1))


def _multiplier(driver: FloatArray | None, product: int) -> FloatArray | None:
    return None if driver is None else driver if driver.ndim == 1 else driver[product]


def _drivers(driver: FloatArray | None, products: list[int]) -> FloatArray | None:
    """Multipliers of these products, (P, S), or ``None`` where nothing varies."""
    if driver is None:
        return None
    return np.broadcast_to(driver, (len(products), len(driver))) if driver.ndim == 1 else driver[products]


def _both(one: FloatArray | None, other: FloatArray | None) -> FloatArray | None:
    """Two multipliers in one, ``None`` where nothing varies."""
    return other if one is None else one if other is None else one * other


def _together(paths: FloatArray, multipliers: FloatArray | None) -> FloatArray:
    """Sum over products of path times multiplier: (T, P) and (P, S) in, (T, S) out, (T, 1) where nothing varies."""
    if not np.count_nonzero(paths):
        return nothing(len(paths))
    summed: FloatArray = paths.sum(axis=1, keepdims=True) if multipliers is None else paths @ multipliers
    return summed


def _volume_of(product: ProductBase, multiplier: FloatArray | None) -> FloatArray:
    volume = varied(product.volume, multiplier)
    return volume if product.capacity == np.inf else np.minimum(volume, product.capacity)


def _cost_of(product: ProductBase, price: FloatArray | None, input_cost: FloatArray | None) -> FloatArray:
    """Cost of inputs for one unit sold, (T, S) or (T, 1); a part of it may move with the selling price."""
    cost = varied(product.input_cost, input_cost)
    if product.following is None or price is None:
        return cost
    return cost + varied(product.following, _both(price - 1.0, input_cost))


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
    # Volume, price and cost are each a path times a multiplier: where no capacity cuts in, one product of matrices
    # serves all products and scenarios.
    free = base.uncapped
    by_volume, by_price = _drivers(scenarios.volume, free.numbers), _drivers(scenarios.price, free.numbers)
    by_cost = _both(by_volume, _drivers(scenarios.input_cost, free.numbers))
    revenue = [_together(free.earned, _both(by_volume, by_price))]
    selling = [_together(free.selling, _both(by_volume, by_price))]
    material, cycle = [_together(free.used, by_cost)], [_together(free.cycle, by_cost)]
    for number, product in enumerate(base.products):
        if number in free.numbers:
            continue
        volume = _volume_of(product, _multiplier(scenarios.volume, number))
        by_its_price = _multiplier(scenarios.price, number)
        earned = volume[: base.months] * varied(product.price[: base.months], by_its_price)
        used = volume * _cost_of(product, by_its_price, scenarios.input_cost)
        revenue.append(earned)
        material.append(used[: base.months])
        if product.selling_share:
            selling.append(earned * product.selling_share)
        if product.cycle_months:
            cycle.append(_stock_ahead(used, product.cycle_months, base.months))
    return Sales(total(revenue), total(material), total(selling), total(cycle))


def volumes(base: SalesBase, scenarios: ScenarioSet) -> FloatArray:
    """Units sold of all products together, (T, S) or (T, 1)."""
    each = (_volume_of(product, _multiplier(scenarios.volume, n)) for n, product in enumerate(base.products))
    return total([volume[: base.months] if np.count_nonzero(volume) else nothing(base.months) for volume in each])


def product_lines(base: SalesBase, scenarios: ScenarioSet) -> dict[str, dict[str, FloatArray]]:
    """Volume, price, revenue and cost of inputs of each product by name; arrays (T, S) or (T, 1)."""
    lines = {}
    for number, product in enumerate(base.products):
        volume = _volume_of(product, _multiplier(scenarios.volume, number))[: base.months]
        by_its_price = _multiplier(scenarios.price, number)
        price = varied(product.price[: base.months], by_its_price)
        cost = _cost_of(product, by_its_price, scenarios.input_cost)[: base.months]
        lines[product.name] = {
            "volume": volume,
            "price": price,
            "revenue": volume * price,
            "material_cost": volume * cost,
        }
    return lines
