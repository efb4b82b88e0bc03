from typing import Any

import pytest
from hypothesis import given

from finance_kit import loans
from finance_kit.timeline import Month
from tests.oracles.loan_contracts import contracts


@given(contracts())
def test_the_table_is_the_arrays_and_its_totals_are_its_rows(contract: dict[str, Any]) -> None:
    terms = loans.LoanTerms(**contract)
    table, arrays = loans.schedule(terms), loans.amortise(terms)
    assert [row.number for row in table.rows] == list(range(1, terms.instalments + 1))
    assert [row.closing_balance for row in table.rows] == arrays.closing_balance[:, 0].tolist()
    assert [row.interest for row in table.rows] == arrays.interest_due[:, 0].tolist()
    assert [row.principal for row in table.rows] == arrays.principal_due[:, 0].tolist()
    assert [row.fees for row in table.rows] == arrays.fees_due[:, 0].tolist()
    lost = 1e-11 * (table.total_paid + 1)
    for row in table.rows:
        assert row.total == pytest.approx(row.interest + row.principal + row.fees, abs=lost)
        assert row.closing_balance == pytest.approx(
            row.opening_balance + row.interest_capitalised - row.principal, abs=lost
        )
    assert table.total_principal == pytest.approx(terms.principal + table.total_interest_capitalised, abs=lost)
    assert table.total_paid == pytest.approx(table.total_interest + table.total_principal + table.total_fees, abs=lost)
    assert table.net_received == pytest.approx(terms.principal - table.upfront_fee - table.savings_deposit, abs=lost)


def test_quarterly_instalments_fall_three_months_apart_over_the_new_year() -> None:
    terms = loans.LoanTerms(principal=900.0, annual_rate=0.0, instalments=3, months_between=3)
    assert [str(row.month) for row in loans.schedule(terms, Month(2027, 9)).rows] == ["2027-09", "2027-12", "2028-03"]


def test_without_a_first_month_the_rows_carry_none() -> None:
    table = loans.schedule(loans.LoanTerms(principal=900.0, annual_rate=0.0, instalments=3))
    assert [row.month for row in table.rows] == [None, None, None]
    assert [row.total for row in table.rows] == [300.0, 300.0, 300.0]


def test_every_public_name_of_the_package_is_there() -> None:
    assert len(set(loans.__all__)) == len(loans.__all__)
    assert all(hasattr(loans, name) for name in loans.__all__)
