"""The loan request sheet: one page of facts that answers who, how much, what for, how repaid, how secured."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.plan.financing import Loan
from finance_kit.report.basis import Basis, figure
from finance_kit.report.formats import Formats
from finance_kit.report.investment import financing_totals
from finance_kit.report.model import Figure, Section
from finance_kit.report.security import collateral_value
from finance_kit.report.wording import (
    LEGAL_FORMS,
    NOT_STATED,
    all_stresses,
    in_plan_currency,
    listed,
    lowest_year,
    place,
    shortened,
)
from finance_kit.timeline import MONTH_NAMES

__all__ = ["loan_terms_words", "request_sheet"]

_LONGEST = 170  # characters of an author's text: two lines on the sheet
_MOST_LOANS = 3
_REPAID = {
    "annuity": "equal instalments",
    "equal_principal": "equal parts of principal",
    "interest_only": "interest, with the principal at the end",
    "bullet": "one payment at the end",
    "balloon": "instalments with a larger last one",
    "seasonal": "instalments by the season",
}
_EVERY = {1: "monthly", 2: "two-monthly", 3: "quarterly", 4: "four-monthly", 6: "half-yearly", 12: "yearly"}


def request_sheet(basis: Basis) -> Section:
    """The request in at most 24 facts; long texts are cut, the full ones stand in the sections."""
    facts = (*_who(basis), *_what(basis), *_own(basis), *_security(basis), *_repayment(basis))
    return Section("request", "Loan request", (facts,))


def loan_terms_words(basis: Basis, loan: Loan) -> str:
    """Tenor, instalments, grace and rate of a loan in words."""
    say = Formats(basis.currency)
    tenor = say.figure(loan.instalments * loan.months_between, "months")
    words = [f"{tenor}, {_EVERY[loan.months_between]}, {_REPAID[loan.repayment]}"]
    if loan.grace_months:
        kind = "principal" if loan.grace_kind == "principal_only" else "principal and interest"
        words.append(f"grace on {kind} {say.figure(loan.grace_months, 'months')}")
    quoted = ", quoted flat" if loan.quotation == "flat" else ""
    words.append(f"{say.figure(loan.annual_rate, 'rate')} a year{quoted}")
    return "; ".join(words)


def _text(id: str, label: str, value: str | None, note: str | None = None) -> Figure:
    return Figure(id, label, shortened(value, _LONGEST) if value else NOT_STATED, "text", note=note)


def _who(basis: Basis) -> Iterator[Figure]:
    cluster, request = basis.plan.cluster, basis.plan.request
    number = cluster.number_of_members or len(basis.plan.members)
    members = f"{number} members" if number else None
    if members and cluster.women_members is not None:
        members += f", of whom {cluster.women_members} women"
    form = LEGAL_FORMS[cluster.legal_form].capitalize() if cluster.legal_form else None
    if form and cluster.registration:
        form += f"; {cluster.registration}"
    leader = cluster.leader
    contact = (request.contact if request else None) or (
        ", ".join(part for part in (leader.name, leader.role, leader.phone) if part) if leader else cluster.phone
    )
    asked = basis.plan.financing.loans
    lender = (request.lender if request else None) or next((loan.lender for loan in asked if loan.lender), None)
    yield _text("request_applicant", "Applicant", cluster.name, members)
    yield _text("request_legal_form", "Legal form and registration", form)
    yield _text("request_place", "Place", place(basis))
    yield _text("request_contact", "Contact", contact)
    yield _text("request_lender", "Addressed to", lender)


def _what(basis: Basis) -> Iterator[Figure]:
    """Amount and terms of each loan, purpose, investment."""
    asked = basis.plan.financing.loans
    total = financing_totals(basis)
    if len(asked) != 1:
        yield Figure("loans_asked_for", "Loans asked for", total["loans"], "money", basis.currency)
    ranked = sorted(asked, key=lambda loan: -in_plan_currency(basis, loan.principal, loan.currency))[:_MOST_LOANS]
    for number, loan in enumerate(asked, start=1):
        if any(loan is one for one in ranked):
            currency = loan.currency or basis.currency
            terms = loan_terms_words(basis, loan)
            label = shortened(loan.name, 60) if len(asked) > 1 else "Loan asked for"
            yield Figure(f"request_loan_{number}", label, loan.principal, "money", currency, None, terms)
    rest = [loan for loan in asked if not any(loan is one for one in ranked)]
    if rest:
        amount = sum(in_plan_currency(basis, loan.principal, loan.currency) for loan in rest)
        yield Figure("request_other_loans", f"{len(rest)} smaller loans", amount, "money", basis.currency)
    request = basis.plan.request
    purpose = (request.purpose if request else None) or "; ".join(loan.purpose for loan in asked if loan.purpose)
    yield _text("request_purpose", "Purpose", purpose)
    yield Figure("total_investment", "Investment", total["assets"], "money", basis.currency)


def _own(basis: Basis) -> Iterator[Figure]:
    total = financing_totals(basis)
    say = Formats(basis.currency)
    own = total["own_cash"] + total["in_kind"]
    parts = (("own_cash", "in cash"), ("in_kind", "in kind"))
    note = listed(f"{say.figure(total[name], 'money')} {words}" for name, words in parts if total[name]) or None
    yield Figure("own_contribution", "Members' contribution", own, "money", basis.currency, None, note)
    yield figure(basis, "own_contribution_share", "Own share of all financing")
    if total["grants"]:
        yield Figure("request_grants", "Grants", total["grants"], "money", basis.currency)


def _security(basis: Basis) -> Iterator[Figure]:
    value = collateral_value(basis)
    if not basis.plan.collateral:
        yield _text("request_security", "Security offered", None)
        return
    names = shortened("; ".join(item.name for item in basis.plan.collateral), _LONGEST)
    yield Figure("request_security", "Security offered", value, "money", basis.currency, None, names)
    yield figure(basis, "collateral_cover", "Security over loans, before haircuts")


def _repayment(basis: Basis) -> Iterator[Figure]:
    """Cover as planned and with every stress, the month with the least cash, from what and when is repaid."""
    request = basis.plan.request
    tightest = lowest_year(basis.indicator_years("dscr"), basis.years)
    yield figure(basis, "min_dscr", note=f"in {tightest[1]}" if tightest else None)
    stressed = basis.stressed.figure("min_dscr", scenario=len(basis.stresses) - 1)
    names = all_stresses(basis)
    label = "Lowest yearly DSCR, all stresses together"
    if isinstance(stressed, float):
        yield Figure("min_dscr_stressed", label, stressed, "ratio", None, None, names or None)
    else:
        yield Figure("min_dscr_stressed", label, None, "ratio", None, stressed.reason)
    yield figure(basis, "cash_low_point")
    yield figure(basis, "cash_low_month")
    yield _text("request_repaid_from", "Repaid from", request.repayment_source if request else None)
    if request and request.preferred_months:
        months = listed(MONTH_NAMES[month - 1] for month in sorted(set(request.preferred_months)))
        yield _text("request_months", "Months in which paying is easiest", months)
