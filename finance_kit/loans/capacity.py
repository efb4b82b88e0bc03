"""What can be borrowed with what is left to pay for it: how much, how long, at which rate, after which grace.

Each answer is found on the schedule that would be signed, rounding included: it fits when it is calculated again, and
one step more (or one instalment, one period of grace less) does not. A rounded schedule does not grow smoothly with
principal or rate, since its last instalment takes what rounding has left; so the steps are tried one by one, from
above what rounding could explain, instead of being interpolated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from finance_kit.errors import CalculationError, Undefined
from finance_kit.loans.kernel import LoanArrays, amortise
from finance_kit.loans.payment_capacity import PaymentCapacity
from finance_kit.loans.terms import LoanTerms

__all__ = [
    "highest_rate",
    "largest_loan",
    "largest_principal",
    "needed_grace",
    "sculpted_principal",
    "shortest_tenor",
]

FloatArray = npt.NDArray[np.float64]

_EQUAL = 1e-11  # an instalment this little above what can be paid, as a share, is a sum of floats and no more money
_HIGHEST_PRINCIPAL = 1e13
_BY_PRINCIPAL = ("equal_principal", "seasonal")  # what rounding leaves of principal gathers no interest on interest
_CELLS = 1_000_000  # periods times candidates that are tried together


def largest_loan(debt_service_per_period: float, terms: LoanTerms) -> float:
    """Largest principal whose highest unrounded instalment stays within a given sum.

    Parameters
    ----------
    debt_service_per_period : what can be paid each period as interest plus principal (fees apart), in the loan's
        currency
    terms : what would be signed; its principal is not used

    Returns
    -------
    principal, in the loan's currency, not rounded

    Raises
    ------
    CalculationError : the sum is negative or not finite

    Notes
    -----
    Unrounded instalments are proportional to the principal, so that this is a division. What may be signed to the
    unit is :func:`largest_principal`.
    """
    if not (isfinite(debt_service_per_period) and debt_service_per_period >= 0):
        raise CalculationError("loan_debt_service_not_an_amount", found=debt_service_per_period)
    highest = float(amortise(replace(terms, principal=1.0, rounding_unit=None)).instalment.max())
    return debt_service_per_period / highest


def largest_principal(
    terms: LoanTerms, capacity: PaymentCapacity, *, multiple: float | None = None, with_fees: bool = False
) -> float | Undefined:
    """Largest principal whose signed schedule can be paid in every period.

    Parameters
    ----------
    terms : what would be signed; its principal is not used
    capacity : what can be paid in each period, at least as long as the loan
    multiple : the principal is a multiple of it; without it, of the terms' rounding unit, or any sum where nothing is
        rounded
    with_fees : whether fees, insurance and deposits of savings of each period are paid out of the same sum

    Returns
    -------
    principal, in the loan's currency; Undefined ``loan_nothing_affordable`` where not even one multiple can be repaid

    Raises
    ------
    CalculationError : the path of payments ends before the loan, the multiple is not an amount above zero, or the
        instalments are sums agreed beforehand, which do not follow the principal
    """
    step = terms.rounding_unit if multiple is None else multiple
    if step is not None and not (isfinite(step) and step > 0):
        raise CalculationError("loan_unit_not_positive", field="multiple", found=step)
    if terms.repayment == "custom":
        raise CalculationError("loan_capacity_custom")
    limits = capacity.limits(terms.instalments)
    # At a very large principal each payment is a share of it plus the fixed fees: two principals show both.
    large = min(1e12, 1e15 * (terms.minor_unit or 1.0)) if terms.rounding_unit else 1e6
    shares = _paid(amortise(terms, principal=np.array([large, 2 * large])), with_fees)
    share = (shares[:, 1] - shares[:, 0]) / large
    fixed = shares[:, 0] - share * large
    owing = share > 1e-12
    # Where the fees alone are too much, no principal helps; what the two large ones leave of a unit is no fee.
    slack = _slack(terms, np.array([terms.annual_rate]))[:, 0]
    fixed = np.where(fixed > 2.0 * slack + (1e-2 if terms.rounding_unit else 1e-6), fixed, 0.0)
    room = limits + slack - fixed
    bounds = np.full(room.shape, np.inf)
    np.divide(room, share, out=bounds, where=owing)
    bounds[~owing & (room < 0.0)] = 0.0
    tightest = int(bounds.argmin())
    bound = min(float(bounds[tightest]), _HIGHEST_PRINCIPAL)
    nothing = Undefined("loan_nothing_affordable", {"period": tightest + 1, "limit": float(limits[tightest])})
    if bound <= 0.0:
        return nothing
    if step is None:
        return bound
    for counts in _downwards(int(bound / step * (1.0 + 1e-12)), 1, terms.instalments):
        principals = counts * step
        if (per_unit := 1.0 / step) == round(per_unit):
            principals = counts / per_unit  # 0.01 has no exact float but 100 has
        fits = _fits(amortise(terms, principal=principals), limits, with_fees)
        if fits.any():
            return float(principals[fits.argmax()])
    return nothing


def sculpted_principal(terms: LoanTerms, capacity: PaymentCapacity) -> float:
    """Principal that all of the capacity repays, each instalment cut to what its period can pay.

    Parameters
    ----------
    terms : rate on the declining balance, number of instalments and time between them; nothing else is used
    capacity : what can be paid in each period, at least as long as the loan

    Returns
    -------
    present value of the payments at the loan's rate, in the loan's currency, not rounded: no pattern of repayment can
    carry more, and what a level instalment carries less is the price of not following the season

    Raises
    ------
    CalculationError : the path of payments ends before the loan
    """
    limits = capacity.limits(terms.instalments)
    growth = 1.0 + terms.annual_rate / terms.periods_a_year
    return float(limits @ growth ** -np.arange(1.0, terms.instalments + 1.0))


def highest_rate(
    terms: LoanTerms,
    capacity: PaymentCapacity,
    *,
    highest: float = 1.0,
    steps_per_point: int = 100,
    with_fees: bool = False,
) -> float | Undefined:
    """Highest quoted rate at which the signed schedule can be paid in every period.

    Parameters
    ----------
    terms : what would be signed; its rate is not used
    capacity : what can be paid in each period, at least as long as the loan
    highest : rate up to which is searched, fraction a year
    steps_per_point : steps in one per cent; 100 finds the rate to a hundredth of a per cent
    with_fees : whether fees, insurance and deposits of savings of each period are paid out of the same sum

    Returns
    -------
    rate as quoted, fraction a year; Undefined ``loan_no_rate_bearable`` where not even a loan without interest can be
    repaid, ``loan_rate_not_limited`` where the highest rate searched still can

    Raises
    ------
    CalculationError : the path of payments ends before the loan, or the search is no range of rates
    """
    if not (isfinite(highest) and 0 < highest <= 5.0 and steps_per_point >= 1 and steps_per_point % 1 == 0):
        raise CalculationError("loan_rate_search_out_of_range", found=highest, highest=5.0)
    limits, steps = capacity.limits(terms.instalments), 100 * steps_per_point
    top = round(highest * steps)
    for counts in _downwards(top, 0, terms.instalments):
        rates = counts / steps
        rates = rates[_may_fit(terms, limits, with_fees, rates)]
        if not rates.size:
            continue
        fits = _fits(amortise(terms, annual_rate=rates), limits, with_fees)
        if fits.any():
            found = float(rates[fits.argmax()])
            return found if found < top / steps else Undefined("loan_rate_not_limited", {"highest": found})
    return Undefined("loan_no_rate_bearable", _worst(replace(terms, annual_rate=0.0), limits, with_fees))


def shortest_tenor(
    terms: LoanTerms, capacity: PaymentCapacity, *, longest: int, with_fees: bool = False
) -> int | Undefined:
    """Smallest number of instalments with which the signed schedule can be paid in every period.

    Parameters
    ----------
    terms : what would be signed; its number of instalments is not used, its grace is part of the answer
    capacity : what can be paid in each period
    longest : most instalments that the lender allows; a path of payments that ends earlier ends the search
    with_fees : whether fees, insurance and deposits of savings of each period are paid out of the same sum

    Returns
    -------
    number of instalments, grace included; Undefined ``loan_no_tenor`` where even the longest is too short

    Raises
    ------
    CalculationError : no number of instalments up to the longest makes sound terms
    """
    most = min(longest, capacity.longest or longest)
    choices = ({"instalments": count} for count in range(1, most + 1))
    last = None
    for candidate in _sound(terms, choices):
        if _can_be_paid(candidate, capacity.limits(candidate.instalments), with_fees):
            return candidate.instalments
        last = candidate
    if last is None:
        raise CalculationError("loan_no_sound_terms", longest=most)
    worst = _worst(last, capacity.limits(last.instalments), with_fees)
    return Undefined("loan_no_tenor", {"longest": last.instalments, **worst})


def needed_grace(
    terms: LoanTerms,
    capacity: PaymentCapacity,
    *,
    longest: int | None = None,
    extends: bool = False,
    with_fees: bool = False,
) -> int | Undefined:
    """Shortest grace with which the signed schedule can be paid in every period.

    Parameters
    ----------
    terms : what would be signed, with the kind of grace; its length is not used
    capacity : what can be paid in each period
    longest : longest grace that the lender allows, in instalment periods; else all but the last of them
    extends : whether the contract becomes longer by the grace, with as many paying instalments as now; else the same
        number of instalments is left with fewer to repay in
    with_fees : whether fees, insurance and deposits of savings of each period are paid out of the same sum

    Returns
    -------
    instalment periods, 0 where no grace is needed; Undefined ``loan_no_grace`` where even the longest does not help

    Raises
    ------
    CalculationError : the path of payments ends before the loan
    """
    paying = terms.paying_periods
    most = terms.instalments - 1 if longest is None else longest
    if extends and capacity.longest is not None:
        most = max(min(most, capacity.longest - paying), 0)  # what can be paid later is not known
    choices: Iterator[dict[str, Any]] = (
        {
            "grace_months": 0,
            "grace_instalments": grace,
            "instalments": paying + grace if extends else terms.instalments,
        }
        for grace in range(most + 1)
    )
    last = None
    for candidate in _sound(terms, choices):
        if _can_be_paid(candidate, capacity.limits(candidate.instalments), with_fees):
            return candidate.grace_periods
        last = candidate
    if last is None:
        raise CalculationError("loan_no_sound_terms", longest=terms.instalments)
    worst = _worst(last, capacity.limits(last.instalments), with_fees)
    return Undefined("loan_no_grace", {"periods": last.grace_periods, **worst})


def _sound(terms: LoanTerms, choices: Iterator[dict[str, Any]]) -> Iterator[LoanTerms]:
    """The terms with each choice that goes together with the rest of them: a grace needs instalments after it."""
    for choice in choices:
        try:
            candidate = replace(terms, **choice)
        except CalculationError:
            continue
        yield candidate


def _paid(arrays: LoanArrays, with_fees: bool) -> FloatArray:
    """(N, S), what each period takes."""
    return arrays.instalment + arrays.fees_due + arrays.savings_added if with_fees else arrays.instalment


def _fits(arrays: LoanArrays, limits: FloatArray, with_fees: bool) -> npt.NDArray[np.bool_]:
    """(S,), whether every period can be paid."""
    return np.asarray((_paid(arrays, with_fees) <= limits[:, None] * (1.0 + _EQUAL)).all(axis=0))


def _can_be_paid(terms: LoanTerms, limits: FloatArray, with_fees: bool) -> bool:
    """Whether one signed schedule fits."""
    if not _may_fit(terms, limits, with_fees, np.array([terms.annual_rate])).all():
        return False
    return bool(_fits(amortise(terms), limits, with_fees)[0])


def _may_fit(terms: LoanTerms, limits: FloatArray, with_fees: bool, rates: FloatArray) -> npt.NDArray[np.bool_]:
    """(S,), whether a signed schedule can fit, asked of the unrounded one: it has a closed form and is much quicker.

    Only where the two differ by no more than rounding; where a system evens instalments out, all may fit.
    """
    if terms.rounding_unit is None or terms.method != "cumulative" or terms.remainder != "last":
        return np.ones(rates.size, dtype=np.bool_)
    near = _paid(amortise(replace(terms, rounding_unit=None), annual_rate=rates), with_fees) - _slack(terms, rates)
    return np.asarray((near <= limits[:, None] * (1.0 + _EQUAL)).all(axis=0))


def _worst(terms: LoanTerms, limits: FloatArray, with_fees: bool) -> dict[str, float]:
    """Period in which most is missing, with what is due and what can be paid."""
    due = _paid(amortise(terms), with_fees)[:, 0]
    missing = due - limits
    period = int((missing >= missing.max() - _EQUAL * due.max()).argmax())  # the first of equal ones
    return {"period": period + 1, "due": float(due[period]), "limit": float(limits[period])}


def _slack(terms: LoanTerms, rates: FloatArray) -> FloatArray:
    """(N, S), more than by which rounding can lower a payment below its unrounded figure.

    What rounding adds in each period is missing, with its interest, from the last ones. The first two instalments with
    principal come before any of that: they differ by their own rounding and by that of the interest of a grace.
    """
    periods, first = terms.instalments, terms.grace_periods
    slack = np.zeros((periods, rates.size))
    if terms.rounding_unit is None or terms.minor_unit is None:
        return slack
    # A month of 31 days bears more than a twelfth, and a changed rate may be higher than the quoted one.
    quoted = np.maximum(np.abs(rates), max((change.annual_rate for change in terms.rate_changes), default=0.0))
    gain = 1.1 * quoted / terms.periods_a_year
    unit, small = terms.rounding_unit, terms.minor_unit * (periods + 1)
    with np.errstate(over="ignore"):
        growth = (1.0 + gain) ** periods if terms.repayment not in _BY_PRINCIPAL else 1.0 + gain * periods
        waited = (1.0 + gain) ** first
    if terms.repayment in ("interest_only", "bullet"):
        slack[:] = 2.0 * unit + small  # the principal is paid in one sum, as it is
        return slack
    slack[:] = periods * (2.0 * unit + terms.minor_unit) * growth  # a flat instalment has two parts, each rounded
    if terms.paying_periods >= 3 and terms.method == "cumulative" and terms.remainder == "last":
        slack[first : first + 2] = 3.0 * unit + 2.0 * terms.minor_unit * (first + 2) * waited
    return slack


def _downwards(top: int, bottom: int, periods: int) -> Iterator[FloatArray]:
    """Whole numbers from the top to the bottom, in blocks that grow as the answer proves to be far."""
    size, most = 32, max(_CELLS // periods, 32)
    while top >= bottom:
        end = max(top - size, bottom - 1)
        yield np.arange(top, end, -1, dtype=np.float64)
        top, size = end, min(size * 4, most)
