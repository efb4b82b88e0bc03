"""Currencies as lenders here use them, and rounding to their units.

The number of decimals is the one of daily practice, not of ISO 4217 (which gives the riel and the kyat two): no
lender in these countries writes a hundredth of them. ``cash_unit`` is the smallest step that instalments are commonly
quoted in. Both are conventions of this product that a plan can override; they are not quoted from a central bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, overload

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError

__all__ = ["CURRENCIES", "Currency", "RoundingRule", "currency", "round_to_unit"]

RoundingRule = Literal["half_even", "half_up", "up"]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: ISO code, decimals written in practice, the step instalments are rounded to, symbol, name."""

    code: str
    decimals: int
    cash_unit: float
    symbol: str
    name: str

    @property
    def minor_unit(self) -> float:
        """Smallest amount that is written: 1 for riel, kyat, dong; 0.01 for baht, dollar, euro."""
        return float(10.0**-self.decimals)


CURRENCIES: Mapping[str, Currency] = MappingProxyType(
    {
        c.code: c
        for c in (
            Currency("KHR", 0, 100.0, "៛", "Cambodian riel"),
            Currency("MMK", 0, 100.0, "K", "Myanmar kyat"),
            Currency("THB", 2, 1.0, "฿", "Thai baht"),
            Currency("VND", 0, 500.0, "₫", "Vietnamese dong"),
            Currency("USD", 2, 0.01, "$", "US dollar"),
            Currency("EUR", 2, 0.01, "€", "euro"),
        )
    }
)


def currency(code: str) -> Currency:
    """The currency with this ISO code.

    Raises
    ------
    CalculationError : the code is not one that this product knows
    """
    try:
        return CURRENCIES[code]
    except KeyError:
        raise CalculationError("unknown_currency", currency=code, known=", ".join(CURRENCIES)) from None


@overload
def round_to_unit(amount: float, unit: float | None, rule: RoundingRule = "half_even") -> float: ...
@overload
def round_to_unit(amount: FloatArray, unit: float | None, rule: RoundingRule = "half_even") -> FloatArray: ...
def round_to_unit(
    amount: float | FloatArray, unit: float | None, rule: RoundingRule = "half_even"
) -> float | FloatArray:
    """Amounts rounded to multiples of ``unit``; unchanged when ``unit`` is ``None``.

    Parameters
    ----------
    amount : any shape, in the currency
    unit : the step, in the currency: 0.01, 1, 100 …; ``None`` rounds nothing
    rule : ``half_even`` (banker's rounding, the default of core-banking systems), ``half_up`` or ``up``

    Notes
    -----
    A quotient is first snapped to nine decimals, so that an amount that is a half in decimal notation but falls a hair
    beside it in binary (1.005 is 1.00499999999999989…) rounds as a clerk would round it.
    """
    if unit is None:
        return amount
    inverse = 1.0 / unit
    quotient = np.round(np.asarray(amount) * inverse if unit < 1.0 else np.asarray(amount) / unit, 9)
    if rule == "half_even":
        steps = np.rint(quotient)
    elif rule == "half_up":
        steps = np.sign(quotient) * np.floor(np.abs(quotient) + 0.5)
    else:
        steps = np.ceil(quotient)
    rounded = steps / inverse if unit < 1.0 else steps * unit
    return rounded if isinstance(amount, np.ndarray) else float(rounded)
