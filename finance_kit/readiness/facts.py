"""What a profile may ask of a plan: a closed list of facts, each read from the plan or its indicators.

A fact that the plan does not state is ``None``: it earns nothing, and the assessment names the field that is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from finance_kit.errors import Undefined
from finance_kit.indicators.evaluate import Indicators
from finance_kit.risk.stress import stress_test

__all__ = ["FACTS", "Fact", "facts"]

Value = float | str | bool | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: what it is called, its unit, the fields or figures it is read from, and how."""

    id: str
    label: str
    unit: str
    inputs: tuple[str, ...]
    read: Callable[[Indicators], Value]


def _figure(name: str) -> Callable[[Indicators], Value]:
    def read(found: Indicators) -> Value:
        value = found.figure(name)
        return None if isinstance(value, Undefined) else value

    return read


def _stressed_dscr(found: Indicators) -> Value:
    """Lowest DSCR with the stresses together (the last of the stated stresses)."""
    value = stress_test(found.projection.assumptions).plan_level["min_dscr"][-1]
    return None if np.isnan(value) else float(value)


def _shortfall(found: Indicators) -> Value:
    """What is missing at the worst month end, overdraft used."""
    return float(max(-found.projection.line("cash")[:, 0].min(), 0.0))


def _gearing(found: Indicators) -> Value:
    values = found.yearly["debt_to_equity"][:, 0]
    equity = found.projection.line("share_capital")[:, 0] + found.projection.line("retained_earnings")[:, 0]
    if equity[found.projection.axis.year_ends].min() <= 0.0:
        return None
    return float(np.nanmax(values))


def _committed_share(found: Indicators) -> Value:
    """Share of the highest year's sales that contracts, orders and letters of intent cover."""
    plan = found.projection.plan
    if not plan.buyers:
        return None
    rates = {rate.currency: rate.rate for rate in plan.exchange_rates} | {plan.period.currency: 1.0}
    firm = 0.0
    for buyer in plan.buyers:
        if buyer.commitment not in ("letter_of_intent", "purchase_order", "contract"):
            continue
        product = next((p for p in plan.products if p.name == buyer.product), None)
        price = buyer.price if buyer.price is not None else (product.price if product else 0.0)
        currency = buyer.currency or (product.currency if product else None) or plan.period.currency
        firm += (buyer.volume_per_year or 0.0) * price * rates.get(currency, 0.0)
    sales = float(found.projection.axis.sum_years(found.projection.line("revenue"))[:, 0].max())
    return min(firm / sales, 1.0) if sales else None


def _largest_buyer_share(found: Indicators) -> Value:
    volumes: dict[str, float] = {}
    for buyer in found.projection.plan.buyers:
        volumes[buyer.name] = volumes.get(buyer.name, 0.0) + (buyer.volume_per_year or 0.0) * (buyer.price or 0.0)
    total = sum(volumes.values())
    return max(volumes.values()) / total if total else None


def _household_burden(found: Indicators) -> Value:
    """Highest share of a member household's net cash that its own debts take already."""
    shares = []
    for member in found.projection.plan.members:
        owed = sum(debt.monthly_payment for debt in member.household_debts)
        if member.household_net_cash is None:
            if owed:
                return None
            continue
        if owed and not member.household_net_cash:
            return 10.0
        shares.append(owed / member.household_net_cash if owed else 0.0)
    return max(shares) if shares else None


def _documents_held(found: Indicators) -> Value:
    wanted = [d for d in found.projection.plan.documents if d.status != "not_applicable"]
    return sum(d.status == "held" for d in wanted) / len(wanted) if wanted else None


def _late(found: Indicators) -> Value:
    """Longest delay now or in the last twelve months, days."""
    plan = found.projection.plan
    now = [debt.past_due_days for debt in plan.existing_debts]
    now += [debt.past_due_days for member in plan.members for debt in member.household_debts]
    history = plan.credit_history.worst_days_late if plan.credit_history else None
    if history is None and not any(now):
        return None
    return float(max([*now, history or 0]))


def _credit(field: str) -> Callable[[Indicators], Value]:
    def read(found: Indicators) -> Value:
        history = found.projection.plan.credit_history
        value = getattr(history, field) if history else None
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    return read


def _cluster(field: str) -> Callable[[Indicators], Value]:
    def read(found: Indicators) -> Value:
        value = getattr(found.projection.plan.cluster, field)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value

    return read


def _governance(found: Indicators) -> Value:
    """How many of five are stated: leader with experience, committee, rules, organisation of work, bookkeeping."""
    plan = found.projection.plan
    cluster = plan.cluster
    leader = cluster.leader is not None and cluster.leader.years_experience is not None
    stated = (leader, bool(cluster.committee), cluster.governance, plan.staff.organisation)
    return float(sum(bool(item) for item in stated)) + (cluster.keeps_books not in (None, "none"))


def _risk_work(found: Indicators) -> Value:
    return float(len(found.projection.plan.risks))


def _savings_share(found: Indicators) -> Value:
    loans = found.projection.plan.financing.loans
    return max((loan.compulsory_savings_share for loan in loans), default=None)


_LIST = (
    Fact("min_dscr", "Lowest yearly DSCR", "ratio", ("min_dscr",), _figure("min_dscr")),
    Fact("stressed_dscr", "Lowest DSCR with all stresses together", "ratio", ("stress",), _stressed_dscr),
    Fact("cash_shortfall", "Money missing at the worst month end", "money", ("cash",), _shortfall),
    Fact("own_contribution_share", "Own contribution", "share", ("financing.contributions", "assets"), _figure(
        "own_contribution_share")),
    Fact("debt_to_equity", "Highest debt to equity at a year's end", "ratio", ("debt_to_equity",), _gearing),
    Fact("collateral_cover", "Security offered over loans, before haircuts", "ratio", ("collateral",), _figure(
        "collateral_cover")),
    Fact("committed_sales_share", "Sales covered by contracts, orders and letters of intent", "share", (
        "buyers",), _committed_share),
    Fact("largest_buyer_share", "Share of the largest buyer", "share", ("buyers",), _largest_buyer_share),
    Fact("years_in_business", "Years in business", "years", ("cluster.years_in_business",), _cluster(
        "years_in_business")),
    Fact("legal_form", "Legal form", "text", ("cluster.legal_form",), _cluster("legal_form")),
    Fact("keeps_books", "Book-keeping", "text", ("cluster.keeps_books",), _cluster("keeps_books")),
    Fact("governance", "Management and rules stated, of five", "count", ("cluster.leader", "cluster.committee",
        "cluster.governance", "staff.organisation", "cluster.keeps_books"), _governance),
    Fact("risks_stated", "Risks with mitigation", "count", ("risks",), _risk_work),
    Fact("bad_debt", "Classified as bad debt", "yes/no", ("credit_history.bad_debt",), _credit("bad_debt")),
    Fact("tax_debt_over_year", "Taxes unpaid for a year", "yes/no", ("credit_history.tax_debt_over_year",), _credit(
        "tax_debt_over_year")),
    Fact("days_late", "Longest delay", "days", ("credit_history.worst_days_late", "existing_debts",
        "members.household_debts"), _late),
    Fact("loans_repaid", "Loans repaid in full", "count", ("credit_history.loans_repaid",), _credit("loans_repaid")),
    Fact("bureau_report", "Bureau report", "text", ("credit_history.bureau_report",), _credit("bureau_report")),
    Fact("household_burden", "Heaviest debt burden of a member household", "share", ("members",), _household_burden),
    Fact("meetings", "Meetings a month", "count", ("cluster.meets_per_month",), _cluster("meets_per_month")),
    Fact("savings_share", "Compulsory savings with the loan", "share", ("financing.loans",), _savings_share),
    Fact("documents_held", "Documents held", "share", ("documents",), _documents_held),
)  # fmt: skip

FACTS: dict[str, Fact] = {fact.id: fact for fact in _LIST}
"""Every fact that a profile may use, by id."""


def facts(found: Indicators) -> dict[str, Value]:
    """All facts of a plan; ``None`` where the plan does not say. Cover ratios need a debt and are ``None`` without."""
    return {name: fact.read(found) for name, fact in FACTS.items()}
