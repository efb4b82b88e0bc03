"""The forecast section: assumptions, sales, profit and loss, cash flow, balance sheet, working capital."""

from __future__ import annotations

from finance_kit.report import assumption_table as assumed
from finance_kit.report import statements
from finance_kit.report.basis import Basis
from finance_kit.report.model import Block, Chart, Paragraph, Section, Series

__all__ = ["all_assumptions", "forecast", "later_months"]


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
        (Series("Cash at month end", cash),),
        "money",
        f"Cash at the end of each of {axis.months} months. {title}.",
        basis.currency,
    )


def _profit_chart(basis: Basis) -> Chart:
    """Sales and net profit by year."""
    sales, profit = basis.yearly("revenue"), basis.yearly("net_profit")
    losses = [year for year, value in zip(basis.years, profit, strict=True) if value < 0]
    title = f"Loss in {', '.join(losses)}" if losses else "A net profit in every year"
    return Chart(
        "sales_and_profit",
        "column",
        title,
        basis.years,
        (Series("Sales", sales), Series("Net profit", profit)),
        "money",
        f"Sales and net profit by year. {title}.",
        basis.currency,
    )


def forecast(basis: Basis) -> Section:
    """Assumptions and the three statements, with the worst month marked."""
    assumptions: list[Block] = [
        Paragraph("Every stated price, cost and volume stands in the annex with its source and date.")
    ]
    exchange = assumed.exchange_table(basis)
    if exchange is not None:
        assumptions.append(exchange)
    assumptions.append(assumed.conventions_table(basis))
    parts = [
        Section("forecast_assumptions", "Assumptions", tuple(assumptions)),
        Section("forecast_sales", "Sales", (statements.sales_table(basis),)),
        Section("forecast_profit", "Profit and loss", (statements.profit_and_loss(basis), _profit_chart(basis))),
        Section(
            "forecast_cash_months",
            "Cash flow by month, first year",
            (
                Paragraph("Money received and paid in each month. Loans, contributions and grants are included."),
                statements.cash_flow_months(basis),
                _cash_chart(basis),
            ),
        ),
    ]
    if len(basis.years) > 1:
        parts.append(Section("forecast_cash_years", "Cash flow by year", (statements.cash_flow_years(basis),)))
    parts += [
        Section("forecast_balance", "Balance sheet", (statements.balance_sheet(basis),)),
        Section("forecast_working_capital", "Working capital", (statements.working_capital_table(basis),)),
    ]
    return Section("forecast", "Financial forecast", sections=tuple(parts))


def all_assumptions(basis: Basis) -> Section:
    """Every stated number with its source, for the annex."""
    return Section("assumptions", "Assumptions and their sources", (assumed.assumption_table(basis),))


def later_months(basis: Basis) -> Section | None:
    """Monthly cash flow of the second and third year, for the annex; ``None`` in a plan of one year."""
    years = range(1, min(3, -(-basis.plan.axis.months // 12)))
    tables = tuple(statements.cash_flow_months(basis, year) for year in years)
    return Section("later_months", "Cash flow by month, later years", tables) if tables else None
