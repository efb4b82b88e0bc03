"""What is offered as security: its value with evidence, what one lender lends against it, and the cover of the loans.

A value is what the plan states and never more; a lender's share of it is the lender's own where it publishes one and
otherwise that of the profile it is based on, which is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finance_kit.plan.financing import Collateral
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.reading import Case

__all__ = ["Security", "SecurityItem", "security"]


@dataclass(frozen=True, slots=True)
class SecurityItem:
    """Something offered; amounts in plan currency.

    ``share`` is what is lent of the value; ``None``: nobody publishes it, and the item counts nothing. ``share_from``
    says whose share that is: ``own`` of the lender, ``generic`` of a profile that no lender stands behind, ``borrowed``
    from the profile in ``borrowed_from``, ``not_taken`` by this lender, ``not_published``.
    """

    name: str
    kind: str
    owner: str | None
    value: float
    evidence: str | None
    share: float | None
    share_from: Literal["own", "generic", "borrowed", "not_taken", "not_published"]
    borrowed_from: str | None
    counted: float


@dataclass(frozen=True, slots=True)
class Security:
    """All that is offered against the new loans, on the desk of one lender; amounts in plan currency.

    ``cover_before`` and ``cover_after`` haircuts are ratios to the loans, ``None`` without a loan. ``evidenced_after``
    counts only what has evidence. ``missing`` is what the counted security lacks to the whole of the loans.
    ``asked`` is whether the lender asks for security; ``None`` where it does not say.
    """

    profile: str
    currency: str
    amount: float
    items: tuple[SecurityItem, ...]
    value: float
    counted: float
    cover_before: float | None
    cover_after: float | None
    evidenced_after: float | None
    missing: float
    without_evidence: tuple[str, ...]
    asked: bool | None


def security(case: Case, profile: LenderProfile) -> Security:
    """The plan's security as one lender counts it.

    Parameters
    ----------
    case : the plan; its terms are not looked at, those of the profile are
    profile : the lender, complete with what it is based on

    Returns
    -------
    Security, in which each item is the same whatever else is offered
    """
    items = tuple(_item(case, profile, each) for each in case.plan.collateral)
    amount = sum(case.in_plan_currency(each.principal, each.currency) for each in case.plan.financing.loans)
    value, counted = sum(each.value for each in items), sum(each.counted for each in items)
    shown = sum(each.counted for each in items if each.evidence)
    asked = profile.terms.security
    return Security(
        profile=profile.named,
        currency=case.plan.period.currency,
        amount=amount,
        items=items,
        value=value,
        counted=counted,
        cover_before=value / amount if amount else None,
        cover_after=counted / amount if amount else None,
        evidenced_after=shown / amount if amount else None,
        missing=max(amount - counted, 0.0),
        without_evidence=tuple(sorted(each.name for each in items if not each.evidence)),
        asked=None if asked is None else asked.required,
    )


def _item(case: Case, profile: LenderProfile, offered: Collateral) -> SecurityItem:
    """One item at this lender's share."""
    term = profile.terms.loan_to_value
    share = None if term is None else term.shares.get(offered.kind)
    base = profile.fallbacks.get(f"terms.loan_to_value.{offered.kind}", profile.fallbacks.get("terms.loan_to_value"))
    share_from: Literal["own", "generic", "borrowed", "not_taken", "not_published"]
    if share is not None:
        share_from = "borrowed" if base else "generic" if profile.kind == "generic" else "own"
    elif term is not None and term.only_these and offered.kind not in term.shares:
        share_from = "not_taken"
    else:
        share_from = "not_published"
    value = case.in_plan_currency(offered.value, offered.currency)
    return SecurityItem(
        name=offered.name,
        kind=offered.kind,
        owner=offered.owner,
        value=value,
        evidence=offered.evidence,
        share=share,
        share_from=share_from,
        borrowed_from=base if share_from == "borrowed" else None,
        counted=value * (share or 0.0),
    )
