"""The published terms of a lender as an offer for the loan that a plan asks for.

What the lender publishes is taken; what it leaves open is the plan's own wish, within the lender's limits. Of a range
the dearer end counts, so that no offer looks cheaper than what may be signed. Where no rate is published as a number
there is no offer, and the reason is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from finance_kit.errors import CalculationError
from finance_kit.loans import LoanFee
from finance_kit.money import currency
from finance_kit.offers import Offer
from finance_kit.plan.financing import Loan
from finance_kit.plan.loan_contract import loan_contract
from finance_kit.plan.schema import Plan
from finance_kit.readiness.borrowing import with_loan
from finance_kit.readiness.profile import LenderProfile

__all__ = ["PublishedOffer", "own_offer", "published_offer"]

_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_TYPES: Final = {"bank": "bank", "state": "state", "mfi": "mfi"}


@dataclass(frozen=True, slots=True)
class PublishedOffer:
    """An offer made of published terms; ``offer`` is ``None`` where they do not make one, for the last of ``notes``."""

    offer: Offer | None
    notes: tuple[str, ...]


def own_offer(plan: Plan, loan: Loan) -> Offer:
    """The loan as the plan itself reckons with it."""
    return Offer(
        title="As the plan has it",
        terms=loan_contract(plan, loan),
        currency=currency(loan.currency or plan.period.currency),
        lender=loan.lender,
        lender_type=loan.lender_type,
        country=plan.cluster.country,
        source=loan.source,
        source_date=loan.source_date,
    )


def published_offer(plan: Plan, loan: Loan, profile: LenderProfile) -> PublishedOffer:
    """What a lender's published terms make of the loan that a plan asks for.

    Parameters
    ----------
    plan : for its months and money
    loan : sum, currency, month of pay-out, and the wish where the lender publishes nothing
    profile : the lender's terms, its own and those that stand for them
    """
    rate = profile.terms.rate
    if profile.lender_type == "guarantee_fund":
        return PublishedOffer(None, ("It guarantees a loan and does not lend itself.",))
    if rate is None:
        return PublishedOffer(None, ("Its rate is not published; ask for a quotation.",))
    if rate.reference is not None:
        return PublishedOffer(
            None,
            (f"Its rate is {rate.reference} + {(rate.margin or 0) * 100:g} %; ask for the {rate.reference} of today.",),
        )
    notes = list(_rate_notes(profile))
    fields = _wish(loan, profile, notes)
    fields["annual_rate"] = rate.max if rate.max is not None else rate.min
    fields["quotation"] = rate.quoted_on
    charges = _charges(profile, loan, notes)
    changed = loan.model_copy(update={**fields, **charges, "lender_type": _TYPES[profile.lender_type]})
    try:
        terms = loan_contract(with_loan(plan, loan, changed), changed)
    except CalculationError:
        return PublishedOffer(
            None, (*notes, "Its terms and the plan's loan do not fit each other; ask for a quotation.")
        )
    welfare = profile.terms.fees.welfare_share_per_year if profile.terms.fees else None
    if welfare:
        terms = replace(
            terms, fees=(LoanFee(name="Welfare or insurance", share=welfare, basis="principal", when="yearly"),)
        )
    offer = Offer(
        title=profile.title,
        terms=terms,
        currency=currency(loan.currency or plan.period.currency),
        lender=profile.title,
        lender_type=_TYPES[profile.lender_type],
        country=profile.country,
        source=rate.source.title,
        source_date=rate.source.date,
    )
    return PublishedOffer(offer, tuple(notes))


def _rate_notes(profile: LenderProfile) -> list[str]:
    """How the rate was chosen."""
    rate, borrowed = profile.terms.rate, profile.fallbacks.get("terms.rate")
    notes = [f"Rate not published by this lender: that of {borrowed}."] if borrowed else []
    if rate is not None and rate.min is not None and rate.max is not None and rate.min < rate.max:
        notes.append(f"Published rates are {rate.min * 100:g} to {rate.max * 100:g} %: reckoned with the dearer.")
    elif rate is not None and rate.max is None:
        notes.append("Published is the lowest rate (from …): the quotation may be dearer.")
    elif rate is not None and rate.min is None:
        notes.append("Reckoned with the most that may be asked; the quotation may be cheaper.")
    return notes


def _wish(loan: Loan, profile: LenderProfile, notes: list[str]) -> dict[str, Any]:
    """Time, grace and pattern as the plan wishes, within what the lender publishes."""
    terms = profile.terms
    step: int = loan.months_between
    every = terms.repayment.every if terms.repayment else ()
    allowed = [_MONTHS[word] for word in every if word in _MONTHS]
    if allowed and step not in allowed:
        step = min(allowed)
        notes.append(
            f"Instalments every {step} months, as this lender has them." if step > 1 else "Monthly instalments."
        )
    months = loan.instalments * loan.months_between
    if terms.tenor is not None:
        longest, least = terms.tenor.max_months, terms.tenor.min_months
        fitted = min(months, longest) if longest else months
        fitted = max(fitted, least) if least else fitted
        if fitted != months:
            notes.append(f"{fitted} months instead of {months}: this lender's limit.")
        months = fitted
    grace = loan.grace_months
    if terms.grace is not None and grace > terms.grace.max_months:
        notes.append(f"Grace of {terms.grace.max_months} months instead of {grace}: this lender's limit.")
        grace = terms.grace.max_months
    fields: dict[str, Any] = {
        "months_between": step,
        "instalments": max(months // step, 1),
        "grace_months": min(grace // step * step, (max(months // step, 1) - 1) * step),
    }
    patterns = terms.repayment.patterns if terms.repayment else ()
    if patterns and loan.repayment not in patterns:
        fields |= {"repayment": patterns[0], "principal_season": None, "balloon_share": 0.0}
        notes.append(f"Repaid as {patterns[0].replace('_', ' ')}, as this lender has it.")
    if terms.grace is not None and fields["grace_months"]:
        fields["grace_kind"] = terms.grace.kind
    return fields


def _charges(profile: LenderProfile, loan: Loan, notes: list[str]) -> dict[str, Any]:
    """Fees and savings as published; none of the plan's own, which belong to another lender."""
    fees, savings = profile.terms.fees, profile.terms.savings
    most = None
    if fees is not None:
        most = fees.upfront_share_max if fees.upfront_share_max is not None else fees.upfront_share_min
    if most is None:
        notes.append("A fee at pay-out is not published: reckoned without; ask.")
    if savings is not None and savings.annual_rate_min is None and savings.share_first_loan:
        notes.append("What its compulsory savings earn is not published: reckoned with the plan's own rate.")
    return {
        "upfront_fee_share": most or 0.0,
        "upfront_fee_amount": 0.0,
        "instalment_fee_amount": 0.0,
        "insurance_share_per_year": 0.0,
        "compulsory_savings_share": savings.share_first_loan if savings else 0.0,
        "savings_annual_rate": (
            savings.annual_rate_min if savings and savings.annual_rate_min is not None else loan.savings_annual_rate
        ),
    }
