"""Financing: contributions, grants, and every loan's signed schedule laid on the plan's months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from finance_kit.engine.escalation import exchange_path
from finance_kit.engine.paths import nothing, total
from finance_kit.loans import LoanArrays, LoanTerms, amortise
from finance_kit.plan.financing import ExistingDebt, Loan
from finance_kit.plan.loan_contract import loan_contract
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan

__all__ = [
    "GrantBase",
    "LoanLines",
    "PlacedLoan",
    "equity_path",
    "grant_base",
    "loan_lines",
    "placed_loans",
]

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GrantBase:
    """Each (T,), plan currency: operating grants (income at once), capital grants received and taken to income."""

    operating: FloatArray
    capital: FloatArray
    release: FloatArray


def grant_base(plan: Plan) -> GrantBase:
    """Grants of a plan; a capital grant is released from the month after it is received (IAS 20, deferred income)."""
    months = plan.period.months
    operating, capital, release = (np.zeros(months) for _ in range(3))
    for grant in plan.financing.grants:
        position = plan.month_number(grant.month) - 1
        if grant.kind == "operating":
            operating[position] += grant.amount
            continue
        capital[position] += grant.amount
        if plan.policies.capital_grants == "deferred_income" and grant.release_months:
            release[position + 1 : position + 1 + grant.release_months] += grant.amount / grant.release_months
    return GrantBase(operating, capital, release)


def equity_path(plan: Plan) -> FloatArray:
    """(T,), members' contributions in cash."""
    path = np.zeros(plan.period.months)
    for contribution in plan.financing.contributions:
        path[plan.month_number(contribution.month) - 1] += contribution.amount
    return path


@dataclass(frozen=True, slots=True)
class PlacedLoan:
    """A loan or existing debt with its terms, the month it is drawn (0: before the plan) and its exchange path."""

    name: str
    terms: LoanTerms
    draw: int
    existing: bool
    exchange: FloatArray | float


def placed_loans(plan: Plan) -> tuple[PlacedLoan, ...]:
    """New loans in the plan's order, then existing debts."""
    months = plan.period.months

    def placed(loan: Loan | ExistingDebt, draw: int) -> PlacedLoan:
        exchange = exchange_path(plan, loan.currency, months)
        return PlacedLoan(loan.name, loan_contract(plan, loan), draw, draw == 0, exchange)

    new = [placed(loan, plan.month_number(loan.draw)) for loan in plan.financing.loans]
    return (*new, *(placed(debt, 0) for debt in plan.existing_debts))


@dataclass(frozen=True, slots=True)
class LoanLines:
    """What loans do to the plan, (T, S) or (T, 1) each, plan currency; positive in the sense of the name.

    ``interest_expense`` accrues month by month, ``interest_paid`` falls due with instalments, ``interest_capitalised``
    joins the balance; ``interest_payable`` is accrued and not yet due, ``savings`` the compulsory savings with their
    interest, both at month end. ``exchange_loss`` is what a moving exchange rate adds to what is owed, net of savings.
    """

    draws: FloatArray
    principal: FloatArray
    interest_expense: FloatArray
    interest_paid: FloatArray
    interest_capitalised: FloatArray
    fees: FloatArray
    balance: FloatArray
    savings_in: FloatArray
    savings_returned: FloatArray
    savings_interest: FloatArray
    interest_payable: FloatArray
    savings: FloatArray
    exchange_loss: FloatArray

    def paths(self) -> list[FloatArray]:
        """All lines in the order of the fields."""
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def together(cls, loans: Sequence[LoanLines], months: int) -> LoanLines:
        """Sum of several loans, or nothing."""
        none = LoanLines(*(nothing(months),) * len(cls.__slots__))
        return cls(*(total(lines) for lines in zip(*(loan.paths() for loan in (none, *loans)), strict=True)))


def _laid_out(loan: PlacedLoan, arrays: LoanArrays, months: int, *, sum_varies: bool) -> LoanLines:
    """A schedule of instalment periods on the plan's months, in the loan's currency.

    What the terms do not have stays :func:`nothing`; pay-outs are one column unless scenarios vary the sum lent.
    """
    terms, none = loan.terms, nothing(months)
    step, count, width = terms.months_between, terms.instalments, arrays.principal.shape[0]
    first = loan.draw + step - 1  # position of the first instalment
    shown = max(0, min(count, -(-(months - first) // step))) if first < months else 0

    def at_instalments(values: FloatArray) -> FloatArray:
        path = np.zeros((months, width))
        if shown:
            path[first::step][:shown] = values[:shown]
        return path

    def over_months(values: FloatArray) -> FloatArray:
        return at_instalments(values) if step == 1 else _spread(values, loan.draw, step, months)

    def at_pay_out(values: FloatArray) -> FloatArray:
        if loan.draw < 1:
            return none
        path = np.zeros((months, width if sum_varies else 1))
        path[loan.draw - 1] = values if sum_varies else values[0]
        return path

    accrued = over_months(arrays.interest_accrued)
    capitalised = at_instalments(arrays.interest_capitalised) if terms.capitalises else none
    if step == 1 and arrays.interest_due is arrays.interest_accrued:
        paid, payable = accrued, none
    else:
        paid = at_instalments(arrays.interest_due)
        payable = _settled(np.cumsum(total([accrued], [paid, capitalised]), axis=0))
    savings_in, returned, earned, savings = none, none, none, none
    if terms.compulsory_savings_share:
        savings_in = at_pay_out(arrays.savings_deposit)
        returned, earned = at_instalments(arrays.savings_returned), over_months(arrays.savings_interest)
        savings = _settled(np.cumsum(total([savings_in, earned], [returned]), axis=0))
    return LoanLines(
        draws=at_pay_out(arrays.principal),
        principal=at_instalments(arrays.principal_due),
        interest_expense=accrued,
        interest_paid=paid,
        interest_capitalised=capitalised,
        fees=total([at_pay_out(arrays.upfront_fee), at_instalments(arrays.fees_due)]) if terms.has_fees else none,
        balance=_balance(loan, arrays, months),
        savings_in=savings_in,
        savings_returned=returned,
        savings_interest=earned,
        interest_payable=payable,
        savings=savings,
        exchange_loss=none,
    )


def _balance(loan: PlacedLoan, arrays: LoanArrays, months: int) -> FloatArray:
    """Principal owed at each month end, (T, S).

    Balances of the schedule itself, held between instalments: summing flows would leave dust after the last one.
    """
    step, count = loan.terms.months_between, loan.terms.instalments
    first = loan.draw + step - 1  # position of the first instalment
    balance = np.zeros((months, arrays.principal.shape[0]))
    balance[max(loan.draw - 1, 0) : first] = arrays.principal
    for later in range(first, min(first + step, months)):
        held = balance[later::step][:count]
        held[:] = arrays.closing_balance[: len(held)]
    return balance


def _settled(balance: FloatArray) -> FloatArray:
    """A balance that is settled in full is nothing, not the dust that a sum of floats leaves behind."""
    balance[np.abs(balance) <= 1e-12 * np.abs(balance).max(initial=0.0)] = 0.0
    return balance


def _spread(values: FloatArray, draw: int, step: int, months: int) -> FloatArray:
    """Interest of a period shared evenly over its months, for the statements of each month."""
    path = np.zeros((months, values.shape[1]))
    monthly = np.repeat(values / step, step, axis=0)
    shown = min(len(monthly), months - draw)
    if shown > 0:
        path[draw : draw + shown] = monthly[:shown]
    return path


def _in_plan_currency(lines: LoanLines, loan: PlacedLoan, opening: float) -> LoanLines:
    """Translate at each month's rate; the revaluation of what is owed is the exchange loss."""
    if isinstance(loan.exchange, float):
        rate: FloatArray | float = loan.exchange
        return lines if rate == 1.0 else LoanLines(*(line * rate for line in lines.paths()))
    rate = loan.exchange[:, None]
    owed = lines.balance + lines.interest_payable - lines.savings
    before = np.vstack([np.full((1, owed.shape[1]), opening), owed[:-1]])
    change = np.diff(rate, axis=0, prepend=rate[:1])
    translated = LoanLines(*(line * rate for line in lines.paths()))
    return replace(translated, exchange_loss=before * change)


def loan_lines(loans: tuple[PlacedLoan, ...], scenarios: ScenarioSet, months: int) -> Iterator[LoanLines]:
    """Each loan's lines in turn, in plan currency.

    Parameters
    ----------
    loans : placed on the plan's months
    scenarios : drivers ``interest_add`` and ``loan`` (the latter on new loans only)
    months : T
    """
    for loan in loans:
        rate = None if scenarios.interest_add is None else loan.terms.annual_rate + scenarios.interest_add
        principal = None if scenarios.loan is None or loan.existing else loan.terms.principal * scenarios.loan
        arrays = amortise(loan.terms, principal=principal, annual_rate=rate)
        opening = loan.terms.principal if loan.existing else 0.0
        laid_out = _laid_out(loan, arrays, months, sum_varies=principal is not None)
        yield _in_plan_currency(laid_out, loan, opening)
