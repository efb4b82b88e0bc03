"""Checks of the opening balance, income tax, valuation and what members take out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from finance_kit.errors import Issue
from finance_kit.plan.checks_base import Desk, same_amount, total
from finance_kit.plan.checks_products import yearly_sales
from finance_kit.plan.policies import Tax

if TYPE_CHECKING:
    from finance_kit.packs.model import CountryPack, TaxRegime

__all__ = ["check_balance", "check_tax"]


def check_balance(desk: Desk) -> Iterator[Issue]:
    """The opening balance closes, the surplus is not shared out twice, a full plan has a discount rate."""
    plan, opening = desk.plan, desk.plan.opening
    debts = total(desk.in_plan_currency(debt.outstanding, debt.currency) for debt in plan.existing_debts)
    assets = total((opening.cash, opening.receivables, opening.inventory, opening.fixed_assets_net))
    claims = total((opening.payables, opening.tax_payable, debts, opening.share_capital, opening.retained_earnings))
    if not same_amount(assets, claims):
        gap = assets - claims
        kept = opening.retained_earnings + gap
        yield desk.issue(
            "opening_not_balanced", "opening", assets=assets, claims=claims, debts=debts, gap=gap, kept=kept
        )
    if opening.fixed_assets_net and not opening.fixed_assets_remaining_life_months:
        path = ("opening", "fixed_assets_remaining_life_months")
        yield desk.issue("opening_life_missing", *path, found=opening.fixed_assets_net)
    out = plan.distribution.dividend_share + plan.distribution.patronage_share
    if out > 1.0 + 1e-9:
        yield desk.issue("distribution_above_profit", "distribution", found=out)
    if plan.valuation is None:
        if desk.full:
            yield desk.issue("valuation_missing", "valuation")
        return
    for field in ("discount_rate", "equity_discount_rate", "finance_rate", "reinvestment_rate"):
        rate = getattr(plan.valuation, field)
        if rate is not None and rate >= 1.0:
            yield desk.issue("rate_in_per_cent", "valuation", field, found=rate, suggestion=rate / 100)
        elif rate is not None and (rate > 0.5 or (rate == 0.0 and field == "discount_rate")):
            yield desk.issue("discount_rate_odd", "valuation", field, found=rate)


def check_tax(desk: Desk, pack: CountryPack | None) -> Iterator[Issue]:
    """Tax is stated, once, and by a regime that the plan may use."""
    tax = desk.plan.tax
    if tax is None:
        yield desk.issue("tax_missing" if desk.full else "tax_not_in_profile", "tax", regimes=_known(pack))
        return
    ways = [way for way in ("regime", "rate", "brackets") if getattr(tax, way) is not None]
    if len(ways) != 1:
        code = "tax_stated_twice" if ways else "tax_states_nothing"
        yield desk.issue(code, "tax", found=", ".join(ways), regimes=_known(pack))
        return
    if tax.rate is not None:
        yield from _rate(desk, tax.rate, "tax", "rate")
    if tax.brackets is not None:
        yield from _brackets(desk, tax)
    if tax.regime is not None and pack is not None:
        yield from _regime(desk, tax.regime, pack)


def _known(pack: CountryPack | None) -> str:
    return ", ".join(regime.id for regime in pack.tax_regimes) if pack else ""


def _rate(desk: Desk, rate: float, *path: str | int) -> Iterator[Issue]:
    if rate >= 1.0:
        yield desk.issue("rate_in_per_cent", *path, found=rate, suggestion=rate / 100)
    elif rate > 0.5:
        yield desk.issue("tax_rate_high", *path, found=rate)


def _brackets(desk: Desk, tax: Tax) -> Iterator[Issue]:
    brackets = tax.brackets or ()
    before = 0.0
    for number, bracket in enumerate(brackets):
        yield from _rate(desk, bracket.rate, "tax", "brackets", number, "rate")
        last = number == len(brackets) - 1
        end = bracket.up_to
        if not last and end is None:
            yield desk.issue("tax_brackets_open_too_early", "tax", "brackets", number)
        elif end is not None and end <= before:
            yield desk.issue("tax_brackets_not_ascending", "tax", "brackets", number, found=end, before=before)
        before = end if end is not None else before
    if not brackets or brackets[-1].up_to is not None:
        path = ("tax", "brackets", *((len(brackets) - 1, "up_to") if brackets else ()))
        yield desk.issue("tax_brackets_last_not_open", *path, found=brackets[-1].up_to if brackets else 0)


def _regime(desk: Desk, name: str, pack: CountryPack) -> Iterator[Issue]:
    from finance_kit.packs.tax import regime_rate_of_exchange

    path = ("tax", "regime")
    regime = pack.regime(name)
    if regime is None:
        yield desk.issue("tax_regime_unknown", *path, found=name, country=pack.name, known=_known(pack))
        return
    if regime.brackets is None:
        yield desk.issue("tax_regime_no_rate", *path, found=name, title=regime.title, conditions=regime.conditions)
        return
    if regime_rate_of_exchange(desk.plan, regime, pack) is None:
        yield desk.issue("tax_regime_no_exchange", *path, found=name, foreign=pack.currency)
    if regime.status == "not_confirmed":
        yield desk.issue(
            "tax_regime_not_confirmed", *path, found=name, title=regime.title, conditions=regime.conditions
        )
    yield from _limits(desk, regime, pack)


def _limits(desk: Desk, regime: TaxRegime, pack: CountryPack) -> Iterator[Issue]:
    """A year's sales as planned and the capital, against what the regime allows; skipped without an exchange rate."""
    exchange = desk.exchange.get(pack.currency)
    if exchange is None:
        return
    limits = regime.limits
    sales = yearly_sales(desk) / exchange
    contributions = total(each.amount for each in desk.plan.financing.contributions)
    capital = (desk.plan.opening.share_capital + contributions) / exchange
    low, high, most = limits.yearly_sales_above, limits.yearly_sales_up_to, limits.share_capital_up_to
    for code, found, limit, broken in (
        ("tax_regime_sales_too_high", sales, high, high is not None and sales > high),
        ("tax_regime_sales_too_low", sales, low, low is not None and sales <= low),
        ("tax_regime_capital_too_high", capital, most, most is not None and capital > most),
    ):
        if broken:
            params = {"found": found, "limit": limit, "money": pack.currency, "conditions": regime.conditions}
            yield desk.issue(code, "tax", "regime", regime=regime.id, **params)
