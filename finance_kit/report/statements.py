"""Tables of the forecast: sales, profit and loss, cash flow by month and year, balance sheet, working capital."""

from __future__ import annotations

from collections.abc import Sequence

from finance_kit.engine.catalogue import lines
from finance_kit.report.basis import Basis
from finance_kit.report.model import Column, Row, Table

__all__ = [
    "ASSETS",
    "CLAIMS",
    "PROFIT_AND_LOSS",
    "balance_sheet",
    "cash_flow_months",
    "cash_flow_years",
    "cash_months_in_short",
    "profit_and_loss",
    "sales_table",
    "signed",
    "too_wide",
    "working_capital_table",
]

PROFIT_AND_LOSS = (
    "revenue", "material_cost", "selling_cost", "contribution", "fixed_cost", "overhead", "payroll", "social",
    "pre_operating_cost", "operating_grants", "ebitda", "depreciation", "grant_release", "ebit", "loan_interest",
    "overdraft_interest", "finance_fees", "exchange_loss", "savings_interest", "pbt", "tax_expense", "net_profit",
)  # fmt: skip
_CASH_FLOW = (
    "ebitda", "working_capital_increase", "tax_paid", "operating_cash_flow", "capex", "asset_sales", "free_cash_flow",
    "equity_injection", "grants_received", "loan_draws", "loan_principal", "interest_paid", "finance_fees",
    "savings_paid_in", "savings_returned", "overdraft_drawn", "overdraft_repaid", "dividends_paid", "patronage_paid",
    "net_cash_flow",
)  # fmt: skip
_YEARS_UPRIGHT = 8
_FUNDS_IN = (
    "operating_grants", "asset_sales", "equity_injection", "grants_received", "loan_draws", "savings_returned",
    "overdraft_drawn",
)  # fmt: skip
_RUNNING = ("selling_cost", "fixed_cost", "overhead", "payroll", "social", "pre_operating_cost", "tax_paid")
_DEBT = ("loan_principal", "interest_paid", "finance_fees", "savings_paid_in", "overdraft_repaid")
_TO_MEMBERS = ("dividends_paid", "patronage_paid")
ASSETS = ("cash", "receivables", "inventory", "compulsory_savings", "fixed_assets_net", "total_assets")
CLAIMS = (
    "payables", "tax_payable", "interest_payable", "overdraft", "loans", "deferred_grants", "share_capital",
    "retained_earnings", "total_liabilities_equity",
)  # fmt: skip


def signed(name: str, values: Sequence[float], statement: str) -> tuple[float, ...]:
    """Costs and money out are shown negative in a statement that is added up from top to bottom."""
    line = lines()[name]
    outgoing = line.sign == -1 and statement in ("profit_and_loss", "cash_flow")
    return tuple(-value if outgoing and value else value for value in values)


def _statement(basis: Basis, names: Sequence[str], statement: str) -> list[Row]:
    """A row a line, leaving out lines that are nothing in every year; totals always stay."""
    rows = []
    for name in names:
        values = basis.yearly(name)
        total = lines()[name].kind == "total"
        if total or any(abs(value) >= 0.005 for value in values):
            cells = signed(name, values, statement)
            rows.append(Row((lines()[name].label, *cells), "total" if total else "normal"))
    return rows


def _year_columns(basis: Basis) -> tuple[Column, ...]:
    return (Column("", "text"), *(Column(year, "money") for year in basis.years))


def too_wide(basis: Basis) -> bool:
    """Whether a table by year needs a landscape page."""
    return len(basis.years) > _YEARS_UPRIGHT


def sales_table(basis: Basis) -> Table:
    """Units and sales of each product by year."""
    axis = basis.plan.axis
    rows = []
    for product in basis.plan.products:
        found = basis.projection.products[product.name]
        units = axis.sum_years(found["volume"])[:, 0].tolist()
        sales = axis.sum_years(found["revenue"])[:, 0].tolist()
        rows.append(Row((f"{product.name}, {product.unit}", *units), unit="count"))
        rows.append(Row((f"{product.name}, sales", *sales)))
    rows.append(Row(("Sales", *basis.yearly("revenue")), "total"))
    return Table("sales", "Sales plan by year", _year_columns(basis), tuple(rows), wide=too_wide(basis))


def profit_and_loss(basis: Basis) -> Table:
    """Profit and loss by year; costs negative."""
    rows = _statement(basis, PROFIT_AND_LOSS, "profit_and_loss")
    note = None
    imputed = basis.yearly("imputed_labour")
    if any(imputed):
        rows.append(Row(("Members' unpaid work, valued (not a cost above)", *imputed)))
    return Table("profit_and_loss", "Profit and loss by year", _year_columns(basis), tuple(rows), note, too_wide(basis))


def cash_flow_years(basis: Basis) -> Table:
    """Cash flow by year; money out negative."""
    rows = _statement(basis, _CASH_FLOW, "cash_flow")
    closing = basis.yearly("cash")
    opening = (basis.plan.opening.cash, *closing[:-1])
    rows += [Row(("Cash at the beginning", *opening)), Row(("Cash at the end", *closing), "total")]
    return Table("cash_flow_years", "Cash flow by year", _year_columns(basis), tuple(rows), wide=too_wide(basis))


def _customers_paid(basis: Basis, first: int, last: int) -> tuple[float, ...]:
    """Sales less what customers come to owe: cash received from customers."""
    revenue = basis.monthly("revenue", 0, last)
    owed = (basis.plan.opening.receivables, *basis.monthly("receivables", 0, last))
    return tuple(revenue[m] - (owed[m + 1] - owed[m]) for m in range(first, last))


def _suppliers_paid(basis: Basis, first: int, last: int) -> tuple[float, ...]:
    """Purchases less what comes to be owed to suppliers: cash paid for inputs."""
    bought = basis.monthly("purchases", 0, last)
    owed = (basis.plan.opening.payables, *basis.monthly("payables", 0, last))
    return tuple(bought[m] - (owed[m + 1] - owed[m]) for m in range(first, last))


def cash_flow_months(basis: Basis, year: int = 0) -> Table:
    """Cash of twelve months as a treasurer sees it: receipts, payments, closing cash; the lowest month marked."""
    axis = basis.plan.axis
    first = year * 12
    last = min(first + 12, axis.months)
    labels = [axis.month(m + 1).label for m in range(first, last)]
    body: list[Row] = [Row(("Cash at the beginning", *_opening(basis, first, last), None))]

    def add(label: str, values: tuple[float, ...], sign: float = 1.0) -> None:
        if any(abs(value) >= 0.005 for value in values):
            shown = tuple(sign * value if value else 0.0 for value in values)
            body.append(Row((label, *shown, sum(shown))))

    add("Received from customers", _customers_paid(basis, first, last))
    for name in _FUNDS_IN:
        add(lines()[name].label, basis.monthly(name, first, last))
    add("Paid to suppliers of inputs", _suppliers_paid(basis, first, last), -1.0)
    for name in (*_RUNNING, "capex", *_DEBT, *_TO_MEMBERS):
        add(lines()[name].label, basis.monthly(name, first, last), -1.0)
    net = basis.monthly("net_cash_flow", first, last)
    closing = basis.monthly("cash", first, last)
    body.append(Row(("Net cash flow", *net, sum(net)), "total"))
    low = min(range(len(closing)), key=lambda m: closing[m])
    body.append(Row(("Cash at the end", *closing, closing[-1]), "total", marked_cells=(low + 1,)))
    columns = (Column("", "text"), *(Column(label, "money") for label in labels), Column("Total", "money"))
    note = f"Lowest cash of these months: end of {labels[low]} (marked)."
    title = f"Cash flow by month, {labels[0]} to {labels[-1]}"
    return Table(f"cash_flow_months_{year + 1}", title, columns, tuple(body), note, wide=True)


def cash_months_in_short(basis: Basis, months: int = 12) -> Table:
    """Cash of the first months, a row each, in the groups a loan officer looks for; the lowest month marked.

    Every column is added up from the lines of :func:`cash_flow_months`, so that both tables tie.
    """
    axis = basis.plan.axis
    last = min(months, axis.months)

    def flow(names: Sequence[str]) -> tuple[float, ...]:
        return tuple(sum(month) for month in zip(*(basis.monthly(name, 0, last) for name in names), strict=True))

    suppliers = _suppliers_paid(basis, 0, last)
    columns = {
        "Before": _opening(basis, 0, last),
        "From customers": _customers_paid(basis, 0, last),
        "Members, grants, loans": flow(_FUNDS_IN),
        "Running costs and tax": tuple(-a - b for a, b in zip(suppliers, flow(_RUNNING), strict=True)),
        "Invested": tuple(-value if value else 0.0 for value in flow(("capex",))),
        "Debt service and fees": tuple(-value if value else 0.0 for value in flow(_DEBT)),
        "To members": tuple(-value if value else 0.0 for value in flow(_TO_MEMBERS)),
        "At the end": basis.monthly("cash", 0, last),
    }
    kept = {name: values for name, values in columns.items() if name in ("Before", "At the end") or any(values)}
    closing = columns["At the end"]
    low = min(range(last), key=lambda month: closing[month])
    rows = [
        Row((axis.month(month + 1).label, *(values[month] for values in kept.values())),
            "marked" if month == low else "normal")
        for month in range(last)
    ]  # fmt: skip
    sums = (
        None if name == "Before" else closing[-1] if name == "At the end" else sum(values)
        for name, values in kept.items()
    )
    rows.append(Row(("Together", *sums), "total"))
    return Table(
        "cash_months_in_short",
        f"Cash by month, {axis.month(1).label} to {axis.month(last).label}",
        (Column("", "text"), *(Column(name, "money") for name in kept)),
        tuple(rows),
        "The month with the least cash is marked. Line by line in the annex.",
    )


def _opening(basis: Basis, first: int, last: int) -> tuple[float, ...]:
    before = (basis.plan.opening.cash, *basis.monthly("cash", 0, last))
    return before[first:last]


def balance_sheet(basis: Basis) -> Table:
    """Balance sheet on the eve of the plan and at each year's end."""
    rows: list[Row] = []
    width = len(basis.years) + 2

    def part(heading: str, names: Sequence[str]) -> None:
        rows.append(Row((heading, *(None,) * (width - 1)), "group"))
        for name in names:
            opening, values = basis.projection.opening[name], basis.yearly(name)
            total = lines()[name].kind == "total"
            if total or abs(opening) >= 0.005 or any(abs(value) >= 0.005 for value in values):
                rows.append(Row((lines()[name].label, opening, *values), "total" if total else "normal"))

    part("What there is", ASSETS)
    part("Whose it is", CLAIMS)
    columns = (Column("", "text"), Column("Opening", "money"), *(Column(year, "money") for year in basis.years))
    title = "Balance sheet at the end of each year"
    return Table("balance_sheet", title, columns, tuple(rows), wide=too_wide(basis))


def working_capital_table(basis: Basis) -> Table:
    """What is tied up at each year's end, and the most that was in any month of it."""
    axis = basis.plan.axis
    tied_up = basis.projection.line("working_capital")[:, 0]
    peaks = [float(tied_up[axis.year_index == year].max()) for year in range(len(basis.years))]
    ends = axis.last_of_years(tied_up).tolist()
    rows = [
        *(Row((lines()[name].label, *basis.yearly(name))) for name in ("receivables", "inventory", "payables")),
        Row(("Trade working capital", *ends), "total"),
        Row(("Highest month of the year", *peaks)),
    ]
    days = basis.plan.working_capital
    if not days.model_fields_set:
        note = "How long customers, stock and suppliers tie up money is not stated and is reckoned as 0 days."
        return Table("working_capital", "Working capital", _year_columns(basis), tuple(rows), note, too_wide(basis))
    note = (
        f"Customers pay after {days.receivable_days:g} days, stock of inputs lasts {days.inventory_days:g} days,"
        f" suppliers are paid after {days.payable_days:g} days; inputs bought ahead of sale come on top."
    )
    return Table("working_capital", "Working capital", _year_columns(basis), tuple(rows), note, too_wide(basis))
