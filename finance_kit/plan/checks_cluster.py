"""Checks of the cluster and its members: names, numbers, pledges, household burden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finance_kit.errors import Issue
from finance_kit.plan.checks_base import Desk, Path, clean_name, same_amount, total
from finance_kit.plan.cluster import Member

__all__ = ["check_members", "check_names", "members_all_listed"]


def check_names(desk: Desk) -> Iterator[Issue]:
    """Names by which figures are told apart are not repeated; loans and existing debts share one list."""
    plan = desk.plan
    lists: list[list[tuple[Path, str]]] = [
        [(("products", n, "name"), each.name) for n, each in enumerate(plan.products)],
        [(("members", n, "name"), each.name) for n, each in enumerate(plan.members)],
        [(("assets", n, "name"), each.name) for n, each in enumerate(plan.assets)],
        [(("staff", "posts", n, "role"), each.role) for n, each in enumerate(plan.staff.posts)],
        [
            *((("financing", "loans", n, "name"), each.name) for n, each in enumerate(plan.financing.loans)),
            *((("existing_debts", n, "name"), each.name) for n, each in enumerate(plan.existing_debts)),
        ],
    ]
    for named in lists:
        yield from _repeated(desk, named)


def _repeated(desk: Desk, named: Sequence[tuple[Path, str]]) -> Iterator[Issue]:
    first: dict[str, Path] = {}
    for path, name in named:
        known = first.setdefault(clean_name(name), path)
        if known is not path:
            line = desk.where(known).line
            before = ".".join(map(str, known)) if line is None else f"line {line}"
            yield desk.issue("name_repeated", *path, found=name, before=before)


def members_all_listed(desk: Desk) -> bool:
    """Whether the members' list is the whole cluster, as far as the plan says."""
    stated = desk.plan.cluster.number_of_members
    return bool(desk.plan.members) and stated in (None, len(desk.plan.members))


def check_members(desk: Desk) -> Iterator[Issue]:
    """Numbers of members, ownership, and what each household already carries."""
    cluster, members = desk.plan.cluster, desk.plan.members
    count, women = cluster.number_of_members, cluster.women_members
    if count is not None and women is not None and women > count:
        yield desk.issue("women_above_members", "cluster", "women_members", found=women, members=count)
    if members:
        if count is not None and count != len(members):
            yield desk.issue("members_listed_differ", "cluster", "number_of_members", found=count, listed=len(members))
        listed = sum(member.gender == "woman" for member in members)
        known = all(member.gender != "not_stated" for member in members)
        if women is not None and members_all_listed(desk) and known and listed != women:
            yield desk.issue("women_listed_differ", "cluster", "women_members", found=women, listed=listed)
    yield from _ownership(desk, members)
    yield from _loan_shares(desk, members)
    for number, member in enumerate(members):
        yield from _household(desk, number, member)


def _ownership(desk: Desk, members: Sequence[Member]) -> Iterator[Issue]:
    shares = [member.ownership_share for member in members if member.ownership_share is not None]
    owned = total(shares)
    if owned > 1.0005:
        yield desk.issue("ownership_above_one", "members", found=owned)
    elif shares and len(shares) == len(members) and members_all_listed(desk) and not same_amount(owned, 1.0):
        yield desk.issue("ownership_below_one", "members", found=owned)


def _loan_shares(desk: Desk, members: Sequence[Member]) -> Iterator[Issue]:
    """Members' shares of the group's loans: all of them or none, and together the whole."""
    shares = [member.loan_share for member in members if member.loan_share is not None]
    if not shares:
        return
    if len(shares) < len(members) or not members_all_listed(desk):
        yield desk.issue("loan_shares_incomplete", "members", found=len(shares), listed=len(members))
    elif not same_amount(total(shares), 1.0):
        yield desk.issue("loan_shares_not_one", "members", found=total(shares))


def _household(desk: Desk, number: int, member: Member) -> Iterator[Issue]:
    paid = total(debt.monthly_payment for debt in member.household_debts)
    money = {"money": member.currency or desk.plan.period.currency}
    if member.household_net_cash is not None and paid > member.household_net_cash:
        cash = member.household_net_cash
        path = ("members", number, "household_net_cash")
        yield desk.issue("household_over_burdened", *path, name=member.name, found=cash, paid=paid, **money)
    for position, debt in enumerate(member.household_debts):
        if debt.past_due_days:
            where = ("members", number, "household_debts", position, "past_due_days")
            yield desk.issue(
                "household_past_due", *where, name=member.name, lender=debt.lender, found=debt.past_due_days
            )
