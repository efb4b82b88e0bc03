"""The report context of a plan: all sections in the order in which a loan officer reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from finance_kit import __version__
from finance_kit.errors import Undefined
from finance_kit.report import applicant, implementation, narrative, operations, product_market, security
from finance_kit.report.basis import Basis, figure
from finance_kit.report.forecast import all_assumptions, forecast, later_months
from finance_kit.report.investment import financing_totals, investment, sources_and_uses
from finance_kit.report.model import Figure, ReportContext, Section
from finance_kit.report.repayment import capacity, loans, schedules
from finance_kit.report.returns_section import returns_section

__all__ = ["build", "key_figures", "weaknesses"]

_KEY = (
    "project_npv",
    "project_irr_annual",
    "project_payback_years",
    "equity_irr_annual",
    "min_dscr",
    "average_dscr",
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
            f"Net profit in {basis.years[year]}",
            basis.yearly("net_profit")[year],
            "money",
            basis.currency,
        ),
    )
    return (*money, *first, *(figure(basis, name) for name in _KEY))


def weaknesses(basis: Basis) -> tuple[str, ...]:
    """Sentences about what is weak in the figures themselves, most grave first; empty when nothing is."""
    found = []
    get = basis.indicators.figure
    low = get("cash_low_point")
    if isinstance(low, float) and low < -0.5:
        month = basis.plan.axis.month(int(basis.indicators.plan_level["cash_low_month"][0])).label
        found.append(
            f"Cash falls to {low:,.0f} {basis.currency} at the end of {month}: the plan is short of money then."
        )
    for year, ratio in zip(basis.years, basis.indicator_years("dscr"), strict=True):
        if ratio is not None and ratio < 1.0:
            found.append(
                f"In {year} the cash available covers {ratio:.2f} of the debt service; it must reach 1.00 at least."
            )
    stressed = basis.stressed.figure("min_dscr", scenario=len(basis.stresses) - 1)
    if isinstance(stressed, float) and stressed < 1.0:
        found.append(f"With lower prices, lower volumes and dearer inputs together, the lowest DSCR is {stressed:.2f}.")
    value = get("project_npv")
    if isinstance(value, float) and value < 0:
        found.append("The net present value is negative: the money would earn more at the discount rate stated.")
    losses = [year for year, profit in zip(basis.years, basis.yearly("net_profit"), strict=True) if profit < 0]
    if losses:
        found.append(f"A loss is expected in {', '.join(losses)}.")
    if financing_totals(basis)["working_cash"] < -0.5:
        found.append("The sources of money named do not cover the uses.")
    if isinstance(get("project_irr_annual"), Undefined) and basis.plan.valuation is not None:
        found.append("The project has no single internal rate of return; see the section on returns.")
    return tuple(found)


def _kept(sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """Sections that say something."""
    return tuple(s for s in sections if s is not None and (s.blocks or s.sections))


def build(basis: Basis, readiness: Sequence[Any] = (), fingerprint: str = "") -> ReportContext:
    """The report context of a plan.

    Parameters
    ----------
    basis : plan, projection, indicators, date
    readiness : assessments by lender profile, each with ``to_json``
    fingerprint : identifies the plan's contents
    """
    plan = basis.plan
    texts, signatures = narrative.declaration(basis)
    body = _kept(
        (
            narrative.executive_summary(basis),
            applicant.applicant(basis),
            product_market.needs_and_value(basis),
            product_market.market(basis),
            operations.operations(basis),
            investment(basis),
            sources_and_uses(basis),
            applicant.past_results(basis),
            forecast(basis),
            capacity(basis),
            loans(basis),
            security.security(basis),
            returns_section(basis),
            implementation.risks(basis),
            implementation.environment(basis),
            implementation.implementation(basis),
            implementation.consortium(basis),
        )
    )
    return ReportContext(
        title=plan.title,
        cluster_name=plan.cluster.name,
        country=plan.cluster.country,
        currency=basis.currency,
        date=basis.date,
        fictional=plan.fictional,
        request=narrative.request_sheet(basis),
        key_figures=key_figures(basis),
        sections=body,
        annexes=_kept((schedules(basis), later_months(basis), all_assumptions(basis), security.documents(basis))),
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
