"""Payments, schedules and totals that others published."""

import json
from pathlib import Path
from typing import Any

import pytest

from finance_kit import loans

CASES = {
    case["id"]: case
    for case in map(
        json.loads,
        (Path(__file__).parents[1] / "reference" / "loan_true_cost.jsonl").read_text("utf-8").splitlines(),
    )
    if case["kind"] != "apr"
}


def of_kind(kind: str) -> list[Any]:
    return [case for case in CASES.values() if case["kind"] == kind]


def test_all_of_them_are_here() -> None:
    assert {kind: len(of_kind(kind)) for kind in ("payment", "schedule", "totals")} == {
        "payment": 3,
        "schedule": 2,
        "totals": 2,
    }
    assert len(CASES) == 7


@pytest.mark.parametrize("case", of_kind("payment"), ids=lambda case: case["id"])
def test_level_payments(case: dict[str, Any]) -> None:
    terms = loans.LoanTerms(
        principal=case["principal"],
        annual_rate=case["rate_pct"] / 100,
        instalments=case["n"],
        months_between=12 // case["periods_per_year"],
    )
    found = loans.schedule(terms).rows[0].total
    assert found == pytest.approx(case["expected_payment"], abs=case["tolerance"], rel=0)


@pytest.mark.parametrize("case", of_kind("schedule"), ids=lambda case: case["id"])
def test_schedules_shown_to_the_cent(case: dict[str, Any]) -> None:
    product = case["product"]
    terms = loans.LoanTerms(
        principal=product["principal"],
        annual_rate=product["rate_pct"] / 100,
        instalments=product["n"],
        months_between=12 // product["periods_per_year"],
        repayment="stepped" if "weights" in product else "annuity",
        instalment_pattern=product.get("weights", ()),
    )
    table = loans.schedule(terms)
    assert table.rows[0].total == pytest.approx(product["payment"], abs=0.005)
    for expected in case["rows"]:
        row = table.rows[expected["n"] - 1]
        found = (row.principal, row.interest, row.closing_balance)
        wanted = (expected["principal"], expected["interest"], expected["balance"])
        assert found == pytest.approx(wanted, abs=case["tolerance"], rel=0)


@pytest.mark.parametrize("case", of_kind("totals"), ids=lambda case: case["id"])
def test_totals_of_instalments_rounded_up_to_a_whole_unit(case: dict[str, Any]) -> None:
    # The convention written beside these cases leaves interest unrounded, but then 18 months come to 18 601.43 instead
    # of 18 599. Interest in whole units gives both figures, as the lending program's loan application computes it.
    product = case["product"]
    terms = loans.LoanTerms(
        principal=product["principal"],
        annual_rate=product["rate_pct"] / 100,
        instalments=product["n"],
        rounding_unit=1.0,
        minor_unit=1.0,
        rounding_rule="up",
    )
    table = loans.schedule(terms)
    expected = case["expected"]
    assert table.rows[0].total == expected["payment"]
    assert table.total_interest == pytest.approx(expected["total_interest"], abs=case["tolerance"], rel=0)
    assert table.total_paid == pytest.approx(expected["total_payment"], abs=case["tolerance"], rel=0)
