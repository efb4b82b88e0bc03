"""Definitions that a banker checks by hand, on plans small enough for a pencil."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from finance_kit.engine.projection import project
from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import VIEWS, Indicators, discount_rate, evaluate
from finance_kit.indicators.flows import gross_flows
from finance_kit.indicators.registry import definitions
from finance_kit.indicators.returns import npv_of
from finance_kit.plan.schema import Plan
from tests.engine.plans import plans

Data = dict[str, Any]


def worked(**parts: Any) -> Indicators:
    """One year, one product sold evenly, and what the example adds."""
    data: Data = {
        "schema_version": 1,
        "title": "By hand",
        "period": {"start": "2027-01", "months": 12, "currency": "THB"},
        "cluster": {"name": "Cluster", "product": "rice", "country": "TH"},
        "products": [product()],
    }
    return evaluate(project(Plan.model_validate(data | parts)))


def product(name: str = "Rice", unit: str = "kg", **parts: Any) -> Data:
    """32,000 units a year at 2.50 that cost 1.50."""
    stated: Data = {"name": name, "unit": unit, "price": 2.5, "volume_per_year": 32_000.0, "input_cost_per_unit": 1.5}
    return stated | parts


FIXED = [{"name": "Rent", "amount": 20_000.0, "every_months": 12}]


# --------------------------------------------------------------------------------------------------------- break-even


def test_break_even_of_the_training_exercise() -> None:
    """Fixed 20,000, price 2.50, variable 1.50: 20,000 units, sales 50,000; of 32,000 planned 62.5 %, safety 37.5 %."""
    found = worked(products=[product(capacity_per_month=4000.0)], fixed_costs=FIXED)
    assert found.figure("break_even_units", 0) == pytest.approx(20_000)
    assert found.figure("break_even_revenue", 0) == pytest.approx(50_000)
    assert found.figure("margin_of_safety", 0) == pytest.approx(0.375)
    assert found.figure("break_even_share_of_capacity", 0) == pytest.approx(20_000 / 48_000)


def test_break_even_with_debt_service_covers_principal_and_leaves_depreciation() -> None:
    """6,000 of principal and no interest over 1 a unit: 6,000 units more; depreciation of 1,200 is no cash."""
    loan = {"name": "Loan", "principal": 6000.0, "annual_rate": 0.0, "instalments": 6, "repayment": "equal_principal"}
    asset = {"name": "Mill", "unit_cost": 6000.0, "life_months": 60}
    found = worked(
        products=[product(capacity_per_month=4000.0)],
        fixed_costs=FIXED,
        assets=[asset],
        financing={"loans": [loan]},
        policies={"depreciation_from": "same_month"},
    )
    assert found.figure("break_even_units", 0) == pytest.approx(21_200)
    assert found.figure("break_even_units_with_debt_service", 0) == pytest.approx(26_000)
    assert found.figure("break_even_revenue_with_debt_service", 0) == pytest.approx(65_000)
    assert found.figure("break_even_share_of_capacity_with_debt_service", 0) == pytest.approx(26_000 / 48_000)


def test_products_counted_in_different_units_have_no_common_break_even_in_units() -> None:
    found = worked(products=[product(), product("Bran", "sack")], fixed_costs=FIXED)
    assert found.figure("break_even_units", 0) == Undefined("no_units_in_common")
    assert found.figure("break_even_revenue", 0) == pytest.approx(50_000)


# ------------------------------------------------------------------------------------------------------- cover ratios


def test_the_month_that_cannot_pay_shows_behind_a_year_that_can() -> None:
    """Sales in December only: 32,000 of margin against 1,000 a month is a cover of 32/12, and of 0 in November."""
    season = [0.0] * 11 + [1.0]
    loan = {
        "name": "Loan",
        "principal": 11_000.0,
        "annual_rate": 0.0,
        "instalments": 11,
        "repayment": "equal_principal",
    }
    found = worked(products=[product(season=season)], financing={"loans": [loan]})
    assert found.figure("min_dscr") == pytest.approx(32_000 / 11_000)
    assert found.figure("min_monthly_dscr") == 0.0
    assert found.figure("monthly_llcr", 0) == pytest.approx(32_000 / 11_000)  # at the end of January all is owed
    assert found.figure("monthly_llcr", 10) == pytest.approx(32_000 / 1000)
    assert found.figure("monthly_llcr", 11) == Undefined("no_debt")


def test_a_loss_on_an_equity_that_is_used_up_is_no_return() -> None:
    found = worked(fixed_costs=[{"name": "Rent", "amount": 50_000.0, "every_months": 12}])
    assert found.figure("net_margin", 0) == pytest.approx(-18_000 / 80_000)
    assert found.figure("return_on_equity", 0) == Undefined("no_equity")


# ------------------------------------------------------------------------------------------------- benefits and costs


def test_the_benefit_cost_ratio_sets_gross_benefits_against_gross_costs() -> None:
    """At no discount: sales 80,000 over inputs 48,000 and rent 20,000, whatever the single months gain or lose."""
    found = worked(fixed_costs=FIXED, valuation={"discount_rate": 0.0})
    assert found.figure("project_benefit_cost_ratio") == pytest.approx(80_000 / 68_000)


def test_the_increment_counts_what_the_project_adds_to_benefits_and_costs() -> None:
    """Without it 1,000 a month comes in and 500 goes out."""
    lines = [
        {"name": "Paddy", "kind": "income", "amount_per_month": 1000.0},
        {"name": "Seed", "kind": "cost", "amount_per_month": 500.0},
    ]
    found = worked(
        fixed_costs=FIXED, valuation={"discount_rate": 0.0}, without_project={"text": "As today", "lines": lines}
    )
    assert found.figure("increment_benefit_cost_ratio") == pytest.approx((80_000 - 12_000) / (68_000 - 6000))


@given(plans())
def test_benefits_less_costs_are_worth_the_net_present_value(plan: Plan) -> None:
    found = evaluate(project(plan))
    for view in VIEWS:
        series = found.series[view]
        rate = discount_rate(found.projection, view)
        benefits, costs = gross_flows(found.projection, view, series, 0)
        npv = float(npv_of(series.flows[:, :1], rate)[0])
        scale = float(npv_of(abs(benefits) + abs(costs), rate)[0])
        assert float(npv_of(benefits, rate)[0] - npv_of(costs, rate)[0]) == pytest.approx(npv, abs=1e-9 * max(scale, 1))


def test_every_declared_indicator_has_an_answer() -> None:
    found = worked(valuation={"discount_rate": 0.1})
    for name, definition in definitions().items():
        value = found.figure(name, None if definition.scope == "plan" else 0)
        assert isinstance(value, float | int | Undefined), name
