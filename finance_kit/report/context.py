"""The report context of a plan: all sections in the order in which a loan officer reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from finance_kit import __version__
from finance_kit.report.applicant import applicant, members_annex
from finance_kit.report.basis import Basis, figure
from finance_kit.report.consortium import consortium
from finance_kit.report.desk import Desk
from finance_kit.report.forecast import all_assumptions, forecast, months_annex
from finance_kit.report.implementation import action_annex, environment, implementation, risks
from finance_kit.report.investment import financing_totals, investment, sources_and_uses
from finance_kit.report.model import Figure, ReportContext, Section
from finance_kit.report.narrative import executive_summary
from finance_kit.report.needs_value import needs_and_value
from finance_kit.report.operations import operations
from finance_kit.report.past import past_results
from finance_kit.report.people import people
from finance_kit.report.product_market import market
from finance_kit.report.repayment import capacity, loans, schedules
from finance_kit.report.request import request_sheet
from finance_kit.report.returns_section import returns_section
from finance_kit.report.security import documents, households_annex, security
from finance_kit.report.signing import declaration, member_signatures
from finance_kit.report.weak_points import weaknesses

__all__ = ["build", "key_figures"]

_KEY = (
    "project_npv",
    "project_irr_annual",
    "project_payback_years",
    "equity_irr_annual",
    "min_dscr",
    "llcr_at_start",
    "cash_low_point",
    "cash_low_month",
    "funding_gap",
    "own_contribution_share",
    "collateral_cover",
    "min_margin_of_safety",
    "closing_cash",
)


def key_figures(basis: Basis) -> tuple[Figure, ...]:
    """The figures shown in the summary and on the terminal."""
    total = financing_totals(basis)
    money = (
        Figure("total_investment", "Investment", total["assets"], "money", basis.currency),
        Figure("loans_asked_for", "Loans asked for", total["loans"], "money", basis.currency),
        Figure(
            "own_contribution", "Members' contribution", total["own_cash"] + total["in_kind"], "money", basis.currency
        ),
    )
    year = min(1, len(basis.years) - 1)
    first = (
        Figure(
            "sales_of_year", f"Sales in {basis.years[year]}", basis.yearly("revenue")[year], "money", basis.currency
        ),
        Figure(
            "profit_of_year",
            f"{'Net profit' if basis.plan.tax is not None else 'Profit before tax'} in {basis.years[year]}",
            basis.yearly("net_profit")[year],
            "money",
            basis.currency,
        ),
    )
    return (*money, *first, *(figure(basis, name) for name in _KEY))


def _kept(sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """Sections that say something."""
    return tuple(s for s in sections if s is not None and (s.blocks or s.sections))


def build(
    basis: Basis, readiness: Sequence[Any] = (), fingerprint: str = "", desk: Desk | None = None
) -> ReportContext:
    """The report context of a plan.

    Parameters
    ----------
    basis : plan, projection, indicators, date
    readiness : assessments by lender profile, each with ``to_json``
    fingerprint : identifies the plan's contents
    desk : what one lender sees beside the figures: papers, haircuts, households, published terms
    """
    plan = basis.plan
    texts, signatures = declaration(basis)
    body = _kept(
        (
            executive_summary(basis),
            applicant(basis),
            needs_and_value(basis),
            market(basis),
            operations(basis),
            people(basis),
            investment(basis),
            sources_and_uses(basis),
            past_results(basis),
            forecast(basis),
            capacity(basis),
            loans(basis, desk),
            security(basis, desk),
            returns_section(basis),
            risks(basis),
            environment(basis),
            implementation(basis),
            consortium(basis),
        )
    )
    return ReportContext(
        title=plan.title,
        cluster_name=plan.cluster.name,
        country=plan.cluster.country,
        currency=basis.currency,
        date=basis.date,
        fictional=plan.fictional,
        request=request_sheet(basis),
        key_figures=key_figures(basis),
        sections=body,
        annexes=_kept(
            (
                documents(basis, desk),
                months_annex(basis),
                schedules(basis),
                all_assumptions(basis),
                action_annex(basis),
                members_annex(basis),
                households_annex(basis),
                member_signatures(basis),
            )
        ),
        declaration=texts,
        signatures=signatures,
        readiness=tuple(assessment.to_json() for assessment in readiness),
        weaknesses=weaknesses(basis),
        provenance=(
            Figure("version", "Made with Finance Kit", __version__, "text"),
            Figure("plan_fingerprint", "Fingerprint of the plan", fingerprint, "text"),
            Figure("made_on", "Made on", basis.date, "text"),
            Figure("currency", "Currency", basis.currency, "text"),
        ),
    )
