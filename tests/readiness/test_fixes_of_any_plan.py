"""Fixes of plans that use everything the engine knows: nothing stumbles, and what is offered does what it says."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.schema import Plan
from finance_kit.readiness import lender_profile
from finance_kit.readiness.fix_policy import Bounds
from finance_kit.readiness.fix_report import as_data
from finance_kit.readiness.fixes import find_fixes
from finance_kit.readiness.levers import levers_of
from tests.engine.plans import plan_data
from tests.readiness.fix_plans import dryer
from tests.readiness.test_fixes_are_smallest import meets


@settings(max_examples=40)
@given(plan_data())
def test_what_is_offered_meets_its_threshold(data: dict[str, Any]) -> None:
    plan, lender = Plan.model_validate(data), lender_profile("generic_bank")
    found = find_fixes(plan, lender)
    for each in found.mended:
        for fix in each.fixes:
            if fix.steps[0].lever != "promise":
                assert meets(fix.after.plan, each.problem, lender), (each.problem.fact, fix.steps)
    assert json.dumps(as_data(found), allow_nan=False)


def test_a_loan_whose_next_instalment_would_be_too_late_has_no_longer_tenor() -> None:
    # Eleven half-yearly instalments of 66 months in a plan of 72, balloon at the end: paid out in month 4, the twelfth
    # would fall into month 76.
    loan = {
        "name": "Loan", "principal": 9000.0, "draw": 4, "annual_rate": 0.1, "instalments": 11, "months_between": 6,
        "repayment": "balloon", "balloon_share": 0.5,
    }  # fmt: skip
    plan = dryer(financing__loans=[loan])
    found = evaluate(project(plan))
    assert "tenor" not in [lever.id for lever in levers_of(found, Bounds())]
    assert find_fixes(plan, lender_profile("generic_bank")).before.plan is plan
