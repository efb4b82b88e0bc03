"""A page of offers as plain values, for other programs."""

from __future__ import annotations

from typing import Any

from finance_kit.readiness.offers import HeldOffer, OfferPage, Saving

__all__ = ["as_json"]


def as_json(page: OfferPage) -> dict[str, Any]:
    """The page as plain values, a figure that does not exist as ``null``."""

    def row(each: HeldOffer) -> dict[str, Any]:
        offer, cost = each.candidate.offer, each.compared.cost
        profile = each.candidate.profile
        return {
            "title": offer.title,
            "origin": each.candidate.origin,
            "lender": offer.lender,
            "lender_type": offer.lender_type,
            "country": offer.country,
            "source": offer.source,
            "source_date": offer.source_date,
            "file": offer.file,
            "currency": offer.currency.code or None,
            "principal": offer.terms.principal,
            "annual_rate": offer.terms.annual_rate,
            "quotation": offer.terms.quotation,
            "instalments": offer.terms.instalments,
            "interval": list(offer.terms.interval),
            "net_received": cost.true.net_received,
            "first_instalment": each.compared.first_instalment,
            "peak_instalment": each.compared.peak_instalment,
            "peak_number": each.compared.peak_number,
            "interest": cost.true.total_interest,
            "fees": cost.true.total_fees,
            "cost": cost.cost,
            "eir": each.eir,
            "min_dscr": each.min_dscr,
            "dscr_year": each.dscr_year or None,
            "cash_short": each.cash_short,
            "not_reckoned": each.not_reckoned or None,
            "within_law": each.within_law,
            "eligible": each.eligible,
            "held_against": None if profile is None else profile.named,
            "reasons": list(each.reasons),
            "notes": list(each.candidate.notes),
        }

    def saving(found: Saving | None) -> dict[str, Any] | None:
        return None if found is None else {name: getattr(found, name) for name in Saving.__slots__}

    return {
        "loan": page.loan.name,
        "offers": [row(each) for each in page.offers],
        "cheapest": page.cheapest,
        "next_cheapest": page.next_cheapest,
        "saving": saving(page.saving),
        "saving_to_plan": saving(page.saving_to_plan),
        "no_offer": [{"profile": name, "reason": why} for name, why in page.no_offer],
    }
