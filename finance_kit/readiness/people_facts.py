"""Facts read from what the plan says of buyers, members, management, credit history and documents."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from finance_kit.plan.checks_base import clean_name
from finance_kit.plan.cluster import Member
from finance_kit.plan.market import Buyer
from finance_kit.readiness.reading import Case, Reading, missing

__all__ = [
    "cluster_field",
    "committed_sales_share",
    "credit_field",
    "days_late",
    "documents_held",
    "governance",
    "household_burden",
    "largest_buyer_share",
    "members_contributing_share",
    "risks_stated",
]

_FIRM = ("letter_of_intent", "purchase_order", "contract")


def _stated(value: object, field: str) -> Reading:
    """A field of the plan as it stands: a number, a word, yes or no."""
    if value is None:
        return missing(field)
    if isinstance(value, bool | str):
        return Reading(value)
    return Reading(float(value)) if isinstance(value, int | float) else missing(field)


def cluster_field(field: str) -> Callable[[Case], Reading]:
    """Reads a field of ``cluster``."""
    return lambda case: _stated(getattr(case.plan.cluster, field), f"cluster.{field}")


def credit_field(field: str) -> Callable[[Case], Reading]:
    """Reads a field of ``credit_history``."""
    return lambda case: _stated(getattr(case.plan.credit_history, field, None), f"credit_history.{field}")


def committed_sales_share(case: Case) -> Reading:
    """Share of planned sales that contracts, orders and letters of intent cover, both at the plan's prices of today.

    Planned sales are those of the year in which most is sold. More than is planned of a product counts as all of it.
    A buyer of no product that the plan knows counts at its own price.
    """
    plan = case.plan
    if not plan.buyers:
        return missing("buyers")
    price = {each.name: case.in_plan_currency(each.price, each.currency) for each in plan.products}
    volumes = case.found.projection.products
    years = {
        name: case.found.projection.axis.sum_years(volumes[name]["volume"][:, :1])[:, 0] * price[name] for name in price
    }
    year = int(np.argmax(sum(years.values())))
    planned = {name: float(values[year]) for name, values in years.items()}
    total = sum(planned.values())
    if not total:
        return Reading(0.0)
    firm, elsewhere = dict.fromkeys(planned, 0.0), 0.0
    for buyer in plan.buyers:
        product = case.product(buyer.product)
        if buyer.commitment not in _FIRM:
            continue
        if product is None:
            elsewhere += _worth(case, buyer)
        else:
            firm[product.name] += (buyer.volume_per_year or 0.0) * price[product.name]
    covered = sum(min(firm[name], planned[name]) for name in planned) + elsewhere
    return Reading(min(covered / total, 1.0))


def _worth(case: Case, buyer: Buyer) -> float:
    """What a buyer takes in a year, plan currency: at the buyer's price, or at the product's where none is stated."""
    volume = buyer.volume_per_year or 0.0
    if buyer.price is not None:
        return volume * case.in_plan_currency(buyer.price, buyer.currency)
    product = case.product(buyer.product)
    return 0.0 if product is None else volume * case.in_plan_currency(product.price, product.currency)


def largest_buyer_share(case: Case) -> Reading:
    """Share of the largest buyer in what all listed buyers take; buyers of one name are one buyer."""
    worth: dict[str, float] = {}
    names: dict[str, str] = {}
    for buyer in case.plan.buyers:
        key = clean_name(buyer.name)
        names.setdefault(key, buyer.name)
        worth[key] = worth.get(key, 0.0) + _worth(case, buyer)
    total = sum(worth.values())
    if not total:
        return missing("buyers.volume_per_year" if case.plan.buyers else "buyers")
    largest = max(worth, key=lambda key: (worth[key], key))
    return Reading(worth[largest] / total, at=names[largest])


def household_burden(case: Case) -> Reading:
    """Highest share of a household's net cash that its debts take already; each household in its own currency.

    A household whose net cash is not stated, or a member who is counted and not listed, leaves the fact missing, with
    the heaviest burden that is known as its bound: one household above a limit is enough to know that it is passed.
    Firms and groups that are members have no household.
    """
    known: list[tuple[float, str]] = []
    members = case.plan.members
    unlisted = len(members) < (case.plan.cluster.number_of_members or 0)
    unknown, without = unlisted, []
    for member in members:
        owed = sum(debt.monthly_payment for debt in member.household_debts)
        cash = member.household_net_cash
        if owed and cash == 0.0:
            without.append(member.name)
        elif cash is None:
            unknown = unknown or bool(owed) or member.type not in ("firm", "cooperative")
        else:
            known.append((owed / cash if owed else 0.0, member.name))
    if without:
        return Reading(state="worst", at=min(without), reason="no_net_cash")
    fields = ("members",) if unlisted or not members else ("members.household_net_cash",)
    if not known:
        return missing(*fields)
    share, name = max(known)
    at = name if share else ""
    return missing(*fields, bound=share, at=at) if unknown else Reading(share, at=at)


def members_contributing_share(case: Case) -> Reading:
    """Share of the members who put something in, in cash or in kind; members who are counted but not listed do not."""
    members = case.plan.members
    if not members:
        return missing("members")
    giving = sum(_gives(member) for member in members)
    return Reading(giving / max(len(members), case.plan.cluster.number_of_members or 0))


def _gives(member: Member) -> bool:
    return member.contribution_cash > 0.0 or member.contribution_in_kind > 0.0


def governance(case: Case) -> Reading:
    """How many of five are stated: leader with experience, committee, rules, organisation of work, book-keeping."""
    cluster = case.plan.cluster
    leader = cluster.leader is not None and cluster.leader.years_experience is not None
    books = cluster.keeps_books not in (None, "none")
    stated = (leader, cluster.committee, cluster.governance, case.plan.staff.organisation, books)
    return Reading(float(sum(bool(item) for item in stated)))


def risks_stated(case: Case) -> Reading:
    """Number of risks, each with what is done about it."""
    return Reading(float(len(case.plan.risks)))


def days_late(case: Case) -> Reading:
    """Longest delay of the cluster in twelve months, or of the cluster or a member household today, days.

    Without a credit history it is missing, with today's longest delay as its bound.
    """
    plan = case.plan
    late = [(float(debt.past_due_days), debt.name) for debt in plan.existing_debts]
    late += [(float(debt.past_due_days), m.name) for m in plan.members for debt in m.household_debts]
    history = plan.credit_history.worst_days_late if plan.credit_history else None
    if history is not None:
        late.append((float(history), ""))
    days, name = max(late, default=(0.0, ""))
    at = name if days else ""
    if history is None:
        return missing("credit_history.worst_days_late", bound=days if days else None, at=at)
    return Reading(days, at="" if days == history else at)


def documents_held(case: Case) -> Reading:
    """Share held of the documents that the plan lists and of the kinds that the lender asks for.

    A kind asked for that the plan does not list is not held, so that leaving a document out gains nothing; what does
    not apply is stated as such and left out of the share.
    """
    stated = case.plan.documents
    if not stated:
        return missing("documents")
    absent = [kind for kind in case.documents if all(each.kind != kind for each in stated)]
    wanted = [each for each in stated if each.status != "not_applicable"]
    number = len(wanted) + len(absent)
    if not number:
        return missing("documents")
    at = f"not listed: {', '.join(kind.replace('_', ' ') for kind in absent)}" if absent else ""
    return Reading(sum(each.status == "held" for each in wanted) / number, at=at)
