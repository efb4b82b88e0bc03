"""Fixes of plans that use everything the engine knows: nothing stumbles, and what is offered does what it says."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from finance_kit.plan.schema import Plan
from finance_kit.readiness import lender_profile
from finance_kit.readiness.fix_report import as_data
from finance_kit.readiness.fixes import find_fixes
from tests.engine.plans import plan_data
from tests.readiness.test_fixes_are_smallest import meets


@settings(max_examples=25)
@given(plan_data())
def test_what_is_offered_meets_its_threshold(data: dict[str, Any]) -> None:
    plan, lender = Plan.model_validate(data), lender_profile("generic_bank")
    found = find_fixes(plan, lender)
    for each in found.mended:
        for fix in each.fixes:
            if fix.steps[0].lever != "promise":
                assert meets(fix.after.plan, each.problem, lender), (each.problem.fact, fix.steps)
    assert json.dumps(as_data(found), allow_nan=False)
