"""Returns: NPV, IRR, payback for the project, the members' money and the increment; break-even; sensitivity."""

from __future__ import annotations

import math

from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import VIEWS
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Cell, Chart, Column, Paragraph, Row, Section, Series, Table, Unit
from finance_kit.report.statements import too_wide
from finance_kit.report.wording import full_year, listed
from finance_kit.risk.stress import SENSITIVITIES, sensitivity

__all__ = ["returns_section"]

_MEASURES: tuple[tuple[str, str, Unit], ...] = (
    ("npv", "Net present value (NPV)", "money"),
    ("irr_annual", "Internal rate of return (IRR), a year", "rate"),
    ("mirr_annual", "Modified IRR, a year", "rate"),
    ("xirr", "IRR by calendar days (XIRR)", "rate"),
    ("payback_years", "Payback, years", "years"),
    ("discounted_payback_years", "Discounted payback, years", "years"),
    ("benefit_cost_ratio", "Benefit-cost ratio", "ratio"),
)
_VIEW_WORDS = {
    "project": "The flows of the project",
    "equity": "The flows of the members' own money",
    "increment": "The flows beyond those without the project",
}
_HIGHEST_RATE = 10.0  # a year, 1,000 per cent
_NAMES = {
    "price": "Prices",
    "volume": "Volumes",
    "input_cost": "Cost of inputs",
    "fixed_cost": "Fixed costs",
    "wage": "Pay",
}


def _returns_table(basis: Basis) -> Table:
    rows, reasons = [], []
    for name, label, unit in _MEASURES:
        cells: list[Cell] = [label]
        for view in VIEWS:
            value = basis.indicators.figure(f"{view}_{name}")
            cells.append(None if isinstance(value, Undefined) else value)
            if isinstance(value, Undefined):
                reasons.append(value.reason)
        rows.append(Row(tuple(cells), unit=unit))
    columns = (
        Column("Measure"), Column("Project", "money"), Column("Members' own money", "money"),
        Column("More than without the project", "money"),
    )  # fmt: skip
    note = "Payback does not count the value that is left at the end."
    note += " A dash: the measure does not exist for these flows." if reasons else ""
    return Table("returns", "Returns", columns, tuple(rows), note)


def _rate_words(rate: float, say: Formats) -> str:
    """A rate in per cent; one that no business earns is only said to be beyond reason."""
    return say.figure(rate, "share") if rate <= _HIGHEST_RATE else "more than 1,000 %"


def _several_rates(basis: Basis) -> list[Block]:
    """All rates where there are several, for each view."""
    found: list[Block] = []
    for view in VIEWS:
        result = basis.indicators.returns(view)
        if not isinstance(result, Undefined) and len(result.irr_roots) > 1:
            rates = listed(_rate_words(rate, Formats(basis.currency)) for rate in result.irr_roots)
            found.append(
                Paragraph(
                    f"{_VIEW_WORDS[view]} change sign more than once; the NPV is zero at {rates} a year. Judge by"
                    " the NPV and the modified IRR.",
                    "warning",
                )
            )
    return found


def _break_even_table(basis: Basis) -> Table:
    rows = (
        Row(("Sales", *basis.yearly("revenue"))),
        Row(("Break-even sales", *basis.indicator_years("break_even_revenue"))),
        Row(("Break-even sales with debt service", *basis.indicator_years("break_even_revenue_with_debt_service"))),
        Row(("Margin of safety", *basis.indicator_years("margin_of_safety")), unit="share"),
        Row(("Break-even, share of capacity", *basis.indicator_years("break_even_share_of_capacity")), unit="share"),
        Row(
            (
                "Break-even with debt service, share of capacity",
                *basis.indicator_years("break_even_share_of_capacity_with_debt_service"),
            ),
            unit="share",
        ),
    )
    columns = (Column(""), *(Column(year, "money") for year in basis.years))
    return Table("break_even", "Break-even by year", columns, rows, wide=too_wide(basis))


def _units_table(basis: Basis) -> Table:
    """Break-even in units: the planned mix, all products moving together."""
    axis = basis.plan.axis
    shares = [
        needed / sales if needed is not None and sales else None
        for needed, sales in zip(basis.indicator_years("break_even_revenue"), basis.yearly("revenue"), strict=True)
    ]
    rows = []
    for product in basis.plan.products:
        units = axis.sum_years(basis.projection.products[product.name]["volume"])[:, 0].tolist()
        cells = (None if share is None else share * unit for share, unit in zip(shares, units, strict=True))
        rows.append(Row((f"{product.name}, {product.unit}", *cells), unit="count"))
    columns = (Column("Units sold at break-even"), *(Column(year, "count") for year in basis.years))
    note = "With the planned mix of products."
    return Table("break_even_units", "Break-even in units", columns, tuple(rows), note, too_wide(basis))


def _ratios_table(basis: Basis) -> Table:
    names: tuple[tuple[str, str, Unit], ...] = (
        ("contribution_margin", "Contribution margin", "share"),
        ("ebitda_margin", "EBITDA margin", "share"),
        ("net_margin", "Net profit margin", "share"),
        ("return_on_equity", "Return on members' equity", "share"),
        ("current_ratio", "Current ratio", "ratio"),
        ("quick_ratio", "Quick ratio", "ratio"),
        ("debt_to_equity", "Gearing: debt to equity", "ratio"),
        ("debt_to_assets", "Debt to assets", "share"),
    )
    rows = tuple(Row((label, *basis.indicator_years(name)), unit=unit) for name, label, unit in names)
    columns = (Column("Ratio"), *(Column(year, "ratio") for year in basis.years))
    missing = any(cell is None for row in rows for cell in row.cells)
    note = "A dash: the ratio does not exist in that year, since there is nothing to divide by." if missing else None
    return Table("ratios", "Ratios by year", columns, rows, note, wide=too_wide(basis))


def _sensitivity_blocks(basis: Basis) -> list[Block]:
    found = sensitivity(basis.projection.assumptions)
    if any(math.isnan(value) for pair in found.values() for value in pair):
        return []
    base = float(basis.indicators.plan_level["project_npv"][0])
    order = sorted(SENSITIVITIES, key=lambda name: -abs(found[name][1] - found[name][0]))
    rows = tuple(Row((_NAMES[name], *found[name])) for name in order)
    columns = (Column("Driver"), Column("NPV, 10 % lower", "money"), Column("NPV, 10 % higher", "money"))
    planned = Formats(basis.currency).figure(base, "money")
    note = f"NPV as planned: {planned}. One driver at a time, the whole model run again."
    table = Table("sensitivity", "NPV when one thing changes by 10 %", columns, rows, note)
    first = _NAMES[order[0]].lower()
    chart = Chart(
        "sensitivity",
        "bar",
        f"The NPV hangs most on {first}",
        tuple(_NAMES[name] for name in order),
        (
            Series("10 % lower", tuple(found[name][0] - base for name in order)),
            Series("10 % higher", tuple(found[name][1] - base for name in order)),
        ),
        "money",
        f"Change of the net present value when one driver changes by 10 %. It hangs most on {first}.",
        basis.currency,
    )
    return [table, chart]


def _finding(basis: Basis) -> tuple[Block, ...]:
    """Whether the project earns more than the discount rate asks for."""
    value, valuation = basis.indicators.figure("project_npv"), basis.plan.valuation
    if isinstance(value, Undefined) or valuation is None:
        return ()
    say = Formats(basis.currency)
    more = "more" if value >= 0 else "less"
    return (
        Paragraph(
            f"At a discount rate of {say.figure(valuation.discount_rate, 'rate')} a year the project brings"
            f" {say.figure(abs(value), 'money')} {more} than it costs, in today's value (NPV)."
        ),
    )


def _safety(basis: Basis) -> tuple[Block, ...]:
    """How far sales may fall in the first full year."""
    year = full_year(basis)
    margin = basis.indicator_years("margin_of_safety")[year]
    if margin is None:
        return ()
    share, label = Formats(basis.currency).figure(abs(margin), "share"), basis.years[year]
    if margin >= 0:
        return (Paragraph(f"In {label} the quantity sold may fall by {share} before there is a loss."),)
    return (Paragraph(f"In {label} sales are {share} below break-even."),)


def returns_section(basis: Basis) -> Section:
    """Returns, break-even, ratios and sensitivity."""
    if basis.plan.valuation is None:
        first: list[Block] = [Paragraph("No discount rate is stated, so that no present value is reckoned.", "note")]
    else:
        first = [*_finding(basis), _returns_table(basis), *_several_rates(basis)]
    parts = [
        Section("returns_measures", "NPV, IRR and payback", tuple(first)),
        Section("break_even", "Break-even", (*_safety(basis), _break_even_table(basis), _units_table(basis))),
        Section("ratios", "Ratios", (_ratios_table(basis),)),
    ]
    blocks = _sensitivity_blocks(basis) if basis.plan.valuation else []
    if blocks:
        parts.append(Section("sensitivity", "Sensitivity", tuple(blocks)))
    return Section("returns", "Returns and break-even", sections=tuple(parts))
