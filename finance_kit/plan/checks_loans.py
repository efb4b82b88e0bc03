"""Checks of loans, existing debts and the overdraft: terms that can be, terms that are plausible, legal limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from finance_kit.errors import CalculationError, Issue, Undefined
from finance_kit.loans.interest_caps import check_interest_cap
from finance_kit.plan.checks_base import Desk, Path
from finance_kit.plan.financing import ExistingDebt, Loan
from finance_kit.plan.loan_contract import loan_contract

if TYPE_CHECKING:
    from finance_kit.packs.model import CountryPack, InterestCap

__all__ = ["check_loans"]

_FIELD_OF_TERM: Final[Mapping[str, str]] = MappingProxyType(
    {"principal_pattern": "principal_season", "minor_unit": "rounding_unit"}
)
"""Fields of the loan mathematics that a plan file calls otherwise."""

_VERY_HIGH = 1.0
_PER_CENT = 2.0


def check_loans(desk: Desk, pack: CountryPack | None = None) -> Iterator[Issue]:
    """Everything about borrowed money; limits by law only where a country pack is given."""
    for number, loan in enumerate(desk.plan.financing.loans):
        path = ("financing", "loans", number)
        draw = desk.number(loan.draw)
        yield from _terms(desk, path, loan)
        yield from _rate(desk, path, loan.annual_rate, loan.name)
        end = draw + loan.instalments * loan.months_between
        if end > desk.months and desk.full:  # a profile looks at one year of whatever loan
            yield desk.issue("loan_longer_than_plan", *path, "instalments", name=loan.name, end=end, months=desk.months)
        yield from _lender(desk, path, loan, pack)
        yield from _money(desk, path, loan)
    for number, debt in enumerate(desk.plan.existing_debts):
        where: Path = ("existing_debts", number)
        yield from _terms(desk, where, debt)
        yield from _rate(desk, where, debt.annual_rate, debt.name)
        if debt.instalments * debt.months_between > desk.months:
            end = debt.instalments * debt.months_between
            yield desk.issue(
                "debt_longer_than_plan", *where, "instalments", name=debt.name, end=end, months=desk.months
            )
    line = desk.plan.financing.overdraft
    if line is not None:
        yield from _rate(desk, ("financing", "overdraft"), line.annual_rate)


def _terms(desk: Desk, path: Path, loan: Loan | ExistingDebt) -> Iterator[Issue]:
    """What the loan mathematics would refuse, at the fields of the plan file."""
    try:
        loan_contract(desk.plan, loan)
    except CalculationError as error:
        for problem in error.issues:
            term = problem.where.path.split(".")[0]
            if term == "annual_rate":  # a rate out of range is found by _rate, with better words
                continue
            field = _FIELD_OF_TERM.get(term, term)
            params = {key: value for key, value in problem.params.items() if key != "field"}
            if "field" in problem.params:
                params["field"] = field
            yield desk.issue(problem.code, *path, field, name=loan.name, **params)


def _rate(desk: Desk, path: Path, rate: float, name: str | None = None) -> Iterator[Issue]:
    if rate >= _PER_CENT:
        yield desk.issue("rate_in_per_cent", *path, "annual_rate", found=rate, suggestion=rate / 100)
    elif rate >= _VERY_HIGH:
        yield desk.issue("rate_very_high", *path, "annual_rate", found=rate, suggestion=rate / 100)
    elif rate == 0.0 and name is not None:
        yield desk.issue("loan_free_of_interest", *path, "annual_rate", name=name)


def _lender(desk: Desk, path: Path, loan: Loan, pack: CountryPack | None) -> Iterator[Issue]:
    """What the type of lender makes hard to believe, or the law forbids."""
    if loan.lender_type == "mfi" and 0.005 <= loan.annual_rate <= 0.035:
        a_year = loan.annual_rate * 12
        yield desk.issue(
            "rate_perhaps_monthly", *path, "annual_rate", name=loan.name, found=loan.annual_rate, a_year=a_year
        )
    for cap in pack.caps_for(loan.lender_type) if pack else ():
        if cap.status == "confirmed":
            yield from _cap(desk, path, loan, cap)


def _cap(desk: Desk, path: Path, loan: Loan, cap: InterestCap) -> Iterator[Issue]:
    """What a legal limit forbids, compared as the law defines it."""
    law = {
        "name": loan.name,
        "law": cap.source.title if cap.source else cap.title,
        "date": cap.source_date or cap.last_confirmed,
    }
    try:
        found = check_interest_cap(loan_contract(desk.plan, loan), cap.limit())
    except CalculationError:  # the terms themselves are told by _terms
        return
    if isinstance(found, Undefined):
        return
    if found.flat_forbidden:
        yield desk.issue("loan_flat_not_allowed", *path, "quotation", **law)
    for each in found.findings:
        if not each.decides:
            continue
        if each.within:
            if each.measure != "fee_share_of_loan" and loan.quotation == "flat" and not found.flat_forbidden:
                rate = found.declining_annual_rate
                yield desk.issue("loan_flat_under_cap", *path, "quotation", found=rate, cap=each.limit, **law)
            continue
        if each.measure == "fee_share_of_loan":
            field = "upfront_fee_share" if loan.upfront_fee_share else "name"
            yield desk.issue("loan_fees_above_cap", *path, field, found=each.found, cap=each.limit, **law)
        else:
            yield desk.issue("loan_above_cap", *path, "annual_rate", found=each.found, cap=each.limit, **law)


def _money(desk: Desk, path: Path, loan: Loan) -> Iterator[Issue]:
    """Instalments that no payment could be a multiple of; a currency in which nothing is sold."""
    own = desk.plan.period.currency
    money = loan.currency or own
    unit = loan.rounding_unit
    if unit is not None and unit > loan.principal > 0:
        yield desk.issue(
            "rounding_above_loan", *path, "rounding_unit", name=loan.name, found=unit, principal=loan.principal
        )
    if loan.principal and all((product.currency or own) != money for product in desk.plan.products):
        yield desk.issue("loan_currency_without_sales", *path, "currency", name=loan.name, found=money)
