import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from finance_kit import loans
from finance_kit.timeline import Month

SPECS = Path(__file__).parents[1] / "specs"
EXAMPLES = YAML(typ="safe").load((SPECS / "loans.yaml").read_text(encoding="utf-8"))
PEER = json.loads((SPECS / "peer_loans.json").read_text(encoding="utf-8"))


def terms_of(case: Mapping[str, Any]) -> loans.LoanTerms:
    given = dict(case["loan"])
    if "principal_pattern" in given:
        given["principal_pattern"] = tuple(given["principal_pattern"])
    return loans.LoanTerms(**given)


def measured(name: str, case: Mapping[str, Any]) -> Any:
    """The figure that an expectation names; ``interest_3`` is the interest of row 3."""
    terms = terms_of(case)
    table = loans.schedule(terms)
    if name == "largest_loan":
        return loans.largest_loan(case["debt_service"], terms)
    if name == "interest_capitalised":
        return table.total_interest_capitalised
    if name in ("instalment", "last_instalment"):
        row = table.rows[-1 if name == "last_instalment" else terms.grace_periods]
        return row.interest + row.principal
    if numbered := re.fullmatch(r"(interest|principal|fees)_(\d+)", name):
        return getattr(table.rows[int(numbered[2]) - 1], numbered[1])
    return getattr(loans.true_cost(terms), name)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["name"])
def test_worked_examples_come_out_to_the_digits_given(case: Mapping[str, Any]) -> None:
    assert case["source"]
    assert {"schedule", "expect"} & set(case)
    for name, (expected, tolerance) in case.get("expect", {}).items():
        assert measured(name, case) == pytest.approx(expected, abs=tolerance, rel=0), name
    if "schedule" in case:
        table = loans.schedule(terms_of(case))
        found = [(row.principal, row.interest) for row in table.rows]
        assert np.array(found) == pytest.approx(np.array(case["schedule"]), abs=1e-9, rel=0)
        assert table.rows[-1].closing_balance == 0.0
    if "months" in case:
        table = loans.schedule(terms_of(case), Month.parse(case["first_month"]))
        assert [str(row.month) for row in table.rows] == case["months"]


@pytest.mark.parametrize("peer", PEER["loans"], ids=lambda peer: peer["contract"]["name"])
def test_the_loans_of_the_reference_plan_agree_month_by_month(peer: Mapping[str, Any]) -> None:
    contract = peer["contract"]
    arrays = loans.amortise(
        loans.LoanTerms(
            principal=contract["principal"],
            annual_rate=contract["annual_rate"],
            instalments=contract["instalments"],
            repayment=contract["kind"],
            grace_months=contract["grace_months"],
        )
    )
    months, drawn = len(peer["balance"]), contract["draw_month"]
    assert months == 120
    paid = slice(drawn, drawn + contract["instalments"])  # the first instalment falls one month after the pay-out
    interest, principal, balance = np.zeros(months), np.zeros(months), np.zeros(months)
    interest[paid] = arrays.interest_due[:, 0]
    principal[paid] = arrays.principal_due[:, 0]
    balance[drawn - 1] = contract["principal"]
    balance[paid] = arrays.closing_balance[:, 0]
    for name, found in (("interest", interest), ("principal", principal), ("balance", balance)):
        assert found == pytest.approx(np.array(peer[name]), abs=PEER["tolerance"], rel=0), name
