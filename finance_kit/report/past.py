"""Past results: the years before the plan, their trend, and how the plan's first year compares."""

from __future__ import annotations

from finance_kit.plan.narrative import PastYear
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Chart, Column, Paragraph, Row, Section, Series, Table
from finance_kit.report.wording import not_stated

__all__ = ["past_results"]

_BASES = {
    "audited": "audited accounts",
    "accounts": "own accounts",
    "tax_return": "tax return",
    "rebuilt": "rebuilt from records",
}


def past_results(basis: Basis) -> Section:
    """Sales, costs, surplus, assets and debts of past years, and where these figures come from."""
    years = sorted(basis.plan.past_years, key=lambda past: past.year)
    if not years:
        return Section("past_results", "Past results", (not_stated("Results of past years"),))
    blocks: list[Block] = [_table(years)]
    trend = _trend(basis, years)
    if trend:
        blocks.insert(0, Paragraph(trend))
    if any(past.basis == "rebuilt" for past in years):
        blocks.append(
            Paragraph("Figures rebuilt from records are not accounts; a lender may ask for the records.", "note")
        )
    if len(years) > 1:
        blocks.append(_chart(basis, years))
    return Section("past_results", "Past results", tuple(blocks))


def _table(years: list[PastYear]) -> Table:
    surplus = [past.sales - past.costs for past in years]
    margin = [left / past.sales if past.sales else None for left, past in zip(surplus, years, strict=True)]
    rows = [
        Row(("Sales", *(past.sales for past in years))),
        Row(("Costs", *(past.costs for past in years))),
        Row(("Surplus", *surplus), "total"),
        Row(("Surplus as a share of sales", *margin), unit="share"),
    ]
    if any(past.assets is not None for past in years):
        rows.append(Row(("Assets at the end", *(past.assets for past in years))))
    if any(past.debts is not None for past in years):
        rows.append(Row(("Debts at the end", *(past.debts for past in years))))
    rows.append(Row(("Basis of the figures", *(_BASES[past.basis] for past in years))))
    columns = (Column(""), *(Column(str(past.year), "money") for past in years))
    return Table("past_results", "Past results by year", columns, tuple(rows), wide=len(years) > 5)


def _trend(basis: Basis, years: list[PastYear]) -> str:
    """What sales did between the first and the last year, and what the plan expects of its own first year."""
    say = Formats(basis.currency)
    first, last = years[0], years[-1]
    found = []
    span = last.year - first.year
    if span > 0 and first.sales > 0 and last.sales > 0:
        verb = "rose" if last.sales > first.sales else "fell" if last.sales < first.sales else "stayed the same"
        growth = abs((last.sales / first.sales) ** (1 / span) - 1)
        rate = f", {say.figure(growth, 'rate')} a year on average" if last.sales != first.sales else ""
        found.append(
            f"Sales {verb} from {say.figure(first.sales, 'money')} in {first.year} to"
            f" {say.figure(last.sales, 'money')} in {last.year}{rate}."
        )
    losses = [str(past.year) for past in years if past.costs > past.sales]
    if losses:
        found.append(f"Costs were above sales in {', '.join(losses)}.")
    axis = basis.plan.axis
    if last.sales > 0 and axis.year_ends[0] == 11:
        planned = basis.yearly("revenue")[0]
        compared = f"{say.number(planned / last.sales, 'ratio')} times the sales of {last.year}"
        found.append(f"The plan expects sales of {say.figure(planned, 'money')} in {basis.years[0]}: {compared}.")
    return " ".join(found)


def _chart(basis: Basis, years: list[PastYear]) -> Chart:
    first, last = years[0], years[-1]
    title = f"Sales and costs, {first.year} to {last.year}"
    say = Formats(basis.currency)
    alt = "; ".join(
        f"{past.year}: sales {say.figure(past.sales, 'money')}, costs {say.figure(past.costs, 'money')}"
        for past in years
    )
    return Chart(
        "past_results",
        "column",
        title,
        tuple(str(past.year) for past in years),
        (
            Series("Sales", tuple(past.sales for past in years)),
            Series("Costs", tuple(past.costs for past in years)),
        ),
        "money",
        f"{title}. {alt}.",
        basis.currency,
    )
