"""The money grid of a contract: which amounts are rounded to what.

A rounded schedule is counted in whole minor units, which a float holds exactly up to 9e15; an unrounded one is left in
the currency and every rounding below does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.loans.terms import LoanTerms
from finance_kit.money import RoundingRule, round_to_unit

__all__ = ["Grid"]

FloatArray = npt.NDArray[np.float64]
_SNAP = 2.0**30


@dataclass(frozen=True, slots=True)
class Grid:
    """Minor units, and instalments in steps of some of them.

    Parameters
    ----------
    minor_unit : in the currency; ``None`` for an unrounded schedule
    step : minor units in one rounding unit of the instalment
    rule : rounding of instalments; interest follows it except for ``up`` (then half-even)
    whole_interest : whether interest is rounded to the minor unit
    """

    minor_unit: float | None
    step: float
    rule: RoundingRule
    whole_interest: bool = True

    @classmethod
    def of(cls, terms: LoanTerms) -> Grid:
        """The grid that these terms ask for."""
        if terms.rounding_unit is None or terms.minor_unit is None:
            return cls(None, 1.0, terms.rounding_rule)
        step = float(round(terms.rounding_unit / terms.minor_unit))
        return cls(terms.minor_unit, step, terms.rounding_rule, terms.rounds_interest)

    @property
    def exact(self) -> bool:
        """Whether nothing is rounded."""
        return self.minor_unit is None

    def units(self, amount: FloatArray) -> FloatArray:
        """Currency to minor units; a sum that lies between two of them stays there."""
        if self.minor_unit is None:
            return amount
        counted = amount / self.minor_unit
        whole = np.rint(counted)
        return np.where(np.abs(counted - whole) <= 1e-9 * np.maximum(whole, 1.0), whole, counted)

    def currency(self, units: FloatArray) -> FloatArray:
        """Minor units to currency."""
        # A view without strides is a zero that takes no memory.
        if self.minor_unit in (None, 1.0) or not any(units.strides):
            return units
        # 0.01 has no exact float but 100 has: dividing gives the float nearest to the decimal amount.
        return units / round(1.0 / self.minor_unit) if self.minor_unit < 1.0 else units * self.minor_unit

    def interest(self, units: FloatArray) -> FloatArray:
        """Interest, rounded to the minor unit unless the terms leave it unrounded."""
        return self.amount(units) if self.whole_interest else units

    def amount(self, units: FloatArray) -> FloatArray:
        """Fees, savings and pay-outs, rounded to the minor unit."""
        if self.minor_unit is None:
            return units
        if self.rule == "half_up":
            return round_to_unit(units, 1.0, self.rule)
        # As round_to_unit, but snapped to a power of two near 1e-9, without a division: walks come here each period.
        return np.rint(np.rint(units * _SNAP) * (1.0 / _SNAP))

    def instalment(self, units: FloatArray) -> FloatArray:
        """Instalments and equal principal, rounded to the rounding unit."""
        if self.minor_unit is None:
            return units
        return round_to_unit(units, self.step, self.rule)
