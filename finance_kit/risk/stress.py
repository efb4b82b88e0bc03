"""Stresses and sensitivities: the whole model run again with one thing worse, or several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assumptions import Assumptions
from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import Indicators, evaluate
from finance_kit.plan.scenarios import ScenarioSet

__all__ = ["SENSITIVITIES", "STRESSES", "Stress", "sensitivity", "stress_test"]

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
