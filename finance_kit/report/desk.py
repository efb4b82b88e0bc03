"""The plan on the desk of one lender: papers asked for, security after haircut, households, terms that lenders publish.

What a lender may read of itself: no points, no verdict, no advice. Those are coaching and stay with the cluster.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finance_kit.packs import country_pack
from finance_kit.readiness.borrowing import loan_of
from finance_kit.readiness.burden import GroupLoan, group_loan
from finance_kit.readiness.checklist import Checklist, checklist
from finance_kit.readiness.collateral import Security, security
from finance_kit.readiness.guarantee import GuaranteeOption, guarantee_options
from finance_kit.readiness.offers import Candidate, OfferPage, hold_offers
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.published_terms import own_offer, published_offer
from finance_kit.readiness.reading import Case
from finance_kit.report.basis import Basis

__all__ = ["Desk", "lay_out"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What one lender sees of a plan.

    Parameters
    ----------
    profile : the lender
    checklist : documents that it and the plan list
    security : what is offered, as it counts it
    guarantees : schemes of the country, held against the plan
    group : members' shares where the loan is a group's, else ``None``
    offers : the largest loan beside what lenders of the country publish; ``None`` where no lender publishes enough
    """

    profile: LenderProfile
    checklist: Checklist
    security: Security
    guarantees: tuple[GuaranteeOption, ...]
    group: GroupLoan | None
    offers: OfferPage | None


def lay_out(basis: Basis, profile: LenderProfile, named: Iterable[LenderProfile] = ()) -> Desk:
    """Everything of a plan that one lender looks at beside the figures.

    Parameters
    ----------
    basis : plan, projection, indicators
    profile : the lender whose papers and haircuts count
    named : lenders of the country whose published terms stand beside the plan's loan

    Raises
    ------
    CalculationError : a loan of the plan is a contract that cannot be
    """
    case = Case(basis.indicators, basis.indicators)
    offered = security(case, profile)
    return Desk(
        profile=profile,
        checklist=checklist(basis.plan, profile),
        security=offered,
        guarantees=guarantee_options(case, offered, country_pack(basis.plan.cluster.country)),
        group=_group(basis),
        offers=_offers(basis, named),
    )


def _group(basis: Basis) -> GroupLoan | None:
    """Members' shares where the members borrow together, and the plan says what a household has."""
    plan = basis.plan
    together = (
        plan.cluster.legal_form == "informal_group"
        or any(loan.lender_type == "mfi" for loan in plan.financing.loans)
        or any(member.loan_share is not None for member in plan.members)
    )
    known = any(member.household_net_cash is not None for member in plan.members)
    found = group_loan(plan) if together and known else None
    return found if found is not None and found.amount else None


def _offers(basis: Basis, named: Iterable[LenderProfile]) -> OfferPage | None:
    """The largest loan as the plan has it, and as each lender that publishes a rate would lend it."""
    plan = basis.plan
    if not any(loan.principal for loan in plan.financing.loans):
        return None
    loan = loan_of(plan, None)
    found = [(profile, published_offer(plan, loan, profile)) for profile in named]
    candidates = [Candidate(each.offer, "profile", profile, each.notes) for profile, each in found if each.offer]
    return (
        hold_offers(plan, loan, [Candidate(own_offer(plan, loan), "plan", None), *candidates]) if candidates else None
    )
