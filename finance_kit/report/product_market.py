"""Products and market: what is sold, to whom, how firmly, against whom, and in which months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from finance_kit.plan.market import Buyer
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Chart, Column, Paragraph, Row, Section, Series, Table
from finance_kit.report.wording import (
    author_text,
    full_year,
    listed,
    not_stated,
    one_currency,
    text_section,
    their_currency,
)
from finance_kit.timeline import MONTH_NAMES

__all__ = ["Cover", "market", "sales_cover"]

_COMMITMENT = {
    "none": "none",
    "talks": "talks",
    "letter_of_intent": "letter of intent",
    "purchase_order": "purchase order",
    "contract": "contract",
}
_FIRM = ("contract", "purchase_order")


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a product's units of one year buyers have promised to take; never more than what is planned.

    ``firm`` is under contract or ordered, ``letters`` by letter of intent; ``sales`` the planned sales, plan currency.
    """

    product: str
    unit: str
    planned: float
    firm: float
    letters: float
    sales: float


def sales_cover(basis: Basis, year: int) -> tuple[Cover, ...]:
    """Planned units of each product in a reporting year and what contracts, orders and letters of intent take of them.

    A buyer without a named product counts only where the plan has one product. How long a contract runs is not looked
    at.
    """
    plan = basis.plan
    only = plan.products[0].name if len(plan.products) == 1 else None
    found = []
    for product in plan.products:
        lines = basis.projection.products[product.name]
        planned = float(plan.axis.sum_years(lines["volume"])[year, 0])
        sales = float(plan.axis.sum_years(lines["revenue"])[year, 0])
        promised = {"firm": 0.0, "letters": 0.0}
        for buyer in plan.buyers:
            if (buyer.product or only) == product.name:
                kind = "firm" if buyer.commitment in _FIRM else "letters"
                counted = buyer.commitment in (*_FIRM, "letter_of_intent")
                promised[kind] += (buyer.volume_per_year or 0.0) if counted else 0.0
        firm = min(promised["firm"], planned)
        found.append(Cover(product.name, product.unit, planned, firm, min(promised["letters"], planned - firm), sales))
    return tuple(found)


def market(basis: Basis) -> Section:
    """Products, customers, buyers, competition, marketing and season."""
    parts = (
        _products(basis),
        _customers(basis),
        _buyers(basis),
        _competitors(basis),
        _marketing(basis),
        _season(basis),
    )
    return Section("market", "Products and market", sections=tuple(part for part in parts if part and part.blocks))


def _products(basis: Basis) -> Section:
    plan = basis.plan
    shown = one_currency(basis, (product.currency for product in plan.products))
    rows = tuple(
        Row((
            p.name, p.unit, their_currency(basis, p.price, p.currency, shown),
            str(plan.axis.month(plan.month_number(p.launch))), p.loss_share or None, p.months_before_sale or None,
        ))
        for p in plan.products
    )  # fmt: skip
    columns = (
        Column("Product"), Column("Unit"), Column(f"Price, {shown}", "price", shown), Column("On sale from", "month"),
        Column("Lost before sale", "share"), Column("Months before sale", "count"),
    )  # fmt: skip
    note = "Months before sale: between spending on inputs and the sale."
    blocks: list[Block] = [Table("products", "Products and prices at the start", columns, rows, note)]
    blocks += [Paragraph(f"{p.name}: {p.description}", "bullet") for p in plan.products if p.description]
    return Section("products", "Products", tuple(blocks))


def _customers(basis: Basis) -> Section:
    stated = basis.plan.market
    if stated is None:
        return Section("customers", "Market and customers", (not_stated("The market"),))
    blocks: list[Block] = [*author_text(stated.summary)]
    for heading, text in (("Customers", stated.target_customers), ("Trend of demand and price", stated.trend)):
        if text:
            blocks += [Paragraph(f"{heading}:"), *author_text(text)]
    if stated.source:
        blocks.append(
            Paragraph(f"Source: {stated.source}{f', {stated.source_date}' if stated.source_date else ''}", "note")
        )
    return Section("customers", "Market and customers", tuple(blocks))


def _buyers(basis: Basis) -> Section:
    buyers = basis.plan.buyers
    if not buyers:
        return Section("buyers", "Buyers", (not_stated("Buyers"),))
    shown = one_currency(basis, (buyer.currency for buyer in buyers if buyer.price is not None))

    def row(b: Buyer) -> Row:
        price = their_currency(basis, b.price, b.currency, shown)
        return Row((
            b.name, b.product or "", b.market, b.volume_per_year, price, b.payment_days, _COMMITMENT[b.commitment],
            b.contract_months, b.years_buying,
        ))  # fmt: skip

    columns = (
        Column("Buyer"), Column("Product"), Column("Market"), Column("Units a year", "quantity"),
        Column(f"Price, {shown}", "price", shown), Column("Pays after, days", "days"), Column("Commitment"),
        Column("Runs, months", "months"), Column("Buyer for, years", "years"),
    )  # fmt: skip
    table = Table("buyers", "Buyers", columns, tuple(row(buyer) for buyer in buyers))
    promised = _cover(basis, full_year(basis))
    return Section("buyers", "Buyers", (*promised[:1], table, *promised[1:]))


def _cover(basis: Basis, year: int) -> tuple[Block, ...]:
    """The share of a full year's planned sales that buyers have promised to take."""
    say = Formats(basis.currency)
    cover = sales_cover(basis, year)
    sales = sum(one.sales for one in cover)
    rows, firm_value, letter_value = [], 0.0, 0.0
    for one in cover:
        firm = one.firm / one.planned if one.planned else 0.0
        letters = one.letters / one.planned if one.planned else 0.0
        firm_value += firm * one.sales
        letter_value += letters * one.sales
        share = firm + letters if one.planned else None
        rows.append(Row((f"{one.product}, {one.unit}", one.planned, one.firm, one.letters, share)))
    if not sales:
        return ()
    rows.append(Row(("Share of planned sales", "", firm_value / sales, letter_value / sales,
                     (firm_value + letter_value) / sales), "total", "share"))  # fmt: skip
    columns = (
        Column("Product"), Column("Planned units", "count"), Column("Contracts and orders", "count"),
        Column("Letters of intent", "count"), Column("Covered", "share"),
    )  # fmt: skip
    note = (
        "Units are counted up to what is planned, at planned prices; how long a contract runs is not looked at. A buyer"
        " without a product counts only where there is one product."
    )
    label = basis.years[year]
    text = (
        f"No buyer has promised to take any of the sales planned for {label}."
        if not firm_value + letter_value
        else (
            f"Contracts and orders cover {say.figure(firm_value / sales, 'share')} of the sales planned for {label},"
            f" letters of intent another {say.figure(letter_value / sales, 'share')}."
        )
    )
    return Paragraph(text), Table(
        "sales_cover", f"Sales of {label} that buyers have promised", columns, tuple(rows), note
    )


def _competitors(basis: Basis) -> Section | None:
    stated = basis.plan.market
    if stated is None or not stated.competitors:
        return (
            Section("competitors", "Competitors", (not_stated("Competitors"),)) if basis.plan.depth == "full" else None
        )
    rows = tuple(Row((c.name, c.strength, c.answer)) for c in stated.competitors)
    columns = (Column("Competitor"), Column("What it does well"), Column("The cluster's answer"))
    return Section("competitors", "Competitors", (Table("competitors", "Competitors", columns, rows),))


def _marketing(basis: Basis) -> Section | None:
    """The four policies, requirements of export markets, and the author's text with its numbers."""
    stated = basis.plan.market
    blocks: list[Block] = []
    if stated is not None:
        policies = (
            ("Product", stated.product_policy), ("Price", stated.price_policy), ("Place", stated.place),
            ("Promotion", stated.promotion),
        )  # fmt: skip
        rows = tuple(Row((name, " ".join(text.split()))) for name, text in policies if text)
        if rows:
            blocks.append(
                Table("marketing_mix", "Marketing", (Column("Policy"), Column("What the cluster does")), rows)
            )
        if stated.export_requirements:
            blocks += [Paragraph("Export requirements:"), *author_text(stated.export_requirements)]
        elif any(buyer.market == "export" for buyer in basis.plan.buyers):
            blocks.append(not_stated("Export requirements"))
    return text_section("marketing", "Marketing", basis.plan.sections.marketing, blocks)


def _season(basis: Basis) -> Section | None:
    """Sales month by month in the plan's first two years."""
    axis = basis.plan.axis
    months = min(24, axis.months // 12 * 12)
    sold = np.array(basis.monthly("revenue", 0, months)).reshape(-1, 12)
    if not sold.any():
        return None
    starts = [axis.month(1 + 12 * year) for year in range(len(sold))]
    categories = tuple(MONTH_NAMES[starts[0].plus(month).month - 1] for month in range(12))
    last = sold[-1]
    name = f"the 12 months from {starts[-1].label}"
    if np.ptp(last) <= 1e-9 * last.max():
        title = f"Sales are the same in each of {name}"
    else:
        title = f"In {name}, sales are highest in {categories[int(last.argmax())]}"
    say = Formats(basis.currency)
    alt = "; ".join(f"{month} {say.figure(value, 'money')}" for month, value in zip(categories, last, strict=True))
    series = tuple(Series(f"From {start.label}", tuple(row.tolist())) for start, row in zip(starts, sold, strict=True))
    chart = Chart("season", "column", title, categories, series, "money", f"{title}. {alt}.", basis.currency)
    share = float(np.sort(last)[-3:].sum() / last.sum()) if last.sum() else 0.0
    text = f"The three best months bring {say.figure(share, 'share')} of the sales of {name}."
    idle = [month for month, value in zip(categories, last, strict=True) if value <= 1e-9 * last.max()]
    text += f" Nothing is sold in {listed(idle)}." if idle else ""
    return Section("season", "Sales through the year", (Paragraph(text), chart))
