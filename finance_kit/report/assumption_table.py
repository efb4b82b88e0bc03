"""The assumptions page: every stated number with its source and date, so that an officer can check it."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.packs.tax import resolve_tax
from finance_kit.plan.base import Growth, Sourced
from finance_kit.plan.schema import Plan
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Column, Row, Table, Unit

__all__ = ["assumption_table", "conventions_table", "exchange_table"]

_Entry = tuple[str, float | str | None, Unit, str | None, Sourced]


def _input_remark(growth: str, follows_price: float) -> str:
    """How the price of an input grows, and how far it follows the selling price."""
    follows = f"follows {_percent(follows_price)} of a change in the selling price" if follows_price else ""
    return "; ".join(part for part in (growth, follows) if part)


def _percent(share: float) -> str:
    """A share as everywhere in the report: one decimal and a blank before the sign."""
    return Formats("").number(share, "share")


def _growth(growth: Growth | None) -> str:
    """A stated growth in words, for the remark column."""
    if growth is None:
        return ""
    if growth.by_year is not None:
        return "growth by year: " + ", ".join(map(_percent, growth.by_year))
    return f"growth {_percent(growth.rate or 0.0)} a {growth.per}" if growth.rate else ""


def _entries(plan: Plan) -> Iterator[tuple[str, float, Unit, str, str, Sourced]]:
    """(what, value, unit, currency, remark, sourced item) of every stated price and cost."""
    home = plan.period.currency
    for product in plan.products:
        currency = product.currency or home
        yield (
            f"{product.name}: price per {product.unit}",
            product.price,
            "price",
            currency,
            _growth(product.price_growth),
            product,
        )
        units = product.volume_per_month if product.volume_per_month is not None else product.volume_per_year
        period = "month" if product.volume_per_month is not None else "year"
        yield (
            f"{product.name}: {product.unit} a {period}",
            units or 0.0,
            "quantity",
            "",
            _growth(product.volume_growth),
            product,
        )
        if product.loss_share:
            yield f"{product.name}: lost before sale", product.loss_share, "share", "", "", product
        if product.input_cost_per_unit is not None:
            yield (
                f"{product.name}: inputs per {product.unit}",
                product.input_cost_per_unit,
                "price",
                currency,
                _growth(product.input_cost_growth),
                product,
            )
        for item in product.inputs:
            yield (
                f"{product.name}: {item.name}, per {item.unit or 'unit'}",
                item.price,
                "price",
                (item.currency or home),
                _input_remark(_growth(item.price_growth or product.input_cost_growth), item.follows_price),
                item,
            )
    for cost in plan.sales_costs:
        yield f"{cost.name}, share of sales", cost.share, "share", "", cost.product or "", cost
    for fixed in plan.fixed_costs:
        every = "a month" if fixed.every_months == 1 else f"every {fixed.every_months} months"
        yield f"{fixed.name}, {every}", fixed.amount, "price", fixed.currency or home, _growth(fixed.growth), fixed
    for post in plan.staff.posts:
        yield f"{post.role}: pay a month", post.monthly_pay, "price", home, _growth(post.growth), post
    for asset in plan.assets:
        remark = f"life {asset.life_months} months" + (", replaced" if asset.replace else "")
        yield f"{asset.name}, each", asset.unit_cost, "price", asset.currency or home, remark, asset
    for start_up in plan.pre_operating:
        yield start_up.name, start_up.amount, "price", start_up.currency or home, "before business begins", start_up


def assumption_table(basis: Basis) -> Table:
    """Every stated price, cost and volume with its source and the date of the source."""
    rows = []
    for what, value, unit, currency, remark, item in _entries(basis.plan):
        source = item.source or "not stated"
        if item.source_date:
            source = f"{source} ({item.source_date})"
        rows.append(Row((what, value, currency, remark, source), unit=unit, marked_cells=() if item.source else (4,)))
    columns = (Column("Assumption"), Column("Value", "price"), Column("Currency"), Column("Remark"), Column("Source"))
    return Table("assumptions", "Assumptions and where they come from", columns, tuple(rows))


def exchange_table(basis: Basis) -> Table | None:
    """Exchange rates used, with their dates; ``None`` in a plan with one currency."""
    rates = basis.plan.exchange_rates
    if not rates:
        return None
    rows = tuple(Row((r.currency, r.rate, r.annual_change, r.date, r.source or "not stated")) for r in rates)
    columns = (
        Column("Currency"),
        Column(f"{basis.currency} for one unit", "quantity"),
        Column("Change a year", "rate"),
        Column("Date"),
        Column("Source"),
    )
    return Table("exchange_rates", "Exchange rates", columns, rows)


def conventions_table(basis: Basis) -> Table:
    """Conventions, tax and discount rate of the projection, in words."""
    plan = basis.plan
    policies, tax = plan.policies, resolve_tax(plan)
    rates = "; ".join(
        _percent(rate) + ("" if upper == float("inf") else f" up to {upper:,.0f}") for upper, rate in tax.brackets
    )
    taxed = rates + (f"; exempt for {tax.holiday_months} months" if tax.holiday_months else "")
    rows = [
        ("Years", "twelve months from the plan's start" if policies.year_basis == "plan_year" else "fiscal years"),
        ("Prices and costs grow", "once a year" if policies.price_growth_applied == "yearly" else "every month"),
        ("Growth rates are", "nominal" if policies.price_basis == "nominal" else "on top of general inflation"),
        ("Depreciation", "equal parts over the life, from the month " + (
            "after the purchase" if policies.depreciation_from == "month_after" else "of the purchase")),
        ("Interest", "on the balance at the beginning of each month"),
        ("Loan schedules", "as signed, rounded" if policies.loan_rounding == "signed" else "unrounded"),
        ("Cash available for debt service", {
            "ebitda_less_tax": "EBITDA less tax paid",
            "operating_cash_flow": "EBITDA less tax paid and increase in working capital",
            "after_unfinanced_investment": "EBITDA less tax paid, increase in working capital, and investment that no"
            " new loan, contribution, grant or asset sale pays for",
            "after_unfinanced_needs": "EBITDA less tax paid, and less investment and increase in working capital"
            " that no new loan, contribution, grant or asset sale pays for",
        }[policies.cfads_basis]),
        ("Value at the end of the plan", "none" if policies.terminal_value == "none" else "book value less debts"),
        ("Income tax", taxed if plan.tax is not None else "not stated; results are before income tax"),
        ("Source of the tax", (tax.source or "not stated") + (f" ({tax.source_date})" if tax.source_date else "")),
    ]  # fmt: skip
    if plan.valuation is not None:
        rows.append(("Discount rate", f"{_percent(plan.valuation.discount_rate)} a year, {plan.valuation.rate_basis}"))
        rows.append(("Source of the discount rate", plan.valuation.source or "not stated"))
        for what, rate in (
            ("Discount rate of the members' own money", plan.valuation.equity_discount_rate),
            ("Finance rate of the modified IRR", plan.valuation.finance_rate),
            ("Reinvestment rate of the modified IRR", plan.valuation.reinvestment_rate),
        ):
            if rate is not None:
                rows.append((what, f"{_percent(rate)} a year"))
    if plan.distribution.rule:
        rows.append(("Sharing of the surplus", plan.distribution.rule))
    if plan.without_project is not None:
        rows.append(("Without the project", plan.without_project.text))
    rows.append(("VAT and sales taxes", "amounts are net of them, or include them where the cluster is not registered"))
    return Table(
        "conventions",
        "Conventions of the forecast",
        (Column("Matter"), Column("Convention")),
        tuple(Row(row) for row in rows),
    )
