"""Levers: real decisions that change a plan, each a function from how far it is moved to a changed plan.

A changed plan is a plan like any other: what is searched is what would be written to the file. Amounts are rounded
against the borrower to steps of at most 0.05 % of what is changed, so that nobody is asked for a sum with odd cents.
Levers of a lender's terms and of guarantee schemes stand in :mod:`finance_kit.readiness.term_levers`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from finance_kit.engine.escalation import exchange_path
from finance_kit.indicators.evaluate import Indicators
from finance_kit.money import currency
from finance_kit.plan.base import MonthRef
from finance_kit.plan.cluster import Member
from finance_kit.plan.financing import Collateral, Contribution, Loan, Overdraft
from finance_kit.plan.operations import Asset
from finance_kit.plan.schema import Plan
from finance_kit.readiness.fix_policy import Bounds
from finance_kit.readiness.term_levers import term_levers
from finance_kit.timeline import Month

__all__ = ["Lever", "amount_step", "levers_of", "with_contribution", "with_loans"]

_LEVEL = ("annuity", "equal_principal")
_WORTH_PHASING = 0.05
"""Of all that is bought for cash: a smaller asset is not worth putting off."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One decision.

    Parameters
    ----------
    id : as in :data:`finance_kit.readiness.fix_policy.CATALOGUE`
    most : the farthest that it may go: months, plan currency, a share, or the number of a choice
    make : the changed plan; the same plan for 0
    step : whole steps (months, choices); 0 where it moves continuously
    volume : what it multiplies all volumes by, as the sales of a changed plan are not compiled anew in a search
    target : what it moves, where a plan has several: the name of an asset
    farthest : where months lead when it is moved as far as it goes
    """

    id: str
    most: float
    make: Callable[[float], Plan]
    step: int = 0
    volume: Callable[[float], float] | None = None
    target: str = ""
    farthest: int = 0

    def whole_values(self) -> list[float]:
        """Every value that a lever of whole steps can take."""
        return [float(value) for value in range(self.step, int(self.most) + 1, self.step)]


def amount_step(amount: float, code: str) -> float:
    """The step that an amount is rounded to: a power of ten of the currency's cash unit, at most 0.05 % of it.

    The smallest amount that is written, where even the cash unit is more than that.

    >>> amount_step(5_365_208, "MMK"), amount_step(8_091.22, "USD"), amount_step(12_000, "KHR")
    (1000.0, 1.0, 1.0)
    """
    money = currency(code)
    for unit in (money.cash_unit, money.minor_unit):
        if unit <= amount * 5e-4:
            return float(unit * 10.0 ** math.floor(math.log10(amount * 5e-4 / unit) + 1e-9))
    return money.minor_unit


def _up(amount: float, code: str) -> float:
    step = amount_step(amount, code)
    return float(round(math.ceil(round(amount / step, 6)) * step, 2))


def _down(amount: float, step: float) -> float:
    return float(round(math.floor(round(amount / step, 6)) * step, 2))


def with_loans(plan: Plan, loans: list[Loan]) -> Plan:
    """The plan with other new loans."""
    return plan.model_copy(update={"financing": plan.financing.model_copy(update={"loans": loans})})


def with_contribution(plan: Plan, amount: float, month: MonthRef) -> Plan:
    """The plan with one more contribution of the members in cash, and their list, where it is whole, with it."""
    more = Contribution(
        name="Members' further contribution", month=month, amount=amount, source="To be promised by members in writing"
    )
    contributions = [*plan.financing.contributions, more]
    changed = plan.model_copy(update={"financing": plan.financing.model_copy(update={"contributions": contributions})})
    stated = plan.cluster.number_of_members
    if not plan.members or stated not in (None, len(plan.members)):
        return changed
    return changed.model_copy(update={"members": _pledged(plan, amount)})


def _pledged(plan: Plan, amount: float) -> list[Member]:
    """The members' list with an amount shared in equal parts; what does not divide falls on the first ones."""
    unit = currency(plan.period.currency).minor_unit
    units, count = round(amount / unit), len(plan.members)
    pledged = []
    for number, member in enumerate(plan.members):
        part = (units // count + (number < units % count)) * unit
        total = round(member.contribution_cash + part, 2)
        pledged.append(member.model_copy(update={"contribution_cash": total}))
    return pledged


def _later(plan: Plan, ref: MonthRef, months: int) -> MonthRef:
    """A month reference so many months later, written as it was."""
    return ref + months if isinstance(ref, int) else str(Month.parse(ref).plus(months))


def _whole_periods(months: float, loan: Loan) -> int:
    return math.ceil(months / loan.months_between)


def _tenor(plan: Plan, bounds: Bounds) -> Iterator[Lever]:
    """New loans over more months, with as many instalments more; the plan's months bound what is not level."""
    loans = plan.financing.loans
    lengths = [loan.instalments * loan.months_between for loan in loans]

    def room(loan: Loan, length: int) -> int:
        seen = plan.period.months - plan.month_number(loan.draw)
        level = loan.repayment in _LEVEL
        return (bounds.longest_months if level else min(bounds.longest_months, seen)) - length

    most = max((room(loan, length) for loan, length in zip(loans, lengths, strict=True)), default=0)

    def make(months: float) -> Plan:
        changed = []
        for loan, length in zip(loans, lengths, strict=True):
            added = max(min(months, room(loan, length)), 0)
            more = int(added // loan.months_between)
            changed.append(loan.model_copy(update={"instalments": loan.instalments + more}) if more else loan)
        return with_loans(plan, changed)

    if most > 0:
        farthest = max(length + max(room(loan, length), 0) for loan, length in zip(loans, lengths, strict=True))
        yield Lever("tenor", most, make, min(loan.months_between for loan in loans), farthest=farthest)


def _grace(plan: Plan, bounds: Bounds) -> Iterator[Lever]:
    """More months without principal within the same length; interest is paid meanwhile, unless it is not already."""
    loans = plan.financing.loans
    open_ones = [
        loan for loan in loans if loan.repayment not in ("bullet", "interest_only") and loan.quotation == "declining"
    ]
    most = max((bounds.longest_grace - loan.grace_months for loan in open_ones), default=0)

    def make(months: float) -> Plan:
        changed = []
        for loan in loans:
            last = (loan.instalments - 1) * loan.months_between
            grace = loan.grace_months + _whole_periods(months, loan) * loan.months_between
            grace = min(grace, last, max(bounds.longest_grace, loan.grace_months))
            grace -= grace % loan.months_between
            fits = loan in open_ones and grace > loan.grace_months
            changed.append(loan.model_copy(update={"grace_months": grace}) if fits else loan)
        return with_loans(plan, changed)

    if most > 0:
        farthest = max(loan.grace_months for loan in make(most).financing.loans)
        yield Lever("grace", most, make, min(loan.months_between for loan in open_ones), farthest=farthest)


def _season(plan: Plan, found: Indicators, bounds: Bounds) -> Iterator[Lever]:
    """Principal in the calendar months in which money comes in; interest stays as it is.

    The months that the plan prefers, those above half of the mean of the good ones, or in proportion to what comes in.
    """
    loans = plan.financing.loans
    fitting = [loan for loan in loans if loan.repayment in (*_LEVEL, "seasonal") and loan.months_between < 12]
    cash = found.projection.line("operating_cash_flow")[:, 0]
    calendar = plan.axis.calendar_month
    by_month = np.array([cash[calendar == month].sum() for month in range(12)])
    good = np.maximum(by_month, 0.0)
    patterns: list[tuple[float, ...]] = []
    if plan.request is not None and plan.request.preferred_months:
        patterns.append(tuple(float(month + 1 in plan.request.preferred_months) for month in range(12)))
    if good.any():
        patterns.append(tuple((good >= 0.5 * good[good > 0.0].mean()).astype(float).tolist()))
        patterns.append(tuple(np.round(good / good.max(), 1).tolist()))
    patterns = [pattern for pattern in dict.fromkeys(patterns) if any(pattern) and len(set(pattern)) > 1]

    def make(number: float) -> Plan:
        pattern = patterns[int(number) - 1]
        update = {"repayment": "seasonal", "principal_season": pattern}
        return with_loans(plan, [loan.model_copy(update=update) if loan in fitting else loan for loan in loans])

    if fitting and patterns and bounds.seasonal:
        yield Lever("season", len(patterns), make, 1)


def _smaller_loans(plan: Plan, share: float) -> list[Loan]:
    """Every new loan smaller by a share, rounded down."""
    changed = []
    for loan in plan.financing.loans:
        code = loan.currency or plan.period.currency
        step = amount_step(loan.principal * min(share, 1.0 - share), code)
        changed.append(loan.model_copy(update={"principal": _down(loan.principal * (1.0 - share), step)}))
    return changed


def _loan_size(plan: Plan, bounds: Bounds) -> Iterator[Lever]:
    """Borrow less, with nothing in its place or with money of the members, in the month of each pay-out."""
    loans = plan.financing.loans
    if not any(loan.principal for loan in loans):
        return

    def with_own(share: float) -> Plan:
        changed = _smaller_loans(plan, share)
        result = with_loans(plan, changed)
        for old, new in zip(loans, changed, strict=True):
            rate = exchange_path(plan, old.currency, plan.period.months)
            at_pay_out = rate if isinstance(rate, float) else float(rate[plan.month_number(old.draw) - 1])
            gap = (old.principal - new.principal) * at_pay_out
            if gap > 0.0:
                result = with_contribution(result, round(gap, 2), old.draw)
        return result

    most = 1.0 - bounds.smallest_part
    yield Lever("less_loan", most, lambda share: with_loans(plan, _smaller_loans(plan, share)))
    yield Lever("own_for_loan", most, with_own)


def _later_draw(plan: Plan, bounds: Bounds) -> Iterator[Lever]:
    """New loans paid out later, in months that the plan sees; what they buy is bought when it was."""
    loans = plan.financing.loans
    last = max((plan.month_number(loan.draw) for loan in loans), default=plan.period.months)
    most = min(bounds.later_months, 12, plan.period.months - last)

    def make(months: float) -> Plan:
        return with_loans(
            plan, [loan.model_copy(update={"draw": _later(plan, loan.draw, int(months))}) for loan in loans]
        )

    if loans and most > 0:
        yield Lever("later_draw", most, make, 1)


def _phase(plan: Plan, bounds: Bounds) -> Iterator[Lever]:
    """One larger asset bought later, the business running without it until then. Land and buildings come first."""
    assets = plan.assets
    cash = {number: asset.cost * (1.0 - asset.in_kind_share) for number, asset in enumerate(assets)}
    everything = sum(cash.values())
    worth = [
        number for number in sorted(cash, key=lambda number: -cash[number])
        if cash[number] >= _WORTH_PHASING * everything and everything
        and not assets[number].in_kind_share and assets[number].kind not in ("land", "building")
    ]  # fmt: skip

    def moved(number: int) -> Callable[[float], Plan]:
        def make(months: float) -> Plan:
            asset: Asset = assets[number]
            later = asset.model_copy(update={"month": _later(plan, asset.month, int(months))})
            return plan.model_copy(update={"assets": [*assets[:number], later, *assets[number + 1 :]]})

        return make

    for number in worth[1:4]:  # without the largest one there is no project
        most = min(bounds.later_months, plan.period.months - plan.month_number(assets[number].month))
        if most > 0:
            yield Lever("phase", most, moved(number), 1, target=assets[number].name)


def _own_money(plan: Plan, found: Indicators) -> Iterator[Lever]:
    """More cash in the first month, the same from each member, up to three times all financing and the deepest hole."""
    p = found.projection
    financed = sum(float(p.line(name).sum()) for name in (
        "equity_injection", "in_kind", "grants_received", "loan_draws"))  # fmt: skip
    hole = max(-float(p.line("cash").min()), 0.0)
    code = plan.period.currency
    members = plan.cluster.number_of_members or len(plan.members) or 1

    def make(amount: float) -> Plan:
        each = _up(amount / members, code)
        return with_contribution(plan, round(each * members, 2), 1) if amount else plan

    if financed + hole > 0.0:
        yield Lever("more_own", 3.0 * (financed + hole), make)


def _line(plan: Plan, found: Indicators) -> Iterator[Lever]:
    """A higher overdraft limit, at the line's own rate or, without one, at that of the dearest new loan."""
    p = found.projection
    line, code = plan.financing.overdraft, plan.period.currency
    rates = [loan.annual_rate for loan in plan.financing.loans if loan.quotation == "declining"]
    hole = max(-float(p.line("cash").min()), 0.0)
    if hole <= 0.0 or (line is None and not rates):
        return

    def make(amount: float) -> Plan:
        if not amount:
            return plan
        more = _up(amount, code)
        stated = (
            line.model_copy(update={"limit": line.limit + more})
            if line is not None
            else Overdraft(limit=more, annual_rate=max(rates), source="Rate of the dearest loan; the lender must quote")
        )
        return plan.model_copy(update={"financing": plan.financing.model_copy(update={"overdraft": stated})})

    yield Lever("overdraft", 2.0 * (hole + plan.working_capital.minimum_cash), make)


def _smaller(plan: Plan, bounds: Bounds) -> Iterator[Lever]:
    """Start smaller: what is bought, borrowed and sold shrinks alike; fixed costs and own money stay."""
    if not plan.financing.loans or not any(asset.in_kind_share < 1.0 for asset in plan.assets):
        return

    def make(share: float) -> Plan:
        left = round(1.0 - share, 4)
        assets = [
            asset if asset.in_kind_share else asset.model_copy(update={"unit_cost": asset.unit_cost * left})
            for asset in plan.assets
        ]
        products = [
            each.model_copy(
                update={
                    name: getattr(each, name) * left
                    for name in ("volume_per_month", "volume_per_year")
                    if getattr(each, name) is not None
                }
            )
            for each in plan.products
        ]
        smaller = plan.model_copy(update={"assets": assets, "products": products})
        return with_loans(smaller, _smaller_loans(plan, 1.0 - left))

    yield Lever("smaller", 1.0 - bounds.smallest_part, make, volume=lambda share: round(1.0 - share, 4))


def _security(plan: Plan, found: Indicators, bounds: Bounds) -> Iterator[Lever]:
    """More security with papers, of a kind that the lender is known to lend against."""
    lent, code = float(found.projection.line("loan_draws").sum()), plan.period.currency

    def make(amount: float) -> Plan:
        stated = {"name": "Further security with papers", "kind": bounds.security_kind, "value": _up(amount, code)}
        more = Collateral.model_validate(stated)
        return plan.model_copy(update={"collateral": [*plan.collateral, more]}) if amount else plan

    if lent > 0.0:
        yield Lever("security", 3.0 * lent, make)


def levers_of(found: Indicators, bounds: Bounds, plan: Plan | None = None) -> tuple[Lever, ...]:
    """Every lever that this plan has and that can be moved by a step at least, in no order.

    Parameters
    ----------
    found : the plan as it stands
    bounds : how far each may go
    plan : a plan changed by one lever already, to be changed by another
    """
    plan = found.projection.plan if plan is None else plan
    levers = (
        *_tenor(plan, bounds),
        *_grace(plan, bounds),
        *_season(plan, found, bounds),
        *_loan_size(plan, bounds),
        *_later_draw(plan, bounds),
        *_phase(plan, bounds),
        *_own_money(plan, found),
        *_line(plan, found),
        *_smaller(plan, bounds),
        *_security(plan, found, bounds),
        *(Lever(id, most, make, step, target=aim) for id, most, make, step, aim in term_levers(plan, found, bounds)),
    )
    return tuple(lever for lever in levers if lever.most >= lever.step)
