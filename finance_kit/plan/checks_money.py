"""Checks of investment and its financing: shares of each asset, pledges of members, grants, sources against uses."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.errors import Issue
from finance_kit.plan.base import MonthRef
from finance_kit.plan.checks_base import Desk, same_amount, total
from finance_kit.plan.checks_cluster import members_all_listed
from finance_kit.plan.operations import Asset

__all__ = ["check_money"]

_SHARE_TOLERANCE = 0.005
_FIRST_YEAR = 12
_LONG_DAYS = 180.0


def check_money(desk: Desk) -> Iterator[Issue]:
    """Everything about what is bought and who pays for it, loans' terms apart."""
    for number, asset in enumerate(desk.plan.assets):
        yield from _shares(desk, number, asset)
    yield from _in_kind(desk)
    yield from _cash_pledges(desk)
    yield from _grants(desk)
    yield from _sources_and_uses(desk)
    yield from _seasons(desk)
    for field in ("receivable_days", "inventory_days", "payable_days"):
        days = getattr(desk.plan.working_capital, field)
        if days > _LONG_DAYS:
            yield desk.issue("days_long", "working_capital", field, found=days)
    social = desk.plan.staff.social_rate
    if social >= 1.0:
        yield desk.issue("rate_in_per_cent", "staff", "social_rate", found=social, suggestion=social / 100)
    elif social > 0.5:
        yield desk.issue("social_rate_high", "staff", "social_rate", found=social)


def _shares(desk: Desk, number: int, asset: Asset) -> Iterator[Issue]:
    """Who pays for an asset: all of it when every payer is stated, never more than all of it."""
    stated = total((asset.own_share or 0.0, asset.in_kind_share, asset.grant_share, asset.loan_share or 0.0))
    if stated > 1.0 + _SHARE_TOLERANCE:
        yield desk.issue("asset_shares_above_one", "assets", number, name=asset.name, found=stated)
    elif asset.own_share is not None and asset.loan_share is not None and stated < 1.0 - _SHARE_TOLERANCE:
        yield desk.issue("asset_shares_not_one", "assets", number, name=asset.name, found=stated)


def _in_kind(desk: Desk) -> Iterator[Issue]:
    """What members bring in kind is what the assets say they bring."""
    brought = total(desk.in_plan_currency(a.cost, a.currency) * a.in_kind_share for a in desk.plan.assets)
    pledged = total(member.contribution_in_kind for member in desk.plan.members)
    if not desk.plan.members:
        first = next((n for n, asset in enumerate(desk.plan.assets) if asset.in_kind_share), None)
        if first is not None and desk.full:
            yield desk.issue("in_kind_without_members", "assets", first, "in_kind_share", found=brought)
        return
    if same_amount(brought, pledged, share=0.005):
        return
    if brought > pledged:
        first = next(n for n, asset in enumerate(desk.plan.assets) if asset.in_kind_share)
        code = "in_kind_above_pledges" if members_all_listed(desk) else "in_kind_above_listed_pledges"
        yield desk.issue(code, "assets", first, "in_kind_share", found=brought, pledged=pledged)
    else:
        yield desk.issue("in_kind_below_pledges", "members", found=brought, pledged=pledged)


def _cash_pledges(desk: Desk) -> Iterator[Issue]:
    """Contributions by month are what the members' list promises."""
    planned = total(contribution.amount for contribution in desk.plan.financing.contributions)
    pledged = total(member.contribution_cash for member in desk.plan.members)
    if not desk.plan.members or same_amount(planned, pledged):
        return
    path = ("financing", "contributions")
    if planned > pledged:
        code = "contributions_above_pledges" if members_all_listed(desk) else "contributions_above_listed_pledges"
        yield desk.issue(code, *path, found=planned, pledged=pledged)
    else:
        yield desk.issue("contributions_below_pledges", *path, found=planned, pledged=pledged)


def _grants(desk: Desk) -> Iterator[Issue]:
    """A capital grant is taken to income over a stated time."""
    if desk.plan.policies.capital_grants != "deferred_income":
        return
    for number, grant in enumerate(desk.plan.financing.grants):
        if grant.kind == "capital" and grant.release_months is None:
            yield desk.issue("grant_release_missing", "financing", "grants", number, name=grant.name)


def _early(desk: Desk, month: MonthRef) -> bool:
    return desk.number(month) <= _FIRST_YEAR


def _sources_and_uses(desk: Desk) -> Iterator[Issue]:
    """Money for what is bought and spent in the first year; later purchases may be paid from sales."""
    plan = desk.plan
    uses = total(
        desk.in_plan_currency(asset.cost, asset.currency) * (1.0 - asset.in_kind_share)
        for asset in plan.assets
        if _early(desk, asset.month)
    ) + total(
        desk.in_plan_currency(cost.amount, cost.currency) for cost in plan.pre_operating if _early(desk, cost.month)
    )
    financing = plan.financing
    sources = (
        total(each.amount for each in financing.contributions if _early(desk, each.month))
        + total(grant.amount for grant in financing.grants if _early(desk, grant.month))
        + total(
            desk.in_plan_currency(loan.principal, loan.currency) for loan in financing.loans if _early(desk, loan.draw)
        )
        + max(plan.opening.cash, 0.0)
    )
    if sources < uses * 0.99:
        yield desk.issue("uses_above_sources", "financing", uses=uses, sources=sources, gap=uses - sources)


def _seasons(desk: Desk) -> Iterator[Issue]:
    """A cost or post with a season is due in some month."""
    for number, cost in enumerate(desk.plan.fixed_costs):
        if cost.season is not None and total(cost.season) == 0.0:
            yield desk.issue("cost_season_all_zero", "fixed_costs", number, "season", name=cost.name)
    for number, post in enumerate(desk.plan.staff.posts):
        if post.season is not None and total(post.season) == 0.0:
            yield desk.issue("cost_season_all_zero", "staff", "posts", number, "season", name=post.role)
