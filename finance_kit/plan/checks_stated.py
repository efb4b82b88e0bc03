"""Checks of numbers that have a default: a full plan is asked for each of them, so that none is assumed in silence.

Writing the number down is the answer, also where it is the default: ``loss_share: 0`` says that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from finance_kit.errors import Issue
from finance_kit.plan.checks_base import Desk
from finance_kit.plan.financing import Loan

__all__ = ["check_stated"]

_DAYS = ("receivable_days", "inventory_days", "payable_days", "minimum_cash")
_FEES = ("upfront_fee_share", "upfront_fee_amount", "instalment_fee_amount", "insurance_share_per_year")


def check_stated(desk: Desk) -> Iterator[Issue]:
    """What a full plan leaves to a default although only its author can know it; and what no default could mean."""
    yield from _input_quantities(desk)
    if not desk.full:
        return
    yield from _products(desk)
    yield from _growth(desk)
    yield from _daily_business(desk)
    yield from _money(desk)
    for number, loan in enumerate(desk.plan.financing.loans):
        yield from _loan(desk, number, loan)


def _lacking(part: BaseModel, *fields: str) -> list[str]:
    """Those of the fields that the plan does not state."""
    return [field for field in fields if field not in part.model_fields_set]


def _input_quantities(desk: Desk) -> Iterator[Issue]:
    """A price for a unit of its own says nothing without how many of them a product takes."""
    for number, product in enumerate(desk.plan.products):
        for position, each in enumerate(product.inputs):
            if each.unit is not None and _lacking(each, "quantity_per_unit"):
                params = {"name": each.name, "unit": each.unit, "product_unit": product.unit}
                yield desk.issue("input_quantity_missing", "products", number, "inputs", position, **params)


def _products(desk: Desk) -> Iterator[Issue]:
    for number, product in enumerate(desk.plan.products):
        if product.capacity_per_month is None:
            yield desk.issue("missing_capacity", "products", number, name=product.name, unit=product.unit)
        if _lacking(product, "loss_share"):
            yield desk.issue("losses_not_stated", "products", number, name=product.name)


def _growth(desk: Desk) -> Iterator[Issue]:
    """One note for all prices and costs that stay as they are through years because nobody said otherwise."""
    plan = desk.plan
    kinds = {
        "prices": [product.price_growth for product in plan.products],
        "costs of inputs": [each.price_growth for product in plan.products for each in product.inputs]
        + [p.input_cost_growth for p in plan.products if p.input_cost_per_unit is not None],
        "fixed costs": [cost.growth for cost in plan.fixed_costs],
        "pay": [post.growth for post in plan.staff.posts],
    }
    flat = [kind for kind, growths in kinds.items() if growths and all(growth is None for growth in growths)]
    if flat and desk.months > 12:
        yield desk.issue("growth_not_stated", "products", kinds_of_money=", ".join(flat), months=desk.months)


def _daily_business(desk: Desk) -> Iterator[Issue]:
    """Days that money is tied up, social charges, what is there already on the eve of the plan."""
    plan = desk.plan
    lacking = _lacking(plan.working_capital, *_DAYS)
    if lacking:
        yield desk.issue("missing_working_capital", "working_capital", lacking=", ".join(lacking))
    charged = any(post.paid == "cash" and post.social_charges and post.monthly_pay for post in plan.staff.posts)
    if charged and _lacking(plan.staff, "social_rate"):
        yield desk.issue("missing_social_rate", "staff", "social_rate")
    if _lacking(plan, "opening"):
        yield desk.issue("missing_opening", "opening")
    if _lacking(plan, "pre_operating"):
        yield desk.issue("missing_pre_operating", "pre_operating")


def _money(desk: Desk) -> Iterator[Issue]:
    """Who pays for each asset, what is owed already, when tax is paid, what the consortium's figures are."""
    plan = desk.plan
    for number, asset in enumerate(plan.assets):
        lacking = _lacking(asset, "own_share", "loan_share")
        paid = (asset.own_share or 0.0) + (asset.loan_share or 0.0) + asset.grant_share + asset.in_kind_share
        if lacking and asset.unit_cost and paid < 0.995:
            yield desk.issue("missing_payers", "assets", number, name=asset.name, found=paid)
    if plan.financing.loans and _lacking(plan, "existing_debts"):
        yield desk.issue("missing_existing_debts", "existing_debts")
    tax = plan.tax
    if tax is not None and _lacking(tax, "payment_lag_months") and tax.rate != 0.0:
        yield desk.issue("tax_lag_not_stated", "tax", "payment_lag_months", lag=tax.payment_lag_months)
    if plan.consortium is not None:
        wanted = ("annual_budget", "sales_through_consortium", "entry_fee", "annual_fee", "commission_share")
        lacking = _lacking(plan.consortium, *wanted)
        if lacking:
            yield desk.issue("missing_consortium_figures", "consortium", lacking=", ".join(lacking))


def _loan(desk: Desk, number: int, loan: Loan) -> Iterator[Issue]:
    """Terms of an offer that decide its cost."""
    path = ("financing", "loans", number)
    if _lacking(loan, "lender_type"):
        yield desk.issue("missing_lender_type", *path, name=loan.name)
    if loan.lender_type in ("mfi", "other") and _lacking(loan, "quotation"):
        yield desk.issue("missing_rate_quotation", *path, name=loan.name)
    if len(_lacking(loan, *_FEES)) == len(_FEES):
        yield desk.issue("loan_fees_not_stated", *path, name=loan.name)
