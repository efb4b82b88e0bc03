"""Level payments, an opening sum and a final sum: each one worked out of the others.

Signs are those of spreadsheets: money received is positive, money paid negative, and

    pv * (1 + rate) ** n + pmt * (1 + rate * when) * ((1 + rate) ** n - 1) / rate + fv = 0

with ``when`` 1 for payments at the beginning of the period, else 0; at a rate of 0 the fraction is n. There may be a
broken or a negative number of periods, as in a spreadsheet.

The equation is used as it stands where the growth is below 1 and divided by the growth elsewhere, so that no power
overflows, and powers are taken by ``expm1`` and ``log1p``: a rate of 1e-12 keeps its digits as does one of 1,000 % over
10,000 periods. numpy-financial is the check here and not the motor: at a rate of 1e-9 it is right to seven digits.
"""

from __future__ import annotations

import math

from finance_kit.arguments import Due, at_beginning, finite, number, rate_above_minus_one
from finance_kit.errors import CalculationError, Undefined

__all__ = ["cumipmt", "cumprinc", "fv", "ipmt", "nper", "pmt", "ppmt", "pv", "weights"]

SMALLEST = 1e-300  # a smaller power has lost digits
NEGLIGIBLE = 1e-290  # a rate below it moves no digit, and its own digits run out
MOST_PERIODS = 100_000  # that a cumulative figure adds up one by one


def weights(rate: float, periods: float) -> tuple[float, float, float]:
    """What one now, one at the end of each period and one at the end weigh in the equation of this module.

    Parameters
    ----------
    rate : fraction per period, above -1
    periods : number of periods

    Returns
    -------
    three factors, none of which overflows: at the end of time where the growth is below 1, else at its beginning
    """
    if abs(rate) < NEGLIGIBLE:
        return 1.0, periods, 1.0
    growth = periods * math.log1p(rate)
    if growth > 0.0:
        return 1.0, -math.expm1(-growth) / rate, math.exp(-growth)
    return math.exp(growth), math.expm1(growth) / rate, 1.0


def pmt(rate: float, periods: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Level payment per period.

    Parameters
    ----------
    rate : fraction per period, above -1
    periods : number of payments, not 0
    pv, fv : sum at the start and at the end, currency
    due : whether payments fall at the end or the beginning of the period

    Returns
    -------
    currency; negative when ``pv`` was received

    Raises
    ------
    CalculationError : an argument is no number or out of range; the payment is beyond every number

    Examples
    --------
    >>> round(pmt(0.08 / 12, 10, 10_000), 2)
    -1037.03
    """
    rate, periods = _rate_and_periods(rate, periods)
    return finite("pmt", _payment(rate, periods, number("pv", pv), number("fv", fv), begin=at_beginning(due)))


def pv(rate: float, periods: float, pmt: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Present value of level payments and a final sum; arguments and errors as in `pmt`.

    Examples
    --------
    >>> round(pv(0.05 / 12, 120, -100), 2)
    9428.14
    """
    rate, periods, payment = rate_above_minus_one("rate", rate), number("periods", periods), number("pmt", pmt)
    start, annuity, end = weights(rate, periods)
    if at_beginning(due):
        annuity *= 1.0 + rate
    return finite("pv", _quotient(-(payment * annuity + number("fv", fv) * end), start))


def fv(rate: float, periods: float, pmt: float, pv: float = 0.0, *, due: Due = "end") -> float:
    """Final sum of an opening sum and level payments; arguments and errors as in `pmt`.

    Examples
    --------
    >>> round(fv(0.06 / 12, 10, -200, -500, due="begin"), 2)
    2581.4
    """
    rate, periods, payment = rate_above_minus_one("rate", rate), number("periods", periods), number("pmt", pmt)
    start, annuity, end = weights(rate, periods)
    if at_beginning(due):
        annuity *= 1.0 + rate
    return finite("fv", _quotient(-(number("pv", pv) * start + payment * annuity), end))


def nper(rate: float, pmt: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> float | Undefined:
    """Number of periods, broken and negative ones too; ``Undefined("never_repaid")`` when no number does it.

    Raises
    ------
    CalculationError : an argument is no number, or the rate is not above -1

    Examples
    --------
    >>> round(nper(0.12 / 12, -100, -1_000, 10_000, due="begin"), 2)
    59.67
    """
    rate = rate_above_minus_one("rate", rate)
    sums = [number("pmt", pmt), number("pv", pv), number("fv", fv)]
    size = max(map(abs, sums)) or 1.0
    payment, opening, closing = (value / size for value in sums)
    if at_beginning(due):
        payment *= 1.0 + rate
    owed = opening + closing
    if owed == 0.0:
        return 0.0
    # With x = (1 + rate) ** n the equation reads (payment + opening * rate) * (x - 1) = -owed * rate.
    first_step = payment + opening * rate
    if first_step == 0.0:
        return Undefined("never_repaid")
    if abs(rate) < NEGLIGIBLE:
        return finite("nper", -owed / payment) if payment else Undefined("never_repaid")
    grown = finite("nper", -owed * rate) / finite("nper", first_step)
    if not grown > -1.0:
        return Undefined("never_repaid")
    return finite("nper", math.log1p(grown) / math.log1p(rate))


def ipmt(rate: float, period: float, periods: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Interest within the payment of a period, 1 the first; the first payment at a beginning holds none.

    Raises
    ------
    CalculationError : an argument is no number or out of range, ``period_out_of_range``

    Examples
    --------
    >>> round(ipmt(0.10 / 12, 1, 36, 8_000), 2)
    -66.67
    """
    rate, periods = _rate_and_periods(rate, periods)
    period = _period_within(period, periods)
    interest = _interest(rate, period, periods, number("pv", pv), number("fv", fv), begin=at_beginning(due))
    return finite("ipmt", interest)


def ppmt(rate: float, period: float, periods: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> float:
    """Principal within the payment of a period, 1 the first: the payment less its interest; errors as in `ipmt`.

    Examples
    --------
    >>> round(ppmt(0.10 / 12, 1, 24, 2_000), 2)
    -75.62
    """
    rate, periods = _rate_and_periods(rate, periods)
    period = _period_within(period, periods)
    opening, closing = number("pv", pv), number("fv", fv)
    begin = at_beginning(due)
    if begin and period == 1.0:
        return finite("ppmt", _payment(rate, periods, opening, closing, begin=True))
    return finite("ppmt", _principal(rate, period, 1.0, periods, opening + closing, begin=begin))


def cumipmt(rate: float, periods: float, pv: float, first: int, last: int, *, due: Due = "end") -> float:
    """Interest within the payments of the periods ``first`` to ``last``, both included.

    Raises
    ------
    CalculationError : an argument is no number or out of range, ``period_out_of_range``; more than 100,000 periods

    Examples
    --------
    >>> round(cumipmt(0.09 / 12, 30 * 12, 125_000, 13, 24), 2)
    -11135.23
    """
    rate, periods = _rate_and_periods(rate, periods)
    asked = _periods_within(first, last, periods)
    opening, begin = number("pv", pv), at_beginning(due)
    parts = [_interest(rate, float(period), periods, opening, 0.0, begin=begin) for period in asked]
    return finite("cumipmt", math.fsum(parts) if all(map(math.isfinite, parts)) else math.inf)


def cumprinc(rate: float, periods: float, pv: float, first: int, last: int, *, due: Due = "end") -> float:
    """Principal within the payments of the periods ``first`` to ``last``, both included; errors as in `cumipmt`.

    Examples
    --------
    >>> round(cumprinc(0.09 / 12, 30 * 12, 125_000, 13, 24), 2)
    -934.11
    """
    rate, periods = _rate_and_periods(rate, periods)
    asked = _periods_within(first, last, periods)
    opening, begin = number("pv", pv), at_beginning(due)
    paid_at_once = begin and asked.start == 1  # a payment on the day of the loan is principal alone
    total = _payment(rate, periods, opening, 0.0, begin=True) if paid_at_once else 0.0
    later = range(asked.start + paid_at_once, asked.stop)
    if later:
        total += _principal(rate, float(later.start), float(len(later)), periods, opening, begin=begin)
    return finite("cumprinc", total)


# --- arguments ----------------------------------------------------------------------------------------------------


def _rate_and_periods(rate: float, periods: float) -> tuple[float, float]:
    """A rate above -1 and a number of periods that is not 0."""
    rate, periods = rate_above_minus_one("rate", rate), number("periods", periods)
    if periods == 0.0:
        raise CalculationError("no_periods")
    return rate, periods


def _period_within(period: float, periods: float) -> float:
    """A period that the loan has."""
    asked = number("period", period)
    if not 1.0 <= asked <= periods:
        raise CalculationError("period_out_of_range", period=period, periods=periods)
    return asked


def _periods_within(first: int, last: int, periods: float) -> range:
    """Whole periods that the loan has, in order."""
    begin, end = _period_within(first, periods), _period_within(last, periods)
    if not (begin.is_integer() and end.is_integer() and begin <= end):
        raise CalculationError("periods_not_in_order", first=first, last=last)
    if end - begin >= MOST_PERIODS:
        raise CalculationError("too_many_periods", found=int(end - begin) + 1, most=MOST_PERIODS)
    return range(int(begin), int(end) + 1)


# --- figures, from checked arguments; infinite where there is no room for them --------------------------------------


def _quotient(above: float, below: float) -> float:
    """A sum over a power; without a sum nothing, whatever the power."""
    if above == 0.0:
        return 0.0
    return above / below if below > SMALLEST else math.inf


def _payment(rate: float, periods: float, opening: float, closing: float, *, begin: bool) -> float:
    """Level payment."""
    start, annuity, end = weights(rate, periods)
    if begin:
        annuity *= 1.0 + rate
    return -(opening * (start / annuity) + closing * (end / annuity))


def _interest(rate: float, period: float, periods: float, opening: float, closing: float, *, begin: bool) -> float:
    """Interest within one payment.

    The balance before the period is the opening sum grown, less what was paid, or what the payments still to come are
    worth: the way with the smaller terms loses no digits (the first late in a savings plan, the second late in a loan).
    """
    if begin and period == 1.0:
        return 0.0
    payment = _payment(rate, periods, opening, closing, begin=False)
    start, annuity, end = weights(rate, period - 1.0)
    grown, paid = _quotient(opening * start, end), _quotient(payment * annuity, end)
    start, annuity, end = weights(rate, periods - period + 1.0)
    to_pay, to_leave = _quotient(-payment * annuity, start), _quotient(-closing * end, start)
    back = abs(grown) + abs(paid) <= abs(to_pay) + abs(to_leave)
    interest = -rate * (grown + paid if back else to_pay + to_leave)
    return interest / (1.0 + rate) if begin else interest


def _principal(rate: float, period: float, count: float, periods: float, owed: float, *, begin: bool) -> float:
    """Principal within ``count`` payments from one period on: it grows from payment to payment by the rate."""
    if abs(rate) < NEGLIGIBLE:
        return -owed * count / periods
    step = math.log1p(rate)
    growth = periods * step
    before = (period - 1.0) * step
    if growth > 0.0:
        share = math.exp(before + count * step - growth) * -math.expm1(-count * step) / -math.expm1(-growth)
    else:
        share = math.exp(before) * math.expm1(count * step) / math.expm1(growth)
    return -owed * (share / (1.0 + rate) if begin else share)
