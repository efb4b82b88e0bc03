"""Statements of one year month by month, for a reader who opens a year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from finance_kit.engine.catalogue import lines
from finance_kit.report.basis import Basis
from finance_kit.report.model import Cell, Column, Row, Table
from finance_kit.report.statements import ASSETS, CLAIMS, PROFIT_AND_LOSS, signed

__all__ = ["balance_sheet_months", "debt_service_months", "profit_and_loss_months"]


def _months(basis: Basis, year: int) -> range:
    """Positions of the months of a reporting year."""
    axis = basis.plan.axis
    return range(int(axis.year_starts[year]), int(axis.year_ends[year]) + 1)


def _columns(basis: Basis, year: int, *more: str) -> tuple[Column, ...]:
    labels = [str(basis.plan.axis.month(month + 1)) for month in _months(basis, year)]
    return (Column("", "text"), *(Column(label, "money") for label in (*labels, *more)))


def profit_and_loss_months(basis: Basis, year: int) -> Table:
    """Profit and loss of each month of a reporting year and of the year; costs negative.

    Parameters
    ----------
    basis : of the plan
    year : position of the reporting year, from 0
    """
    months = _months(basis, year)
    rows = []
    for name in PROFIT_AND_LOSS:
        values = basis.monthly(name, months.start, months.stop)
        total = lines()[name].kind == "total"
        if total or any(abs(value) >= 0.005 for value in values):
            cells = signed(name, (*values, sum(values)), "profit_and_loss")
            rows.append(Row((lines()[name].label, *cells), "total" if total else "normal"))
    title = f"Profit and loss by month, {basis.years[year]}"
    return Table("profit_and_loss_months", title, _columns(basis, year, basis.years[year]), tuple(rows), wide=True)


def balance_sheet_months(basis: Basis, year: int) -> Table:
    """Balance sheet at the end of each month of a reporting year."""
    months = _months(basis, year)
    rows: list[Row] = []

    def part(heading: str, names: Sequence[str]) -> None:
        rows.append(Row((heading, *(None,) * len(months)), "group"))
        for name in names:
            values = basis.monthly(name, months.start, months.stop)
            total = lines()[name].kind == "total"
            if total or any(abs(value) >= 0.005 for value in values):
                rows.append(Row((lines()[name].label, *values), "total" if total else "normal"))

    part("What there is", ASSETS)
    part("Whose it is", CLAIMS)
    title = f"Balance sheet at the end of each month, {basis.years[year]}"
    return Table("balance_sheet_months", title, _columns(basis, year), tuple(rows), wide=True)


def debt_service_months(basis: Basis, year: int) -> Table:
    """Cash available, debt service and their ratio in each month of a reporting year; the lowest ratio marked."""
    months = _months(basis, year)
    found = basis.indicators.monthly
    available, due, ratio = (
        found[f"monthly_{name}"][months.start : months.stop, 0] for name in ("cfads", "debt_service", "dscr")
    )
    ratios: list[Cell] = [None if np.isnan(value) else float(value) for value in ratio]
    marked = () if np.isnan(ratio).all() else (int(np.nanargmin(ratio)) + 1,)
    rows = (
        Row(("Cash available for debt service", *available.tolist())),
        Row(("Debt service", *due.tolist())),
        Row(("DSCR", *ratios), "total", "ratio", marked),
    )
    note = (
        "A dash: nothing is due in that month. What is earned in one month may be put aside for the instalments of "
        "another, so that a single month says less than the year."
    )
    title = f"Debt service cover by month, {basis.years[year]}"
    return Table("debt_service_months", title, _columns(basis, year), rows, note, wide=True)
