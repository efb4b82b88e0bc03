"""The income tax a plan falls under: what it states, or a regime of its country's pack."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from finance_kit.errors import PackError
from finance_kit.plan.policies import Tax
from finance_kit.plan.schema import Plan

if TYPE_CHECKING:
    from finance_kit.packs.model import CountryPack, PackSource, TaxRegime

__all__ = ["ResolvedTax", "TaxStatus", "regime_rate_of_exchange", "resolve_tax"]

TaxStatus = Literal["stated", "not_stated", "confirmed", "not_confirmed"]


@dataclass(frozen=True, slots=True)
class ResolvedTax:
    """Income tax ready for the projection.

    ``brackets`` are (upper end or infinity, rate), ascending, in plan currency. ``status`` is ``stated`` (the plan says
    it), ``not_stated`` (no tax is reckoned), or how far the pack's regime is ``confirmed``; ``source`` says who.
    """

    brackets: tuple[tuple[float, float], ...]
    holiday_months: int = 0
    minimum_share_of_sales: float = 0.0
    source: str | None = None
    source_date: str | None = None
    status: TaxStatus = "stated"
    regime: str | None = None
    title: str | None = None


def resolve_tax(plan: Plan) -> ResolvedTax:
    """The tax of a plan; none where a plan (a profile) states none.

    A holiday and a minimum tax that the plan states replace those of the regime. The regime's brackets are translated
    into plan currency at the plan's own exchange rate.

    Raises
    ------
    PackError : the country pack has no such regime, or no rate for it, or no exchange rate for its brackets
    """
    tax = plan.tax
    if tax is None:
        return ResolvedTax(((math.inf, 0.0),), status="not_stated")
    if tax.regime is not None:
        from finance_kit.packs.load import country_pack  # reads YAML: only for plans that name a regime

        return _by_regime(plan, tax, tax.regime, country_pack(plan.cluster.country))
    if tax.brackets:
        brackets = tuple((math.inf if b.up_to is None else b.up_to, b.rate) for b in tax.brackets)
    else:
        brackets = ((math.inf, tax.rate or 0.0),)
    return ResolvedTax(brackets, tax.holiday_months, tax.minimum_share_of_sales, tax.source, tax.source_date)


def regime_rate_of_exchange(plan: Plan, regime: TaxRegime, pack: CountryPack) -> float | None:
    """Plan currency for one unit of the regime's brackets; ``None`` where it is needed and not stated."""
    if plan.period.currency == pack.currency or all(b.up_to is None for b in regime.brackets or ()):
        return 1.0
    return next((rate.rate for rate in plan.exchange_rates if rate.currency == pack.currency), None)


def _by_regime(plan: Plan, tax: Tax, name: str, pack: CountryPack) -> ResolvedTax:
    """A regime of the pack, with what the plan says otherwise."""
    regime = pack.regime(name)
    if regime is None:
        known = ", ".join(each.id for each in pack.tax_regimes)
        raise PackError("unknown_tax_regime", regime=name, country=pack.name, known=known)
    if regime.brackets is None:
        raise PackError("tax_regime_without_rate", regime=name, country=pack.name)
    exchange = regime_rate_of_exchange(plan, regime, pack)
    if exchange is None:
        raise PackError("tax_regime_exchange_missing", regime=name, currency=pack.currency)
    stated = tax.model_fields_set
    return ResolvedTax(
        brackets=tuple((math.inf if b.up_to is None else b.up_to * exchange, b.rate) for b in regime.brackets),
        holiday_months=tax.holiday_months if "holiday_months" in stated else regime.holiday_months,
        minimum_share_of_sales=(
            tax.minimum_share_of_sales if "minimum_share_of_sales" in stated else regime.minimum_share_of_sales
        ),
        source=tax.source or _cited(regime.source),
        source_date=tax.source_date or regime.source_date,
        status=regime.status,
        regime=regime.id,
        title=regime.title,
    )


def _cited(source: PackSource | None) -> str | None:
    """A source in one line."""
    if source is None:
        return None
    return ", ".join(part for part in (source.title, source.section, source.publisher) if part)
