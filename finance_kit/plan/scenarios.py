"""Scenarios: what is varied around a plan, as arrays along the scenario axis."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from finance_kit.errors import ShapeError

__all__ = ["BASE", "ScenarioSet"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """S variations of one plan; every driver is an array with the scenarios on its last axis, or left out.

    Parameters
    ----------
    count : S, number of scenarios
    names : their names, or empty
    price, volume : (P, S) or (S,), multipliers on each product's price and volume
    input_cost : (S,), multiplier on the cost of inputs
    fixed_cost : (S,), multiplier on fixed costs and overhead
    wage : (S,), multiplier on pay; social charges follow
    investment : (S,), multiplier on the cost of assets bought for cash
    interest_add : (S,), added to the annual rate of every new loan and existing debt
    receivable_days, inventory_days, payable_days : (S,), multipliers
    loan : (S,), multiplier on the principal of every new loan

    Raises
    ------
    ShapeError : a driver's last axis is not S long
    """

    count: int = 1
    names: tuple[str, ...] = ()
    price: FloatArray | None = None
    volume: FloatArray | None = None
    input_cost: FloatArray | None = None
    fixed_cost: FloatArray | None = None
    wage: FloatArray | None = None
    investment: FloatArray | None = None
    interest_add: FloatArray | None = None
    receivable_days: FloatArray | None = None
    inventory_days: FloatArray | None = None
    payable_days: FloatArray | None = None
    loan: FloatArray | None = None

    def __post_init__(self) -> None:
        for name, driver in self.drivers().items():
            if driver.shape[-1] != self.count:
                raise ShapeError("scenario_driver_shape", driver=name, shape=driver.shape, scenarios=self.count)

    def drivers(self) -> dict[str, FloatArray]:
        """The drivers that are set, by name."""
        found = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("count", "names")}
        return {name: driver for name, driver in found.items() if driver is not None}

    def part(self, start: int, stop: int) -> ScenarioSet:
        """Scenarios ``start`` (included) to ``stop`` (excluded), for running in chunks or alone."""
        stop = min(stop, self.count)
        drivers = {name: driver[..., start:stop] for name, driver in self.drivers().items()}
        return replace(self, count=stop - start, names=self.names[start:stop], **drivers)


BASE = ScenarioSet()
"""The plan as it stands: one scenario, nothing varied."""
