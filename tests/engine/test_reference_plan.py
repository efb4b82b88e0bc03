"""The 120-month reference plan of an independent program, written in our schema, gives every line and every figure.

`pytest -rP` shows the lines that were compared.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from finance_kit.engine.assumptions import assumptions
from finance_kit.engine.projection import Projection, in_chunks, project
from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import Indicators, evaluate
from finance_kit.indicators.flows import project_flows
from finance_kit.plan.scenarios import ScenarioSet
from tests.engine.peer import expected, largest_difference, monthly_line, peer_as_plan, peer_source, yearly_line

FloatArray = npt.NDArray[np.float64]

MONEY = 0.005
RATIO = 1e-6
EXPECTED = expected()

RATIOS = ("dscr", "debt_service", "ebitda_margin", "break_even_revenue", "current_ratio", "debt_to_equity")
MONEY_RATIOS = ("debt_service", "break_even_revenue")
# What describes the file and is no figure of the plan.
ABOUT_THE_FILE = {"schema", "source", "tolerance", "largest_difference_between_the_two", "formulas"}
PARTS = {"kpi", "annual", "monthly", "project_cash_flow", "monte_carlo"}

Compared = list[tuple[str, float]]


@cache
def reference() -> Indicators:
    return evaluate(project(peer_as_plan(peer_source())))


def show(title: str, compared: Compared) -> None:
    """List the lines compared on the test's own output."""
    sys.stdout.write(f"{title}: {len(compared)} compared, largest difference of each\n")
    for name, difference in compared:
        sys.stdout.write(f"  {name:<28} {difference:.3e}\n")


def test_every_monthly_line_is_within_half_a_cent() -> None:
    p = reference().projection
    compared = [
        (name, largest_difference(monthly_line(p, name), wanted)) for name, wanted in EXPECTED["monthly"].items()
    ]
    show("monthly lines", compared)
    assert len(compared) == 52
    assert {name: difference for name, difference in compared if not difference <= MONEY} == {}


def test_every_annual_line_is_within_half_a_cent() -> None:
    p = reference().projection
    names = [name for name in EXPECTED["annual"] if name not in RATIOS]
    compared = [(name, largest_difference(yearly_line(p, name), EXPECTED["annual"][name])) for name in names]
    show("annual lines", compared)
    assert len(compared) + len(RATIOS) == len(EXPECTED["annual"])
    assert {name: difference for name, difference in compared if not difference <= MONEY} == {}


def test_every_annual_ratio_is_within_a_millionth() -> None:
    compared: Compared = []
    for name in RATIOS:
        for year, wanted in enumerate(EXPECTED["annual"][name]):
            found = reference().figure(name, year)
            if wanted is None:
                assert found == Undefined("no_debt_service")
                continue
            assert not isinstance(found, Undefined)
            compared.append((f"{name} of year {year + 1}", abs(found - wanted)))
    show("annual ratios", compared)
    tolerance = {name: MONEY if name in MONEY_RATIOS else RATIO for name in RATIOS}
    assert {name: d for name, d in compared if not d <= tolerance[name.split(" of ")[0]]} == {}


def kpis() -> Iterator[tuple[str, float | Undefined, float]]:
    """The peer's key figures: name, ours, tolerance."""
    indicators = reference()
    series = project_flows(indicators.projection)
    returns = indicators.returns("project")
    assert not isinstance(returns, Undefined)
    assert indicators.plan_level["project_npv"][0] == pytest.approx(returns.npv, abs=1e-6)
    assert indicators.plan_level["project_irr_annual"][0] == pytest.approx(returns.irr_annual, abs=1e-12)
    assert indicators.plan_level["project_payback_month"][0] == returns.payback_month
    by_hand = 1.12 ** -(np.arange(121) / 12)
    yield "npv", indicators.figure("project_npv"), MONEY
    yield "npv_by_factors", float(series.flows[:, 0] @ by_hand), MONEY
    yield "discount_rate_monthly", 1.12 ** (1 / 12) - 1, 1e-12
    yield "irr_monthly", returns.irr_monthly, RATIO
    yield "irr_annual", indicators.figure("project_irr_annual"), RATIO
    yield "payback_month", indicators.figure("project_payback_month"), 0.0
    yield "min_cash", indicators.figure("cash_low_point"), MONEY
    yield "min_cash_month", indicators.figure("cash_low_month"), 0.0
    yield "closing_cash", indicators.figure("closing_cash"), MONEY
    yield "terminal_value", float(series.terminal_value[0]), MONEY
    yield "min_dscr", indicators.figure("min_dscr"), RATIO
    yield "average_dscr", indicators.figure("average_dscr"), RATIO


def test_every_key_figure_agrees() -> None:
    found = {name: (value, tolerance) for name, value, tolerance in kpis()}
    assert set(found) == set(EXPECTED["kpi"])
    compared: Compared = []
    for name, (value, tolerance) in found.items():
        assert not isinstance(value, Undefined)
        difference = abs(value - EXPECTED["kpi"][name])
        compared.append((name, difference))
        assert difference <= tolerance, name
    show("key figures", compared)


def test_the_project_cash_flow_of_months_0_to_120_agrees() -> None:
    flows = project_flows(reference().projection).flows[:, 0]
    difference = largest_difference(flows, EXPECTED["project_cash_flow"])
    show("project cash flow", [("project_cash_flow", difference)])
    assert difference <= MONEY


def test_nothing_that_the_peer_expects_is_left_out() -> None:
    assert set(EXPECTED) == ABOUT_THE_FILE | PARTS
    assert EXPECTED["tolerance"] == MONEY
    p = reference().projection
    assert {name for name in EXPECTED["monthly"] if monthly_line(p, name).shape != (120,)} == set()
    assert {name for name in EXPECTED["annual"] if name not in RATIOS and yearly_line(p, name).shape != (10,)} == set()
    assert set(EXPECTED["monte_carlo"]) == MONTE_CARLO_COMPARED


# -------------------------------------------------------------------------------------------------------- Monte Carlo

MONTE_CARLO_COMPARED = {
    "scenarios", "seed", "first_draws", "first_ten", "npv_mean", "npv_sd_ddof1", "npv_p5_p50_p95",
    "min_cash_p5_p50_p95", "min_dscr_p5_p50_p95", "probability_min_cash_below_0", "probability_npv_below_0",
}  # fmt: skip


def draws() -> FloatArray:
    """The peer's draws, (1000, 17)."""
    stated = EXPECTED["monte_carlo"]
    normal: FloatArray = np.random.default_rng(stated["seed"]).standard_normal((stated["scenarios"], 17))
    return normal


def drawn_scenarios() -> ScenarioSet:
    """The peer's draws as our drivers."""
    sd, z = peer_source()["monte_carlo"]["sd"], draws().T
    return ScenarioSet(
        count=z.shape[1],
        price=1 + sd["price"] * z[0:6],
        volume=1 + sd["volume"] * z[6:12],
        input_cost=1 + sd["material"] * z[12],
        fixed_cost=1 + sd["fixed"] * z[13],
        wage=1 + sd["wage"] * z[14],
        interest_add=sd["rate_add"] * z[15],
        receivable_days=1 + sd["receivable_days"] * z[16],
    )


OURS = {
    "npv": "project_npv",
    "min_cash": "cash_low_point",
    "closing_cash": "closing_cash",
    "min_dscr": "min_dscr",
}


def results(p: Projection) -> Mapping[str, FloatArray]:
    """What the peer keeps of each scenario."""
    level = evaluate(p).plan_level
    return {theirs: np.array(level[ours]) for theirs, ours in OURS.items()}


@cache
def simulated(size: int = 250) -> Mapping[str, FloatArray]:
    parts = in_chunks(assumptions(peer_as_plan(peer_source())), drawn_scenarios(), results, size)
    return {name: np.concatenate([part[name] for part in parts]) for name in OURS}


def test_the_random_numbers_are_those_of_the_peer() -> None:
    assert EXPECTED["monte_carlo"]["seed"] == peer_source()["monte_carlo"]["seed"]
    assert draws()[0] == pytest.approx(np.array(EXPECTED["monte_carlo"]["first_draws"]), abs=1e-9, rel=0)


@pytest.mark.parametrize("name", OURS)
def test_the_first_ten_scenarios_agree(name: str) -> None:
    wanted = [scenario[name] for scenario in EXPECTED["monte_carlo"]["first_ten"]]
    assert all(set(scenario) == set(OURS) for scenario in EXPECTED["monte_carlo"]["first_ten"])
    difference = largest_difference(simulated()[name][:10], wanted)
    show("first ten scenarios", [(name, difference)])
    assert difference <= (RATIO if name == "min_dscr" else MONEY)


def percentiles(name: str) -> FloatArray:
    return np.percentile(simulated()[name], [5, 50, 95])


STATISTICS: Mapping[str, tuple[Callable[[], object], float]] = {
    "npv_mean": (lambda: float(simulated()["npv"].mean()), MONEY),
    "npv_sd_ddof1": (lambda: simulated()["npv"].std(ddof=1), MONEY),
    "npv_p5_p50_p95": (lambda: percentiles("npv"), MONEY),
    "min_cash_p5_p50_p95": (lambda: percentiles("min_cash"), MONEY),
    "min_dscr_p5_p50_p95": (lambda: percentiles("min_dscr"), RATIO),
    "probability_min_cash_below_0": (lambda: float((simulated()["min_cash"] < 0).mean()), 1e-12),
    "probability_npv_below_0": (lambda: float((simulated()["npv"] < 0).mean()), 1e-12),
}


@pytest.mark.parametrize("name", STATISTICS)
def test_the_statistics_of_a_thousand_scenarios_agree(name: str) -> None:
    ours, tolerance = STATISTICS[name]
    found = np.atleast_1d(np.asarray(ours(), dtype=np.float64))
    difference = largest_difference(found, list(np.atleast_1d(EXPECTED["monte_carlo"][name])))
    show("statistics", [(name, difference)])
    assert difference <= tolerance


def test_the_size_of_a_chunk_changes_nothing() -> None:
    whole, sevens = simulated(1000), simulated(7)
    for name in OURS:
        assert sevens[name] == pytest.approx(whole[name], rel=1e-9, abs=1e-7), name
