"""Checks of completeness: what a lender's paper is made of and a plan does not say yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finance_kit.errors import Issue
from finance_kit.plan.checks_base import Desk, Path

__all__ = ["check_completeness"]

_WANTED: Final[tuple[tuple[str, Path], ...]] = (
    ("missing_legal_form", ("cluster", "legal_form")),
    ("missing_women_led", ("cluster", "women_led")),
    ("missing_leader", ("cluster", "leader")),
    ("missing_history", ("cluster", "history")),
    ("missing_vision", ("cluster", "vision")),
    ("missing_governance", ("cluster", "governance")),
    ("missing_bookkeeping", ("cluster", "keeps_books")),
    ("missing_members", ("members",)),
    ("missing_problems", ("needs", "problems")),
    ("missing_value_options", ("value_options",)),
    ("missing_market", ("market", "summary")),
    ("missing_competitors", ("market", "competitors")),
    ("missing_buyers", ("buyers",)),
    ("missing_organisation", ("staff", "organisation")),
    ("missing_documents", ("documents",)),
    ("missing_risks", ("risks",)),
    ("missing_environment", ("environment",)),
    ("missing_action_plan", ("action_plan", "activities")),
    ("missing_without_project", ("without_project",)),
    ("missing_summary", ("sections", "summary")),
    ("missing_packaging", ("sections", "packaging")),
    ("missing_storage", ("sections", "storage")),
    ("missing_technology", ("sections", "technology")),
    ("missing_skills", ("sections", "skills")),
    ("missing_marketing", ("sections", "marketing")),
)
"""Parts of every full plan: the code when it is missing, and where it belongs."""


def check_completeness(desk: Desk) -> Iterator[Issue]:
    """What is missing; a profile is asked for its dozen answers only."""
    yield from _of_any_plan(desk)
    if not desk.full:
        return
    for code, path in _WANTED:
        if _is_missing(desk, path):
            yield desk.issue(code, *path)
    yield from _of_business(desk)
    yield from _of_loans(desk)
    yield from _sources(desk)


def _is_missing(desk: Desk, path: Path) -> bool:
    value: object = desk.plan
    for name in path:
        value = getattr(value, str(name), None)
        if value is None or value == []:
            return True
    return False


def _of_any_plan(desk: Desk) -> Iterator[Issue]:
    """What even a first view needs beside products."""
    plan = desk.plan
    if plan.cluster.province is None:
        yield desk.issue("missing_province", "cluster", "province")
    if plan.cluster.number_of_members is None and not plan.members:
        yield desk.issue("missing_members_count", "cluster", "number_of_members")
    if not plan.fixed_costs and not plan.staff.posts:
        yield desk.issue("missing_costs", "fixed_costs")


def _of_business(desk: Desk) -> Iterator[Issue]:
    """What follows from what the cluster says about itself."""
    cluster = desk.plan.cluster
    if cluster.legal_form not in (None, "informal_group") and cluster.registration is None:
        yield desk.issue("missing_registration", "cluster", "registration", form=cluster.legal_form)
    if cluster.years_in_business is None and cluster.formed_year is None:
        yield desk.issue("missing_experience", "cluster", "years_in_business")
    years = cluster.years_in_business
    if years is None and cluster.formed_year is not None:
        years = float(desk.plan.axis.start.year - cluster.formed_year)
    if years is not None and years >= 1.0 and not desk.plan.past_years:
        yield desk.issue("missing_past_years", "past_years", found=years)


def _of_loans(desk: Desk) -> Iterator[Issue]:
    """What a lender asks of whoever asks for a loan."""
    plan = desk.plan
    if not plan.financing.loans:
        return
    history = plan.credit_history
    if history is None:
        yield desk.issue("missing_credit_history", "credit_history")
    elif lacking := [f for f in ("loans_repaid", "worst_days_late", "bad_debt") if getattr(history, f) is None]:
        yield desk.issue("missing_credit_facts", "credit_history", lacking=", ".join(lacking))
    if plan.request is None or plan.request.repayment_source is None:
        yield desk.issue("missing_request", "request")
    if not plan.collateral and any(loan.lender_type != "mfi" for loan in plan.financing.loans):
        yield desk.issue("missing_security", "collateral")
    for number, loan in enumerate(plan.financing.loans):
        if loan.purpose is None:
            yield desk.issue("missing_loan_purpose", "financing", "loans", number, name=loan.name)


def _sources(desk: Desk) -> Iterator[Issue]:
    """Who says so: the numbers that a loan officer checks first."""
    plan = desk.plan
    for number, product in enumerate(plan.products):
        if product.source is None:
            yield desk.issue("missing_price_source", "products", number, name=product.name)
    for number, asset in enumerate(plan.assets):
        if asset.quotation is None and asset.source is None:
            yield desk.issue("missing_quotation", "assets", number, name=asset.name)
    if plan.tax is not None and plan.tax.regime is None and plan.tax.source is None:
        yield desk.issue("missing_tax_source", "tax")
    if plan.valuation is not None and plan.valuation.source is None:
        yield desk.issue("missing_valuation_source", "valuation")
    for number, rate in enumerate(plan.exchange_rates):
        if rate.source is None:
            yield desk.issue("missing_exchange_source", "exchange_rates", number, foreign=rate.currency)
