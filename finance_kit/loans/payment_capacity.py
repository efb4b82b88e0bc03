"""What can be paid with each instalment: one sum, or a path that follows the cash flow and the season."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError

__all__ = ["PaymentCapacity"]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PaymentCapacity:
    """The most that can be paid in each instalment period.

    Parameters
    ----------
    amounts : per period from the first after pay-out, in the loan's currency
    repeats : whether they begin again after the last one (12 months of a season, or one sum for ever)

    Raises
    ------
    CalculationError : there is no amount, or one is negative or not finite
    """

    amounts: tuple[float, ...]
    repeats: bool = False

    def __post_init__(self) -> None:
        path = np.asarray(self.amounts, dtype=np.float64)
        if not path.size:
            raise CalculationError("loan_capacity_empty")
        bad = np.flatnonzero(~(np.isfinite(path) & (path >= 0)))
        if bad.size:
            raise CalculationError("loan_debt_service_not_an_amount", found=float(path[bad[0]]))

    @classmethod
    def level(cls, amount: float) -> PaymentCapacity:
        """The same sum in every period."""
        return cls((amount,), repeats=True)

    @classmethod
    def from_cfads(cls, cfads: npt.ArrayLike, dscr_minimum: float, *, repeats: bool = False) -> PaymentCapacity:
        """What a minimum debt service coverage ratio leaves of the cash flow.

        Parameters
        ----------
        cfads : (N,), cash flow available for debt service of each instalment period, in the loan's currency; where it
            is negative nothing can be paid
        dscr_minimum : lowest ratio that the lender accepts in any period
        repeats : whether the path begins again after its last period

        Raises
        ------
        CalculationError : the path is empty or not finite, or the ratio is not above zero
        """
        if not (np.isfinite(dscr_minimum) and dscr_minimum > 0):
            raise CalculationError("loan_dscr_not_positive", found=dscr_minimum)
        path = np.maximum(np.atleast_1d(np.asarray(cfads, dtype=np.float64)), 0.0) / dscr_minimum
        return cls(tuple(path.tolist()), repeats)

    @property
    def longest(self) -> int | None:
        """Number of periods that the path covers; ``None`` where it repeats."""
        return None if self.repeats else len(self.amounts)

    def limits(self, periods: int) -> FloatArray:
        """(periods,), the most that can be paid in each.

        Raises
        ------
        CalculationError : the path ends before the loan does
        """
        if not self.repeats and periods > len(self.amounts):
            raise CalculationError("loan_capacity_too_short", found=len(self.amounts), needed=periods)
        return np.resize(np.asarray(self.amounts, dtype=np.float64), periods)
