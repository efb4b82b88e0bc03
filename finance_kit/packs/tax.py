"""The income tax a plan falls under: what it states, or a regime of its country's pack."""

from __future__ import annotations

import math
from dataclasses import dataclass

from finance_kit.errors import PackError
from finance_kit.plan.schema import Plan

__all__ = ["ResolvedTax", "resolve_tax"]


@dataclass(frozen=True, slots=True)
class ResolvedTax:
    """Income tax ready for the projection: (upper end or infinity, rate) ascending, and where it comes from."""

    brackets: tuple[tuple[float, float], ...]
    holiday_months: int = 0
    minimum_share_of_sales: float = 0.0
    source: str | None = None
    source_date: str | None = None
    status: str = "stated"


def resolve_tax(plan: Plan) -> ResolvedTax:
    """The tax of a plan; none where a plan (a profile) states none.

    Raises
    ------
    PackError : the country pack has no such regime
    """
    tax = plan.tax
    if tax is None:
        return ResolvedTax(((math.inf, 0.0),), status="not_stated")
    if tax.regime is not None:
        raise PackError("unknown_tax_regime", regime=tax.regime, country=plan.cluster.country)
    if tax.brackets:
        brackets = tuple((math.inf if b.up_to is None else b.up_to, b.rate) for b in tax.brackets)
    else:
        brackets = ((math.inf, tax.rate or 0.0),)
    return ResolvedTax(brackets, tax.holiday_months, tax.minimum_share_of_sales, tax.source, tax.source_date)
