"""What a plan states beside prices and costs, and its sources: money, balances, market, without the project."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.plan.base import Sourced
from finance_kit.plan.schema import Plan
from finance_kit.report.basis import Basis
from finance_kit.report.model import Column, Row, Table, Unit

__all__ = ["further_sources"]

_Entry = tuple[str, float | None, Unit, str, str, Sourced]


def further_sources(basis: Basis) -> Table:
    """Money, balances, terms and market figures with their words and sources, for the annex of assumptions."""
    plan = basis.plan
    rows = [
        Row((what, value, currency, words, _source(item)), unit=unit, marked_cells=() if item.source else (4,))
        for entries in (_money(plan), _terms(plan), _market(plan), _without(plan))
        for what, value, unit, currency, words, item in entries
    ]
    columns = (
        Column("What is stated"),
        Column("Value", "price"),
        Column("Currency"),
        Column("In words"),
        Column("Source"),
    )
    return Table("further_sources", "Money, balances and market: where they come from", columns, tuple(rows))


def _source(item: Sourced) -> str:
    source = item.source or "not stated"
    return f"{source} ({item.source_date})" if item.source_date else source


def _joined(*words: str | None) -> str:
    """What there is of these words."""
    return "; ".join(word for word in words if word)


def _money(plan: Plan) -> Iterator[_Entry]:
    """Contributions, grants, loans, debts and the overdraft."""
    home = plan.period.currency
    for contribution in plan.financing.contributions:
        yield f"Contribution: {contribution.name}", contribution.amount, "price", home, "", contribution
    for grant in plan.financing.grants:
        promised = "promised in writing" if grant.secured else "not promised in writing yet"
        giver = f"given by {grant.giver}" if grant.giver else None
        yield f"Grant: {grant.name}", grant.amount, "price", home, _joined(giver, promised), grant
    for loan in plan.financing.loans:
        lender = f"from {loan.lender}" if loan.lender else None
        yield f"Loan: {loan.name}", loan.principal, "price", loan.currency or home, _joined(lender, loan.purpose), loan
    for debt in plan.existing_debts:
        lender = f"owed to {debt.lender}" if debt.lender else ""
        yield f"Debt: {debt.name}", debt.outstanding, "price", debt.currency or home, lender, debt
    line = plan.financing.overdraft
    if line is not None:
        yield "Overdraft, limit", line.limit, "price", home, f"from {line.lender}" if line.lender else "", line


def _terms(plan: Plan) -> Iterator[_Entry]:
    """Opening balance, days of working capital, social charges, how a product starts."""
    home, days, staff = plan.period.currency, plan.working_capital, plan.staff
    yield "Opening balance: cash", plan.opening.cash, "price", home, "", plan.opening
    words = (
        f"customers pay after {days.receivable_days:g} days, stock of inputs is for {days.inventory_days:g} days, "
        f"suppliers are paid after {days.payable_days:g} days"
    )
    yield "Cash kept in hand at least", days.minimum_cash, "price", home, words, days
    yield (
        "Employer's social charges",
        staff.social_rate,
        "share",
        "",
        "of gross pay",
        Sourced(source=staff.social_source),
    )
    for product in plan.products:
        if product.ramp_up is not None and product.ramp_up.shares:
            words = f"of the full volume in the first {product.ramp_up.per}"
            yield f"{product.name}: start", product.ramp_up.shares[0], "share", "", words, product.ramp_up


def _market(plan: Plan) -> Iterator[_Entry]:
    """Buyers, the price along the value chain, ways of adding value, security offered."""
    home = plan.period.currency
    for buyer in plan.buyers:
        yield f"Buyer: {buyer.name}", buyer.price, "price", buyer.currency or home, buyer.product or "", buyer
    for stage in plan.value_chain:
        yield f"Value chain: {stage.stage}", stage.price_per_unit, "price", home, f"for one {stage.unit}", stage
    for option in plan.value_options:
        evidence = f"evidence: {option.evidence}" if option.evidence else None
        words = _joined(f"needs {option.skills}" if option.skills else None, evidence)
        yield f"Option: {option.option}, extra price", option.extra_price, "price", home, words, option
    for asset in plan.collateral:
        yield f"Security: {asset.name}", asset.value, "price", asset.currency or home, asset.evidence or "", asset


def _without(plan: Plan) -> Iterator[_Entry]:
    """Income and cost that members would have without the project."""
    if plan.without_project is None:
        return
    for line in plan.without_project.lines:
        currency = line.currency or plan.period.currency
        yield (
            f"Without the project: {line.name}",
            line.amount_per_month,
            "price",
            currency,
            f"{line.kind} a month",
            line,
        )
