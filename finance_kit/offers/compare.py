"""Several offers side by side, and what the cheapest one saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finance_kit.errors import Undefined
from finance_kit.loans import amortise
from finance_kit.offers.cost import OfferCost, offer_cost
from finance_kit.offers.offer import Offer

__all__ = ["ComparedOffer", "Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class ComparedOffer:
    """One offer in a comparison.

    Parameters
    ----------
    offer, cost : the terms, and what they cost
    first_instalment : what the first instalment with principal takes, fees and savings included
    peak_instalment, peak_number : the highest one, and which it is
    """

    offer: Offer
    cost: OfferCost
    first_instalment: float
    peak_instalment: float
    peak_number: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers side by side.

    Parameters
    ----------
    offers : in the order in which they were given
    cheapest : position of the one with the lowest effective rate; ``None`` where no rate exists
    runner_up : position of the next
    same_terms : whether all are for the same sum, currency and time, so that their cost in money can be compared
    same_currency : whether all are in one currency, without which not even their rates compare well
    saving, saving_per_month : cost of the next offer less that of the cheapest one, where the terms are the same
    lowest_cost : position of the offer that costs least in money, where it can be compared
    """

    offers: tuple[ComparedOffer, ...]
    cheapest: int | None
    runner_up: int | None
    same_terms: bool
    same_currency: bool
    saving: float | None
    saving_per_month: float | None
    lowest_cost: int | None


def compare(offers: Sequence[Offer]) -> Comparison:
    """Offers side by side.

    Parameters
    ----------
    offers : at least one

    Returns
    -------
    Comparison; of offers that are equally cheap the first one counts as the cheapest
    """
    found = tuple(map(_compared, offers))
    rates = [(rate, place) for place, one in enumerate(found) if not isinstance(rate := one.cost.true.eir, Undefined)]
    order = [place for _, place in sorted(rates)]
    first = offers[0]
    same_currency = all(offer.currency == first.currency for offer in offers)
    same = same_currency and all(
        (offer.terms.principal, offer.terms.months) == (first.terms.principal, first.terms.months) for offer in offers
    )
    cheapest, runner_up = (order[0] if order else None), (order[1] if len(order) > 1 else None)
    saving = per_month = lowest = None
    if same:
        lowest = min(range(len(found)), key=lambda place: found[place].cost.cost)
        if cheapest is not None and runner_up is not None:
            saving = found[runner_up].cost.cost - found[cheapest].cost.cost
            per_month = saving / first.terms.months
    return Comparison(found, cheapest, runner_up, same, same_currency, saving, per_month, lowest)


def _compared(offer: Offer) -> ComparedOffer:
    arrays = amortise(offer.terms)
    totals = (arrays.instalment + arrays.fees_due + arrays.savings_added)[:, 0]
    peak = int(totals.argmax())
    return ComparedOffer(
        offer,
        offer_cost(offer),
        float(totals[min(offer.terms.grace_periods, len(totals) - 1)]),
        float(totals[peak]),
        peak + 1,
    )
