"""Repayment: the loans as signed, their true cost, and whether the cash covers them, as planned and under stress."""

from __future__ import annotations

from finance_kit.engine.financing import PlacedLoan
from finance_kit.errors import Undefined
from finance_kit.loans import schedule, true_cost
from finance_kit.plan.financing import Loan
from finance_kit.report.basis import Basis
from finance_kit.report.desk import Desk
from finance_kit.report.desk_sections import published_terms
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Chart, Column, Paragraph, Row, Section, Series, Table
from finance_kit.report.statements import too_wide
from finance_kit.report.wording import listed, lowest_year

__all__ = ["capacity", "loans", "schedule_table", "schedules"]

_KINDS = {
    "annuity": "equal instalments",
    "equal_principal": "equal principal",
    "interest_only": "interest, principal at the end",
    "bullet": "everything at the end",
    "balloon": "equal instalments and a last larger one",
    "seasonal": "by the season",
}
_LITTLE = 0.25  # of the heaviest year
_EVERY = {1: "monthly", 2: "every two months", 3: "quarterly", 4: "every four months", 6: "half-yearly", 12: "yearly"}


def _currency(basis: Basis, loan: PlacedLoan) -> str:
    for stated in (*basis.plan.financing.loans, *basis.plan.existing_debts):
        if stated.name == loan.name:
            return stated.currency or basis.currency
    return basis.currency


def schedule_table(basis: Basis, loan: PlacedLoan, number: int = 1) -> Table:
    """The schedule of one loan as the borrower signs it, in the loan's currency."""
    first = basis.plan.axis.month(loan.draw + loan.terms.months_between)
    signed = schedule(loan.terms, first)
    unit: str = _currency(basis, loan)
    rows = [
        Row((
            row.number, row.month.label if row.month else "", row.opening_balance, row.interest, row.principal,
            row.fees, row.total, row.closing_balance,
        ))
        for row in signed.rows
    ]  # fmt: skip
    rows.append(
        Row(
            (
                "",
                "Total",
                None,
                signed.total_interest,
                signed.total_principal,
                signed.total_fees,
                signed.total_paid,
                None,
            ),
            "total",
        )
    )
    labels = ("Owed before", "Interest", "Principal", "Fees", "Instalment", "Owed after")
    columns = (Column("No.", "count"), Column("Month"), *(Column(label, "price", unit) for label in labels))
    say, notes = Formats(basis.currency), []
    fee, savings, added = (
        say.figure(amount, "price", unit)
        for amount in (signed.upfront_fee, signed.savings_deposit, signed.total_interest_capitalised)
    )
    if signed.upfront_fee:
        notes.append(f"A fee of {fee} is kept back at pay-out.")
    if signed.savings_deposit:
        notes.append(f"Compulsory savings of {savings} are deposited at pay-out and returned with the last instalment.")
    if signed.total_interest_capitalised:
        notes.append(f"Interest of {added} is added to the loan during the grace.")
    return Table(f"schedule_{number}", f"Schedule: {loan.name} ({unit})", columns, tuple(rows), " ".join(notes) or None)


def loans(basis: Basis, desk: Desk | None = None) -> Section:
    """Terms and true cost of each new loan, and on a lender's desk the largest beside terms that lenders publish."""
    rows, costs = [], []
    for stated, placed in zip(basis.plan.financing.loans, basis.projection.assumptions.loans, strict=False):
        rows.append(_terms_row(basis, stated, placed))
        cost = true_cost(placed.terms)
        eir = None if isinstance(cost.eir, Undefined) else cost.eir
        costs.append(
            Row((
                stated.name, stated.annual_rate, cost.net_received, cost.total_interest, cost.total_fees,
                cost.total_paid, eir,
            ))
        )  # fmt: skip
    if not rows:
        return Section("loans", "Loans and their true cost", (Paragraph("The plan asks for no loan.", "note"),))
    terms = Table(
        "loan_terms",
        "Loans asked for",
        (
            Column("Loan"), Column("Amount", "price"), Column("Currency"), Column("Paid out", "month"),
            Column("Rate a year", "rate"), Column("Months", "months"), Column("Grace, months", "months"),
            Column("Repaid"),
        ),
        tuple(rows),
    )  # fmt: skip
    cost_table = Table(
        "true_cost",
        "True cost of each loan, in its own currency",
        (
            Column("Loan"), Column("Rate as quoted", "rate"), Column("Received in hand", "price"),
            Column("Interest", "price"), Column("Fees", "price"), Column("Paid in all", "price"),
            Column("Effective rate a year", "rate"),
        ),
        tuple(costs),
        "The effective interest rate discounts every payment of the contract, fees and compulsory savings included, to"
        " the sum received in hand. It is not an APR as any law defines one.",
    )  # fmt: skip
    say = Formats(basis.currency)
    blocks: list[Block] = [
        Paragraph(
            f"{row.cells[0]}: {say.figure(row.cells[6], 'rate')} a year with all fees counted (effective rate),"
            f" {say.figure(row.cells[1], 'rate')} as quoted.",
            "bullet",
        )
        for row in costs
        if row.cells[6] is not None
    ]
    blocks += [terms, cost_table, _by_year(basis), *(published_terms(basis, desk) if desk is not None else ())]
    return Section("loans", "Loans and their true cost", tuple(blocks))


def _by_year(basis: Basis) -> Table:
    """Interest, principal and balance of each loan by year, in plan currency."""
    axis = basis.plan.axis
    rows = []
    for placed, found in zip(basis.projection.assumptions.loans, basis.projection.loans, strict=True):
        rows.append(Row((placed.name, *(None,) * len(basis.years)), "group"))
        rows.append(Row(("Interest", *axis.sum_years(found.interest_paid)[:, 0].tolist())))
        rows.append(Row(("Principal", *axis.sum_years(found.principal)[:, 0].tolist())))
        rows.append(Row(("Still owed", *axis.last_of_years(found.balance)[:, 0].tolist())))
    columns = (Column(""), *(Column(year, "money") for year in basis.years))
    note = "Instalment by instalment in the annex."
    return Table("loans_by_year", "Loans by year", columns, tuple(rows), note, too_wide(basis))


def schedules(basis: Basis) -> Section | None:
    """The schedule of every new loan as it is signed, for the annex; ``None`` in a plan without loans."""
    new = (loan for loan in basis.projection.assumptions.loans if not loan.existing)
    tables = tuple(schedule_table(basis, loan, number) for number, loan in enumerate(new, start=1))
    return Section("schedules", "Loan schedules", tables) if tables else None


def _terms_row(basis: Basis, loan: Loan, placed: PlacedLoan) -> Row:
    drawn = basis.plan.axis.month(placed.draw)
    repaid = f"{_EVERY[loan.months_between]}, {_KINDS[loan.repayment]}"
    if loan.quotation == "flat":
        repaid += ", quoted flat"
    return Row((
        loan.name, loan.principal, loan.currency or basis.currency, str(drawn), loan.annual_rate,
        loan.instalments * loan.months_between, loan.grace_months, repaid,
    ))  # fmt: skip


def _dscr_table(basis: Basis) -> Table:
    worst = basis.indicator_years("dscr")
    tightest = lowest_year(worst, basis.years)
    marked = (basis.years.index(tightest[1]) + 1,) if tightest else ()
    rows = (
        Row(("Cash available for debt service", *basis.indicator_years("cfads")), unit="money"),
        Row(("Debt service", *basis.indicator_years("debt_service")), unit="money"),
        Row(("DSCR", *worst), "total", "ratio", marked),
        Row(("LLCR at the year's end", *basis.indicator_years("llcr")), unit="ratio"),
        Row(("Interest cover", *basis.indicator_years("interest_cover")), unit="ratio"),
    )
    columns = (Column(""), *(Column(year, "money") for year in basis.years))
    return Table("debt_service_cover", "Debt service cover by year", columns, rows, _dscr_note(basis), too_wide(basis))


def _dscr_note(basis: Basis) -> str:
    """What is marked, and in which years so little is due that a ratio says little."""
    note = (
        "Lowest year marked. DSCR: cash available over debt service; LLCR: present value of that cash over the loans;"
        " over a last stretch of less than a year it says little."
    )
    due = basis.indicator_years("debt_service")
    heaviest = max((value for value in due if value is not None), default=0.0)
    ratios = basis.indicator_years("dscr")
    lowest = min((ratio for ratio in ratios if ratio is not None), default=None)
    light = [
        year
        for year, value, ratio in zip(basis.years, due, ratios, strict=True)
        if value and value < heaviest * _LITTLE and ratio != lowest
    ]
    if light:
        note += f" In {listed(light)} little is due, so that the ratio says little."
    return note


def _stresses(basis: Basis) -> tuple[Block, ...]:
    """Which single stresses the cash survives, and the table of all."""
    table = _stress_table(basis)
    known = [(str(row.cells[0]), row.cells[1]) for row in table.rows[1:] if isinstance(row.cells[1], float)]
    held = [name[:1].lower() + name[1:] for name, low in known if low >= 1.0]
    broken = [name[:1].lower() + name[1:] for name, low in known if low < 1.0]
    parts = [f"Under stress cash still covers the debt service with {listed(held)}." if held else ""]
    parts += [f"It does not with {listed(broken)}." if broken and held else ""]
    parts += [f"Cash does not cover the debt service with {listed(broken)}." if broken and not held else ""]
    text = " ".join(part for part in parts if part)
    return (*([Paragraph(text)] if text else []), table)


def _stress_table(basis: Basis) -> Table:
    rows = []
    found = basis.stressed
    for column, stress in enumerate(basis.stresses):
        values = []
        for name in ("min_dscr", "average_dscr", "cash_low_point", "project_npv"):
            value = found.figure(name, scenario=column)
            values.append(None if isinstance(value, Undefined) else value)
        weak = values[0] is not None and values[0] < 1.0
        below = values[2] is not None and values[2] < 0.0
        rows.append(Row((stress.name, *values), "normal", None, tuple([1] * weak + [3] * below)))
    columns = (
        Column("Case"), Column("Lowest DSCR", "ratio"), Column("Average DSCR", "ratio"),
        Column("Cash low point", "money"), Column("NPV", "money"),
    )  # fmt: skip
    note = "Each case holds for the whole plan. Marked: DSCR below 1.00, or cash below zero."
    following = dict.fromkeys(i.name for each in basis.plan.products for i in each.inputs if i.follows_price)
    if following:
        note += f" Paid by a rule that follows the selling price: {listed(following)}."
    return Table("stress", "When things go worse", columns, tuple(rows), note)


def capacity(basis: Basis) -> Section:
    """DSCR, LLCR and interest cover by year, a chart, and the stresses."""
    if not any(basis.yearly("loan_principal")) and not any(basis.yearly("interest_paid")):
        return Section("capacity", "Repayment capacity", (Paragraph("The plan has no debt to serve.", "note"),))
    tightest = lowest_year(basis.indicator_years("dscr"), basis.years)
    blocks: list[Block] = []
    if tightest:
        low, year = tightest
        ratio = Formats(basis.currency).number(low, "ratio")
        verdict = "does not cover the debt service" if low < 1.0 else "covers the debt service in every year"
        blocks.append(Paragraph(f"Cash as planned {verdict}: the lowest DSCR is {ratio}, in {year}."))
        title = f"Lowest DSCR {ratio}, in {year}: cash {'falls short of' if low < 1.0 else 'covers'} the debt service"
        cash, due = basis.indicator_years("cfads"), basis.indicator_years("debt_service")
        series = (Series("Cash available for debt service", cash), Series("Debt service", due))
        alt = f"Cash available and debt service by year. {title}."
        chart = Chart("debt_service", "column", title, basis.years, series, "money", alt, basis.currency)
        blocks += [_dscr_table(basis), chart]
    else:
        blocks.append(_dscr_table(basis))
    return Section("capacity", "Repayment capacity", (*blocks, *_stresses(basis)))
