"""A year opened to its months adds up to the year, for every sample."""

from __future__ import annotations

import pytest

from finance_kit import resources, service
from finance_kit.report import by_month, statements
from finance_kit.report.basis import Basis
from finance_kit.report.model import Row, Table

SAMPLES = [path.stem for path in resources.sample_plans()]


def basis_of(name: str) -> Basis:
    found: Basis = service.run(resources.sample_plan(name)).basis
    return found


def row_of(table: Table, label: str) -> Row:
    return next(row for row in table.rows if row.cells[0] == label)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_months_of_every_line_of_profit_and_loss_add_up_to_its_year(name: str) -> None:
    basis = basis_of(name)
    by_year = statements.profit_and_loss(basis)
    for year in range(len(basis.years)):
        months = by_month.profit_and_loss_months(basis, year)
        for row in months.rows:
            numbers = [float(cell) for cell in row.cells[1:]]  # type: ignore[arg-type]
            stated = row_of(by_year, str(row.cells[0])).cells[1 + year]
            assert sum(numbers[:-1]) == pytest.approx(stated, abs=0.005), row.cells[0]
            assert numbers[-1] == pytest.approx(stated, abs=0.005), row.cells[0]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_last_month_of_the_balance_sheet_is_the_year_and_every_month_closes(name: str) -> None:
    basis = basis_of(name)
    by_year = statements.balance_sheet(basis)
    for year in range(len(basis.years)):
        months = by_month.balance_sheet_months(basis, year)
        for row in months.rows:
            if row.kind != "group":
                assert row.cells[-1] == row_of(by_year, str(row.cells[0])).cells[2 + year], row.cells[0]
        assets, claims = row_of(months, "Total assets"), row_of(months, "Total liabilities and capital")
        assert assets.cells[1:] == pytest.approx(claims.cells[1:], abs=0.5)


def test_the_ratio_of_a_month_is_its_cash_over_what_is_due_and_a_dash_where_nothing_is() -> None:
    table = by_month.debt_service_months(basis_of("kh-pepper-drying"), 1)
    cash, due, ratio = (row.cells[1:] for row in table.rows)
    for available, asked, found in zip(cash, due, ratio, strict=True):
        assert isinstance(available, float)
        assert isinstance(asked, float)
        assert found == (pytest.approx(available / asked) if asked else None)
    lowest = min(value for value in ratio if isinstance(value, float))
    assert table.rows[2].cells[table.rows[2].marked_cells[0]] == lowest
