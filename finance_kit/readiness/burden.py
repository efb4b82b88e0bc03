"""Members' shares of a group loan, held against what each household has left, season by season.

The question is that of joint liability: if the group's own business paid nothing, could each household pay its share
and the debts that it has already? Every household is judged by itself and named; an average would hide the one that
breaks. All debts of today are taken to run as long as the loan does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isinf
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from finance_kit.loans.group import Season, heaviest_season, largest_multiple, seasons, shares_of, taken_over
from finance_kit.loans.schedule import schedule
from finance_kit.plan.cluster import Member
from finance_kit.plan.loan_contract import loan_contract
from finance_kit.plan.schema import Plan
from finance_kit.readiness.reading import Case, Reading, missing

__all__ = ["BURDEN_LIMIT", "BURDEN_SOURCE", "GroupLoan", "HouseholdShare", "group_loan", "household_burden_with_loan"]

FloatArray = npt.NDArray[np.float64]

BURDEN_LIMIT: Final = 0.30
BURDEN_SOURCE: Final = (
    "Starting value of this product: OKM (MM) publishes a debt ratio of at most 30 % for individuals, for "
    "hire-purchase; no lender read publishes one for group loans"
)
_FITS: Final = 1e-9
"""Of the limit: a burden that passes it by less is on it."""

State = Literal["fits", "over", "not_stated", "no_household"]


@dataclass(frozen=True, slots=True)
class HouseholdShare:
    """A member's share of the loan and what it weighs; amounts in plan currency.

    Parameters
    ----------
    name : the member, as the plan writes it
    state : ``fits``; ``over`` the limit; ``not_stated``: its net cash is not in the plan; ``no_household``: a firm or a
        group, which has none
    share : of the loan, a fraction
    amount : its share of what is lent
    savings : compulsory savings at pay-out on its share
    debts : paid on debts of today, a month
    late_days : longest delay of these, days
    net_cash : a month, after living costs and before debts, as stated; ``None`` where it is not
    season_stated : whether the plan says how the net cash moves over the year; otherwise every month is taken alike
    before : share of the net cash that debts take today, in the heaviest season of the loan
    with_loan : the same with the share of the loan
    at : that season, first and last month as ``2027-03``
    heaviest_month : largest share of one month's net cash that all debts take: what must be put aside before
    if_one_fails : as ``with_loan``, when the member with the largest other share pays nothing and the others take over
    fitting_amount : the most of this loan that the household can bear within the limit, not more than all of it
    """

    name: str
    state: State
    share: float
    amount: float
    savings: float
    debts: float
    late_days: int
    net_cash: float | None
    season_stated: bool
    before: float | None = None
    with_loan: float | None = None
    at: tuple[str, str] | None = None
    heaviest_month: float | None = None
    if_one_fails: float | None = None
    fitting_amount: float | None = None


@dataclass(frozen=True, slots=True)
class GroupLoan:
    """A plan's new loans as a loan to its members; amounts in plan currency.

    ``verdict``: ``fits``; ``refused``: at least one household is over the limit, see ``over``; ``not_judged``: none is
    known to be over, and at least one is not known; ``no_loan``. ``basis`` of the shares is ``stated`` or ``equal``.
    ``unlisted`` members are counted and not listed. ``fitting_loan`` is the largest loan on the same terms and shares
    that every known household bears; ``spread_loan`` the largest when every household takes just what it can bear,
    never more than is asked for; ``None`` while a household is not known. ``each_meeting`` is what the group brings to
    a meeting in the heaviest season.
    """

    verdict: Literal["fits", "refused", "not_judged", "no_loan"]
    amount: float
    currency: str
    limit: float
    limit_source: str
    basis: Literal["stated", "equal"]
    members: tuple[HouseholdShare, ...]
    unlisted: int
    over: tuple[str, ...]
    not_known: tuple[str, ...]
    flat_months: bool
    seasons: int
    one_after_another: bool
    meetings_a_month: float | None
    each_meeting: float | None
    fitting_loan: float | None
    spread_loan: float | None


def group_loan(plan: Plan, limit: float = BURDEN_LIMIT, limit_source: str = BURDEN_SOURCE) -> GroupLoan:
    """Members' shares of the plan's new loans, and whether every household can bear its own.

    Parameters
    ----------
    plan : its loans, members and their debts; shares are those of ``members.loan_share`` where every member states one,
        otherwise equal among all who are counted
    limit : the most of a season's net cash that all debts of a household may take, a fraction
    limit_source : where the limit was read

    Returns
    -------
    GroupLoan; nothing is recommended while it is ``refused`` or ``not_judged``

    Raises
    ------
    CalculationError : a loan of the plan is a contract that cannot be
    """
    rates = _rates(plan)
    amount, savings = 0.0, 0.0
    for loan in plan.financing.loans:
        rate = rates[loan.currency or plan.period.currency]
        amount += loan.principal * rate
        savings += loan.principal * loan.compulsory_savings_share * rate
    first, due, principal = _due(plan, rates)
    when = seasons(principal)
    basis, weights, unlisted = _weights(plan)
    shares = shares_of(weights)
    raised = taken_over(shares)
    members = tuple(
        _household(plan, member, shares[place], raised[place], amount, savings, first, due, when, limit, rates)
        for place, member in enumerate(plan.members)
        if shares
    )
    over = tuple(sorted(each.name for each in members if each.state == "over"))
    not_known = tuple(sorted(each.name for each in members if each.state == "not_stated"))
    households = [each for each in members if each.state != "no_household"]
    unknown = bool(not_known or unlisted or not households)
    multiples = [(each.fitting_amount or 0.0) / each.amount for each in households if each.amount]
    bearing = [min(each.fitting_amount or 0.0, amount) for each in households]
    meetings = plan.cluster.meets_per_month or None
    heaviest = max((float(due[each.months].sum()) / len(due[each.months]) for each in when), default=0.0)
    return GroupLoan(
        verdict="no_loan" if not amount else "refused" if over else "not_judged" if unknown else "fits",
        amount=amount,
        currency=plan.period.currency,
        limit=limit,
        limit_source=limit_source,
        basis=basis,
        members=members,
        unlisted=unlisted,
        over=over,
        not_known=not_known,
        flat_months=any(each.net_cash is not None and not each.season_stated for each in households),
        seasons=len(when),
        one_after_another=_one_after_another(plan),
        meetings_a_month=meetings,
        each_meeting=heaviest / meetings if meetings and when else None,
        fitting_loan=None if unknown or not amount else amount * min(1.0, *multiples),
        spread_loan=None if unknown or not amount else min(sum(sorted(bearing)), amount),
    )


def household_burden_with_loan(case: Case) -> Reading:
    """Share of a season's net cash that debts and the new loans take, in the household where it is largest.

    A household whose net cash is not stated, or a member who is counted and not listed, leaves the fact missing, with
    the heaviest burden that is known as its bound.
    """
    plan = case.plan
    if not any(loan.principal > 0.0 for loan in plan.financing.loans):
        return Reading(state="best", reason="no_loan")
    rates = _rates(plan)
    first, due, principal = _due(plan, rates)
    when = seasons(principal)
    _, weights, unlisted = _weights(plan)
    shares = shares_of(weights)
    # The search of a fix reads this fact hundreds of times, and of all that a group loan tells it needs only this.
    cash = [_net_cash(plan, member, first, due, rates) for member in plan.members]
    known = [
        (heaviest_season(shares[place] * due, each.net_cash, each.debts, when)[0], member.name)
        for place, (member, each) in enumerate(zip(plan.members, cash, strict=True))
        if each is not None and when
    ]
    without = [name for burden, name in known if isinf(burden)]
    if without:
        return Reading(state="worst", at=min(without), reason="no_net_cash")
    listed = plan.members and not unlisted
    fields = ("members.household_net_cash",) if listed else ("members",)
    if not known:
        return missing(*fields)
    burden, name = max(known)
    silent = any(each is None and not _is_firm(member) for member, each in zip(plan.members, cash, strict=True))
    return missing(*fields, bound=burden, at=name) if silent or unlisted else Reading(burden, at=name)


@dataclass(frozen=True, slots=True)
class _Cash:
    """A household's net cash and present debts, (N,) each, month by month from the first after the pay-out."""

    net_cash: FloatArray
    debts: FloatArray


def _rates(plan: Plan) -> dict[str, float]:
    """Plan currency for one unit of each currency."""
    rates: dict[str, float] = {each.currency: each.rate for each in plan.exchange_rates}
    return rates | {plan.period.currency: 1.0}


def _is_firm(member: Member) -> bool:
    """Whether a member has no household whose cash could be asked for."""
    return member.type in ("firm", "cooperative") and not any(debt.monthly_payment for debt in member.household_debts)


def _net_cash(plan: Plan, member: Member, first: int, due: FloatArray, rates: dict[str, float]) -> _Cash | None:
    """A household's cash over the months in which the loan falls due; ``None`` where it is not stated."""
    if member.household_net_cash is None:
        return None
    rate = rates[member.currency or plan.period.currency]
    cash, season = member.household_net_cash * rate, member.household_season
    months = [plan.axis.month(first + place).month - 1 for place in range(len(due))]
    debts = sum(debt.monthly_payment for debt in member.household_debts) * rate
    by_month = [cash * (1.0 if season is None else season[month]) for month in months]
    return _Cash(np.array(by_month), np.full(len(due), debts))


def _due(plan: Plan, rates: dict[str, float]) -> tuple[int, FloatArray, FloatArray]:
    """Number of the month after the first pay-out; what falls due in each month from it, and its principal."""
    rows: list[tuple[int, float, float]] = []
    draws: list[int] = []
    for loan in plan.financing.loans:
        if loan.principal <= 0.0:
            continue
        rate = rates[loan.currency or plan.period.currency]
        draw = plan.month_number(loan.draw)
        draws.append(draw)
        rows += [
            (draw + row.number * loan.months_between, row.total * rate, row.principal * rate)
            for row in schedule(loan_contract(plan, loan)).rows
        ]
    if not rows:
        return 1, np.zeros(0), np.zeros(0)
    first, last = min(draws) + 1, max(month for month, _, _ in rows)
    due, principal = np.zeros(last - first + 1), np.zeros(last - first + 1)
    for month, total, repaid in rows:
        due[month - first] += total
        principal[month - first] += repaid
    return first, due, principal


def _one_after_another(plan: Plan) -> bool:
    """Whether a loan is repaid before another is paid out."""
    loans = [loan for loan in plan.financing.loans if loan.principal > 0.0]
    draws = [plan.month_number(loan.draw) for loan in loans]
    ends = [draw + loan.instalments * loan.months_between for draw, loan in zip(draws, loans, strict=True)]
    return bool(loans) and min(ends) <= max(draws)


def _weights(plan: Plan) -> tuple[Literal["stated", "equal"], list[float], int]:
    """Basis and weight of each share, those of members who are counted and not listed last; how many these are."""
    unlisted = max((plan.cluster.number_of_members or 0) - len(plan.members), 0)
    stated = [member.loan_share for member in plan.members if member.loan_share is not None]
    if stated and len(stated) == len(plan.members) and not unlisted and sum(stated) > 0.0:
        return "stated", stated, 0
    return "equal", [1.0] * (len(plan.members) + unlisted), unlisted


def _household(
    plan: Plan,
    member: Member,
    share: float,
    raised: float,
    amount: float,
    savings: float,
    first: int,
    due: FloatArray,
    when: Sequence[Season],
    limit: float,
    rates: dict[str, float],
) -> HouseholdShare:
    """One member's share, and what it weighs where its household's cash is known."""
    rate = rates[member.currency or plan.period.currency]
    debts = sum(debt.monthly_payment for debt in member.household_debts) * rate
    late = max((debt.past_due_days for debt in member.household_debts), default=0)
    cash = None if member.household_net_cash is None else member.household_net_cash * rate
    season = member.household_season
    known = (share, share * amount, share * savings, debts, late, cash, season is not None)
    if cash is None:
        return HouseholdShare(member.name, "no_household" if _is_firm(member) else "not_stated", *known)
    stated = _net_cash(plan, member, first, due, rates)
    if stated is None or not when:
        return HouseholdShare(member.name, "fits", *known)
    net_cash, paid = stated.net_cash, stated.debts
    burden, at = heaviest_season(share * due, net_cash, paid, when)
    monthly = [Season(place + 1, place + 1) for place in range(len(due))]
    fitting = largest_multiple(share * due, net_cash, paid, when, limit) if share else inf
    return HouseholdShare(
        member.name,
        "over" if burden > limit * (1.0 + _FITS) else "fits",
        *known,
        before=heaviest_season(np.zeros(len(due)), net_cash, paid, when)[0],
        with_loan=burden,
        at=(plan.axis.month(first + at.first - 1).label, plan.axis.month(first + at.last - 1).label),
        heaviest_month=heaviest_season(share * due, net_cash, paid, monthly)[0],
        if_one_fails=heaviest_season(raised * due, net_cash, paid, when)[0],
        fitting_amount=min(share * amount * fitting, amount) if share else 0.0,
    )
