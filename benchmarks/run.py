"""Speed as ratios, measured in one run: ours beside what somebody at home in the field would write or take.

``python -m benchmarks.run`` (``make bench``). Nothing is asserted: the table says whether an aim is met.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import documents, engine, investment, loans
from benchmarks.timing import median_seconds

__all__ = ["main"]

SAMPLE = Path(__file__).parents[1] / "sample_plans" / "kh-pepper-drying.yaml"


def _process(*arguments: str) -> float:
    """Median time of a Python process of its own."""
    return median_seconds(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True), 5)


def _commands() -> Iterator[tuple[str, float, float, float]]:
    """The command line beside a bare Python and beside a second."""
    yield (
        "finance-kit --version, beside bare Python",
        _process("-m", "finance_kit", "--version"),
        _process("-c", ""),
        5.0,
    )
    yield "finance-kit run of a sample, beside 1 s", _process("-m", "finance_kit", "run", str(SAMPLE)), 1.0, 1.0


def main() -> None:
    """Measure and print the table, a line as soon as it is known."""
    print(f"{'what':<46}{'ours, ms':>12}{'yardstick, ms':>15}{'ratio':>9}{'aim':>7}  met")
    for rows in (engine.rows, loans.rows, investment.rows, documents.rows, _commands):
        for name, ours, yardstick, aim in rows():
            ratio = ours / yardstick
            met = "yes" if ratio <= aim else "NO"
            print(f"{name:<46}{ours * 1e3:>12.2f}{yardstick * 1e3:>15.2f}{ratio:>9.3f}{aim:>7.2f}  {met}", flush=True)


if __name__ == "__main__":
    main()
