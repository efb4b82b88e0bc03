"""The smallest step where no money solves it: buyers to sign, papers to get, households that must stay out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from finance_kit.plan.checks_base import clean_name
from finance_kit.plan.schema import Plan
from finance_kit.readiness.facts import FACTS
from finance_kit.readiness.problems import Problem
from finance_kit.readiness.reading import Case

__all__ = ["steps"]

_FIRM = ("letter_of_intent", "purchase_order", "contract")


def steps(case: Case, problem: Problem) -> tuple[str, ...]:
    """What must be done, piece by piece, until the threshold is met; empty where the profile's own sentence says all.

    Parameters
    ----------
    case : the plan on the lender's desk
    problem : one that no lever moves
    """
    work: dict[str, Callable[[Case, Problem], Iterator[tuple[str, Plan]]]] = {
        "committed_sales_share": _buyers,
        "documents_held": _papers,
    }
    if problem.fact == "household_burden":
        return tuple(_households(case.plan, float(problem.limit or 0.0)))
    if problem.fact not in work:
        return ()
    said = []
    for words, plan in work[problem.fact](case, problem):
        said.append(words)
        changed = replace(case, changed=plan)
        if problem.met(FACTS[problem.fact].read(changed)):
            return tuple(said)
    return ()  # not even all of it is enough: then the list would promise too much


def _buyers(case: Case, problem: Problem) -> Iterator[tuple[str, Plan]]:
    """Buyers without a paper, those that take most first, each at the volume and price that the plan names.

    Of the last one only as much as is needed.
    """
    plan = case.plan
    loose = [
        (number, each)
        for number, each in enumerate(plan.buyers)
        if each.commitment not in _FIRM and each.volume_per_year
    ]
    prices = {product.name: case.in_plan_currency(product.price, product.currency) for product in plan.products}

    def worth(number: int) -> float:
        product = case.product(plan.buyers[number].product)
        return (plan.buyers[number].volume_per_year or 0.0) * (prices[product.name] if product else 0.0)

    for number, buyer in sorted(loose, key=lambda each: -worth(each[0])):

        def signed(volume: float, plan: Plan = plan, number: int = number) -> Plan:
            paper = plan.buyers[number].model_copy(update={"commitment": "contract", "volume_per_year": volume})
            return plan.model_copy(update={"buyers": [*plan.buyers[:number], paper, *plan.buyers[number + 1 :]]})

        whole = int(buyer.volume_per_year or 0.0)
        low, high = 0, whole
        while high - low > 1 and _met(case, signed(float(whole)), problem):
            middle = (low + high) // 2
            low, high = (low, middle) if _met(case, signed(float(middle)), problem) else (middle, high)
        plan = signed(float(high))
        product = case.product(buyer.product)
        of_what = f"{product.unit} of {product.name}" if product else "units"
        yield f"a written order, letter of intent or contract of {buyer.name} for {high:,} {of_what} a year", plan


def _met(case: Case, plan: Plan, problem: Problem) -> bool:
    return problem.met(FACTS[problem.fact].read(replace(case, changed=plan)))


def _papers(case: Case, problem: Problem) -> Iterator[tuple[str, Plan]]:
    """Papers that are listed and not held, those that were asked for already first; then kinds that are not listed."""
    plan = case.plan
    order = ("requested", "expired", "missing")
    open_ones = [number for number, each in enumerate(plan.documents) if each.status in order]
    for number in sorted(open_ones, key=lambda n: order.index(plan.documents[n].status)):
        held = plan.documents[number].model_copy(update={"status": "held"})
        plan = plan.model_copy(update={"documents": [*plan.documents[:number], held, *plan.documents[number + 1 :]]})
        yield held.name, plan
    for kind in case.documents:
        if all(each.kind != kind for each in plan.documents) and plan.documents:
            held = plan.documents[0].model_copy(update={"kind": kind, "status": "held", "name": kind.replace("_", " ")})
            plan = plan.model_copy(update={"documents": [*plan.documents, held]})
            yield held.name, plan


def _households(plan: Plan, limit: float) -> Iterator[str]:
    """Households above the limit, with the payment a month that is too much."""
    seen = set()
    for member in plan.members:
        owed, cash = sum(debt.monthly_payment for debt in member.household_debts), member.household_net_cash
        if cash is None or owed <= limit * cash * (1.0 + 1e-9) or clean_name(member.name) in seen:
            continue
        seen.add(clean_name(member.name))
        code = member.currency or plan.period.currency
        yield (
            f"{member.name} takes no share of the loan, or first pays off debts until their instalments are "
            f"{owed - limit * cash:,.0f} {code} a month less (now {owed:,.0f} of {cash:,.0f})"
        )
