"""The financial functions of a spreadsheet under their own names, with their arguments in their own order.

``from finance_kit import spreadsheet`` and then ``spreadsheet.PMT(0.08 / 12, 10, 10_000)``; `FUNCTIONS` lists them.
Signs, defaults and conventions are those of the Microsoft Excel function reference. Two things differ on purpose. In
place of an error value (#NUM!, #VALUE! …) there is a :class:`~finance_kit.errors.CalculationError` that says what
is wrong with the arguments, or :class:`~finance_kit.errors.Undefined` with the reason why there is no such figure. And
what a spreadsheet refuses although it exists is answered: XNPV and CUMIPMT at negative rates, EFFECT at 0.
"""

# ruff: noqa: N802 (the functions bear the names that a spreadsheet gives them)

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from finance_kit import annuity, depreciation, investment, payment_rate, rate_conversion
from finance_kit.arguments import Due, number
from finance_kit.day_count import DayCount, calendar_day, year_fraction
from finance_kit.errors import CalculationError, Undefined

__all__ = [
    "CUMIPMT",
    "CUMPRINC",
    "DB",
    "DDB",
    "EFFECT",
    "FUNCTIONS",
    "FV",
    "IPMT",
    "IRR",
    "MIRR",
    "NOMINAL",
    "NPER",
    "NPV",
    "PMT",
    "PPMT",
    "PV",
    "RATE",
    "SLN",
    "SYD",
    "VDB",
    "XIRR",
    "XNPV",
    "YEARFRAC",
]

GUESS: Final = 0.1
BASES: Final[tuple[DayCount, ...]] = ("30U/360", "actual/actual Excel", "actual/360", "actual/365", "30E/360")

Flows = Sequence[float] | npt.NDArray[np.float64]


def PMT(rate: float, nper: float, pv: float, fv: float = 0.0, type: float = 0) -> float:
    """Level payment per period; ``type`` 1 is at the beginning of the period."""
    return annuity.pmt(rate, nper, pv, fv, due=_due(type))


def IPMT(rate: float, per: float, nper: float, pv: float, fv: float = 0.0, type: float = 0) -> float:
    """Interest within the payment of period ``per``; with ``type`` 1 there is none in the first."""
    return annuity.ipmt(rate, per, nper, pv, fv, due=_due(type))


def PPMT(rate: float, per: float, nper: float, pv: float, fv: float = 0.0, type: float = 0) -> float:
    """Principal within the payment of period ``per``."""
    return annuity.ppmt(rate, per, nper, pv, fv, due=_due(type))


def CUMIPMT(rate: float, nper: float, pv: float, start_period: float, end_period: float, type: float = 0) -> float:
    """Interest within the payments from one period to another, both included; broken periods are cut off."""
    first, last = _whole("start_period", start_period), _whole("end_period", end_period)
    return annuity.cumipmt(rate, nper, pv, first, last, due=_due(type))


def CUMPRINC(rate: float, nper: float, pv: float, start_period: float, end_period: float, type: float = 0) -> float:
    """Principal within the payments from one period to another, both included; broken periods are cut off."""
    first, last = _whole("start_period", start_period), _whole("end_period", end_period)
    return annuity.cumprinc(rate, nper, pv, first, last, due=_due(type))


def PV(rate: float, nper: float, pmt: float, fv: float = 0.0, type: float = 0) -> float:
    """Present value of level payments and a final sum."""
    return annuity.pv(rate, nper, pmt, fv, due=_due(type))


def FV(rate: float, nper: float, pmt: float, pv: float = 0.0, type: float = 0) -> float:
    """Final sum of level payments and an opening sum."""
    return annuity.fv(rate, nper, pmt, pv, due=_due(type))


def NPER(rate: float, pmt: float, pv: float, fv: float = 0.0, type: float = 0) -> float | Undefined:
    """Number of periods; undefined where no number of payments does it."""
    return annuity.nper(rate, pmt, pv, fv, due=_due(type))


def RATE(
    nper: float, pmt: float, pv: float, fv: float = 0.0, type: float = 0, guess: float = GUESS
) -> float | Undefined:
    """Rate per period; of two the one nearer to ``guess``; undefined where there is none.

    With one period the equation is a straight line. Its solution is given as a spreadsheet gives it, even below -1,
    where it is no rate (`payment_rate.rate` calls it undefined).
    """
    due = _due(type)
    found = payment_rate.rate(nper, pmt, pv, fv, due=due, guess=guess)
    slope = pv + pmt if due == "begin" else pv
    if isinstance(found, Undefined) and nper == 1 and slope != 0.0:
        return -(pv + pmt + fv) / slope
    return found


def NPV(rate: float, *values: float | Flows) -> float:
    """Net present value where the first flow lies at the end of period 1; numbers, lists or both."""
    flows: list[float] = []
    for value in values:
        flows += list(value) if isinstance(value, Sequence | np.ndarray) else [value]
    return investment.npv_of_periods(rate, flows, first_at=1)


def XNPV(rate: float, values: Flows, dates: Sequence[date]) -> float:
    """Net present value at the first date given, which must be the earliest; actual days over 365."""
    for day in dates:
        if calendar_day(day) < calendar_day(dates[0]):
            first = calendar_day(dates[0]).isoformat()
            raise CalculationError("date_before_first", date=calendar_day(day).isoformat(), first=first)
    return investment.xnpv(rate, dates, values)


def IRR(values: Flows, guess: float = GUESS) -> float | Undefined:
    """Internal rate of return per period; of several the one nearest to ``guess``."""
    return investment.irr(values, guess=guess)


def XIRR(values: Flows, dates: Sequence[date], guess: float = GUESS) -> float | Undefined:
    """Yearly rate of return by calendar days over 365; of several the one that a search from ``guess`` reaches."""
    return investment.xirr(dates, values, guess=None if guess == GUESS else guess)


def MIRR(values: Flows, finance_rate: float, reinvest_rate: float) -> float | Undefined:
    """Modified internal rate of return per period."""
    return investment.mirr(values, finance_rate, reinvest_rate)


def EFFECT(nominal_rate: float, npery: float) -> float:
    """Effective yearly rate; a broken number of periods a year is cut off."""
    return rate_conversion.effective_from_nominal(nominal_rate, _whole("npery", npery))


def NOMINAL(effect_rate: float, npery: float) -> float:
    """Nominal yearly rate; a broken number of periods a year is cut off."""
    return rate_conversion.nominal_from_effective(effect_rate, _whole("npery", npery))


def SLN(cost: float, salvage: float, life: float) -> float:
    """Straight-line depreciation of each period."""
    return depreciation.sln(cost, salvage, life)


def SYD(cost: float, salvage: float, life: float, per: float) -> float:
    """Depreciation of a period by the sum of the years' digits."""
    return depreciation.syd(cost, salvage, life, per)


def DB(cost: float, salvage: float, life: float, period: float, month: float = 12) -> float:
    """Depreciation of a year by the fixed declining balance, ``month`` months in the first year."""
    return depreciation.db(cost, salvage, life, period, first_year_months=month)


def DDB(cost: float, salvage: float, life: float, period: float, factor: float = 2.0) -> float:
    """Depreciation of a period by the declining balance at ``factor`` times the straight-line rate."""
    return depreciation.ddb(cost, salvage, life, period, factor=factor)


def VDB(
    cost: float,
    salvage: float,
    life: float,
    start_period: float,
    end_period: float,
    factor: float = 2.0,
    no_switch: bool = False,
) -> float:
    """Depreciation between two points of the life, changing to straight line where that charges more."""
    return depreciation.vdb(cost, salvage, life, start_period, end_period, factor=factor, switch=not no_switch)


def YEARFRAC(start_date: date, end_date: date, basis: int = 0) -> float:
    """Share of a year between two dates, never negative; ``basis`` as in `BASES`, 0 is US 30/360."""
    if isinstance(basis, bool) or basis not in range(len(BASES)):
        raise CalculationError("basis_unknown", found=str(basis)[:40])
    return abs(year_fraction(start_date, end_date, BASES[int(basis)]))


FUNCTIONS: Final[MappingProxyType[str, Callable[..., float | Undefined]]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            *(PMT, IPMT, PPMT, CUMIPMT, CUMPRINC, PV, FV, NPER, RATE),
            *(NPV, XNPV, IRR, XIRR, MIRR, EFFECT, NOMINAL),
            *(SLN, SYD, DB, DDB, VDB, YEARFRAC),
        )
    }
)


def _due(kind: float) -> Due:
    """0 is the end of the period, 1 its beginning."""
    if number("type", kind) not in (0.0, 1.0):
        raise CalculationError("due_unknown", found=str(kind)[:40])
    return "begin" if kind else "end"


def _whole(name: str, value: float) -> int:
    """A number without its fraction."""
    return int(number(name, value))
