"""Loan offers held against a plan: what each costs, whether the plan carries it, whether law and lender allow it.

Each offer takes the place of one loan of the plan, and the whole plan is reckoned again. An offer is eligible where no
condition of the profile that it is held against is failed, no legal limit on interest is broken, and it is of the
plan's country. Cheapest is the lowest effective rate; a saving in money is told only between offers of the same sum,
currency and time, since a longer or larger loan costs more for being longer or larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import Indicators
from finance_kit.offers import Offer
from finance_kit.offers.compare import ComparedOffer, compare
from finance_kit.plan.financing import Loan
from finance_kit.plan.schema import Plan
from finance_kit.readiness import wording
from finance_kit.readiness.assess import Assessment, assess
from finance_kit.readiness.borrowing import plan_on_terms, without_months
from finance_kit.readiness.facts import FACTS, facts
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.reading import Case
from finance_kit.risk.stress import stress_test

__all__ = ["Candidate", "HeldOffer", "OfferPage", "Saving", "at_the_plans_sum", "hold_offers"]

Eligible = Literal["eligible", "not_eligible", "unclear"]
_EQUAL = 1e-9
_OF_THE_LOAN = (
    "amount_of_maximum", "amount_of_minimum", "tenor_months", "shortest_tenor_months", "grace_months", "lowest_rate",
)  # fmt: skip
"""Facts of the offer alone; cover, cash, security and use are those of the whole plan with all of its loans."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that is to be held against a plan.

    Parameters
    ----------
    offer : its terms
    origin : the plan itself, a terms file, or the published terms of a profile
    profile : whose conditions it is held against; ``None`` where no profile is for this type of lender
    notes : what a reader must know of the terms, in words
    """

    offer: Offer
    origin: Literal["plan", "file", "profile"]
    profile: LenderProfile | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldOffer:
    """An offer and what the plan makes of it.

    Parameters
    ----------
    candidate, compared : the offer; its costs and instalments
    min_dscr, dscr_year : lowest yearly DSCR when the plan borrows on these terms, and its year; ``None`` where no year
        has debt service or the plan cannot lay the terms out
    cash_short : money missing at the worst month end, plan currency; ``None`` where not reckoned
    not_reckoned : why the plan was not reckoned with it, as a code; empty where it was
    within_law : whether the country's limits are kept; ``None`` where there is nothing to compare with
    eligible : ``unclear`` where nothing is failed and something cannot be checked
    reasons : why it is not eligible, or what cannot be checked, in words
    """

    candidate: Candidate
    compared: ComparedOffer
    min_dscr: float | None
    dscr_year: str
    cash_short: float | None
    not_reckoned: str
    within_law: bool | None
    eligible: Eligible
    reasons: tuple[str, ...]

    @property
    def eir(self) -> float | None:
        """Effective rate, ``None`` where there is none."""
        rate = self.compared.cost.true.eir
        return None if isinstance(rate, Undefined) else rate


@dataclass(frozen=True, slots=True)
class Saving:
    """What one offer saves against another: the whole of it and a month, or why it is not told in money."""

    of: int
    against: int
    eir_points: float
    whole: float | None
    a_month: float | None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Offers side by side.

    Parameters
    ----------
    loan : the loan of the plan whose place they take
    offers : the plan's own first, then in the order given
    cheapest, next_cheapest : positions of the offers that are not refused, by effective rate
    saving : the cheapest against the next; ``None`` where there are not two
    saving_to_plan : the cheapest against the loan as the plan has it, which is a wish and is not ranked itself
    no_offer : profiles whose published terms make no offer, with the reason
    """

    loan: Loan
    offers: tuple[HeldOffer, ...]
    cheapest: int | None
    next_cheapest: int | None
    saving: Saving | None
    saving_to_plan: Saving | None
    no_offer: tuple[tuple[str, str], ...] = ()


def hold_offers(
    plan: Plan, loan: Loan, candidates: Sequence[Candidate], no_offer: Sequence[tuple[str, str]] = ()
) -> OfferPage:
    """Hold offers against a plan.

    Parameters
    ----------
    plan : as it stands
    loan : the loan whose place each offer takes (:func:`finance_kit.readiness.borrowing.loan_of`)
    candidates : the plan's own loan first
    no_offer : lenders without an offer, for the page
    """
    compared = compare([each.offer for each in candidates]).offers
    held = tuple(_held(plan, loan, each, cost) for each, cost in zip(candidates, compared, strict=True))
    order = [place for _, place in sorted(_standing(held))]
    cheapest = order[0] if order else None
    second = order[1] if len(order) > 1 else None
    saving = None if cheapest is None or second is None else _saving(held, cheapest, second)
    to_plan = None if cheapest is None else _saving(held, cheapest, 0)
    return OfferPage(loan, held, cheapest, second, saving, to_plan, tuple(no_offer))


def _standing(held: Sequence[HeldOffer]) -> list[tuple[float, int]]:
    """Effective rate and position of the offers that are not refused; the plan's own loan is a wish, not an offer."""
    return [
        (each.eir, place)
        for place, each in enumerate(held)
        if each.eir is not None and each.eligible != "not_eligible" and each.candidate.origin != "plan"
    ]


def _saving(held: Sequence[HeldOffer], of: int, against: int) -> Saving | None:
    """What one offer saves against another."""
    cheap, dear = held[of], held[against]
    if cheap.eir is None or dear.eir is None:
        return None
    one, two = cheap.candidate.offer, dear.candidate.offer
    same = one.currency == two.currency and (one.terms.principal, one.terms.months) == (
        two.terms.principal,
        two.terms.months,
    )
    whole = dear.compared.cost.cost - cheap.compared.cost.cost if same else None
    return Saving(of, against, dear.eir - cheap.eir, whole, None if whole is None else whole / one.terms.months)


def _held(plan: Plan, loan: Loan, candidate: Candidate, compared: ComparedOffer) -> HeldOffer:
    """One offer: law, plan, conditions."""
    offer = candidate.offer
    failed, open_ones = [], []
    law = _within(compared)
    if law is False:
        failed += [
            f"Above the legal limit: {cap.title}"
            for cap in compared.cost.caps
            if cap.check and cap.check.within is False
        ]
    if offer.country is not None and offer.country != plan.cluster.country:
        failed.append(f"An offer in {offer.country}; the plan is in {plan.cluster.country}")
    code = _not_reckoned(plan, offer)
    dscr, year, short = None, "", None
    if code:
        open_ones.append("The plan is not reckoned with it")
    else:
        found = plan_on_terms(plan, loan, offer.terms, offer.currency.code, offer.lender_type)
        result, dscr, year, short = _conditions(found, loan.name, candidate.profile)
        if result is not None:
            conditions = result.knock_outs
            failed += [wording.briefly(one.label, one.found, one.rule) for one in conditions if one.met is False]
            open_ones += [f"{one.label}: not stated" for one in conditions if one.unknown]
    if candidate.profile is None:
        open_ones.append("No profile is for this type of lender, so its conditions are not known")
        if dscr is not None and dscr < 1.0 - _EQUAL:
            failed.append(f"lowest yearly DSCR: {_signed(dscr)}; needed: at least 1.00")
        if short:
            failed.append(f"money missing at the worst month end: {short:,.0f} {plan.period.currency}")
    notes = _sum_note(loan, offer, loan.currency or plan.period.currency)
    eligible: Eligible = "not_eligible" if failed else "unclear" if open_ones else "eligible"
    return HeldOffer(
        replace(candidate, notes=(*candidate.notes, *notes)),
        compared,
        dscr,
        year,
        short,
        code,
        law,
        eligible,
        tuple(dict.fromkeys((*failed, *open_ones))),
    )


def _sum_note(loan: Loan, offer: Offer, code: str) -> tuple[str, ...]:
    """That an offer is for another sum than the plan asks for."""
    if offer.currency.code != code or abs(offer.terms.principal - loan.principal) <= _EQUAL * loan.principal:
        return ()
    return (f"It is for {code} {offer.terms.principal:,.0f}; the plan asks for {loan.principal:,.0f}. See --same-sum.",)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "\u2212")


def _within(compared: ComparedOffer) -> bool | None:
    """Whether every limit that can be compared is kept."""
    told = [cap.check.within for cap in compared.cost.caps if cap.check is not None and cap.check.within is not None]
    return all(told) if told else None


def _not_reckoned(plan: Plan, offer: Offer) -> str:
    """Why the plan cannot be reckoned with an offer."""
    known = {plan.period.currency, *(rate.currency for rate in plan.exchange_rates)}
    if offer.currency.code not in known:
        return "currency_without_rate"
    return without_months(offer.terms) or ""


def _conditions(
    found: Indicators, name: str, profile: LenderProfile | None
) -> tuple[Assessment | None, float | None, str, float | None]:
    """The profile's reading of the plan on these terms, and cover and cash of it."""
    worse = stress_test(found.projection.assumptions)
    plan = found.projection.plan
    known = facts(found, worse, profile.documents.kinds if profile else (), profile.terms if profile else None)
    if profile is not None:
        alone = Case(_with_this_loan_alone(found, name), worse, profile.documents.kinds, profile.terms)
        known |= {fact: FACTS[fact].read(alone) for fact in _OF_THE_LOAN}
    cover, short = known["min_dscr"], known["cash_shortfall"]
    result = assess(profile, known, plan.period.currency) if profile else None
    dscr = cover.value if cover.state == "known" and isinstance(cover.value, float) else None
    return result, dscr, cover.at, float(short.value) if isinstance(short.value, int | float) else None


def _with_this_loan_alone(found: Indicators, name: str) -> Indicators:
    """The same figures beside a plan that lists no other new loan: other loans are other lenders' business."""
    projection = found.projection
    plan = projection.plan
    loans = [loan for loan in plan.financing.loans if loan.name == name]
    financing = plan.financing.model_copy(update={"loans": loans})
    own = replace(projection.assumptions, plan=plan.model_copy(update={"financing": financing}))
    return replace(found, projection=replace(projection, assumptions=own))


def at_the_plans_sum(offer: Offer, loan: Loan, currency_code: str) -> Offer:
    """The same terms for the sum that the plan asks for; unchanged where the offer is in another currency."""
    if offer.currency.code != currency_code:
        return offer
    return replace(offer, terms=replace(offer.terms, principal=loan.principal))
