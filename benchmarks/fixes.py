"""Speed of the fixes: all of one plan and one lender, beside plain evaluations of the same plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.timing import by_turns
from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.load import read_plan
from finance_kit.readiness import lender_profile
from finance_kit.readiness.fixes import find_fixes

__all__ = ["rows"]

SAMPLES = Path(__file__).parents[1] / "sample_plans"


def rows() -> Iterator[tuple[str, float, float, float]]:
    """Rows of the benchmark's table: what, seconds of ours, seconds of the yardstick, aim for their ratio."""
    for sample in sorted(SAMPLES.glob("*.yaml")):
        plan, lender = read_plan(sample), lender_profile("generic_bank")

        def solve(plan: Any = plan, lender: Any = lender) -> Any:
            return find_fixes(plan, lender)

        def plain(plan: Any = plan) -> Any:
            return evaluate(project(plan))

        yield (f"fixes of {sample.stem}, in evaluations", *by_turns(solve, plain, 5), 150.0)
