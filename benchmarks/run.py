"""Speed as ratios, measured in one run: ours beside what somebody at home in numpy writes for the same plan.

``python -m benchmarks.run`` (``make bench``). Nothing is asserted: the table says whether an aim is met.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import numpy_reference as by_hand
from finance_kit.engine.projection import in_chunks, project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.scenarios import ScenarioSet
from tests.engine.peer import peer_as_plan, peer_source

__all__ = ["main", "median_seconds"]

SCENARIOS = 10_000
SAMPLE = Path(__file__).parents[1] / "sample_plans" / "kh-pepper-drying.yaml"


def median_seconds(work: Callable[[], Any], repeats: int) -> float:
    """Median time of some work in seconds, after one run to warm up."""
    work()
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _scenarios(source: dict[str, Any]) -> ScenarioSet:
    """The reference plan's Monte Carlo draws as drivers."""
    sd, z = source["monte_carlo"]["sd"], by_hand.draws(source, SCENARIOS).T
    return ScenarioSet(
        count=SCENARIOS,
        price=1 + sd["price"] * z[0:6],
        volume=1 + sd["volume"] * z[6:12],
        input_cost=1 + sd["material"] * z[12],
        fixed_cost=1 + sd["fixed"] * z[13],
        wage=1 + sd["wage"] * z[14],
        interest_add=sd["rate_add"] * z[15],
        receivable_days=1 + sd["receivable_days"] * z[16],
    )


def _process(*arguments: str) -> float:
    """Median time of a Python process of its own."""
    return median_seconds(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True), 5)


def main() -> None:
    """Measure and print the table."""
    source = peer_source()
    plan = peer_as_plan(source)
    scenarios = _scenarios(source)
    draws = by_hand.draws(source, SCENARIOS)
    bare = _process("-c", "pass")
    rows = [
        (
            "120 months, all lines and indicators",
            median_seconds(lambda: evaluate(project(plan)), 30),
            median_seconds(lambda: by_hand.key_figures(source, by_hand.every_line(source)), 30),
            4.0,
        ),
        (
            f"{SCENARIOS} scenarios, every line",
            median_seconds(lambda: in_chunks(plan, scenarios, lambda p: p.lines["cash"][-1].copy()), 3),
            median_seconds(lambda: by_hand.monte_carlo(source, draws), 3),
            1.5,
        ),
        ("finance-kit --version, beside bare Python", _process("-m", "finance_kit", "--version"), bare, 5.0),
        ("finance-kit run of a sample, beside 1 s", _process("-m", "finance_kit", "run", str(SAMPLE)), 1.0, 1.0),
    ]
    print(f"{'what':<44}{'ours, ms':>12}{'yardstick, ms':>15}{'ratio':>8}{'aim':>7}  met")
    for name, ours, yardstick, aim in rows:
        ratio = ours / yardstick
        print(f"{name:<44}{ours * 1e3:>12.2f}{yardstick * 1e3:>15.2f}{ratio:>8.2f}{aim:>7.1f}  {ratio <= aim}")


if __name__ == "__main__":
    main()
