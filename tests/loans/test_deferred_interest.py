from typing import Any

import pytest

from finance_kit import loans

# 1 000 at 1 % a month, six instalments of which two are free of any payment: 10 + 10 of interest wait.
GRACE: dict[str, Any] = {
    "principal": 1_000,
    "annual_rate": 0.12,
    "instalments": 6,
    "grace_months": 2,
    "grace_kind": "full",
    "grace_interest": "deferred",
    "rounding_unit": 0.01,
    "minor_unit": 0.01,
}


def test_cumulative_interest_that_waited_comes_on_top_of_the_first_instalment() -> None:
    # the level instalment of 1 000 over four months at 1 % is 256.28
    rows = loans.schedule(loans.LoanTerms(**GRACE)).rows
    assert [row.total for row in rows[:4]] == pytest.approx([0.0, 0.0, 276.28, 256.28], abs=1e-9)


def test_progressive_interest_that_waited_is_paid_within_the_level_instalments() -> None:
    # Principal that the waiting 20 displaces in the third instalment bears interest for three months, so the level one
    # is the 256.28 of the annuity plus 20 x 1.01^3 / (1 + 1.01 + 1.01^2 + 1.01^3) = 5.0746.
    rows = loans.schedule(loans.LoanTerms(**GRACE, method="progressive")).rows
    assert [row.total for row in rows[:2]] == [0.0, 0.0]
    assert [row.total for row in rows[2:]] == pytest.approx([261.36] * 4, abs=0.02)
    assert rows[2].interest == 30.0
    assert sum(row.principal for row in rows) == pytest.approx(1_000, abs=1e-9)
