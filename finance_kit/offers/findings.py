"""What is said about the cost of an offer, a comparison, a capacity: lines of a name and a value, and sentences."""

from __future__ import annotations

from typing import Final

from finance_kit.errors import Undefined
from finance_kit.i18n.catalog import message
from finance_kit.loans.interest_caps import CapCheck
from finance_kit.offers.afford import Affordable
from finance_kit.offers.compare import Comparison
from finance_kit.offers.cost import OfferCost
from finance_kit.offers.offer import Offer
from finance_kit.offers.tables import TextTable
from finance_kit.offers.words import Words

__all__ = ["afford_lines", "cap_sentences", "charge_table", "compare_table", "comparison_sentences", "cost_lines"]

Lines = list[tuple[str, str]]

_CHARGES: Final = {
    "upfront_fee": "Up-front fee",
    "instalment_fee": "Fee with each instalment",
    "insurance": "Insurance or welfare",
    "savings": "Compulsory savings",
}
_MEASURES: Final = {
    "nominal_annual_rate": "Rate a year on the declining balance",
    "nominal_monthly_rate": "Rate a month on the declining balance",
    "fee_share_of_loan": "All fees, share of the loan",
}


def cost_lines(offer: Offer, cost: OfferCost) -> Lines:
    """Sums and rates."""
    words, true = Words.of(offer), cost.true
    lines = [
        ("Received in hand", words.sum(true.net_received)),
        ("Paid with all instalments, fees included", words.sum(true.total_paid)),
        ("Interest of the whole contract", words.sum(true.total_interest)),
        ("Fees of the whole contract", words.sum(true.total_fees)),
    ]
    if cost.savings_deposited:
        lines.append(("Compulsory savings put in", words.sum(cost.savings_deposited)))
        lines.append(("Savings that come back, with interest", words.sum(true.savings_returned)))
    lines.append(("Cost: interest and fees, less interest on savings", words.sum(cost.cost)))
    lines.append(("", ""))
    lines.append(("Rate as quoted", _quoted(offer, words)))
    if cost.declining_rate is not None:
        lines.append(("The interest alone, said on the declining balance", words.percent(cost.declining_rate)))
    if cost.flat_rate is not None:
        lines.append(("The same interest said flat", words.percent(cost.flat_rate)))
    lines.append(("Nominal rate with all charges (per period × periods)", words.percent(true.nominal_annual_rate)))
    lines.append(("Effective interest rate, EIR", words.percent(true.eir)))
    lines.append(("APR, US Regulation Z, Appendix J", words.percent(cost.apr)))
    lines.append(("APRC, EU Directives 2008/48/EC and 2014/17/EU", words.percent(cost.aprc)))
    return lines


def _quoted(offer: Offer, words: Words) -> str:
    rate = offer.terms.annual_rate
    flat = " flat" if offer.terms.quotation == "flat" else ""
    return f"{words.rate(rate / 12)} a month{flat}" if offer.quoted_per == "month" else f"{words.rate(rate)}{flat}"


def charge_table(offer: Offer, cost: OfferCost) -> TextTable | None:
    """What each charge adds to the effective rate; nothing where there is none."""
    if not cost.effects:
        return None
    words = Words.of(offer)
    rows = []
    for effect in cost.effects:
        name = effect.name if effect.own_name else _CHARGES[effect.name]
        adds = words.percent(effect.adds).replace(" %", " points") if not isinstance(effect.adds, Undefined) else "–"
        rows.append((name, words.money(effect.amount), words.percent(effect.eir_without), adds))
    return TextTable(("Charge", "Amount", "EIR without it", "It adds"), tuple(rows))


def cap_sentences(offer: Offer, cost: OfferCost) -> list[str]:
    """The legal limits, and whether the offer keeps them."""
    words = Words.of(offer)
    if not cost.caps_asked:
        return [message("offer_caps_not_asked")]
    if not cost.caps:
        return [message("offer_caps_none", {"country": offer.country, "lender_type": offer.lender_type})]
    said = []
    for cap in cost.caps:
        if cap.check is None:
            said.append(message("offer_cap_not_compared", {"title": cap.title, "text": cap.text}))
            continue
        said += _cap(cap.check, cap.title, words)
    compared = any(cap.check is not None for cap in cost.caps)
    return [*said, message("offer_cap_is_no_eir")] if compared else said


def _cap(check: CapCheck, title: str, words: Words) -> list[str]:
    limit = check.limit
    params = {"title": title, "law": limit.law, "date": limit.source_date or "", "source": limit.source or ""}
    verdict = {True: "offer_cap_kept", False: "offer_cap_broken", None: "offer_cap_open"}[check.within]
    said = [message(verdict, params)]
    if check.flat_forbidden:
        said.append(message("offer_cap_flat_forbidden"))
    for finding in check.findings:
        code = "offer_cap_finding" if finding.decides else "offer_cap_told"
        shown = {"measure": _MEASURES[finding.measure], "found": words.percent(finding.found)}
        said.append(message(code, {**shown, "limit": words.percent(finding.limit), "sign": _sign(finding.within)}))
    return said


def _sign(within: bool) -> str:
    return "within" if within else "ABOVE"


def compare_table(found: Comparison) -> TextTable:
    """One row for each figure, one column for each offer; the cheapest is marked."""
    headings = [""]
    for place, one in enumerate(found.offers):
        headings.append(one.offer.title + (" *" if place == found.cheapest else ""))
    words = [Words.of(one.offer) for one in found.offers]
    pairs = list(zip(found.offers, words, strict=True))
    rows: list[tuple[str, ...]] = [
        ("Currency", *(one.offer.currency.code or "not stated" for one, _ in pairs)),
        ("Sum lent", *(w.money(one.offer.terms.principal) for one, w in pairs)),
        ("Received in hand", *(w.money(one.cost.true.net_received) for one, w in pairs)),
        ("Rate as quoted", *(_quoted(one.offer, w) for one, w in pairs)),
        ("Instalments", *(_instalments(one.offer) for one, _ in pairs)),
        ("First with principal", *(w.money(one.first_instalment) for one, w in pairs)),
        ("Highest instalment", *(w.money(one.peak_instalment) for one, w in pairs)),
        ("Its number", *(str(one.peak_number) for one, _ in pairs)),
        ("Interest", *(w.money(one.cost.true.total_interest) for one, w in pairs)),
        ("Fees", *(w.money(one.cost.true.total_fees) for one, w in pairs)),
        ("Cost in all", *(w.money(one.cost.cost) for one, w in pairs)),
        ("EIR a year", *(_or_dash(one.cost.true.eir, w) for one, w in pairs)),
    ]
    return TextTable(tuple(headings), tuple(rows))


def _instalments(offer: Offer) -> str:
    unit, count = offer.terms.interval
    return f"{offer.terms.instalments} × {count} {unit if count > 1 else unit.rstrip('s')}"


def _or_dash(value: float | Undefined, words: Words) -> str:
    return "–" if isinstance(value, Undefined) else words.percent(value)


def comparison_sentences(found: Comparison) -> list[str]:
    """Which offer is the cheapest, by how much, and what a reader must mind."""
    if found.cheapest is None:
        return [message("offer_compare_no_rate")]
    best = found.offers[found.cheapest]
    words = Words.of(best.offer)
    said = [message("offer_compare_cheapest", {"title": best.offer.title, "eir": words.percent(best.cost.true.eir)})]
    if not found.same_currency:
        said.append(message("offer_compare_currencies"))
    elif not found.same_terms:
        said.append(message("offer_compare_terms_differ"))
    elif found.runner_up is not None and found.saving is not None and found.saving_per_month is not None:
        params = {"title": found.offers[found.runner_up].offer.title, "saving": words.sum(abs(found.saving))}
        params["month"] = words.sum(abs(found.saving_per_month))
        said.append(message("offer_compare_saving" if found.saving >= 0 else "offer_compare_costs_more", params))
        if found.lowest_cost not in (None, found.cheapest) and found.lowest_cost is not None:
            lowest = found.offers[found.lowest_cost].offer.title
            said.append(message("offer_compare_lowest_cost", {"title": lowest}))
    return said


def afford_lines(offer: Offer, found: Affordable) -> list[str]:
    """Answers as sentences."""
    words, terms = Words.of(offer), offer.terms
    unit, count = terms.interval
    params = {"instalments": terms.instalments, "rate": words.rate(terms.annual_rate)}
    if isinstance(found.largest, Undefined):
        said = [words.reason(found.largest)]
    else:
        said = [message("offer_afford_largest", {**params, "principal": words.sum(found.largest)})]
    if not terms.principal or found.peak is None:
        return said
    fits = {"principal": words.sum(terms.principal), "peak": words.sum(found.peak)}
    said.append(message("offer_afford_fits" if found.fits else "offer_afford_does_not", fits))
    if isinstance(found.tenor, int):
        months = found.tenor * 12 / terms.periods_a_year
        said.append(message("offer_afford_tenor", {"found": found.tenor, "months": words.plain(round(months, 1))}))
    elif found.tenor is not None:
        said.append(words.reason(found.tenor))
    if isinstance(found.rate, Undefined):
        said.append(words.reason(found.rate))
    elif found.rate is not None:
        said.append(message("offer_afford_rate", {"rate": words.percent(found.rate)}))
    if found.grace == 0:
        said.append(message("offer_afford_no_grace"))
    elif isinstance(found.grace, int):
        interval = f"{count} {unit}" if count > 1 else unit.rstrip("s")
        said.append(message("offer_afford_grace", {"found": found.grace, "interval": interval}))
    elif found.grace is not None:
        said.append(message("offer_afford_grace_no_help"))
    return said
