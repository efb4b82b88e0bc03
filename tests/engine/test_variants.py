"""Variants side by side are what each variant gives alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from finance_kit.engine.assumptions import assumptions
from finance_kit.engine.projection import project
from finance_kit.engine.variants import project_variants, variant, variant_loans
from finance_kit.errors import CalculationError
from finance_kit.indicators.evaluate import cover_only, evaluate
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan
from finance_kit.readiness.fix_policy import Bounds
from finance_kit.readiness.levers import levers_of
from tests.engine.plans import plan_data


def changed_plans(data: dict[str, Any], share: float) -> list[Plan]:
    """A plan, and it changed by every lever that it has and that leaves its sales alone."""
    plan = Plan.model_validate(data)
    found = evaluate(project(plan))
    changed = [plan]
    for lever in levers_of(found, Bounds()):
        if lever.volume is not None:
            continue
        values = lever.whole_values() if lever.step else [lever.most * share]
        if values:
            changed.append(lever.make(values[int((len(values) - 1) * share)]))
    return changed


@given(plan_data(), st.floats(0.05, 1.0))
def test_each_column_is_the_variant_alone(data: dict[str, Any], share: float) -> None:
    plans = changed_plans(data, share)
    base = assumptions(plans[0])
    kept, compiled = [], []
    for plan in plans:
        try:
            compiled.append(variant(base, plan))
            kept.append(plan)
        except CalculationError:
            continue
    assume(len(kept) > 1)
    scenarios = ScenarioSet(count=2 * len(kept), price=np.tile([1.0, 0.9], len(kept)))
    together = project_variants(compiled, scenarios, variant_loans(compiled))
    cover = cover_only(together)
    for number, plan in enumerate(kept):
        alone = project(plan, ScenarioSet(count=2, price=np.array([1.0, 0.9])))
        for name in alone.lines:
            one, other = alone.line(name), together.line(name)[:, 2 * number : 2 * number + 2]
            scale = max(1.0, float(np.abs(one).max()))
            np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-9 * scale, err_msg=name)
        single = evaluate(alone).yearly["dscr"]
        np.testing.assert_allclose(cover.yearly["dscr"][:, 2 * number : 2 * number + 2], single, rtol=1e-6, atol=1e-6)
