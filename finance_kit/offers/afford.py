"""What can be borrowed with what can be paid: each question of :mod:`finance_kit.loans.capacity` put to one offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from finance_kit.errors import Undefined
from finance_kit.loans import amortise
from finance_kit.loans.capacity import highest_rate, largest_principal, needed_grace, shortest_tenor
from finance_kit.loans.payment_capacity import PaymentCapacity
from finance_kit.offers.offer import Offer

__all__ = ["Affordable", "afford"]

_LONGEST_YEARS: Final = 10


@dataclass(frozen=True, slots=True)
class Affordable:
    """Four answers for one offer; the last three only where it states its principal.

    Parameters
    ----------
    capacity : what can be paid with each instalment, fees included
    largest : largest sum that can be borrowed as offered otherwise
    peak : highest sum that an instalment of the offer takes; ``fits`` whether all can be paid
    tenor : fewest instalments, grace included; ``longest`` how many were tried
    rate : highest quoted rate, a fraction a year
    grace : shortest grace, in instalments, within the time of the offer
    """

    capacity: PaymentCapacity
    largest: float | Undefined
    peak: float | None
    fits: bool | None
    longest: int
    tenor: int | Undefined | None
    rate: float | Undefined | None
    grace: int | Undefined | None


def afford(
    offer: Offer, amounts: Sequence[float], *, dscr: float | None = None, longest: int | None = None
) -> Affordable:
    """What can be borrowed.

    Parameters
    ----------
    offer : its principal may be 0, and then only the largest loan is sought
    amounts : what can be paid with each instalment, in the offer's currency; they repeat after the last one
    dscr : where given, the amounts are cash available for debt service, which must be so many times what is paid
    longest : most instalments to try for the tenor; by default those of ten years, or of the offer if it is longer

    Returns
    -------
    Affordable

    Raises
    ------
    CalculationError : an amount or the ratio is not one
    """
    if dscr is None:
        capacity = PaymentCapacity(tuple(amounts), repeats=True)
    else:
        capacity = PaymentCapacity.from_cfads(tuple(amounts), dscr, repeats=True)
    terms = offer.terms
    most = longest or max(round(_LONGEST_YEARS * terms.periods_a_year), terms.instalments)
    largest = largest_principal(terms, capacity, with_fees=True)
    if not terms.principal:
        return Affordable(capacity, largest, None, None, most, None, None, None)
    arrays = amortise(terms)
    due = (arrays.instalment + arrays.fees_due + arrays.savings_added)[:, 0]
    fits = bool((due <= capacity.limits(terms.instalments) * (1.0 + 1e-11)).all())
    fixed = terms.repayment in ("custom", "stepped")
    return Affordable(
        capacity,
        largest,
        float(due.max()),
        fits,
        most,
        None if fixed else shortest_tenor(terms, capacity, longest=most, with_fees=True),
        highest_rate(terms, capacity, highest=5.0, steps_per_point=100, with_fees=True),
        None if fixed else needed_grace(replace(terms), capacity, with_fees=True),
    )
