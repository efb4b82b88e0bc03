"""Everything that is wrong, hard to believe or missing in a plan, found in one go.

Schema validation (:mod:`finance_kit.plan.validation`) has looked at each value by itself; the checks look at what the
values mean together. Each topic has a module of its own, and :data:`~finance_kit.plan.checks_codes.SEVERITY` says how
grave each finding is. Missing numbers are asked for here; nothing is ever filled in.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from finance_kit.errors import Issue
from finance_kit.plan.checks_balance import check_balance, check_tax
from finance_kit.plan.checks_base import Desk
from finance_kit.plan.checks_buyers import check_buyers
from finance_kit.plan.checks_cluster import check_members, check_names
from finance_kit.plan.checks_completeness import check_completeness
from finance_kit.plan.checks_loans import check_loans
from finance_kit.plan.checks_money import check_money
from finance_kit.plan.checks_products import check_products
from finance_kit.plan.checks_stated import check_stated
from finance_kit.plan.checks_time import check_exchange, check_months, check_values
from finance_kit.plan.schema import Plan

if TYPE_CHECKING:
    from finance_kit.packs.model import CountryPack
    from finance_kit.plan.yaml_source import Source

__all__ = ["check"]


def check(plan: Plan, source: Source | None = None, pack: CountryPack | None = None) -> tuple[Issue, ...]:
    """What is to be said about a plan, in the order of its file.

    Parameters
    ----------
    plan : a plan that passed schema validation
    source : the file it was read from, which gives each issue its line and column; ``None`` for a form
    pack : the country's pack; left out, the one that comes with Finance Kit

    Returns
    -------
    Issues, errors among warnings and notes: an error means that nothing should be calculated before it is mended

    Raises
    ------
    PackError : the country's pack cannot be read
    """
    if pack is None:
        from finance_kit.packs.load import country_pack

        pack = country_pack(plan.cluster.country)
    desk = Desk(plan, source)
    issues = chain(
        check_months(desk),
        check_values(desk),
        check_exchange(desk, pack),
        check_names(desk),
        check_members(desk),
        check_products(desk),
        check_buyers(desk),
        check_money(desk),
        check_loans(desk, pack),
        check_balance(desk),
        check_tax(desk, pack),
        check_stated(desk),
        check_completeness(desk),
    )
    return tuple(sorted(issues, key=lambda issue: (issue.where.line or 0, issue.where.column or 0)))
