"""Other plans under the reference plan's conventions: every line, ratio and figure beside a second program.

The second program, ``tests/oracles/peer_oracle.py``, is plain Python written from the conventions alone. `pytest -rP`
shows the lines that were compared.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.engine.projection import project
from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import Indicators, evaluate
from finance_kit.indicators.flows import project_flows
from finance_kit.plan.scenarios import ScenarioSet
from tests.engine.peer import expected, largest_difference, monthly_line, peer_as_plan, peer_source, yearly_line
from tests.engine.peer_plans import peer_plans
from tests.oracles.peer_oracle import PeerResults, work_out

MONEY = 0.005
RATIO = 1e-6
RATIOS = ("dscr", "debt_service", "ebitda_margin", "break_even_revenue", "current_ratio", "debt_to_equity")
MONEY_RATIOS = ("debt_service", "break_even_revenue")


# ------------------------------------------------------------------------------------------- the second program itself


def test_the_second_program_gives_the_reference_plan() -> None:
    found, wanted = work_out(peer_source()), expected()
    assert set(found.monthly) == set(wanted["monthly"])
    assert set(found.annual) == set(wanted["annual"])
    for name, series in wanted["monthly"].items():
        assert found.monthly[name] == pytest.approx(series, abs=MONEY, rel=0), name
    for name, by_year in wanted["annual"].items():
        tolerance = RATIO if name in RATIOS and name not in MONEY_RATIOS else MONEY
        for value, other in zip(found.annual[name], by_year, strict=True):
            assert value == (None if other is None else pytest.approx(other, abs=tolerance, rel=0)), name
    assert found.flows == pytest.approx(wanted["project_cash_flow"], abs=MONEY, rel=0)
    for name, figure in found.figures.items():
        assert figure == pytest.approx(wanted["kpi"][name], abs=MONEY if figure and figure > 100 else RATIO, rel=0)


# ------------------------------------------------------------------------------------------------------ other plans


def compare_lines(found: Indicators, wanted: PeerResults, scenario: int = 0) -> list[str]:
    """Every monthly line, every annual line and the project's flows; the names that were compared."""
    p = found.projection
    names = [*wanted.monthly, *(f"{name}, yearly" for name in wanted.annual if name not in RATIOS)]
    differences = {
        name: largest_difference(monthly_line(p, name, scenario), series) for name, series in wanted.monthly.items()
    }
    for name, years in wanted.annual.items():
        if name not in RATIOS:
            series = [value for value in years if value is not None]
            differences[f"{name}, yearly"] = largest_difference(yearly_line(p, name, scenario), series)
    differences["project flows"] = largest_difference(project_flows(p).flows[:, scenario], wanted.flows)
    assert {name: d for name, d in differences.items() if not d <= MONEY} == {}
    return names


def compare_ratios(found: Indicators, wanted: PeerResults, scenario: int = 0) -> None:
    """Every ratio of every year; where ours does not exist, neither does the peer's or it means nothing."""
    for name in RATIOS:
        for year, other in enumerate(wanted.annual[name]):
            ours = found.figure(name, year, scenario)
            if name == "break_even_revenue" and not leaves_a_contribution(wanted, year):
                # The formula would give sales below nothing, or of any size.
                assert ours == Undefined("no_contribution"), (name, year)
            elif other is None or (name == "current_ratio" and not owes_at_short_term(wanted, year)):
                assert isinstance(ours, Undefined), (name, year)
            else:
                scale = MONEY if name in MONEY_RATIOS else RATIO * max(1.0, abs(other))
                assert ours == pytest.approx(other, abs=scale, rel=0), (name, year)


def leaves_a_contribution(wanted: PeerResults, year: int) -> bool:
    revenue, material, selling = (wanted.annual[n][year] or 0.0 for n in ("revenue", "material_cost", "selling_cost"))
    return revenue - material - selling > 0.0


def owes_at_short_term(wanted: PeerResults, year: int) -> bool:
    """Stock that is used up and not bought again leaves payables below nothing: a ratio over them means nothing."""
    payables, tax = (wanted.annual[name][year] or 0.0 for name in ("payables", "tax_payable"))
    return payables + tax > 1e-6


def compare_figures(found: Indicators, wanted: PeerResults, scenario: int = 0) -> None:
    """Figures of the whole plan."""
    ours = {
        "npv": "project_npv", "min_cash": "cash_low_point", "closing_cash": "closing_cash", "min_dscr": "min_dscr",
        "average_dscr": "average_dscr",
    }  # fmt: skip
    for theirs, name in ours.items():
        value, other = found.figure(name, scenario=scenario), wanted.figures[theirs]
        if other is None:
            assert value == Undefined("no_debt_service")
        else:
            assert value == pytest.approx(other, abs=RATIO if "dscr" in theirs else MONEY, rel=RATIO), name
    month = found.figure("cash_low_month", scenario=scenario)
    assert isinstance(month, float)
    assert wanted.monthly["cash"][int(month) - 1] == pytest.approx(min(wanted.monthly["cash"]), abs=1e-6)
    compare_payback(found.figure("project_payback_month", scenario=scenario), wanted)
    compare_rate(found, wanted, scenario)


def compare_payback(found: float | Undefined, wanted: PeerResults) -> None:
    """Where nothing is tied up at the start the peer has nothing to pay back; we wait for the first outlay."""
    if wanted.flows[0] >= 0.0:
        return
    other = wanted.figures["payback_month"]
    if other is None:
        assert isinstance(found, Undefined)
        assert found.reason == "never_pays_back"
    else:
        assert found == other


def worth(flows: list[float], monthly_rate: float) -> float:
    total, factor = 0.0, 1.0 / (1.0 + monthly_rate)
    for flow in reversed(flows):
        total = total * factor + flow
    return total


def compare_rate(indicators: Indicators, wanted: PeerResults, scenario: int) -> None:
    """A rate given makes the peer's flows worth nothing; where they turn once, halving finds the very same one."""
    returns = indicators.returns("project", scenario)
    assert not isinstance(returns, Undefined)
    found, flows = returns.irr_monthly, wanted.flows
    signs = [flow > 0 for flow in flows if abs(flow) > 1e-6]
    turns = sum(one != other for one, other in pairwise(signs))
    if turns == 0:
        assert isinstance(found, Undefined)
        assert found.reason == "no_sign_change"
        return
    if isinstance(found, Undefined):
        assert turns > 1, found.reason
        return
    assert abs(worth(flows, found)) <= 1e-7 * worth([abs(flow) for flow in flows], found)
    assert indicators.figure("project_irr_annual", scenario=scenario) == pytest.approx((1 + found) ** 12 - 1, abs=1e-9)
    low, high = -0.9, 50.0
    if turns == 1 and (worth(flows, low) > 0) != (worth(flows, high) > 0):
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (worth(flows, middle) > 0) == (worth(flows, low) > 0) else (low, middle)
        assert found == pytest.approx((low + high) / 2, abs=RATIO)


@given(peer_plans())
def test_another_plan_agrees_in_every_line_ratio_and_figure(source: dict[str, Any]) -> None:
    found, wanted = evaluate(project(peer_as_plan(source))), work_out(source)
    compare_lines(found, wanted)
    compare_ratios(found, wanted)
    compare_figures(found, wanted)


@st.composite
def varied_plans(draw: st.DrawFn) -> tuple[dict[str, Any], ScenarioSet]:
    """A plan and three scenarios of the drivers that the reference plan's Monte Carlo part moves."""
    source = draw(peer_plans())
    count, products = 3, len(source["products"])
    factor = st.sampled_from([0.55, 0.9, 1.0, 1.08, 1.6])

    def row() -> list[float]:
        return draw(st.lists(factor, min_size=count, max_size=count))

    return source, ScenarioSet(
        count=count,
        price=np.array([row() for _ in range(products)]),
        volume=np.array([row() for _ in range(products)]),
        input_cost=np.array(row()),
        fixed_cost=np.array(row()),
        wage=np.array(row()),
        interest_add=np.array(draw(st.lists(st.sampled_from([0.0, 0.01, 0.03]), min_size=count, max_size=count))),
        receivable_days=np.array(row()),
    )


def one_scenario(source: dict[str, Any], s: ScenarioSet, column: int) -> dict[str, Any]:
    """The plan with one scenario's drivers written into its inputs."""
    changed, by = deepcopy(source), {name: driver[..., column] for name, driver in s.drivers().items()}
    for number, product in enumerate(changed["products"]):
        product["base_price"] *= float(by["price"][number])
        product["base_volume"] *= float(by["volume"][number])
        product["unit_material_cost"] *= float(by["input_cost"])
    for cost in changed["fixed_costs"]:
        cost["monthly"] *= float(by["fixed_cost"])
    for post in changed["payroll"]["posts"]:
        post["monthly_gross"] *= float(by["wage"])
    for loan in changed["loans"]:
        loan["annual_rate"] += float(by["interest_add"])
    changed["working_capital"]["receivable_days"] *= float(by["receivable_days"])
    return changed


@given(varied_plans())
def test_a_scenario_is_the_plan_with_other_inputs(given_plan: tuple[dict[str, Any], ScenarioSet]) -> None:
    source, scenarios = given_plan
    found = evaluate(project(peer_as_plan(source), scenarios))
    for column in range(scenarios.count):
        wanted = work_out(one_scenario(source, scenarios, column))
        compare_lines(found, wanted, column)
        compare_ratios(found, wanted, column)
        compare_figures(found, wanted, column)


def test_the_lines_compared_are_those_of_the_reference_plan() -> None:
    source = peer_source()
    names = compare_lines(evaluate(project(peer_as_plan(source))), work_out(source))
    wanted = expected()
    assert set(names) == {*wanted["monthly"], *(f"{name}, yearly" for name in wanted["annual"] if name not in RATIOS)}
    sys.stdout.write(
        f"compared on every plan: {len(names)} lines, {len(RATIOS)} ratios\n  " + "\n  ".join(names) + "\n"
    )
