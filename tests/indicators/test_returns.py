import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from finance_kit import time_value
from finance_kit.errors import CalculationError, ShapeError, Undefined
from finance_kit.i18n.messages_numeric import MESSAGES
from finance_kit.indicators.returns import (
    benefit_cost_ratio,
    interpolated_payback,
    irr_of,
    month_end_dates,
    npv_of,
    payback_month_of,
    returns,
)
from finance_kit.numeric import irr_roots, irr_search, npv
from finance_kit.timeline import Month

TESTS = Path(__file__).parents[1]
PUBLISHED = YAML(typ="safe").load((TESTS / "specs" / "returns.yaml").read_text(encoding="utf-8"))
PEER = json.loads((TESTS / "reference" / "peer_project_flows.json").read_text(encoding="utf-8"))


def the_number(found: float | Undefined) -> float:
    assert not isinstance(found, Undefined), found
    return found


def yearly(flows: list[float]) -> list[float]:
    """The flows of years as flows of months 0, 12, 24 …"""
    months = [0.0] * (12 * (len(flows) - 1) + 1)
    months[::12] = flows
    return months


def dates_of(case: Mapping[str, Any]) -> list[date]:
    return [date.fromisoformat(day) for day in case["dates"]]


def discounted(case: Mapping[str, Any]) -> list[float]:
    return [flow / (1.0 + case["rate"]) ** year for year, flow in enumerate(case["flows"])]


MEASURES: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "npv": lambda case: npv(case["rate"], case["flows"], per_year=1)[0],
    "irr": lambda case: irr_search(case["flows"])[0],
    "irr_roots": lambda case: irr_roots(case["flows"]),
    "mirr": lambda case: time_value.mirr(case["flows"], case["finance_rate"], case["reinvestment_rate"]),
    "xirr": lambda case: time_value.xirr(dates_of(case), case["flows"]),
    "xnpv": lambda case: time_value.xnpv(case["rate"], dates_of(case), case["flows"]),
    "bcr": lambda case: benefit_cost_ratio(case["rate"], case["benefits"], case["costs"], per_year=1)[0],
    "pi": lambda case: returns(yearly(case["flows"]), case["rate"]).profitability_index,
    "payback": lambda case: interpolated_payback(case["flows"]),
    "discounted_payback": lambda case: interpolated_payback(discounted(case)),
}


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["name"])
def test_published_examples_come_out_to_the_digits_published(case: Mapping[str, Any]) -> None:
    for measure, (expected, tolerance) in case["expect"].items():
        assert MEASURES[measure](case) == pytest.approx(expected, abs=tolerance, rel=0), measure
    if "not_a_rate" in case:
        assert abs(npv(case["not_a_rate"], case["flows"], per_year=1)[0]) > 0.5


def test_the_reference_plan_has_the_returns_of_the_spreadsheet_and_of_the_separate_program() -> None:
    expected = PEER["expected"]
    flows = PEER["project_cash_flow"]
    assert len(flows) == 121
    found = returns(flows, PEER["annual_discount_rate"], terminal_value=expected["terminal_value"])
    assert found.npv == pytest.approx(expected["npv"], abs=1e-6 * abs(expected["npv"]))
    assert found.irr_monthly == pytest.approx(expected["irr_monthly"], abs=1e-9)
    assert found.irr_annual == pytest.approx(expected["irr_annual"], abs=1e-9)
    assert found.payback_month == expected["payback_month"]
    assert found.irr_roots == (found.irr_annual,)


def test_yearly_flows_on_the_month_axis_give_the_yearly_measures() -> None:
    found = returns(yearly([-75000, 18000, 24000, 28000, 28000, 49000]), 0.12)
    assert found.npv == pytest.approx(25732.35, abs=0.005)
    assert found.irr_annual == pytest.approx(0.2310, abs=0.00005)
    assert found.payback_month == 48
    assert found.discounted_payback_month == 60


def test_monthly_measures_equal_a_calculation_by_hand() -> None:
    # 1,000 out; 600 after each of two months. At 1.01 ** 12 - 1 a year a month costs exactly 1 %.
    found = returns([-1000.0, 600.0, 600.0], 1.01**12 - 1.0, finance_rate=0.0, reinvestment_rate=0.0)
    assert found.npv == pytest.approx(-1000 + 600 / 1.01 + 600 / 1.0201, abs=1e-9)
    root = (600 + math.sqrt(600**2 + 4 * 1000 * 600)) / 2000 - 1  # 1000 x² - 600 x - 600 = 0
    assert found.irr_monthly == pytest.approx(root, rel=1e-12)
    assert found.irr_annual == pytest.approx((1 + root) ** 12 - 1, rel=1e-12)
    assert found.mirr_annual == pytest.approx(math.sqrt(1200 / 1000) ** 12 - 1, rel=1e-12)
    assert found.payback_month == 2
    assert found.payback_years == pytest.approx((1 + 400 / 600) / 12, rel=1e-12)
    assert found.discounted_payback_month == 2
    assert found.benefit_cost_ratio == pytest.approx((600 / 1.01 + 600 / 1.0201) / 1000, rel=1e-12)
    assert found.profitability_index == found.benefit_cost_ratio


def test_payback_does_not_count_on_the_terminal_value() -> None:
    flows = [-100.0, 30.0, 30.0, 90.0]
    assert returns(flows, 0.1).payback_month == 3
    found = returns(flows, 0.1, terminal_value=60.0)
    assert found.payback_month == Undefined("never_pays_back", {"short": 10.0})
    assert isinstance(found.discounted_payback_month, Undefined)
    assert found.npv == returns(flows, 0.1).npv


def test_months_before_the_first_outlay_are_not_paid_back() -> None:
    assert payback_month_of([0.0, 0.0, -50.0, 20.0, 30.0])[0] == 4.0
    assert payback_month_of([5.0, -50.0, 20.0, 30.0])[0] == 3.0


def test_money_that_only_comes_in_has_no_outlay_and_no_rate() -> None:
    found = returns([0.0, 10.0, 20.0], 0.1, dates=month_end_dates(Month(2027, 1), 2))
    assert found.irr_annual == Undefined("no_sign_change")
    assert found.mirr_annual == Undefined("no_sign_change")
    assert found.xirr == Undefined("no_sign_change")
    assert found.payback_month == Undefined("no_outlay")
    assert found.benefit_cost_ratio == Undefined("no_outlay")
    assert found.profitability_index == Undefined("no_outlay_at_start")
    assert found.npv == pytest.approx(10 / 1.1 ** (1 / 12) + 20 / 1.1 ** (2 / 12))


def test_several_rates_are_all_shown_and_none_is_chosen() -> None:
    found = returns([-100.0, 230.0, -132.0], 0.1)  # (x - 1.1)(x - 1.2) = 0
    assert isinstance(found.irr_monthly, Undefined)
    assert found.irr_monthly.reason == "several_rates"
    expected = (1.1**12 - 1, 1.2**12 - 1)
    assert found.irr_monthly.params["rates"] == pytest.approx(expected, rel=1e-9)
    assert found.irr_roots == pytest.approx(expected, rel=1e-9)
    assert found.irr_annual == found.irr_monthly


def test_flows_without_any_rate_say_so() -> None:
    found = returns([-100.0, 300.0, -250.0], 0.1)  # the square never reaches 0
    assert found.irr_annual == Undefined("no_rate")
    assert found.irr_roots == ()


@pytest.mark.parametrize(
    ("flows", "spreadsheet"),
    [
        ([-1678.87, 771.96, 1814.05, 3520.30, 3552.95, 3584.99, 4789.91, -1.0], 1.0043),
        ([-50.0, -100.0, 600.0, 300.0, -100.0], 1.854),
    ],
)
def test_the_rate_is_the_spreadsheets_where_numpy_financial_changed_its_mind(
    flows: list[float], spreadsheet: float
) -> None:
    found = returns(flows, 0.1)
    assert found.irr_monthly == pytest.approx(spreadsheet, abs=0.0005)
    assert len(found.irr_roots) == 2  # the rate below zero is listed, not chosen
    assert found.irr_roots[0] < 0.0
    assert irr_search(flows)[0] == pytest.approx(the_number(found.irr_monthly), rel=1e-12)


def test_the_rate_by_calendar_days_uses_month_ends_and_365() -> None:
    dates = month_end_dates(Month(2027, 1), 12)
    assert (dates[0], dates[2], dates[12]) == (date(2026, 12, 31), date(2027, 2, 28), date(2027, 12, 31))
    found = returns([-1000.0] + [0.0] * 11 + [1200.0], 0.1, dates=dates)
    assert found.xirr == pytest.approx(0.2, rel=1e-9)  # 365 days
    leap = returns([-1000.0] + [0.0] * 11 + [1200.0], 0.1, dates=month_end_dates(Month(2028, 1), 12))
    assert leap.xirr == pytest.approx(1.2 ** (365 / 366) - 1, rel=1e-9)
    assert returns([-1000.0, 1200.0], 0.1).xirr == Undefined("no_dates")


def test_gross_benefits_and_costs_have_no_ratio_where_nothing_is_spent() -> None:
    assert np.isnan(benefit_cost_ratio(0.1, [1.0, 2.0], [0.0, 0.0])[0])


def test_what_cannot_be_calculated_is_refused() -> None:
    with pytest.raises(CalculationError, match="flows_not_finite: month=1"):
        returns([-1.0, math.nan, 2.0], 0.1)
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        returns([-1.0, 2.0], -1.0)
    with pytest.raises(CalculationError, match="rate_not_above_minus_one"):
        returns([-1.0, 2.0], 0.1, finance_rate=-1.5)
    with pytest.raises(ShapeError):
        returns(np.ones((3, 2)), 0.1)
    with pytest.raises(ShapeError):
        returns([-1.0, 2.0], 0.1, dates=month_end_dates(Month(2027, 1), 4))


def test_every_reason_can_be_said_in_words() -> None:
    cases = [
        returns([1.0, 1.0], 0.1),
        returns([-100.0, 230.0, -132.0], 0.1),
        returns([-100.0, 300.0, -250.0], 0.1),
        returns([-100.0, 20.0], 0.1),
    ]
    values = [getattr(case, field.name) for case in cases for field in fields(case)]
    undefined = [value for value in values if isinstance(value, Undefined)]
    assert {value.reason for value in undefined} >= {"no_sign_change", "several_rates", "no_rate", "never_pays_back"}
    for value in undefined:
        assert "{" not in MESSAGES[value.reason].format(**value.params)


# --- what holds for any flows -------------------------------------------------------------------------------------

amounts = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2))
series_of_flows = st.lists(amounts, min_size=2, max_size=40)


@settings(max_examples=80, deadline=None)
@given(series_of_flows, st.floats(-0.5, 3.0))
def test_at_every_rate_shown_the_net_present_value_is_zero(flows: list[float], discount: float) -> None:
    found = returns(flows, discount)
    for rate in irr_roots(flows):
        assert time_value.irr_check(flows, rate)
    if not isinstance(found.irr_annual, Undefined) and found.irr_annual > -0.99:
        at_rate = npv(found.irr_annual, flows)[0]
        size = npv(found.irr_annual, np.abs(flows))[0]
        assert abs(at_rate) <= 1e-9 * size


@settings(max_examples=80, deadline=None)
@given(series_of_flows, amounts)
def test_a_scenario_alone_equals_its_column(flows: list[float], terminal: float) -> None:
    batch = np.outer(flows, np.linspace(0.5, 1.5, 40)) + np.linspace(-5.0, 5.0, 40)
    rates, values, paybacks = irr_of(batch), npv_of(batch, 0.12), payback_month_of(batch, terminal)
    for column in (0, 7, 39):
        alone = batch[:, column]
        np.testing.assert_array_equal(irr_of(alone)[0], rates[column])
        np.testing.assert_array_equal(payback_month_of(alone, terminal)[0], paybacks[column])
        scale = np.abs(alone).sum() + 1.0
        assert npv_of(alone, 0.12)[0] == pytest.approx(values[column], abs=1e-12 * scale)


@settings(max_examples=80, deadline=None)
@given(series_of_flows)
def test_the_measures_of_one_series_agree_with_those_of_scenarios(flows: list[float]) -> None:
    found = returns(flows, 0.12)
    assert found.npv == npv_of(flows, 0.12)[0]
    if not isinstance(found.irr_monthly, Undefined):
        assert 1.0 + irr_search(flows)[0] == pytest.approx(1.0 + found.irr_monthly, rel=1e-9)
    month = payback_month_of(flows)[0]
    assert found.payback_month == month or (np.isnan(month) and isinstance(found.payback_month, Undefined))


@settings(max_examples=80, deadline=None)
@given(series_of_flows, st.sampled_from([0.01, 100.0, 4100.0]))
def test_another_unit_of_currency_changes_amounts_only(flows: list[float], unit: float) -> None:
    before, after = returns(flows, 0.12), returns([flow * unit for flow in flows], 0.12)
    assert after.npv == pytest.approx(before.npv * unit, rel=1e-9, abs=1e-9 * unit * (1.0 + sum(map(abs, flows))))
    assert after.payback_month == before.payback_month or isinstance(before.payback_month, Undefined)
    assert [1.0 + rate for rate in after.irr_roots] == pytest.approx([1.0 + r for r in before.irr_roots], rel=1e-6)
