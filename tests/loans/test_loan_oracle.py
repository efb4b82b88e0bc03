import json
import tracemalloc
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.loans import LoanArrays, LoanFee, LoanTerms, PaymentCalendar, PayOut, amortise
from tests.loans.core_banking import terms_of
from tests.oracles.loan_contracts import wide_contracts
from tests.oracles.loan_oracle import Worked, work_out

# A column of the kernel, and the same of the oracle's rows.
COLUMNS = {
    "opening_balance": "opening",
    "drawn": "drawn",
    "interest_accrued": "accrued",
    "interest_due": "due",
    "interest_capitalised": "capitalised",
    "principal_due": "principal",
    "fees_due": "fees",
    "closing_balance": "closing",
    "savings_added": "savings_added",
    "savings_balance": "savings",
    "savings_interest": "savings_interest",
    "savings_returned": "savings_returned",
}
AT_PAY_OUT = ("upfront_fee", "fee_capitalised", "upfront_interest", "down_payment", "savings_deposit")
PUBLISHED = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "reference" / "schedules_core_banking.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def agree(arrays: LoanArrays, worked: Worked, lost: float) -> None:
    for name in AT_PAY_OUT:
        assert getattr(arrays, name)[0] == pytest.approx(float(getattr(worked, name)), abs=lost), name
    for column, name in COLUMNS.items():
        expected = np.array([float(getattr(row, name)) for row in worked.rows])
        assert getattr(arrays, column)[:, 0] == pytest.approx(expected, abs=lost), column


def is_rounded(contract: dict[str, Any]) -> bool:
    return "rounding_unit" in contract and contract.get("rounds_interest", True)


@given(wide_contracts())
@settings(max_examples=1_000)
def test_every_contract_agrees_with_its_words_worked_out_in_fractions(contract: dict[str, Any]) -> None:
    worked = work_out(contract)
    moved = contract["principal"] + float(sum(row.accrued for row in worked.rows))
    # Rounded figures are the same to the last unit; unrounded ones to what floats may lose on the way.
    agree(amortise(LoanTerms(**contract)), worked, 1e-6 if is_rounded(contract) else 1e-9 * moved)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: f"{case['id']} {case['kind']}")
def test_the_oracle_itself_gives_the_published_schedules(case: dict[str, Any]) -> None:
    terms = terms_of(case["product"])
    worked = work_out({field.name: getattr(terms, field.name) for field in fields(terms)})
    down_payment = bool(case["product"].get("down_payment_pct"))
    compared = 0
    for expected in case["rows"]:
        number = expected["n"] - down_payment
        if number == 0:
            assert float(worked.down_payment) == expected["principal"]
        elif not case.get("dates_only"):
            row = worked.rows[number - 1]
            found = (float(row.principal), float(row.due))
            assert found == pytest.approx((expected["principal"], expected["interest"]), abs=1e-9)
        compared += 1
    assert compared == len(case["rows"])


@given(
    wide_contracts(),
    st.lists(st.tuples(st.integers(1, 3_000_000), st.integers(0, 2_000)), min_size=3, max_size=3),
)
def test_a_scenario_of_any_contract_alone_equals_its_column(
    contract: dict[str, Any], scenarios: list[tuple[int, int]]
) -> None:
    terms = LoanTerms(**contract)
    principal = np.array([float(amount) for amount, _ in scenarios])
    rate = np.array([points / 10_000 for _, points in scenarios])
    together = amortise(terms, principal=principal, annual_rate=rate)
    for position in range(3):
        alone = amortise(terms, principal=principal[position], annual_rate=rate[position])
        for column in fields(alone):
            expected = getattr(alone, column.name)[..., 0]
            assert (getattr(together, column.name)[..., position] == expected).all(), column.name


@given(wide_contracts())
def test_the_terms_as_a_scenario_of_their_own_change_nothing(contract: dict[str, Any]) -> None:
    terms = LoanTerms(**contract)
    alone = amortise(terms)
    same = amortise(terms, principal=contract["principal"], annual_rate=np.array([contract["annual_rate"]] * 2))
    for column in fields(alone):
        assert (getattr(same, column.name)[..., 1] == getattr(alone, column.name)[..., 0]).all(), column.name


def test_ten_thousand_instalments_are_the_words_of_the_contract_too() -> None:
    contract: dict[str, Any] = {
        "principal": 10_000_000.0,
        "annual_rate": 0.18,
        "instalments": 10_000,
        "days_between": 1,
        "repayment": "equal_principal",
        "calendar": PaymentCalendar(disbursed=date(2027, 1, 1), shift="following"),
        "day_count": "actual/365",
        "rounding_unit": 1.0,
        "minor_unit": 1.0,
        "insurance_share_per_year": 0.005,
    }
    agree(amortise(LoanTerms(**contract)), work_out(contract), 1e-6)


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"rounding_unit": 1.0, "minor_unit": 0.01, "method": "progressive"},
        {"pay_outs": (PayOut(amount=1e5, after_instalment=12),), "method": "progressive"},
        {"fees": (LoanFee(name="fee", share=0.01, basis="outstanding"),), "savings_instalment_share": 0.01},
    ],
)
def test_ten_thousand_scenarios_take_the_memory_of_their_columns_and_little_more(terms: dict[str, Any]) -> None:
    signed = LoanTerms(principal=1e6, annual_rate=0.12, instalments=360, **terms)
    principal, rate = np.linspace(1e5, 1e6, 10_000), np.linspace(0.05, 0.3, 10_000)
    tracemalloc.start()
    try:
        arrays = amortise(signed, principal=principal, annual_rate=rate)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Twelve columns at most, and as many again while they are worked out.
    assert highest <= 24 * arrays.opening_balance.nbytes
    assert (arrays.closing_balance[-1] == 0.0).all()
