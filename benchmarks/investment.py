"""Speed of the rates of return: ours beside the Newton's method that somebody at home in numpy writes, and pyxirr.

100,000 series of 121 flows: an outlay, then monthly flows some of which are negative. What is compared: the time for
one rate of each series from the same array in memory. Before it counts, the monthly rates must agree within 1e-11. One
series in two hundred has a rate below -70 % as well; pyxirr answers with that one there and must then confirm ours too.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyxirr

from finance_kit.investment import irr_check
from finance_kit.root_search import irr_search

__all__ = ["newton_with_brackets", "project_flows", "rows"]

FloatArray = npt.NDArray[np.float64]

SERIES, FLOWS = 100_000, 121
CHUNK = 8_000  # for the yardstick too the size from which on more gain little
PYXIRR_SAMPLE = 2_000  # series that the loop over pyxirr is timed on; its time grows with their number
SAME = 1e-11


def rows() -> list[tuple[str, float, float, float]]:
    """(what, our seconds, the yardstick's seconds, the ratio aimed at)."""
    flows = project_flows(SERIES)
    sample = [column.tolist() for column in flows[:, :PYXIRR_SAMPLE].T]
    ours, mine = _best_of(lambda: irr_search(flows))
    by_hand, newton = _best_of(lambda: newton_with_brackets(flows))
    looped, peer = _best_of(lambda: np.array([pyxirr.irr(series) for series in sample], dtype=np.float64))
    assert np.abs(mine - newton).max() < SAME
    elsewhere = np.flatnonzero(np.abs(mine[:PYXIRR_SAMPLE] - peer) >= SAME)
    assert elsewhere.size < PYXIRR_SAMPLE / 100
    assert all(peer[place] < 0.0 <= mine[place] and irr_check(sample[place], mine[place]) for place in elsewhere)
    return [
        (f"IRR of {SERIES:,} series of {FLOWS} flows, beside Newton", ours, by_hand, 2.0),
        ("the same, beside a loop over pyxirr", ours, looped * (SERIES / PYXIRR_SAMPLE), 1.0 / 30.0),
    ]


def project_flows(series: int) -> FloatArray:
    """(121, series): an outlay and 120 months, seeded; a sixth of the months cost money."""
    generator = np.random.default_rng(20_261_125)
    flows = generator.normal(10.0, 10.0, (FLOWS, series))
    flows[0] = -generator.uniform(400.0, 900.0, series)
    return flows


def newton_with_brackets(flows: FloatArray) -> FloatArray:
    """(S,), a rate of each series by Newton's method on ``v = 1 / (1 + rate)``, halving where it leaves its bracket."""
    rates = np.empty(flows.shape[1])
    for start in range(0, flows.shape[1], CHUNK):
        rates[start : start + CHUNK] = _newton(np.ascontiguousarray(flows[:, start : start + CHUNK]))
    return rates


def _newton(flows: FloatArray) -> FloatArray:
    """One chunk, all columns until the last has arrived."""
    low, high = np.zeros(flows.shape[1]), np.full(flows.shape[1], 2.0)
    v = np.ones(flows.shape[1])
    for _ in range(60):
        value, slope = np.zeros_like(v), np.zeros_like(v)
        for flow in flows[::-1]:
            slope *= v
            slope += value
            value *= v
            value += flow
        low, high = np.where(value < 0.0, v, low), np.where(value < 0.0, high, v)
        target = v - value / slope
        target = np.where((low <= target) & (target <= high), target, (low + high) / 2.0)
        arrived = np.abs(target - v).max() <= 1e-13
        v = target
        if arrived:
            break
    rates: FloatArray = 1.0 / v - 1.0
    return rates


def _best_of(work: Callable[[], FloatArray], repeats: int = 3) -> tuple[float, FloatArray]:
    """Shortest of a few times in seconds, and the result: other work on the machine only ever makes it longer."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begun)
    return min(times), result
