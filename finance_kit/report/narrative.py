"""The executive summary: the plan in a few sentences made from its figures."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.errors import Undefined
from finance_kit.report.basis import Basis, figure
from finance_kit.report.formats import Formats
from finance_kit.report.investment import financing_totals
from finance_kit.report.model import Block, Chart, Column, Figure, Paragraph, Row, Section, Series, Table
from finance_kit.report.security import collateral_value
from finance_kit.report.statements import too_wide
from finance_kit.report.weak_points import weaknesses
from finance_kit.report.wording import LEGAL_FORMS, all_stresses, author_text, listed, lowest_year, place

__all__ = ["executive_summary"]


def executive_summary(basis: Basis) -> Section:
    """The plan in a few sentences made from its figures, the author's own summary, and the key figures."""
    say = Formats(basis.currency)
    sentences = (
        _who_asks(basis, say),
        _what_for(basis, say),
        _what_it_earns(basis, say),
        (*_how_repaid(basis, say), *_what_secures(basis, say)),
    )
    blocks: list[Block] = [*_finding(basis, say), *author_text(basis.plan.sections.summary)]
    blocks += [Paragraph(" ".join(found)) for sentence in sentences if (found := tuple(sentence))]
    blocks += [_key_figures(basis), _years_table(basis), _sales_and_cash_chart(basis, say)]
    return Section("executive_summary", "Executive summary", tuple(blocks))


def _finding(basis: Basis, say: Formats) -> Iterator[Paragraph]:
    """What decides the request, before anything else: whether the cash suffices, then what is weak."""
    tightest = lowest_year(basis.indicator_years("dscr"), basis.years)
    low, month = basis.indicators.figure("cash_low_point"), basis.indicators.figure("cash_low_month")
    enough = isinstance(low, float) and low >= -0.5
    found = []
    plan = basis.plan
    unstated = [
        name
        for name, stated in (
            ("income tax", plan.tax is not None),
            ("days of working capital", plan.working_capital.model_fields_set),
            ("the opening balance", plan.opening.model_fields_set),
        )
        if not stated
    ]
    if unstated:
        counted = "is not stated and not counted" if len(unstated) == 1 else "are not stated and not counted"
        yield Paragraph(f"A first view: {listed(unstated)} {counted}.", "warning")
    if tightest and tightest[0] >= 1.0:
        found.append(
            f"As planned, cash covers the debt service in every year; it is tightest in {tightest[1]}, with"
            f" {say.number(tightest[0], 'ratio')} times the debt service (DSCR)."
        )
    if enough and isinstance(low, float) and isinstance(month, float):
        label = basis.plan.axis.month(int(month)).label
        found.append(
            f"Cash, less any overdraft, never falls below zero; it is lowest at the end of {label}, with"
            f" {say.figure(low, 'money')}."
        )
    if found:
        yield Paragraph(" ".join(found), "note")
    weak = weaknesses(basis)
    if weak:
        yield Paragraph("What is weak in the figures, most grave first:")
        yield from (Paragraph(text, "warning") for text in weak)


def _who_asks(basis: Basis, say: Formats) -> Iterator[str]:
    cluster = basis.plan.cluster
    form = LEGAL_FORMS[cluster.legal_form] if cluster.legal_form else "cluster"
    article = "an" if form[0] in "aeiou" else "a"
    who = f"{cluster.name}, {article} {form}"
    number = cluster.number_of_members or len(basis.plan.members)
    who += f" of {number} members" if number else ""
    asked = basis.plan.financing.loans
    if not asked:
        yield f"{who} in {place(basis)}, asks for no loan."
        return
    request = basis.plan.request
    lender = (request.lender if request else None) or next((loan.lender for loan in asked if loan.lender), None)
    sums = [say.figure(loan.principal, "money", loan.currency or basis.currency) for loan in asked]
    total = financing_totals(basis)["loans"]
    words = listed(sums)
    if len(asked) > 1:
        words = f"{say.figure(total, 'money')} in {len(asked)} loans ({words})"
    yield f"{who} in {place(basis)}, asks {f'{lender} for' if lender else 'for'} {words}."


def _what_for(basis: Basis, say: Formats) -> Iterator[str]:
    """Purpose, and who pays for what is bought."""
    request = basis.plan.request
    purposes = [request.purpose] if request and request.purpose else []
    purposes = purposes or [f"{loan.name}: {loan.purpose}" for loan in basis.plan.financing.loans if loan.purpose]
    if purposes:
        yield f"Purpose: {'; '.join(' '.join(text.split()).rstrip('.') for text in purposes)}."
    total = financing_totals(basis)
    if total["assets"]:
        yield f"{say.figure(total['assets'], 'money')} is invested."
    parts = [
        f"{words} {say.figure(total[name], 'money')}"
        for name, words in (
            ("own_cash", "members' cash"),
            ("in_kind", "members' contributions in kind"),
            ("grants", "grants"),
            ("loans", "loans"),
        )
        if total[name]
    ]
    if parts:
        yield f"The money comes from {listed(parts)}."
    share = basis.indicators.figure("own_contribution_share")
    if isinstance(share, float):
        yield f"Members bring {say.figure(share, 'share')} of it."


def _what_it_earns(basis: Basis, say: Formats) -> Iterator[str]:
    year = min(1, len(basis.years) - 1)
    sales, ebitda, profit = (basis.yearly(line)[year] for line in ("revenue", "ebitda", "net_profit"))
    earned = "a net profit" if basis.plan.tax is not None else "a profit before tax"
    result = (
        f"{earned} of {say.figure(profit, 'money')}" if profit >= 0 else f"a loss of {say.figure(-profit, 'money')}"
    )
    yield (
        f"In {basis.years[year]}, sales of {say.figure(sales, 'money')} leave {say.figure(ebitda, 'money')} before"
        f" depreciation, interest and tax (EBITDA), and {result}."
    )
    value, rate = basis.indicators.figure("project_npv"), basis.indicators.figure("project_irr_annual")
    if isinstance(value, float):
        text = f"The net present value of the project is {say.figure(value, 'money')}"
        text += f", its internal rate of return {say.figure(rate, 'rate')} a year." if isinstance(rate, float) else "."
        yield text


def _how_repaid(basis: Basis, say: Formats) -> Iterator[str]:
    request = basis.plan.request
    if request and request.repayment_source:
        yield f"Repaid from: {' '.join(request.repayment_source.split()).rstrip('.')}."
    tightest = lowest_year(basis.indicator_years("dscr"), basis.years)
    if tightest is None:
        return
    low, year = tightest
    yield f"Cash available over debt service (DSCR) is {say.number(low, 'ratio')} in the weakest year, {year}."
    stressed = basis.stressed.figure("min_dscr", scenario=len(basis.stresses) - 1)
    if not isinstance(stressed, Undefined) and len(basis.stresses) > 1:
        yield f"With {all_stresses(basis)} at once, the ratio is {say.number(stressed, 'ratio')} in the weakest year."


def _what_secures(basis: Basis, say: Formats) -> Iterator[str]:
    value, cover = collateral_value(basis), basis.indicators.figure("collateral_cover")
    if not value:
        yield "No security is stated in the plan."
        return
    text = f"Security worth {say.figure(value, 'money')} is offered"
    yield (
        f"{text}, {say.number(cover, 'ratio')} times the loans before haircuts."
        if isinstance(cover, float)
        else f"{text}."
    )


def _key_figures(basis: Basis) -> tuple[Figure, ...]:
    """Ten figures at a glance."""
    total = financing_totals(basis)
    year = min(1, len(basis.years) - 1)
    first = (
        Figure("loans_asked_for", "Loans asked for", total["loans"], "money", basis.currency),
        Figure("total_investment", "Investment", total["assets"], "money", basis.currency),
        figure(basis, "own_contribution_share"),
        Figure(
            "sales_of_year", f"Sales in {basis.years[year]}", basis.yearly("revenue")[year], "money", basis.currency
        ),
        figure(basis, "project_payback_years"),
    )
    second = tuple(
        figure(basis, name)
        for name in ("min_dscr", "llcr_at_start", "cash_low_point", "cash_low_month", "collateral_cover")
    )
    return (*first, *second)


def _years_table(basis: Basis) -> Table:
    """The forecast in six rows, the year with the least cover marked."""
    ratios = basis.indicator_years("dscr")
    tightest = lowest_year(ratios, basis.years)
    marked = (basis.years.index(tightest[1]) + 1,) if tightest else ()
    rows = (
        Row(("Sales", *basis.yearly("revenue"))),
        Row(("EBITDA", *basis.yearly("ebitda"))),
        Row(("Net profit", *basis.yearly("net_profit"))),
        Row(("Debt service", *basis.indicator_years("debt_service"))),
        Row(("DSCR", *ratios), unit="ratio", marked_cells=marked),
        Row(("Cash at the end", *basis.yearly("cash"))),
    )
    columns = (Column(""), *(Column(year, "money") for year in basis.years))
    note = (
        "EBITDA: profit before depreciation, interest and tax. DSCR: cash available over debt service, lowest marked."
    )
    return Table("summary_years", "The plan year by year", columns, rows, note, too_wide(basis))


def _sales_and_cash_chart(basis: Basis, say: Formats) -> Chart:
    """Sales and closing cash of each year."""
    sales, cash = basis.yearly("revenue"), basis.yearly("cash")
    short = [year for year, value in zip(basis.years, cash, strict=True) if value < -0.5]
    title = f"Cash is short at the end of {listed(short)}" if short else "Cash is left at the end of every year"
    alt = "; ".join(
        f"{year}: sales {say.figure(sold, 'money')}, cash {say.figure(left, 'money')}"
        for year, sold, left in zip(basis.years, sales, cash, strict=True)
    )
    series = (Series("Sales", sales), Series("Cash at the end of the year", cash))
    return Chart("sales_and_cash", "column", title, basis.years, series, "money", f"{title}. {alt}.", basis.currency)
