"""Checks of buyers against products: what they take, what they pay and when, against what the plan reckons with."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.errors import Issue
from finance_kit.plan.checks_base import Desk, total
from finance_kit.plan.checks_products import units_a_year, yearly_sales
from finance_kit.plan.market import Buyer, Product

__all__ = ["check_buyers"]

_PRICE_TOLERANCE = 0.02


def check_buyers(desk: Desk) -> Iterator[Issue]:
    """Volumes, prices and days of payment of buyers, and how firm they are."""
    for number, product in enumerate(desk.plan.products):
        of_product = [(at, buyer) for at, buyer in enumerate(desk.plan.buyers) if buyer.product == product.name]
        yield from _volumes(desk, product, of_product)
        yield from _prices(desk, number, product, of_product)
    if not desk.full or not desk.plan.buyers:
        return
    for at, buyer in enumerate(desk.plan.buyers):
        wanted = ("product", "volume_per_year", "price", "payment_days")
        lacking = [field for field in wanted if getattr(buyer, field) is None]
        if lacking:
            yield desk.issue("missing_buyer_terms", "buyers", at, name=buyer.name, lacking=", ".join(lacking))
    yield from _days(desk)
    if all(buyer.commitment in ("none", "talks") for buyer in desk.plan.buyers):
        yield desk.issue("no_firm_buyer", "buyers")


def _volumes(desk: Desk, product: Product, buyers: list[tuple[int, Buyer]]) -> Iterator[Issue]:
    planned = units_a_year(product)
    bought = total(buyer.volume_per_year or 0.0 for _, buyer in buyers)
    if buyers and planned and bought > planned * 1.01:
        path = ("buyers", buyers[-1][0], "volume_per_year")
        params = {"name": product.name, "found": bought, "planned": planned, "unit": product.unit}
        yield desk.issue("buyers_above_volume", *path, **params)


def _prices(desk: Desk, number: int, product: Product, buyers: list[tuple[int, Buyer]]) -> Iterator[Issue]:
    """A price above what every named buyer pays is a hope."""
    paid = [
        desk.in_plan_currency(buyer.price, buyer.currency or product.currency)
        for _, buyer in buyers
        if buyer.price is not None
    ]
    price = desk.in_plan_currency(product.price, product.currency)
    if paid and price > max(paid) * (1 + _PRICE_TOLERANCE):
        params = {"name": product.name, "found": price, "paid": max(paid)}
        yield desk.issue("price_above_buyers", "products", number, "price", **params)


def _days(desk: Desk) -> Iterator[Issue]:
    """Days of payment that buyers take, weighted by what they buy, against the days that the plan reckons with."""
    products = {product.name: product for product in desk.plan.products}
    sales = yearly_sales(desk)
    waiting = 0.0
    for buyer in desk.plan.buyers:
        product = products.get(buyer.product or "")
        if product is not None:
            price = desk.in_plan_currency(product.price, product.currency)
            waiting += (buyer.volume_per_year or 0.0) * price * (buyer.payment_days or 0.0)
    days = waiting / sales if sales else 0.0
    stated = desk.plan.working_capital.receivable_days
    if days > stated + 5.0 and days > stated * 1.25:
        path = ("working_capital", "receivable_days")
        yield desk.issue("receivable_days_below_buyers", *path, found=stated, days=days)
