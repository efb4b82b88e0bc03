"""Medians of times, of one work or of two by turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

__all__ = ["by_turns", "median_seconds"]


def median_seconds(work: Callable[[], Any], repeats: int) -> float:
    """Median time of some work in seconds, after one run to warm up."""
    work()
    return statistics.median(_seconds(work) for _ in range(repeats))


def by_turns(ours: Callable[[], Any], yardstick: Callable[[], Any], repeats: int) -> tuple[float, float]:
    """Median seconds of both, measured by turns: what slows the machine down for a while slows both."""
    ours()
    yardstick()
    pairs = [(_seconds(ours), _seconds(yardstick)) for _ in range(repeats)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
