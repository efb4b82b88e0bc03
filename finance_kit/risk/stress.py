"""Stresses and sensitivities: the whole model run again with one thing worse, or several."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assumptions import Assumptions
from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import Indicators, evaluate
from finance_kit.plan.scenarios import ScenarioSet

__all__ = ["SENSITIVITIES", "STRESSES", "Stress", "sensitivity", "stress_test", "switching_value"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stress:
    """Drivers that are multiplied: price, volume, cost of inputs; the name says it in words."""

    name: str
    price: float = 1.0
    volume: float = 1.0
    input_cost: float = 1.0
    fixed_cost: float = 1.0
    wage: float = 1.0


STRESSES = (
    Stress("As planned"),
    Stress("Prices 10 % lower", price=0.9),
    Stress("Volumes 15 % lower", volume=0.85),
    Stress("Inputs 10 % dearer", input_cost=1.1),
    Stress("All three together", price=0.9, volume=0.85, input_cost=1.1),
)
"""The base case and the stresses shown to a lender. Their sizes are a convention of this product, stated beside them:
no lender read for it publishes its own."""

SENSITIVITIES = ("price", "volume", "input_cost", "fixed_cost", "wage")
_DRIVERS = SENSITIVITIES


def _scenarios(stresses: tuple[Stress, ...]) -> ScenarioSet:
    drivers = {name: np.array([getattr(stress, name) for stress in stresses]) for name in _DRIVERS}
    return ScenarioSet(count=len(stresses), names=tuple(stress.name for stress in stresses), **drivers)


def stress_test(assumptions: Assumptions, stresses: tuple[Stress, ...] = STRESSES) -> Indicators:
    """Indicators of each stress; column s belongs to ``stresses[s]``."""
    return evaluate(project(assumptions, _scenarios(stresses)))


def sensitivity(assumptions: Assumptions, change: float = 0.1) -> dict[str, tuple[float, float]]:
    """Project NPV when one driver at a time is lower and higher by ``change``: by driver (lower, higher).

    NaN where the plan states no discount rate.
    """
    cases = [Stress(f"{name} {factor}", **{name: factor}) for name in _DRIVERS for factor in (1 - change, 1 + change)]
    npv = stress_test(assumptions, tuple(cases)).plan_level["project_npv"]
    return {name: (float(npv[2 * i]), float(npv[2 * i + 1])) for i, name in enumerate(_DRIVERS)}


def switching_value(
    assumptions: Assumptions, driver: str, value: Callable[[Indicators], FloatArray], target: float
) -> float | None:
    """Multiplier of one driver at which a figure meets its target, nearest to 1 on the bad side.

    Parameters
    ----------
    assumptions : the compiled plan
    driver : one of :data:`SENSITIVITIES`
    value : picks the figure, (S,), from indicators; it should move one way with the driver
    target : what the figure must not fall below

    Returns
    -------
    the multiplier, or ``None`` when the figure stays above its target everywhere between 0 and 3, or misses it at 1

    Notes
    -----
    Found on the full model: a grid of multipliers in one batch, refined three times around the crossing; good to 1e-5.
    """
    worse = (0.0, 1.0) if driver in ("price", "volume") else (3.0, 1.0)
    bad, good = worse
    for _ in range(4):
        grid = np.linspace(bad, good, 21)
        cases = tuple(Stress(str(factor), **{driver: float(factor)}) for factor in grid)
        met = np.nan_to_num(value(stress_test(assumptions, cases)), nan=np.inf) >= target
        if not met[-1] or met[0]:
            return None
        last_bad = int(np.flatnonzero(~met)[-1])
        bad, good = float(grid[last_bad]), float(grid[last_bad + 1])
    return good
