"""The calculation engine beside a calculation of the reference plan by hand, how its time grows, and its memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

from benchmarks import numpy_reference as by_hand
from benchmarks.timing import by_turns
from finance_kit.engine.assumptions import Assumptions, assumptions
from finance_kit.engine.projection import in_chunks, project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.scenarios import ScenarioSet
from tests.engine.peer import peer_as_plan, peer_source

__all__ = ["drawn_scenarios", "rows"]

SCENARIOS = 10_000


def drawn_scenarios(source: dict[str, Any], count: int = SCENARIOS) -> ScenarioSet:
    """The reference plan's Monte Carlo draws as drivers."""
    sd, z = source["monte_carlo"]["sd"], by_hand.draws(source, count).T
    return ScenarioSet(
        count=count,
        price=1 + sd["price"] * z[0:6],
        volume=1 + sd["volume"] * z[6:12],
        input_cost=1 + sd["material"] * z[12],
        fixed_cost=1 + sd["fixed"] * z[13],
        wage=1 + sd["wage"] * z[14],
        interest_add=sd["rate_add"] * z[15],
        receivable_days=1 + sd["receivable_days"] * z[16],
    )


def _every_line(plan: Assumptions, scenarios: ScenarioSet) -> list[Any]:
    return in_chunks(plan, scenarios, lambda p: p.lines["cash"][-1].copy())


def _peak_gigabytes(work: Callable[[], Any]) -> float:
    """Most that is held at a time while some work is done."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e9


def rows() -> list[tuple[str, float, float, float]]:
    """Rows of the table: what, ours, yardstick, aim of the ratio."""
    source = peer_source()
    plan = peer_as_plan(source)
    compiled = assumptions(plan)
    longer = assumptions(peer_as_plan(source | {"months": 240}))
    scenarios, draws = drawn_scenarios(source), by_hand.draws(source, SCENARIOS)
    fewer, many = scenarios.part(0, SCENARIOS // 2), drawn_scenarios(source, 2 * SCENARIOS)

    def batch() -> list[Any]:
        return _every_line(compiled, scenarios)

    return [
        (
            "120 months, all lines and indicators",
            *by_turns(
                lambda: evaluate(project(plan)), lambda: by_hand.key_figures(source, by_hand.every_line(source)), 50
            ),
            4.0,
        ),
        (f"{SCENARIOS} scenarios, every line", *by_turns(batch, lambda: by_hand.monte_carlo(source, draws), 7), 1.5),
        ("twice the months, beside 120", *by_turns(lambda: _every_line(longer, scenarios), batch, 7), 2.2),
        ("twice the scenarios", *by_turns(batch, lambda: _every_line(compiled, fewer), 7), 2.2),
        # Handed over in gigabytes, so that the table's thousandths are megabytes.
        (
            "peak MB of 20000 scenarios, beside 5000",
            _peak_gigabytes(lambda: _every_line(compiled, many)),
            _peak_gigabytes(lambda: _every_line(compiled, fewer)),
            1.2,
        ),
    ]
