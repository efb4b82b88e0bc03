"""Use cases of results on a screen: tables of which each figure can be opened, and what mends a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from finance_kit.errors import CalculationError
from finance_kit.service import Run, figure_labels

__all__ = [
    "FigureTable",
    "Link",
    "as_table",
    "cover_of_stresses",
    "explain_at",
    "financing",
    "fix_edits",
    "key_figures",
    "kind_of",
    "lowest_cash",
    "mends",
    "month_labels",
    "monthly",
    "profile_of",
    "reason_words",
    "schedules",
    "table",
    "table_by_month",
    "weak_points",
    "yearly",
    "years",
]

Link = tuple[str, str]
"""A figure and its period; the period is empty for a figure of the whole plan."""

_SAID_OTHERWISE: Final = MappingProxyType(
    {
        "Cash at the end": "cash",
        "Members' unpaid work, valued (not a cost above)": "imputed_labour",
        "DSCR": "dscr",
        "LLCR at the year's end": "llcr",
        "Break-even, share of capacity": "break_even_share_of_capacity",
        "Break-even with debt service, share of capacity": "break_even_share_of_capacity_with_debt_service",
        "Return on members' equity": "return_on_equity",
        "Current ratio": "current_ratio",
        "Quick ratio": "quick_ratio",
    }
)
"""Rows whose heading in a table is not the figure's own label."""
_LINES: Final = (
    "balance_sheet", "break_even", "cash_flow", "debt_service_cover", "debt_service_months", "profit_and_loss",
    "ratios", "working_capital",
)  # fmt: skip
"""Beginnings of the ids of tables whose rows are figures of the plan; elsewhere a row may be named by the author."""
_OF_THE_WHOLE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "sources_and_uses": {
            "Members' contributions in cash": ("equity_injection",),
            "Members' contributions in kind": ("in_kind",),
            "Loans": ("loan_draws",),
        },
        "stress": {"As planned": ("min_dscr", "average_dscr", "cash_low_point", "project_npv")},
    }
)
"""Cells, from the first number on, that are figures of the whole plan."""
_RETURNS: Final = (
    "npv", "irr_annual", "mirr_annual", "xirr", "payback_years", "discounted_payback_years", "benefit_cost_ratio",
)  # fmt: skip
_BY_MONTH: Final = MappingProxyType({"cfads": "monthly_cfads", "debt_service": "monthly_debt_service",
                                     "dscr": "monthly_dscr"})  # fmt: skip
_KEYS: Final = MappingProxyType({"sales_of_year": "revenue", "profit_of_year": "net_profit"})


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of the report; ``links`` has for each cell the figure behind it, ``None`` where there is none."""

    table: Any
    links: tuple[tuple[Link | None, ...], ...]


def years(opened: Run) -> tuple[str, ...]:
    """Labels of the reporting years."""
    labels: tuple[str, ...] = opened.basis.years
    return labels


def month_labels(opened: Run) -> tuple[str, ...]:
    """Every month of the plan, as ``2027-03``."""
    axis = opened.plan.axis
    return tuple(str(axis.month(number + 1)) for number in range(axis.months))


def yearly(opened: Run, name: str) -> tuple[float | None, ...]:
    """A line or an indicator of each year; ``None`` where it does not exist."""
    from finance_kit.engine.catalogue import lines

    found: tuple[float | None, ...] = (
        opened.basis.yearly(name) if name in lines() else opened.basis.indicator_years(name)
    )
    return found


def kind_of(name: str) -> tuple[str, str]:
    """Unit of a figure, and whether there is one a ``year``, a ``month``, or one for the whole ``plan``."""
    from finance_kit.engine.catalogue import lines
    from finance_kit.indicators.registry import definitions

    return (lines()[name].unit, "year") if name in lines() else (definitions()[name].unit, definitions()[name].scope)


def reason_words(code: str | None) -> str:
    """Why a figure does not exist, in words."""
    from finance_kit.report.formats import Formats

    return Formats("").reason(code)


def monthly(opened: Run, name: str) -> tuple[float, ...]:
    """A line of each month of the plan."""
    values: tuple[float, ...] = opened.basis.monthly(name, 0, opened.plan.axis.months)
    return values


def lowest_cash(opened: Run) -> tuple[float, str]:
    """The least cash at a month end, plan currency, and that month as ``2027-03``; the first such month."""
    values = monthly(opened, "cash")
    place = min(range(len(values)), key=lambda month: values[month])
    return values[place], month_labels(opened)[place]


def financing(opened: Run) -> dict[str, float]:
    """Sources and uses; see :func:`finance_kit.report.investment.financing_totals`."""
    from finance_kit.report.investment import financing_totals

    return financing_totals(opened.basis)


def weak_points(opened: Run) -> tuple[str, ...]:
    """What is weak in the figures themselves, most grave first; see :mod:`finance_kit.report.weak_points`."""
    from finance_kit.report.weak_points import weaknesses

    return weaknesses(opened.basis)


def cover_of_stresses(opened: Run) -> tuple[tuple[str, float | None], ...]:
    """Lowest yearly DSCR as planned and in each stress, by the stress's name."""
    basis = opened.basis
    found = ((stress.name, basis.stressed.figure("min_dscr", None, at)) for at, stress in enumerate(basis.stresses))
    return tuple((name, value if isinstance(value, float) else None) for name, value in found)


def key_figures(opened: Run) -> tuple[tuple[Any, Link | None], ...]:
    """The key figures of the plan, each with the figure that can be opened."""
    from finance_kit.report.context import key_figures as found

    known, basis = figure_labels(), opened.basis
    year = basis.years[min(1, len(basis.years) - 1)]

    def link(name: str) -> Link | None:
        if name in _KEYS:
            return _KEYS[name], year
        return (name, "") if name in known else None

    return tuple((each, link(each.id)) for each in found(basis))


# -------------------------------------------------------------------------------------------------------------- tables


def table(opened: Run, name: str) -> FigureTable | None:
    """A table of the report by its id; ``None`` where this plan has none."""
    for each in opened.context.tables():
        if each.id == name:
            return as_table(opened, each)
    return None


def schedules(opened: Run) -> tuple[Any, ...]:
    """The schedule of each new loan as it is signed, as tables of the report; :func:`as_table` opens their figures."""
    from finance_kit.report.repayment import schedules as written

    section = written(opened.basis)
    return () if section is None else section.blocks


def table_by_month(opened: Run, name: str, year: str) -> FigureTable:
    """One year of a statement, month by month.

    Parameters
    ----------
    opened : the plan
    name : ``profit_and_loss``, ``balance_sheet`` or ``debt_service``
    year : label of a reporting year

    Raises
    ------
    CalculationError : ``period_unknown``, the plan has no such year
    """
    from finance_kit.report import by_month

    labels = years(opened)
    if year not in labels:
        raise CalculationError("period_unknown", period=year, years=", ".join(labels))
    made = getattr(by_month, f"{name}_months")(opened.basis, labels.index(year))
    return as_table(opened, made)


def as_table(opened: Run, made: Any) -> FigureTable:
    """A table of the report with the figure behind each cell."""
    labels = {label: name for name, label in figure_labels().items()} | _SAID_OTHERWISE
    periods = _periods(opened, made)
    rows = []
    for place, row in enumerate(made.rows):
        label, links = str(row.cells[0]), list[Link | None]([None] * len(row.cells))
        names = _OF_THE_WHOLE.get(made.id, {}).get(label, ())
        if made.id == "returns":
            names = tuple(f"{view}_{_RETURNS[place]}" for view in ("project", "equity", "increment"))
        for at, name in enumerate(names, 1):
            links[at] = (name, "")
        if made.id.startswith(_LINES) and label in labels:
            links = [_link(labels[label], at) if at else None for at in periods]
        rows.append(tuple(link if row.cells[at] is not None else None for at, link in enumerate(links)))
    return FigureTable(made, tuple(rows))


def _link(name: str, period: str) -> Link:
    """The figure of a period; of a month the monthly one, where there are two."""
    is_month = len(period) == 7 and period[4] == "-" and period[5:].isdigit()
    return (_BY_MONTH.get(name, name) if is_month else name), period


def _periods(opened: Run, made: Any) -> tuple[str, ...]:
    """The period of each column; empty where a column is none."""
    axis = opened.plan.axis
    known = {label: label for label in years(opened)}
    for number in range(1, axis.months + 1):
        month = axis.month(number)
        known |= {str(month): str(month), month.label: str(month)}
    return tuple(known.get(column.label, "") for column in made.columns)


def explain_at(opened: Run, name: str, period: str | None, depth: int = 1) -> Any:
    """A figure's formula, inputs and sources, with places as paths of fields: ``loans.0``.

    Raises
    ------
    CalculationError : no such figure, or a period that the plan does not have or the figure needs
    """
    from finance_kit.errors import Where
    from finance_kit.report.explain import explain

    def place(path: tuple[str | int, ...]) -> Where:
        return Where(file=".".join(map(str, path)))

    return explain(opened.basis.indicators, name, period, place, depth=depth)


# --------------------------------------------------------------------------------------------------------------- mends


def profile_of(opened: Run, name: str) -> Any:
    """A lender profile of the plan's country.

    Raises
    ------
    PackError : ``profile_unknown``
    """
    from finance_kit.service_assess import profile_choice

    return profile_choice(opened, [name])[0]


def mends(opened: Run, profile: Any) -> Any:
    """What mends a plan for one lender; see :func:`finance_kit.readiness.fixes.find_fixes`. It can take seconds."""
    from finance_kit.readiness.fixes import find_fixes

    return find_fixes(opened.plan, profile)


def fix_edits(found: Any, number: int) -> list[tuple[tuple[str | int, ...], Any]]:
    """What a plan states otherwise with one of the fixes in it: paths and plain values; see ``plan.amend.edits``.

    Raises
    ------
    CalculationError : there is no such fix, or it must be signed or named before a plan may count on it
    """
    from finance_kit.plan.amend import edits

    chosen = next((fix for fix in found.fixes if fix.number == number), None)
    if chosen is None:
        raise CalculationError("unknown_fix", number=number, count=len(found.fixes))
    if not chosen.applies:
        raise CalculationError("fix_must_be_proven", number=number)
    return [(path, _plain(value)) for path, value in edits(found.before.plan, chosen.after.plan)]


def _plain(value: Any) -> Any:
    """A value without what only a YAML file needs, such as the quotes around a month."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value
