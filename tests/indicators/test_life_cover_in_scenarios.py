"""The loan life cover at the start is read where each scenario itself owes most."""

from __future__ import annotations

import numpy as np
import pytest

from finance_kit.engine.projection import project
from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

# 100 baskets a month at 10 with inputs of 4 leave 600 a month. A loan of 4,800 without interest is paid out in January
# and repaid by twelve instalments from February on: most is owed at the end of January, 12 x 600 = 7,200 comes in.
STATED = {
    "schema_version": 1,
    "title": "Baskets",
    "period": {"start": "2027-01", "months": 24, "currency": "THB"},
    "cluster": {"name": "Weavers", "product": "Baskets", "country": "TH"},
    "products": [{"name": "Basket", "unit": "piece", "price": 10, "volume_per_month": 100, "input_cost_per_unit": 4}],
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
PLAN = Plan.model_validate(STATED)


def test_each_scenario_is_read_at_its_own_month() -> None:
    found = evaluate(project(PLAN, ScenarioSet(count=3, loan=np.array([0.0, 1.0, 2.0]))))
    without, planned, twice = found.plan_level["llcr_at_start"]
    assert np.isnan(without)
    assert planned == pytest.approx(7200 / 4800, abs=1e-9)
    assert twice == pytest.approx(7200 / 9600, abs=1e-9)


def test_a_loan_that_outlasts_the_plan_has_no_life_cover_but_a_reason() -> None:
    # the last instalment falls in month 13
    short = Plan.model_validate(STATED | {"period": {"start": "2027-01", "months": 12, "currency": "THB"}})
    found = evaluate(project(short, ScenarioSet(count=2, loan=np.array([0.0, 1.0]))))
    for name in ("llcr_at_start", "min_llcr"):
        assert found.figure(name, scenario=0) == Undefined("no_debt")
        assert found.figure(name, scenario=1) == Undefined("loan_outlasts_plan")
    assert found.figure("llcr", 0, scenario=1) == Undefined("loan_outlasts_plan")
    assert found.figure("min_dscr", scenario=1) == pytest.approx(7200 / 4400, abs=1e-9)  # eleven instalments of 400
