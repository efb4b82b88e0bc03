"""Checks of what is sold: volumes, seasons, inputs, prices against costs, capacity."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.errors import Issue
from finance_kit.plan.base import Growth
from finance_kit.plan.checks_base import Desk, total
from finance_kit.plan.market import Product

__all__ = ["check_products", "input_cost", "units_a_year", "yearly_sales"]

_FAR_ABOVE = 100.0  # a hundred times the cost of inputs: most likely zeros too many, or a unit that differs


def check_products(desk: Desk) -> Iterator[Issue]:
    """Everything about products, and references to them elsewhere."""
    for number, product in enumerate(desk.plan.products):
        yield from _volume(desk, number, product)
        yield from _inputs(desk, number, product)
        yield from _capacity(desk, number, product)
        yield from _cycle(desk, number, product)
    yield from _references(desk)


def yearly_sales(desk: Desk) -> float:
    """Sales of a full year at the stated prices and volumes, without growth or ramp-up, plan currency."""
    return total(
        desk.in_plan_currency(product.price, product.currency) * units_a_year(product) for product in desk.plan.products
    )


def units_a_year(product: Product) -> float:
    """Units of a full year as stated, without growth or ramp-up."""
    if product.volume_per_month is not None:
        return product.volume_per_month * (total(product.season) if product.season else 12.0)
    return product.volume_per_year or 0.0


def _volume(desk: Desk, number: int, product: Product) -> Iterator[Issue]:
    monthly, yearly = product.volume_per_month, product.volume_per_year
    path = ("products", number)
    if monthly is None and yearly is None:
        yield desk.issue("volume_missing", *path, name=product.name, unit=product.unit)
    if monthly is not None and yearly is not None:
        yield desk.issue("volume_stated_twice", *path, "volume_per_year", name=product.name)
    for field, volume in (("volume_per_month", monthly), ("volume_per_year", yearly)):
        if volume == 0.0:
            yield desk.issue("volume_zero", *path, field, name=product.name, unit=product.unit)
    if product.season is None:
        return
    if total(product.season) == 0.0:
        yield desk.issue("season_all_zero", *path, "season", name=product.name)
    elif monthly is not None and not 0.75 <= total(product.season) / 12 <= 1.25:
        average = total(product.season) / 12
        yield desk.issue("season_average_far_from_one", *path, "season", name=product.name, found=average)


def _inputs(desk: Desk, number: int, product: Product) -> Iterator[Issue]:
    path = ("products", number)
    if product.price == 0.0:
        yield desk.issue("price_zero", *path, "price", name=product.name, unit=product.unit)
    if product.inputs and product.input_cost_per_unit is not None:
        yield desk.issue("inputs_stated_twice", *path, "input_cost_per_unit", name=product.name)
        return
    if not product.inputs and product.input_cost_per_unit is None:
        yield desk.issue("inputs_not_stated", *path, name=product.name, unit=product.unit)
        return
    for at, item in enumerate(product.inputs):
        if item.follows_price and not item.source:
            yield desk.issue("price_rule_without_source", *path, "inputs", at, "follows_price", name=item.name)
    cost = input_cost(desk, product)
    price = desk.in_plan_currency(product.price, product.currency)
    if 0.0 < price < cost:
        yield desk.issue("price_below_cost", *path, "price", name=product.name, found=price, cost=cost)
    if 0.0 < cost * _FAR_ABOVE < price:
        yield desk.issue("price_far_above_cost", *path, "price", name=product.name, found=price, cost=cost)


def input_cost(desk: Desk, product: Product) -> float:
    """Cost of inputs for a unit sold at the start, losses included, plan currency."""
    if product.input_cost_per_unit is not None:
        produced = desk.in_plan_currency(product.input_cost_per_unit, product.currency)
    else:
        produced = total(
            desk.in_plan_currency(each.price, each.currency) * each.quantity_per_unit for each in product.inputs
        )
    return produced / (1.0 - product.loss_share)


def _capacity(desk: Desk, number: int, product: Product) -> Iterator[Issue]:
    """The best month against what can be produced, at the start and at the end of the plan."""
    if product.capacity_per_month is None:
        return
    saleable = product.capacity_per_month * (1.0 - product.loss_share)
    season = product.season or (1.0,) * 12
    if product.volume_per_month is not None:
        peak = product.volume_per_month * max(season)
    else:
        peak = (product.volume_per_year or 0.0) * max(season) / (total(season) or 1.0)
    path = ("products", number, "capacity_per_month")
    if peak > saleable * (1 + 1e-9):
        yield desk.issue(
            "capacity_below_volume", *path, name=product.name, peak=peak, saleable=saleable, unit=product.unit
        )
    elif peak * _grown(product.volume_growth, desk.months) > saleable * (1 + 1e-9):
        yield desk.issue("capacity_reached_later", *path, name=product.name, saleable=saleable, unit=product.unit)


def _grown(growth: Growth | None, months: int) -> float:
    """How many times the first month's volume the last month's is."""
    if growth is None:
        return 1.0
    if growth.by_year is not None:
        factor = 1.0
        for step in growth.by_year[: (months - 1) // 12]:
            factor *= 1.0 + step
        return factor
    steps = months - 1 if growth.per == "month" else (months - 1) // 12
    return (1.0 + (growth.rate or 0.0)) ** min(steps, 240)


def _cycle(desk: Desk, number: int, product: Product) -> Iterator[Issue]:
    """Months between spending and sale, which reach out of the plan at both ends."""
    wait = product.months_before_sale
    path = ("products", number, "months_before_sale")
    if wait >= desk.months:
        yield desk.issue("cycle_longer_than_plan", *path, name=product.name, found=wait, months=desk.months)
    elif wait and 1 <= desk.number(product.launch) <= wait and desk.plan.opening.inventory == 0.0:
        yield desk.issue("cycle_before_start", *path, name=product.name, found=wait, launch=product.launch)


def _references(desk: Desk) -> Iterator[Issue]:
    """Products named elsewhere exist, and shares of sales leave something."""
    known = {product.name for product in desk.plan.products}
    named = [(("buyers", n), buyer.product) for n, buyer in enumerate(desk.plan.buyers)]
    named += [(("sales_costs", n), cost.product) for n, cost in enumerate(desk.plan.sales_costs)]
    for path, name in named:
        if name is not None and name not in known:
            yield desk.issue("product_unknown", *path, "product", found=name, known=", ".join(sorted(known)[:12]))
    for number, product in enumerate(desk.plan.products):
        share = product.selling_cost_share + total(
            cost.share for cost in desk.plan.sales_costs if cost.product in (None, product.name)
        )
        if share >= 1.0:
            yield desk.issue("sales_costs_exceed_sales", "products", number, name=product.name, found=share)
