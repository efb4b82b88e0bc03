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

from benchmarks import engine

__all__ = ["main", "median_seconds"]

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


def _process(*arguments: str) -> float:
    """Median time of a Python process of its own."""
    return median_seconds(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True), 5)


def main() -> None:
    """Measure and print the table."""
    bare = _process("-c", "pass")
    rows = [
        *engine.rows(),
        ("finance-kit --version, beside bare Python", _process("-m", "finance_kit", "--version"), bare, 5.0),
        ("finance-kit run of a sample, beside 1 s", _process("-m", "finance_kit", "run", str(SAMPLE)), 1.0, 1.0),
    ]
    print(f"{'what':<44}{'ours, ms':>12}{'yardstick, ms':>15}{'ratio':>8}{'aim':>7}  met")
    for name, ours, yardstick, aim in rows:
        ratio = ours / yardstick
        print(f"{name:<44}{ours * 1e3:>12.2f}{yardstick * 1e3:>15.2f}{ratio:>8.2f}{aim:>7.1f}  {ratio <= aim}")


if __name__ == "__main__":
    main()
