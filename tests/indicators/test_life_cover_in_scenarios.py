"""The loan life cover at the start is read where each scenario itself owes most."""

from __future__ import annotations

import numpy as np
import pytest

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

# 100 baskets a month at 10 with inputs of 4 leave 600 a month. A loan of 4,800 without interest is paid out in January
# and repaid by twelve instalments from February on: most is owed at the end of January, 12 x 600 = 7,200 comes in.
PLAN = Plan.model_validate(
    {
        "schema_version": 1,
        "title": "Baskets",
        "period": {"start": "2027-01", "months": 24, "currency": "THB"},
        "cluster": {"name": "Weavers", "product": "Baskets", "country": "TH"},
        "products": [
            {"name": "Basket", "unit": "piece", "price": 10, "volume_per_month": 100, "input_cost_per_unit": 4}
        ],
        "financing": {
            "loans": [
                {
                    "name": "Loan",
                    "principal": 4800,
                    "annual_rate": 0.0,
                    "repayment": "equal_principal",
                    "instalments": 12,
                }
            ]
        },
    }
)


def test_each_scenario_is_read_at_its_own_month() -> None:
    found = evaluate(project(PLAN, ScenarioSet(count=3, loan=np.array([0.0, 1.0, 2.0]))))
    without, planned, twice = found.plan_level["llcr_at_start"]
    assert np.isnan(without)
    assert planned == pytest.approx(7200 / 4800, abs=1e-9)
    assert twice == pytest.approx(7200 / 9600, abs=1e-9)
