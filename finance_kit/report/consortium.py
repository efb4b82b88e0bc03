"""The export consortium: members, functions, fees, and the fee at which its budget is covered."""

from __future__ import annotations

from finance_kit.plan.narrative import Consortium
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Column, Figure, Paragraph, Row, Section, Table
from finance_kit.report.wording import author_text, not_stated

__all__ = ["break_even_fee", "consortium"]


def break_even_fee(stated: Consortium) -> float | None:
    """Annual fee a member at which fees and commission cover the budget: (budget - commission x sales) / members.

    Returns
    -------
    plan currency a year, 0 where the commission alone covers the budget; ``None`` where budget or members are not
    stated, or a commission is taken on sales that are not stated
    """
    if stated.annual_budget is None or not stated.members:
        return None
    if stated.commission_share and stated.sales_through_consortium is None:
        return None
    return max(stated.annual_budget - _commission(stated), 0.0) / len(stated.members)


def _commission(stated: Consortium) -> float:
    return stated.commission_share * (stated.sales_through_consortium or 0.0)


def consortium(basis: Basis) -> Section | None:
    """Why together, who, what is done together, the money and the rules; ``None`` where the plan has no consortium."""
    stated = basis.plan.consortium
    if stated is None:
        return None
    blocks: list[Block] = [Paragraph(f"{stated.name}{f': {stated.legal_form}' if stated.legal_form else ''}.")]
    blocks += author_text(stated.why)
    if stated.members:
        rows = tuple(Row((m.name, m.product or "", m.capacity_per_year, m.unit or "")) for m in stated.members)
        columns = (Column("Member"), Column("Product"), Column("Export capacity a year", "quantity"), Column("Unit"))
        blocks.append(Table("consortium_members", "Members of the consortium", columns, rows))
    else:
        blocks.append(not_stated("Members of the consortium"))
    for heading, names in (("Target markets", stated.target_markets), ("Done together", stated.functions)):
        if names:
            blocks += [Paragraph(f"{heading}:"), *(Paragraph(name, "bullet") for name in names)]
    blocks += _money(basis, stated)
    if stated.voting:
        blocks.append(Paragraph(f"Voting: {stated.voting}"))
    blocks += author_text(stated.rules)
    return Section("consortium", "Export consortium", tuple(blocks))


def _money(basis: Basis, stated: Consortium) -> list[Block]:
    """Fees, budget and the fee that covers it."""
    members = len(stated.members)
    amounts: list[tuple[str, str, float | None]] = [
        ("consortium_entry_fee", "Entry fee a member", stated.entry_fee),
        ("consortium_annual_fee", "Annual fee a member", stated.annual_fee),
        ("consortium_sales", "Sales through the consortium a year", stated.sales_through_consortium),
        ("consortium_budget", "Budget a year", stated.annual_budget),
    ]
    facts = [Figure(id, label, value, "money", basis.currency) for id, label, value in amounts if value is not None]
    facts.insert(2, Figure("consortium_commission", "Commission on sales", stated.commission_share, "share"))
    needed = break_even_fee(stated)
    if needed is None or stated.annual_budget is None:
        return (
            [tuple(facts), not_stated("Budget of the consortium")] if stated.annual_budget is None else [tuple(facts)]
        )
    left = stated.annual_fee * members + _commission(stated) - stated.annual_budget
    facts += [
        Figure("consortium_break_even_fee", "Break-even annual fee a member", needed, "money", basis.currency),
        Figure("consortium_surplus", "Left over in a year", left, "money", basis.currency),
    ]
    say = Formats(basis.currency)
    fees = stated.annual_fee * members
    text = (
        f"{members} annual fees bring {say.figure(fees, 'money')} and the commission"
        f" {say.figure(_commission(stated), 'money')} a year; the budget is"
        f" {say.figure(stated.annual_budget, 'money')}."
    )
    if needed > stated.annual_fee:
        short = Paragraph(
            f"{text} The fee would have to be {say.figure(needed, 'money')} a member to cover it.", "warning"
        )
        return [tuple(facts), short]
    return [tuple(facts), Paragraph(f"{text} A fee of {say.figure(needed, 'money')} a member would cover it.")]
