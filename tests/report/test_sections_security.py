"""Security offered, debts, credit history, documents."""

from __future__ import annotations

import pytest

from finance_kit.report.security import collateral_value, documents, household_debts, security
from tests.report.small_plan import PLAN, facts_of, small_basis, table_of, texts_of

RATES = [{"currency": "USD", "rate": 30, "date": "2026-11-24"}]
LAND = [
    {"name": "Plot", "kind": "titled_land_rural", "value": 1800},
    {"name": "Truck", "kind": "vehicle", "value": 20, "currency": "USD", "owner": "Ann"},
]


def test_security_is_added_up_in_plan_currency_and_compared_with_the_loans() -> None:
    basis = small_basis(collateral=LAND, exchange_rates=RATES)
    assert collateral_value(basis) == 2400  # 1,800 + 20 x 30
    section = security(basis)
    assert table_of(section, "collateral").rows[-1].cells == ("Total", "", "", "", 2400)
    text = "Security worth THB 2,400 is offered. This is 2.00 times the loans of THB 1,200, before haircuts."
    assert text in texts_of(section)


def test_missing_security_and_credit_history_are_noted() -> None:
    notes = texts_of(security(small_basis()), "note")
    assert "Security: not stated in the plan." in notes
    assert "Credit history: not stated in the plan." in notes


def test_debts_that_run_already_show_days_past_due_as_marked() -> None:
    debt = {"name": "Old", "outstanding": 600, "annual_rate": 0.12, "instalments": 4, "months_between": 3,
            "past_due_days": 8}  # fmt: skip
    table = table_of(security(small_basis(existing_debts=[debt])), "existing_debts")
    assert table.rows[0].cells == ("Old", "", 600, 0.12, 12, "equal instalments", 8)
    assert table.rows[0].marked_cells == (6,)
    assert table.rows[1].cells[2] == 600


def test_household_payments_are_a_share_of_net_cash() -> None:
    debts = [
        {"lender": "X", "outstanding": 50, "monthly_payment": 4},
        {"lender": "Y", "outstanding": 30, "monthly_payment": 8, "past_due_days": 5},
    ]
    member = {**PLAN["members"][0], "household_net_cash": 10, "household_debts": debts, "currency": "USD"}
    table = household_debts(small_basis(members=[member, PLAN["members"][1]], exchange_rates=RATES))
    assert table is not None
    assert len(table.rows) == 1
    assert table.rows[0].cells == pytest.approx(("Ann", 300, 2400, 360, 1.2, 5))
    assert table.rows[0].marked_cells == (4, 5)


def test_no_household_table_without_any_household_figures() -> None:
    assert household_debts(small_basis()) is None


def test_credit_history_shows_only_what_is_stated() -> None:
    facts = facts_of(security(small_basis(credit_history={"loans_repaid": 0, "bad_debt": False})))
    assert (facts["loans_repaid"].value, facts["bad_debt"].value) == (0, "no")
    assert "bureau_report" not in facts


def test_documents_are_counted_by_status_and_missing_ones_marked() -> None:
    papers = [
        {"name": "Statutes", "status": "held", "kind": "statutes"},
        {"name": "Permit", "status": "missing", "kind": "permit"},
        {"name": "Minutes", "status": "missing", "kind": "borrowing_minutes"},
    ]
    section = documents(small_basis(documents=papers))
    assert texts_of(section) == ["3 documents: 1 held and 2 missing."]
    assert [row.marked_cells for row in table_of(section, "documents").rows] == [(), (2,), (2,)]
    assert table_of(section, "documents").rows[2].cells[1] == "borrowing minutes"
