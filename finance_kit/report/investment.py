"""Investment and financing: what is bought, who pays, sources equal uses."""

from __future__ import annotations

from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Chart, Column, Paragraph, Row, Section, Series, Table
from finance_kit.report.wording import in_plan_currency, listed

__all__ = ["financing_totals", "investment", "quotations", "sources_and_uses"]


def investment(basis: Basis) -> Section:
    """Items and who pays for them."""
    if not basis.plan.assets:
        return Section(
            "investment", "Investment and quotations", (Paragraph("The plan states no investment.", "note"),)
        )
    rows, totals = [], [0.0] * 5
    for asset in basis.plan.assets:
        cost = in_plan_currency(basis, asset.cost, asset.currency)
        parts = [cost, *(cost * (share or 0.0) for share in (
            asset.own_share, asset.in_kind_share, asset.grant_share, asset.loan_share))]  # fmt: skip
        totals = [total + part for total, part in zip(totals, parts, strict=True)]
        rows.append(Row((asset.name, asset.quantity, *parts)))
    rows.append(Row(("Total", None, *totals), "total"))
    money = tuple(Column(label, "money") for label in ("Cost", "Own cash", "In kind", "Grant", "Loan"))
    who = Table(
        "investment", "Investment and who pays", (Column("Item"), Column("Number", "quantity"), *money), tuple(rows)
    )
    say = Formats(basis.currency)
    quoted = sum(asset.quotation is not None for asset in basis.plan.assets)
    items = "1 item costs" if len(rows) == 2 else f"{len(rows) - 1} items cost"
    text = f"{items} {say.figure(totals[0], 'money')}."
    text += f" Quotations are named for {quoted} of them; they stand in the annex with the lives of the items."
    return Section("investment", "Investment and quotations", (Paragraph(text), who))


def quotations(basis: Basis) -> Table | None:
    """When each item is bought, how long it lasts and what its price rests on; ``None`` without items."""
    if not basis.plan.assets:
        return None
    return Table(
        "quotations",
        "Quotations and lives of what is bought",
        (
            Column("Item"), Column("Bought", "month"), Column("Life, months", "count"), Column("Replaced"),
            Column("Quotation"),
        ),
        tuple(
            Row((
                a.name, str(basis.plan.axis.month(basis.plan.month_number(a.month))), a.life_months,
                "yes" if a.replace else "no", a.quotation or a.source or "not stated",
            ))
            for a in basis.plan.assets
        ),
    )  # fmt: skip


def financing_totals(basis: Basis) -> dict[str, float]:
    """Sources and uses of the whole setting-up, plan currency: what is there before the first surplus is earned.

    Uses are the first purchase of every asset and pre-operating costs; what the sources leave is the cash and working
    capital that the business starts with, fees at pay-out included.
    """
    p = basis.projection
    loans = float(p.line("loan_draws")[:, 0].sum())
    sources = {
        "own_cash": float(p.line("equity_injection")[:, 0].sum()),
        "in_kind": float(p.line("in_kind")[:, 0].sum()),
        "grants": float((p.line("grants_received") + p.line("operating_grants"))[:, 0].sum()),
        "loans": loans,
        "opening_cash": max(basis.plan.opening.cash, 0.0),
    }
    assets = sum(in_plan_currency(basis, asset.cost, asset.currency) for asset in basis.plan.assets)
    early = sum(in_plan_currency(basis, cost.amount, cost.currency) for cost in basis.plan.pre_operating)
    deposits = float(p.line("savings_paid_in")[:, 0].sum())
    return sources | {
        "assets": assets,
        "pre_operating": early,
        "savings": deposits,
        "working_cash": sum(sources.values()) - assets - early - deposits,
    }


def sources_and_uses(basis: Basis) -> Section:
    """Sources and uses, equal to the unit, and what each source pays."""
    total = financing_totals(basis)
    sources = [
        ("Members' contributions in cash", total["own_cash"]),
        ("Members' contributions in kind", total["in_kind"]),
        ("Grants", total["grants"]),
        ("Loans", total["loans"]),
        ("Cash at the start", total["opening_cash"]),
    ]
    uses = [
        ("Investment", total["assets"]),
        ("Pre-operating costs", total["pre_operating"]),
        ("Compulsory savings", total["savings"]),
        ("Working capital and cash in hand", total["working_cash"]),
    ]
    whole = sum(amount for _, amount in sources)
    rows = [Row(("Sources", None, None), "group")]
    rows += [Row((name, amount, amount / whole if whole else None)) for name, amount in sources if amount]
    rows += [Row(("All sources", whole, 1.0 if whole else None), "total"), Row(("Uses", None, None), "group")]
    rows += [Row((name, amount, amount / whole if whole else None)) for name, amount in uses if amount]
    rows.append(Row(("All uses", sum(amount for _, amount in uses), 1.0 if whole else None), "total"))
    table = Table(
        "sources_and_uses",
        "Sources and uses of money",
        (Column(""), Column("Amount", "money"), Column("Share", "share")),
        tuple(rows),
    )
    say = Formats(basis.currency)
    text = f"Sources and uses are equal: {say.figure(whole, 'money')}."
    if total["working_cash"] < 0:
        blocks: list[Block] = [
            Paragraph("The sources named do not cover the uses: the difference must be financed.", "warning"), table,
        ]  # fmt: skip
    else:
        blocks = [Paragraph(text), table]
    later = [loan for loan in basis.plan.financing.loans if basis.plan.month_number(loan.draw) > 12]
    if later:
        month = basis.plan.axis.month(min(basis.plan.month_number(loan.draw) for loan in later)).label
        named = listed(loan.name for loan in later)
        blocks.append(
            Paragraph(
                f"Counted here but paid out only from {month} on: {named}. It does not help to set up; the cash flow by"
                " month shows what is missing until then.",
                "warning",
            )
        )
    shown = [(name, amount) for name, amount in sources if amount]
    if len(shown) > 1:
        name, amount = max(shown, key=lambda pair: pair[1])
        largest = f"The largest source: {name[:1].lower() + name[1:]}, {say.figure(amount / whole, 'share')}"
        alt = "; ".join(f"{name}: {say.figure(amount / whole, 'share')}" for name, amount in shown)
        blocks.append(
            Chart(
                "financing",
                "doughnut",
                largest,
                tuple(name for name, _ in shown),
                (Series("Sources", tuple(amount for _, amount in shown)),),
                "money",
                f"Sources of money. {alt}.",
                basis.currency,
            )
        )
    return Section("sources_and_uses", "Sources and uses of money", tuple(blocks))
