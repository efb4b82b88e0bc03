"""Time value of money, the one door to numpy-financial and pyxirr.

Signs are those of spreadsheets: money received is positive, money paid negative, and

    pv * (1 + rate) ** n + pmt * (1 + rate * when) * ((1 + rate) ** n - 1) / rate + fv = 0

with ``when`` 1 for payments at the beginning of the period, else 0. One number at a time; arrays are the business of
:mod:`finance_kit.numeric`.

Which library answers was decided by trying them: numpy-financial 1.0.0 loses all digits of ``ipmt`` late in a long loan
at a high rate, and gives 0 for ``nper`` at a rate of 0 with payments at the beginning; pyxirr puts interest into the
first payment of ``ppmt`` at the beginning of the period. No rate leaves this module without having been put back into
its equation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import numpy_financial
import pyxirr

from finance_kit.errors import CalculationError, ShapeError, Undefined

__all__ = ["Due", "fv", "ipmt", "irr_check", "mirr", "nper", "pmt", "ppmt", "pv", "rate", "xirr", "xnpv"]

Due = Literal["end", "begin"]
Flows = Sequence[float] | npt.NDArray[np.float64]

CONFIRMED = 1e-9  # largest rest of the equation, against the sum of its absolute terms


def pmt(rate: float, periods: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Level payment per period.

    Parameters
    ----------
    rate : fraction per period
    periods : number of payments
    pv, fv : sum at the start and at the end, currency
    due : whether payments fall at the end or the beginning of the period

    Returns
    -------
    currency; negative when ``pv`` was received

    Examples
    --------
    >>> round(pmt(0.08 / 12, 10, 10_000), 2)
    -1037.03
    """
    if rate == 0.0:
        return -(pv + fv) / periods
    return float(numpy_financial.pmt(rate, periods, pv, fv, when=due))


def ipmt(rate: float, period: int, periods: int, pv: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Interest within the payment of a period (1 is the first).

    Examples
    --------
    >>> round(ipmt(0.10 / 12, 1, 36, 8_000), 2)
    -66.67
    """
    if not 1 <= period <= periods:
        raise CalculationError("period_out_of_range", period=period, periods=periods)
    found = pyxirr.ipmt(rate, period, periods, pv, fv, pmt_at_beginning=due == "begin")
    return math.nan if found is None else float(found)


def ppmt(rate: float, period: int, periods: int, pv: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Principal within the payment of a period (1 is the first): payment less interest.

    Examples
    --------
    >>> round(ppmt(0.10 / 12, 1, 24, 2_000), 2)
    -75.62
    """
    return pmt(rate, periods, pv, fv, due=due) - ipmt(rate, period, periods, pv, fv, due=due)


def pv(rate: float, periods: float, pmt: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Present value of level payments and a final sum."""
    if rate == 0.0:
        return -(fv + pmt * periods)
    return float(numpy_financial.pv(rate, periods, pmt, fv, when=due))


def fv(rate: float, periods: float, pmt: float, pv: float = 0.0, *, due: Due = "end") -> float:
    """Final sum of an opening sum and level payments."""
    if rate == 0.0:
        return -(pv + pmt * periods)
    return float(numpy_financial.fv(rate, periods, pmt, pv, when=due))


def nper(rate: float, pmt: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> float | Undefined:
    """Number of periods; ``Undefined("never_repaid")`` when no number of payments does it."""
    found = pyxirr.nper(rate, pmt, pv, fv, pmt_at_beginning=due == "begin")
    payment = pmt * (1.0 + rate) if due == "begin" else pmt
    if found is None or not math.isfinite(found) or not _balances(rate, float(found), payment, pv, fv):
        return Undefined("never_repaid")
    return float(found)


def rate(
    periods: float, pmt: float, pv: float, fv: float = 0.0, *, due: Due = "end", guess: float = 0.1
) -> float | Undefined:
    """Rate per period at which level payments balance; ``Undefined("no_rate")`` when none is found near ``guess``.

    Examples
    --------
    >>> round(rate(48, -200, 8_000), 6)
    0.007701
    """
    with np.errstate(all="ignore"):
        found = float(numpy_financial.rate(periods, pmt, pv, fv, when=due, guess=guess, tol=1e-12))
    if not math.isfinite(found):
        again = pyxirr.rate(periods, pmt, pv, fv, pmt_at_beginning=due == "begin", guess=guess)
        found = math.nan if again is None else float(again)
    payment = pmt * (1.0 + found) if due == "begin" else pmt
    if not found > -1.0 or not math.isfinite(found) or not _balances(found, periods, payment, pv, fv):
        return Undefined("no_rate")
    return found


def mirr(flows: Flows, finance_rate: float, reinvestment_rate: float) -> float | Undefined:
    """Modified internal rate of return per period.

    Parameters
    ----------
    flows : (M+1,), currency, the first at period 0
    finance_rate : fraction per period, paid on what goes out
    reinvestment_rate : fraction per period, earned on what comes in

    Returns
    -------
    fraction per period, or ``Undefined("no_sign_change")`` when money only comes in or only goes out
    """
    series = np.asarray(flows, dtype=np.float64)
    found = float(numpy_financial.mirr(series, finance_rate, reinvestment_rate))
    return found if math.isfinite(found) else Undefined("no_sign_change")


def xnpv(annual_rate: float, dates: Sequence[date], flows: Flows) -> float:
    """Net present value at the first of the dates, actual days over 365.

    Raises
    ------
    ShapeError : there are not as many dates as flows
    """
    found = pyxirr.xnpv(annual_rate, *_dated(dates, flows), silent=True)
    return math.nan if found is None else float(found)


def xirr(dates: Sequence[date], flows: Flows, *, guess: float | None = None) -> float | Undefined:
    """Annual internal rate of return of dated flows, actual days over 365.

    Parameters
    ----------
    dates : (N,), in any order
    flows : (N,), currency, money in positive
    guess : where to begin; with several rates the answer is one near it

    Returns
    -------
    fraction per year, confirmed by a net present value of 0, or ``Undefined``: ``no_sign_change``, ``no_rate``

    Raises
    ------
    ShapeError : there are not as many dates as flows
    """
    when, amounts = _dated(dates, flows)
    if not (min(amounts, default=0.0) < 0.0 < max(amounts, default=0.0)):
        return Undefined("no_sign_change")
    found = pyxirr.xirr(when, amounts, guess=guess, silent=True)
    if found is None or not math.isfinite(found) or not found > -1.0:
        return Undefined("no_rate")
    first = min(when)
    years = np.array([(day - first).days for day in when]) / 365.0
    return float(found) if _vanishes(np.asarray(amounts), years, float(found)) else Undefined("no_rate")


def irr_check(flows: Flows, periodic_rate: float) -> bool:
    """Whether pyxirr too finds the net present value of the flows to be 0 at this rate.

    The rest may be a billionth of the sum of the absolute present values. A negative rate is checked backwards in
    time, at ``1 / (1 + rate) - 1``, where the numbers stay small.
    """
    series = np.asarray(flows, dtype=np.float64)
    if periodic_rate < 0.0:
        series, periodic_rate = series[::-1], 1.0 / (1.0 + periodic_rate) - 1.0
    rest = pyxirr.npv(periodic_rate, series.tolist())
    size = pyxirr.npv(periodic_rate, np.abs(series).tolist())
    return rest is not None and size is not None and abs(rest) <= CONFIRMED * size


def _dated(dates: Sequence[date], flows: Flows) -> tuple[list[date], list[float]]:
    """Dates and flows as lists of the same length."""
    amounts = np.asarray(flows, dtype=np.float64)
    if amounts.ndim != 1 or len(dates) != amounts.size:
        raise ShapeError("shapes_differ", found=f"{len(dates)} dates, flows is {amounts.shape}", needed="one date each")
    return list(dates), amounts.tolist()


def _vanishes(amounts: npt.NDArray[np.float64], years: npt.NDArray[np.float64], annual_rate: float) -> bool:
    """Whether the present value is 0 but for rounding, scaled so that no discount factor overflows."""
    exponents = -years * math.log1p(annual_rate)
    terms = amounts * np.exp(exponents - exponents.max())
    return bool(abs(terms.sum()) <= CONFIRMED * np.abs(terms).sum())


def _balances(rate: float, periods: float, payment: float, pv: float, fv: float) -> bool:
    """Whether the equation of this module holds, with the payment moved to the end of its period."""
    growth = periods * math.log1p(rate)
    if growth > 0.0:  # at the start of time, else at its end: no power overflows
        annuity = -math.expm1(-growth) / rate
        terms = (pv, payment * annuity, fv * math.exp(-growth))
    else:
        annuity = math.expm1(growth) / rate if rate != 0.0 else periods
        terms = (pv * math.exp(growth), payment * annuity, fv)
    return abs(math.fsum(terms)) <= CONFIRMED * math.fsum(map(abs, terms))
