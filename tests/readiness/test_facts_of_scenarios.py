"""Facts are read for every scenario: a column of a batch reads what the plan of that column reads alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.engine.assumptions import assumptions
from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan
from finance_kit.readiness import FACTS
from finance_kit.readiness.reading import Case
from finance_kit.risk.stress import STRESSES, stress_test
from tests.engine.plans import plan_data


@given(plan_data(), st.lists(st.sampled_from([0.5, 0.9, 1.0, 1.2]), min_size=2, max_size=4))
def test_a_column_reads_as_the_plan_alone(data: dict[str, Any], volumes: list[float]) -> None:
    plan = Plan.model_validate(data)
    base = assumptions(plan)
    together = evaluate(project(base, ScenarioSet(count=len(volumes), volume=np.array(volumes))))
    names = ("price", "volume", "input_cost", "fixed_cost", "wage")
    drivers = {name: np.tile([getattr(stress, name) for stress in STRESSES], len(volumes)) for name in names}
    drivers["volume"] = drivers["volume"] * np.repeat(volumes, len(STRESSES))
    scenarios: Any = ScenarioSet
    stressed = evaluate(project(base, scenarios(count=len(volumes) * len(STRESSES), **drivers)))
    for column, volume in enumerate(volumes):
        alone = evaluate(project(base, ScenarioSet(volume=np.array([volume]))))
        own = {name: drivers[name][column * len(STRESSES) : (column + 1) * len(STRESSES)] for name in names}
        worse = evaluate(project(base, scenarios(count=len(STRESSES), **own)))
        one, other = Case(together, stressed, scenario=column), Case(alone, worse)
        for name, fact in FACTS.items():
            read, expected = fact.read(one), fact.read(other)
            assert (read.state, read.reason) == (expected.state, expected.reason), name
            if isinstance(expected.value, float):
                assert read.value == pytest.approx(expected.value, rel=1e-9, abs=1e-9), name
            else:
                assert read.value == expected.value, name


def test_the_plan_of_a_column_is_read_where_it_differs() -> None:
    plan = Plan.model_validate(
        {
            "schema_version": 1, "title": "A", "period": {"start": "2027-01", "months": 12, "currency": "USD"},
            "cluster": {"name": "A", "product": "B", "country": "KH", "years_in_business": 1.0},
            "products": [{"name": "B", "unit": "kg", "price": 1.0, "volume_per_month": 1.0}],
        }
    )  # fmt: skip
    found = evaluate(project(plan))
    older = plan.model_copy(update={"cluster": plan.cluster.model_copy(update={"years_in_business": 5.0})})
    stressed = stress_test(found.projection.assumptions)
    assert FACTS["years_in_business"].read(Case(found, stressed)).value == 1.0
    assert FACTS["years_in_business"].read(Case(found, stressed, changed=older)).value == 5.0
