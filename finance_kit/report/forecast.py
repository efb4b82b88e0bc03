"""The forecast section: assumptions, sales, profit and loss, cash flow, balance sheet, working capital."""

from __future__ import annotations

from finance_kit.report import assumption_table as assumed
from finance_kit.report import statements
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.further_sources import further_sources
from finance_kit.report.investment import quotations
from finance_kit.report.model import Block, Chart, Paragraph, Section, Series
from finance_kit.report.operations import inputs_table
from finance_kit.report.wording import author_text, full_year, listed

__all__ = ["all_assumptions", "forecast", "months_annex"]


def _cash_chart(basis: Basis) -> Chart:
    """Cash at each month end over the plan."""
    axis = basis.plan.axis
    cash = tuple(basis.projection.line("cash")[:, 0].tolist())
    low = min(range(len(cash)), key=lambda m: cash[m])
    label = axis.month(low + 1).label
    if cash[low] < 0:
        title = f"Cash falls below zero; lowest in {label}"
    else:
        title = f"Cash stays above zero; lowest in {label}"
    return Chart(
        "cash",
        "line",
        title,
        tuple(axis.month(m + 1).label for m in range(axis.months)),
        (
            Series("Cash at month end", cash),
            Series(f"Lowest: {label}", tuple(value if month == low else None for month, value in enumerate(cash))),
        ),
        "money",
        f"Cash at the end of each of {axis.months} months. {title}.",
        basis.currency,
    )


def forecast(basis: Basis) -> Section:
    """Assumptions and the three statements, the finding before each, with the worst month marked."""
    say = Formats(basis.currency)
    assumptions: list[Block] = [
        Paragraph("Every stated price, cost and volume, with its source and date, and the conventions of the reckoning"
                  " stand in the annex.")
    ]  # fmt: skip
    exchange = assumed.exchange_table(basis)
    if exchange is not None:
        assumptions.append(exchange)
    monthly: list[Block] = [
        _lowest_cash(basis, say),
        statements.cash_months_in_short(basis),
        _cash_chart(basis),
    ]
    parts = [
        Section("forecast_assumptions", "Assumptions", tuple(assumptions)),
        Section("forecast_sales", "Sales", (_sold(basis, say), statements.sales_table(basis))),
        Section("forecast_profit", "Profit and loss", (_earned(basis, say), statements.profit_and_loss(basis))),
        Section("forecast_cash_months", "Cash flow by month, first year", tuple(monthly)),
    ]
    if len(basis.years) > 1:
        parts.append(Section("forecast_cash_years", "Cash flow by year", (statements.cash_flow_years(basis),)))
    parts += [
        Section("forecast_balance", "Balance sheet", (_owned(basis, say), statements.balance_sheet(basis))),
        Section("forecast_working_capital", "Working capital", (statements.working_capital_table(basis),)),
    ]
    return Section("forecast", "Financial forecast", sections=tuple(parts))


def _sold(basis: Basis, say: Formats) -> Paragraph:
    """From the first to the last year, and the product that carries the sales."""
    sales = basis.yearly("revenue")
    text = f"Sales in {basis.years[0]}: {say.figure(sales[0], 'money')}"
    text += f"; in {basis.years[-1]}: {say.figure(sales[-1], 'money')}." if len(sales) > 1 else "."
    year = full_year(basis)
    axis = basis.plan.axis
    by_product = {
        product.name: float(axis.sum_years(basis.projection.products[product.name]["revenue"])[year, 0])
        for product in basis.plan.products
    }
    largest = max(by_product, key=lambda name: by_product[name])
    if len(by_product) > 1 and sales[year]:
        share = say.figure(by_product[largest] / sales[year], "share")
        text += f" In {basis.years[year]}, {share} of them come from {largest}."
    return Paragraph(text)


def _earned(basis: Basis, say: Formats) -> Paragraph:
    """Losses, and what is earned in a full year."""
    profit = basis.yearly("net_profit")
    losses = [year for year, value in zip(basis.years, profit, strict=True) if value < 0]
    year = full_year(basis)
    earned = "A net profit" if basis.plan.tax is not None else "A profit, before a tax that is not stated,"
    text = f"A loss is expected in {listed(losses)}." if losses else f"{earned} is expected in every year."
    margin = basis.indicator_years("ebitda_margin")[year]
    if margin is not None:
        text += (
            f" In {basis.years[year]}, {say.figure(margin, 'share')} of sales are left before depreciation, interest"
            " and tax (EBITDA)."
        )
    return Paragraph(text)


def _lowest_cash(basis: Basis, say: Formats) -> Paragraph:
    """The month with the least cash of the whole plan; money that runs out is a warning."""
    cash = basis.projection.line("cash")[:, 0].tolist()
    low = min(range(len(cash)), key=lambda month: cash[month])
    label = basis.plan.axis.month(low + 1).label
    text = f"Over the whole plan cash is lowest at the end of {label}: {say.figure(cash[low], 'money')}."
    return Paragraph(text, "warning" if cash[low] < -0.5 else "body")


def _owned(basis: Basis, say: Formats) -> Paragraph:
    """What belongs to the members and what is owed, from the eve of the plan to its end."""
    before = basis.projection.opening
    own = (before["share_capital"] + before["retained_earnings"], _last(basis, "share_capital", "retained_earnings"))
    owed = (before["loans"] + before["overdraft"], _last(basis, "loans", "overdraft"))
    year = basis.years[-1]
    return Paragraph(
        f"Members' capital and kept surplus go from {say.figure(own[0], 'money')} at the start to"
        f" {say.figure(own[1], 'money')} at the end of {year}; loans and overdraft from {say.figure(owed[0], 'money')}"
        f" to {say.figure(owed[1], 'money')}."
    )


def _last(basis: Basis, *names: str) -> float:
    return sum(basis.yearly(name)[-1] for name in names)


def all_assumptions(basis: Basis) -> Section:
    """Every stated number with its source, the conventions, inputs of a unit and quotations, for the annex."""
    tables = (
        assumed.assumption_table(basis), further_sources(basis), assumed.conventions_table(basis), inputs_table(basis),
        quotations(basis),
    )  # fmt: skip
    origin = author_text(basis.plan.origin) if basis.plan.origin else ()
    return Section("assumptions", "Assumptions and their sources", (*origin, *(table for table in tables if table)))


def months_annex(basis: Basis) -> Section:
    """Cash flow by month of the first three years, line by line, for the annex."""
    years = range(min(3, -(-basis.plan.axis.months // 12)))
    tables = tuple(statements.cash_flow_months(basis, year) for year in years)
    return Section("months", "Cash flow by month", tables)
