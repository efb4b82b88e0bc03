"""Facts that hold a plan against one lender's terms: amount, tenor, grace, rate, uses, legal form, security.

The plan is read as if this lender lent all that it asks for. Loans that run at the same time count together, each at
its full amount. Where the lender states no such term the fact is ``unpublished``; where the plan asks for no loan
nothing can be failed, and the fact is ``best``.
"""

from __future__ import annotations

from collections.abc import Callable

from finance_kit.plan.financing import Collateral, Loan
from finance_kit.readiness.reading import Case, Reading, missing
from finance_kit.readiness.terms import AmountLimit

__all__ = [
    "amount_of_maximum",
    "amount_of_minimum",
    "collateral_after_haircut",
    "excluded_use",
    "grace_months",
    "legal_form_accepted",
    "lowest_rate",
    "number_of_members",
    "tenor_months",
    "working_capital_share",
]

_UNPUBLISHED = Reading(state="unpublished")
_NO_LOAN = Reading(state="best", reason="no_loan")


def _loans(case: Case) -> list[Loan]:
    return [loan for loan in case.plan.financing.loans if loan.principal > 0.0]


def _months(loan: Loan) -> int:
    """Months from pay-out to the last instalment."""
    return loan.instalments * loan.months_between


# ------------------------------------------------------------------------------------------------------------- amount


def _limit(case: Case) -> AmountLimit | None:
    """The lender's limit in the plan's currency, or else in the first currency that the plan has a rate for."""
    term = case.terms.amount
    limits = () if term is None else term.limits
    own = case.plan.period.currency
    usable = sorted((each for each in limits if each.currency in case.exchange), key=lambda each: each.currency != own)
    return usable[0] if usable else None


def _granted(case: Case) -> list[tuple[float, Loan]]:
    """For each new loan, its amount and that of the new loans that still run when it is paid out, plan currency."""
    plan = case.plan
    lent = [(plan.month_number(loan.draw), loan) for loan in _loans(case)]
    return [
        (
            sum(
                case.in_plan_currency(other.principal, other.currency)
                for start, other in lent
                if start <= month < start + _months(other)
            ),
            loan,
        )
        for month, loan in sorted(lent, key=lambda each: each[0])
    ]


def _borrowers(case: Case) -> float | None:
    """Among how many the amount is divided: the members where the lender lends to each; ``None`` where not stated."""
    term = case.terms.amount
    if term is None or term.per == "borrower":
        return 1.0
    return float(case.plan.cluster.number_of_members or len(case.plan.members)) or None


def _unusable(case: Case) -> Reading | None:
    """Why an amount cannot be held against the limit, or nothing."""
    if case.terms.amount is None:
        return _UNPUBLISHED
    if not _loans(case):
        return _NO_LOAN
    if _limit(case) is None:
        return missing("exchange_rates")
    return missing("cluster.number_of_members") if _borrowers(case) is None else None


def _against(case: Case, granted: float, limit: float, currency: str) -> tuple[float, str]:
    """An amount over a limit of the lender, and both in words."""
    each = granted / (_borrowers(case) or 1.0) / case.exchange[currency]
    return each / limit, f"{currency} {each:,.0f} / {limit:,.0f}"


def amount_of_maximum(case: Case) -> Reading:
    """Most that is granted at one time, over the most that the lender lends; a first loan has a limit of its own."""
    unusable = _unusable(case)
    limit = _limit(case)
    if unusable is not None or limit is None:
        return unusable or _UNPUBLISHED
    granted = _granted(case)
    most = limit.max or limit.first_loan_max
    found = [_against(case, amount, most, limit.currency) for amount, _ in granted] if most else []
    if limit.first_loan_max:
        first = min(case.plan.month_number(loan.draw) for _, loan in granted)
        amount = max(total for total, loan in granted if case.plan.month_number(loan.draw) == first)
        found.append(_against(case, amount, limit.first_loan_max, limit.currency))
    if not found:
        return _UNPUBLISHED
    value, at = max(found, key=lambda each: each[0])
    return Reading(value, at=at)


def amount_of_minimum(case: Case) -> Reading:
    """Most that is granted at one time, over the least that the lender lends."""
    unusable = _unusable(case)
    limit = _limit(case)
    if unusable is not None or limit is None:
        return unusable or _UNPUBLISHED
    if limit.min is None:
        return _UNPUBLISHED
    value, at = _against(case, max(amount for amount, _ in _granted(case)), limit.min, limit.currency)
    return Reading(value, at=at)


# ------------------------------------------------------------------------------------------------- time, rate, people


def tenor_months(choose: Callable[[list[int]], int]) -> Callable[[Case], Reading]:
    """Reads months from pay-out to the last instalment: ``max`` of the longest new loan, ``min`` of the shortest."""

    def read(case: Case) -> Reading:
        loans = _loans(case)
        if not loans:
            return _NO_LOAN
        months = choose([_months(loan) for loan in loans])
        return Reading(float(months), at=min(loan.name for loan in loans if _months(loan) == months))

    return read


def grace_months(case: Case) -> Reading:
    """Longest time in which a new loan pays no principal though instalments run."""
    loans = _loans(case)
    if not loans:
        return _NO_LOAN
    longest = max(loans, key=lambda loan: (loan.grace_months, loan.name))
    return Reading(float(longest.grace_months), at=longest.name if longest.grace_months else "")


def lowest_rate(case: Case) -> Reading:
    """Lowest nominal rate a year, declining balance, that the plan reckons with.

    A flat rate is the same as a higher one on the declining balance, so a plan with flat loans alone is known only from
    below; its fact is missing.
    """
    loans = _loans(case)
    if not loans:
        return _NO_LOAN
    declining = [loan for loan in loans if loan.quotation == "declining"]
    if not declining:
        return missing("financing.loans.quotation")
    lowest = min(declining, key=lambda loan: (loan.annual_rate, loan.name))
    return Reading(lowest.annual_rate, at=lowest.name)


def number_of_members(case: Case) -> Reading:
    """Members of the cluster, as counted or as listed."""
    number = case.plan.cluster.number_of_members or len(case.plan.members)
    return Reading(float(number)) if number else missing("cluster.number_of_members")


def legal_form_accepted(case: Case) -> Reading:
    """Whether the cluster's legal form is among those that the lender lends to."""
    term, form = case.terms.legal_forms, case.plan.cluster.legal_form
    if term is None:
        return _UNPUBLISHED
    return missing("cluster.legal_form") if form is None else Reading(form in term.accepted)


# -------------------------------------------------------------------------------------------------- uses and security


def excluded_use(case: Case) -> Reading:
    """Whether a loan pays for a kind of asset that the lender excludes."""
    term = case.terms.uses
    if term is None or not term.excluded:
        return _UNPUBLISHED
    if not _loans(case):
        return _NO_LOAN
    assets = [asset for asset in case.plan.assets if asset.kind in term.excluded and asset.cost > 0.0]
    bought = sorted(asset.name for asset in assets if asset.loan_share)
    if bought:
        return Reading(value=True, at=bought[0])
    unsaid = any(asset.loan_share is None for asset in assets)
    return missing("assets.loan_share") if unsaid else Reading(value=False)


def working_capital_share(case: Case) -> Reading:
    """Share of the new loans that pays for no asset.

    Assets whose financing is not stated may be paid by the loan or not: the fact is then missing.
    """
    loans = _loans(case)
    if not loans:
        return _NO_LOAN
    assets = [asset for asset in case.plan.assets if asset.in_kind_share + asset.grant_share < 1.0]
    if any(asset.loan_share is None for asset in assets):
        return missing("assets.loan_share")
    lent = sum(case.in_plan_currency(loan.principal, loan.currency) for loan in loans)
    fixed = sum(case.in_plan_currency(asset.cost, asset.currency) * (asset.loan_share or 0.0) for asset in assets)
    return Reading(max(1.0 - fixed / lent, 0.0))


def collateral_after_haircut(case: Case) -> Reading:
    """What this lender would lend against the security offered, over the new loans.

    Each kind counts at the lender's loan-to-value. Kinds that it does not take, or for which no share is known, count
    nothing; where no share is known at all, the fact is ``unpublished``.
    """
    term = case.terms.loan_to_value
    if case.terms.security is not None and not case.terms.security.required:
        return Reading(state="unpublished", reason="no_security_asked")
    if term is None or all(share is None for share in term.shares.values()):
        return _UNPUBLISHED
    lent = sum(case.in_plan_currency(loan.principal, loan.currency) for loan in _loans(case))
    if not lent:
        return _NO_LOAN

    def counted(item: Collateral) -> float:
        return case.in_plan_currency(item.value, item.currency) * (term.shares.get(item.kind) or 0.0)

    return Reading(sum(counted(item) for item in case.plan.collateral) / lent)
