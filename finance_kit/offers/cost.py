"""What an offer really costs: the sums, the rates by each definition, what each charge adds, the legal limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from finance_kit.errors import Undefined
from finance_kit.loans import LoanTerms, TrueCost, amortise, true_cost
from finance_kit.loans.explain_charges import CHARGES, without
from finance_kit.loans.interest_caps import CapCheck, check_interest_cap
from finance_kit.loans.legal_rates import contract_apr, contract_aprc
from finance_kit.loans.rate_quotations import declining_to_flat
from finance_kit.offers.offer import Offer

__all__ = ["CapOfCountry", "ChargeEffect", "OfferCost", "offer_cost"]


@dataclass(frozen=True, slots=True)
class ChargeEffect:
    """What one charge does.

    Parameters
    ----------
    name : one of ``upfront_fee``, ``instalment_fee``, ``insurance``, ``savings``, or the lender's name of a fee
    own_name : whether the name is the lender's
    amount : all of it over the contract; of savings what is deposited, which comes back
    eir_without : effective rate of the same contract without it
    adds : by how much it raises the effective rate
    """

    name: str
    own_name: bool
    amount: float
    eir_without: float | Undefined
    adds: float | Undefined


@dataclass(frozen=True, slots=True)
class CapOfCountry:
    """A legal limit of the country, and the offer held against it.

    Parameters
    ----------
    title, text : the rule, and what it says
    confirmed : whether the pack has read it in its source; else it is not compared
    check : the comparison; ``None`` where there is nothing to compare with
    """

    title: str
    text: str
    confirmed: bool
    check: CapCheck | None


@dataclass(frozen=True, slots=True)
class OfferCost:
    """All of it.

    Parameters
    ----------
    true : sums and effective rate
    savings_deposited, savings_interest : compulsory savings and what they earn
    cost : interest and fees less the interest on savings, in the offer's currency
    apr : US Regulation Z, Appendix J; ``aprc``: Directives 2008/48/EC and 2014/17/EU
    declining_rate : of a flat quotation or interest taken beforehand, the nominal rate on the declining balance that
        the interest alone comes to
    flat_rate : of a plain declining quotation, the flat rate that costs as much
    effects : each charge
    caps : the legal limits of the country for this type of lender
    caps_asked : whether the offer names a country and a type of lender, so that limits could be looked up
    """

    true: TrueCost
    savings_deposited: float
    savings_interest: float
    cost: float
    apr: float | Undefined
    aprc: float | Undefined
    declining_rate: float | Undefined | None
    flat_rate: float | None
    effects: tuple[ChargeEffect, ...]
    caps: tuple[CapOfCountry, ...]
    caps_asked: bool


def offer_cost(offer: Offer) -> OfferCost:
    """What an offer costs.

    Parameters
    ----------
    offer : with its principal

    Returns
    -------
    OfferCost

    Raises
    ------
    PackError : the country's pack cannot be read
    """
    terms = offer.terms
    true, arrays = true_cost(terms), amortise(terms)
    earned = float(arrays.savings_interest.sum())
    return OfferCost(
        true=true,
        savings_deposited=float(arrays.savings_deposit[0] + arrays.savings_added.sum()),
        savings_interest=earned,
        cost=true.total_interest + true.total_fees - earned,
        apr=contract_apr(terms),
        aprc=contract_aprc(terms),
        declining_rate=_declining(terms),
        flat_rate=_flat(terms),
        effects=tuple(_effects(terms, true.eir)),
        caps=_caps(offer),
        caps_asked=bool(offer.country and offer.lender_type),
    )


def _bare(terms: LoanTerms) -> LoanTerms:
    """The interest of a contract by itself."""
    for charge in CHARGES:
        terms = without(terms, charge)
    return replace(terms, fees=())


def _declining(terms: LoanTerms) -> float | Undefined | None:
    """The interest as a nominal rate on the declining balance, where the quotation is another."""
    if terms.quotation == "declining" and terms.interest_timing == "arrears":
        return None
    return true_cost(_bare(terms)).nominal_annual_rate


def _flat(terms: LoanTerms) -> float | None:
    """The flat quotation of plain equal instalments at a declining rate."""
    plain = terms.repayment == "annuity" and not terms.grace_periods and terms.interest_timing == "arrears"
    if terms.quotation == "flat" or not plain or terms.rate_changes or terms.pay_outs:
        return None
    return declining_to_flat(terms.annual_rate, terms.instalments, terms.periods_a_year)


def _effects(terms: LoanTerms, eir: float | Undefined) -> list[ChargeEffect]:
    """Each charge taken away by itself."""
    found = []
    charges: list[str | int] = [*CHARGES, *range(len(terms.fees))]
    paid = true_cost(terms).total_fees
    for charge in charges:
        lighter = without(terms, charge)
        if lighter == terms:
            continue
        cheaper = true_cost(lighter)
        amount = paid - cheaper.total_fees
        if charge == "savings":
            arrays = amortise(terms)
            amount = float(arrays.savings_deposit[0] + arrays.savings_added.sum())
        adds: float | Undefined
        if isinstance(eir, Undefined):
            adds = eir
        else:
            adds = cheaper.eir if isinstance(cheaper.eir, Undefined) else eir - cheaper.eir
        own = isinstance(charge, int)
        name = terms.fees[charge].name if isinstance(charge, int) else charge
        found.append(ChargeEffect(name, own, amount, cheaper.eir, adds))
    return found


def _caps(offer: Offer) -> tuple[CapOfCountry, ...]:
    """The legal limits that bind this lender."""
    if not (offer.country and offer.lender_type):
        return ()
    from finance_kit.packs.load import country_pack

    found = []
    for cap in country_pack(offer.country).caps_for(offer.lender_type):
        limits = (cap.annual_rate, cap.monthly_rate, cap.fee_share_per_year)
        known = cap.status == "confirmed" and any(limit is not None for limit in limits)
        check = check_interest_cap(offer.terms, cap.limit(), quoted_per=offer.quoted_per) if known else None
        check = None if isinstance(check, Undefined) else check
        found.append(CapOfCountry(cap.title, cap.text, cap.status == "confirmed", check))
    return tuple(found)
