"""Security: what is offered, what is owed already, how debts were paid so far, which papers are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from finance_kit.report.basis import Basis
from finance_kit.report.desk import Desk
from finance_kit.report.desk_sections import group_share, guarantee_cover, haircuts, papers
from finance_kit.report.formats import Formats
from finance_kit.report.investment import financing_totals
from finance_kit.report.model import Block, Column, Figure, Paragraph, Row, Section, Table
from finance_kit.report.wording import author_text, in_plan_currency, listed, not_stated

__all__ = ["collateral_value", "documents", "household_debts", "households_annex", "security"]

_KINDS = {
    "titled_land_urban": "titled land, urban",
    "titled_land_rural": "titled land, rural",
    "soft_title_land": "land with soft title",
    "house": "house",
    "vehicle": "vehicle",
    "new_equipment": "new equipment",
    "used_equipment": "used equipment",
    "stock": "stock",
    "receivable": "receivable",
    "deposit": "deposit",
    "guarantee": "guarantee",
}
_REPAYMENT = {
    "annuity": "equal instalments",
    "equal_principal": "equal principal",
    "interest_only": "interest, principal at the end",
    "bullet": "everything at the end",
    "balloon": "a larger last instalment",
    "seasonal": "by the season",
}
_BUREAU = {
    "none": "no report",
    "requested": "report requested",
    "clean": "clean report",
    "with_remarks": "report with remarks",
}
_LISTED = 12  # households; a longer list stands in an annex
_STATUS = {
    "held": "held",
    "requested": "requested",
    "missing": "missing",
    "expired": "expired",
    "not_applicable": "does not apply",
}


def security(basis: Basis, desk: Desk | None = None) -> Section:
    """Security offered and what a lender counts of it, debts that run already, households, credit history."""
    offered, schemes, shares = _offered(basis), None, None
    if desk is not None:
        offered = replace(offered, blocks=(*offered.blocks, *haircuts(basis, desk)))
        schemes, shares = guarantee_cover(basis, desk), group_share(basis, desk)
    parts = (offered, schemes, _debts(basis), _households(basis), shares, _history(basis))
    return Section("security", "Security and credit history", sections=tuple(part for part in parts if part))


def collateral_value(basis: Basis) -> float:
    """Value of everything offered as security, plan currency, before any haircut."""
    return float(sum(in_plan_currency(basis, item.value, item.currency) for item in basis.plan.collateral))


def _offered(basis: Basis) -> Section:
    items = basis.plan.collateral
    if not items:
        return Section("collateral", "Security offered", (not_stated("Security"),))
    rows = [
        Row((c.name, _KINDS[c.kind], c.owner or "", c.evidence or "", in_plan_currency(basis, c.value, c.currency)))
        for c in items
    ]
    value = collateral_value(basis)
    rows.append(Row(("Total", "", "", "", value), "total"))
    columns = (Column("Item"), Column("Kind"), Column("Owner"), Column("Evidence"), Column("Value", "money"))
    note = "Values as the evidence says, before the haircuts that a lender takes off by its own rules."
    say = Formats(basis.currency)
    text = f"Security worth {say.figure(value, 'money')} is offered."
    cover = basis.indicators.figure("collateral_cover")
    if isinstance(cover, float):
        lent = financing_totals(basis)["loans"]
        text += (
            f" This is {say.number(cover, 'ratio')} times the loans of {say.figure(lent, 'money')}, before haircuts."
        )
    table = Table("collateral", "Security offered", columns, tuple(rows), note)
    return Section("collateral", "Security offered", (Paragraph(text), table))


def _debts(basis: Basis) -> Section:
    debts = basis.plan.existing_debts
    if not debts:
        return Section(
            "existing_debts", "Debts that run already", (Paragraph("The plan lists no debts of the cluster."),)
        )
    rows = [
        Row((
            d.name, d.lender or "", in_plan_currency(basis, d.outstanding, d.currency), d.annual_rate,
            d.instalments * d.months_between, _REPAYMENT[d.repayment], d.past_due_days,
        ), marked_cells=(6,) if d.past_due_days else ())
        for d in debts
    ]  # fmt: skip
    total = sum(in_plan_currency(basis, debt.outstanding, debt.currency) for debt in debts)
    rows.append(Row(("Total", "", total, None, None, "", None), "total"))
    columns = (
        Column("Debt"), Column("Lender"), Column("Still owed", "money"), Column("Rate a year", "rate"),
        Column("Months left", "months"), Column("Repaid"), Column("Days past due", "days"),
    )  # fmt: skip
    table = Table("existing_debts", "Debts of the cluster at the start of the plan", columns, tuple(rows))
    return Section("existing_debts", "Debts that run already", (table,))


def household_debts(basis: Basis) -> Table | None:
    """Debts of the members' own households against their net cash; ``None`` where the plan states neither."""
    rows = []
    for member in basis.plan.members:
        if not member.household_debts and member.household_net_cash is None:
            continue
        paid = sum(debt.monthly_payment for debt in member.household_debts)
        owed = sum(debt.outstanding for debt in member.household_debts)
        late = max((debt.past_due_days for debt in member.household_debts), default=0)
        net = member.household_net_cash
        share = paid / net if net else None
        money = [None if x is None else in_plan_currency(basis, x, member.currency) for x in (net, owed, paid)]
        marks = (*([4] if share is not None and share > 1.0 else []), *([5] if late else []))
        rows.append(Row((member.name, *money, share, late), marked_cells=marks))
    columns = (
        Column("Member"), Column("Net cash a month", "money"), Column("Still owed", "money"),
        Column("Paid a month", "money"), Column("Share of net cash", "share"), Column("Days past due", "days"),
    )  # fmt: skip
    note = "Net cash after living costs and before debts, as the members state it."
    lenders = dict.fromkeys(debt.lender for member in basis.plan.members for debt in member.household_debts)
    note += f" They owe to {listed(lenders)}." if lenders else ""
    return Table("household_debts", "Debts of the members' households", columns, tuple(rows), note) if rows else None


def _households(basis: Basis) -> Section | None:
    """How many households owe, what they pay, who is late; the table, unless it is long."""
    table = household_debts(basis)
    if table is None:
        return None
    owing = sum(bool(row.cells[2]) for row in table.rows)
    late = sum(bool(row.cells[5]) for row in table.rows)
    text = f"Of {len(table.rows)} households, {owing} {'owes' if owing == 1 else 'owe'} money"
    text += f" and {late} {'is' if late == 1 else 'are'} past due." if late else " and none is past due."
    short = len(table.rows) <= _LISTED
    text += "" if short else " The list stands in an annex."
    return Section("households", "Members' households", (Paragraph(text), *([table] if short else [])))


def households_annex(basis: Basis) -> Section | None:
    """The households of a large cluster; ``None`` where the body of the plan holds them."""
    table = household_debts(basis)
    return Section("households_annex", "Members' households", (table,)) if table and len(table.rows) > _LISTED else None


def _history(basis: Basis) -> Section:
    stated = basis.plan.credit_history
    if stated is None:
        return Section("credit_history", "Credit history", (not_stated("Credit history"),))

    def facts() -> Iterator[Figure]:
        if stated.loans_repaid is not None:
            yield Figure("loans_repaid", "Loans repaid in full", stated.loans_repaid, "count")
        if stated.worst_days_late is not None:
            yield Figure("worst_days_late", "Longest delay in the last 12 months", stated.worst_days_late, "days")
        if stated.bureau_report is not None:
            yield Figure("bureau_report", "Credit bureau", _BUREAU[stated.bureau_report], "text")
        if stated.bad_debt is not None:
            yield Figure("bad_debt", "Classified as bad debt now", "yes" if stated.bad_debt else "no", "text")
        if stated.tax_debt_over_year is not None:
            late = "yes" if stated.tax_debt_over_year else "no"
            yield Figure("tax_debt", "Taxes unpaid for a year or more", late, "text")

    found = tuple(facts())
    blocks: list[Block] = [*([found] if found else []), *author_text(stated.text)]
    if stated.source:
        blocks.append(
            Paragraph(f"Source: {stated.source}{f', {stated.source_date}' if stated.source_date else ''}", "note")
        )
    return Section("credit_history", "Credit history", tuple(blocks) or (not_stated("Credit history"),))


def documents(basis: Basis, desk: Desk | None = None) -> Section:
    """Checklist of the papers that a lender asks for, with what is still missing; an annex.

    Without a lender's desk only what the plan lists.
    """
    if desk is not None:
        return papers(desk)
    listed_ones = basis.plan.documents
    if not listed_ones:
        return Section("documents", "Documents", (not_stated("Documents held"),))
    rows = tuple(
        Row(
            (paper.name, paper.kind.replace("_", " "), _STATUS[paper.status], paper.reference or ""),
            marked_cells=(2,) if paper.status in ("missing", "expired") else (),
        )
        for paper in listed_ones
    )
    counted = [(status, sum(paper.status == status for paper in listed_ones)) for status in _STATUS]
    text = f"{len(listed_ones)} documents: " + listed(f"{n} {_STATUS[status]}" for status, n in counted if n) + "."
    columns = (Column("Document"), Column("Kind"), Column("Status"), Column("Number and date"))
    return Section("documents", "Documents", (Paragraph(text), Table("documents", "Document checklist", columns, rows)))
