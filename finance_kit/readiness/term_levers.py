"""Levers of a lender's terms and of guarantee schemes: a loan that fits the terms, a scheme behind a part of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from finance_kit.indicators.evaluate import Indicators
from finance_kit.loans import true_cost
from finance_kit.money import currency
from finance_kit.packs.model import CountryPack, GuaranteeScheme
from finance_kit.plan.financing import Collateral, Loan
from finance_kit.plan.loan_contract import loan_contract
from finance_kit.plan.schema import Plan
from finance_kit.readiness.collateral import security
from finance_kit.readiness.fix_policy import Bounds
from finance_kit.readiness.guarantee import guarantee_fees, guarantee_options
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.reading import Case

__all__ = ["TermLever", "open_schemes", "scheme_fees", "term_levers"]

TermLever = tuple[str, float, Callable[[float], Plan], int, str]
"""Id, farthest value, maker, whole step and target, as :class:`finance_kit.readiness.levers.Lever` takes them."""


def open_schemes(found: Indicators, profile: LenderProfile, pack: CountryPack) -> tuple[GuaranteeScheme, ...]:
    """Schemes that may stand for a part of the loans: confirmed, with a known cover, and no condition that fails.

    A lender that says it accepts no guarantee has none.
    """
    accepted = profile.terms.guarantee
    if accepted is not None and not accepted.accepted:
        return ()
    case = Case(found, found, profile.documents.kinds, profile.terms)
    options = guarantee_options(case, security(case, profile), pack)
    return tuple(
        each.scheme
        for each in options
        if each.outcome == "open" and each.cover_share and each.scheme.status == "confirmed"
    )


def scheme_fees(plan: Plan, scheme: GuaranteeScheme, part: float) -> tuple[float | None, ...]:
    """What a scheme takes of each new loan in all its years, in the loan's currency; ``None``: not published.

    Parameters
    ----------
    plan : its new loans
    scheme : as the country pack states it
    part : of the loans that is guaranteed; a fee of the whole loan does not depend on it
    """
    secured = any(each.kind != "guarantee" for each in plan.collateral)
    return tuple(_fee(plan, loan, scheme, part, secured=secured) for loan in plan.financing.loans)


def _fee(plan: Plan, loan: Loan, scheme: GuaranteeScheme, part: float, *, secured: bool) -> float | None:
    fees = guarantee_fees(scheme, with_collateral=secured, months=loan.instalments * loan.months_between)
    if fees is None:
        return None
    wanted = ("always", "with_collateral" if secured else "without_collateral")
    basis = next(each.basis for each in scheme.fees if each.when in wanted)
    charged = tuple(replace(fee, covered_share=part if basis == "guaranteed" else 1.0) for fee in fees)
    plain = loan_contract(plan, loan)
    more = true_cost(replace(plain, fees=(*plain.fees, *charged))).total_fees - true_cost(plain).total_fees
    unit = currency(loan.currency or plan.period.currency).minor_unit
    return round(math.ceil(round(more / unit, 6)) * unit, 2)


def _guarantee(plan: Plan, found: Indicators, scheme: GuaranteeScheme) -> Iterator[TermLever]:
    """A scheme stands for a part of the loans: no more than it states, its fee of all years kept back at pay-out.

    What the plan lists as a guarantee already may be the same one, and is replaced, never added to. The fee of later
    years comes early, so that the plan looks a little dearer than it is, never cheaper.
    """
    lent = float(found.projection.line("loan_draws").sum())
    share = scheme.cover_least if scheme.cover_least is not None else scheme.cover_most
    others = [each for each in plan.collateral if each.kind != "guarantee"]

    @cache
    def fees_of(part: float) -> tuple[float | None, ...]:
        return scheme_fees(plan, scheme, part)

    def make(amount: float) -> Plan:
        if not amount:
            return plan
        unit = currency(plan.period.currency).minor_unit
        value = round(math.ceil(round(amount / unit, 6)) * unit, 2)
        promised = Collateral(name=scheme.title, kind="guarantee", value=value)
        loans = [
            loan.model_copy(update={"upfront_fee_amount": round(loan.upfront_fee_amount + fee, 2)}) if fee else loan
            for loan, fee in zip(plan.financing.loans, fees_of(min(value / lent, 1.0)), strict=True)
        ]
        financing = plan.financing.model_copy(update={"loans": loans})
        return plan.model_copy(update={"collateral": [*others, promised], "financing": financing})

    if lent > 0.0 and share:
        yield "guarantee", share * lent, make, 0, scheme.title


def _shorter(plan: Plan) -> Iterator[TermLever]:
    """The longest new loans over fewer months: each is cut to as many as the longest keeps."""
    lengths = [loan.instalments * loan.months_between for loan in plan.financing.loans]
    longest = max(lengths, default=0)

    def make(months: float) -> Plan:
        changed = []
        for loan, length in zip(plan.financing.loans, lengths, strict=True):
            number = max(int(longest - months) // loan.months_between, 1)
            grace = min(loan.grace_months, (number - 1) * loan.months_between)
            shorter = {"instalments": number, "grace_months": grace}
            changed.append(loan.model_copy(update=shorter) if length > longest - months else loan)
        return _with_loans(plan, changed)

    if longest > 1:
        yield "shorter", longest - 1, make, 1, ""


def _less_grace(plan: Plan) -> Iterator[TermLever]:
    """Principal from an earlier month on, within the same length."""
    longest = max((loan.grace_months for loan in plan.financing.loans), default=0)

    def make(months: float) -> Plan:
        most = int(longest - months)
        changed = [
            loan.model_copy(update={"grace_months": most // loan.months_between * loan.months_between})
            if loan.grace_months > most
            else loan
            for loan in plan.financing.loans
        ]
        return _with_loans(plan, changed)

    if longest:
        yield "less_grace", longest, make, 1, ""


def _lenders_rate(plan: Plan, least: float) -> Iterator[TermLever]:
    """The lender's published rate where the plan reckons with a lower one."""
    low = [loan for loan in plan.financing.loans if loan.quotation == "declining" and loan.annual_rate < least]

    def make(_: float) -> Plan:
        loans = [
            loan.model_copy(update={"annual_rate": least}) if loan in low else loan for loan in plan.financing.loans
        ]
        return _with_loans(plan, loans)

    if low:
        yield "lenders_rate", 1, make, 1, ""


def _with_loans(plan: Plan, loans: list[Loan]) -> Plan:
    return plan.model_copy(update={"financing": plan.financing.model_copy(update={"loans": loans})})


def term_levers(plan: Plan, found: Indicators, bounds: Bounds) -> Iterator[TermLever]:
    """Every lever of terms and schemes that a plan has."""
    for scheme in bounds.schemes:
        yield from _guarantee(plan, found, scheme)
    yield from _shorter(plan)
    yield from _less_grace(plan)
    if bounds.least_rate is not None:
        yield from _lenders_rate(plan, bounds.least_rate)
