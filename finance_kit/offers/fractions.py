"""Rates and shares as people write them: ``18%`` and ``0.18`` are the same, a bare ``18`` is asked about.

A bare number is taken as a fraction only where it could not well be meant as per cent. Below the bound of its kind it
is a fraction; above, both readings are shown and the sign is asked for: a fee of ``0.5`` is half a per cent to one
reader and half of the loan to another.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from finance_kit.errors import CalculationError

__all__ = ["BARE_BELOW", "FeeShare", "FractionKind", "MonthlyRate", "SavingsShare", "Share", "YearlyRate", "fraction"]

FractionKind = Literal["annual_rate", "monthly_rate", "fee", "savings", "share"]

BARE_BELOW: Final[dict[FractionKind, float]] = {
    "annual_rate": 1.0,
    "monthly_rate": 0.1,
    "fee": 0.1,
    "savings": 0.3,
    "share": 1.0,
}
"""Bare numbers below these are fractions; nobody charges a fee of half the loan, and few write 1 for 100 %."""

_WRITTEN: Final = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(%?)")


def fraction(found: Any, kind: FractionKind = "share") -> float:
    """A rate or share as a fraction.

    Parameters
    ----------
    found : text (``18%``, ``18 %``, ``0.18``) or a number as a file gives it
    kind : what it is, for the bound of a bare number

    Returns
    -------
    fraction: 0.18

    Raises
    ------
    CalculationError : ``fraction_ambiguous`` with both readings, ``fraction_not_a_number``

    Examples
    --------
    >>> fraction("18%", "annual_rate"), fraction("0.18", "annual_rate"), fraction(0.01, "fee")
    (0.18, 0.18, 0.01)
    """
    text = str(found).strip() if isinstance(found, str | int | float) and not isinstance(found, bool) else ""
    match = _WRITTEN.fullmatch(text) or _WRITTEN.fullmatch(repr(found) if isinstance(found, float) else "")
    if isinstance(found, float) and isfinite(found) and not match:
        number, sign = found, ""  # 1e-05, which YAML may hold
    elif match is None:
        raise CalculationError("fraction_not_a_number", found=str(found)[:40])
    else:
        number, sign = float(match[1]), match[2]
    if sign:
        return float(f"{match[1] if match else number}e-2")  # 1.1 / 100 is not the float nearest to 0.011
    if abs(number) >= BARE_BELOW[kind]:
        raise CalculationError("fraction_ambiguous", found=text, low=f"{number:g}%", high=f"{number * 100:g}%")
    return number


def _checked(kind: FractionKind) -> BeforeValidator:
    """The same for a field of a file."""

    def read(found: Any) -> Any:
        if found is None:
            return None
        try:
            return fraction(found, kind)
        except CalculationError as wrong:
            raise PydanticCustomError(wrong.code, "a rate or share", dict(wrong.params)) from None

    return BeforeValidator(read)


YearlyRate = Annotated[float, _checked("annual_rate")]
MonthlyRate = Annotated[float, _checked("monthly_rate")]
FeeShare = Annotated[float, _checked("fee")]
SavingsShare = Annotated[float, _checked("savings")]
Share = Annotated[float, _checked("share")]
