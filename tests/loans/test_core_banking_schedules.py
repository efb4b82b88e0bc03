import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from finance_kit import loans
from tests.loans.core_banking import terms_of

# Extracted from the test-suite of Apache Fineract; each case names its file. Copied from the project's reference cases.
CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "reference" / "schedules_core_banking.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
LEFT_OUT: dict[str, str] = {}


def test_every_published_schedule_is_compared_or_left_out_for_a_reason() -> None:
    assert Counter(case["kind"] for case in CASES).total() == 67
    assert set(LEFT_OUT) <= {case["id"] for case in CASES}
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["id"] not in LEFT_OUT], ids=lambda case: f"{case['id']} {case['kind']}"
)
def test_a_schedule_is_the_one_that_the_lenders_system_prints(case: dict[str, Any]) -> None:
    table = loans.schedule(terms_of(case["product"]))
    rows = {row.number: row for row in table.rows}
    down_payment = bool(case["product"].get("down_payment_pct"))
    compared = 0
    for expected in case["rows"]:
        number = expected["n"] - down_payment
        if number == 0:
            assert table.down_payment == expected["principal"] == expected["due"]
            compared += 1
            continue
        row = rows[number]
        if not case.get("nominal_dates"):
            assert row.due == date.fromisoformat(expected["date"])
        if not case.get("dates_only"):
            found = (row.principal, row.interest, row.total)
            assert found == pytest.approx((expected["principal"], expected["interest"], expected["due"]), abs=1e-9)
            if expected.get("balance") is not None:
                assert row.closing_balance == pytest.approx(expected["balance"], abs=1e-9)
            if expected.get("days") is not None and not case.get("nominal_dates"):
                assert row.days == expected["days"]
        compared += 1
    assert compared == len(case["rows"])
    if case["rows_complete"]:
        assert compared == len(table.rows) + down_payment
