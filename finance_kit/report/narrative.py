"""The executive summary: the plan in a few sentences made from its figures."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.errors import Undefined
from finance_kit.report.basis import Basis, figure
from finance_kit.report.formats import Formats
from finance_kit.report.investment import financing_totals
from finance_kit.report.model import Block, Figure, Paragraph, Section
from finance_kit.report.security import collateral_value
from finance_kit.report.weak_points import weaknesses
from finance_kit.report.wording import LEGAL_FORMS, all_stresses, author_text, listed, place

__all__ = ["executive_summary"]


def executive_summary(basis: Basis) -> Section:
    """The plan in a few sentences made from its figures, the author's own summary, and the key figures."""
    say = Formats(basis.currency)
    sentences = (
        _who_asks(basis, say),
        _what_for(basis, say),
        _what_it_earns(basis, say),
        _how_repaid(basis, say),
        _cash(basis, say),
        _what_secures(basis, say),
    )
    blocks: list[Block] = [*author_text(basis.plan.sections.summary)]
    blocks += [Paragraph(" ".join(found)) for sentence in sentences if (found := tuple(sentence))]
    blocks += _key_figures(basis)
    weak = weaknesses(basis)
    if weak:
        blocks += [Paragraph("What is weak:"), *(Paragraph(text, "warning") for text in weak)]
    return Section("executive_summary", "Executive summary", tuple(blocks))


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
    result = (
        f"a net profit of {say.figure(profit, 'money')}" if profit >= 0 else f"a loss of {say.figure(-profit, 'money')}"
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
    ratios = basis.indicator_years("dscr")
    known = [ratio for ratio in ratios if ratio is not None]
    if not known:
        return
    low = min(known)
    average = basis.indicators.figure("average_dscr")
    text = f"Cash available over debt service (DSCR) is {say.number(low, 'ratio')} in the weakest year"
    text += f", {basis.years[ratios.index(low)]}"
    text += f", and {say.number(average, 'ratio')} on average." if isinstance(average, float) else "."
    yield text
    stressed = basis.stressed.figure("min_dscr", scenario=len(basis.stresses) - 1)
    if not isinstance(stressed, Undefined) and len(basis.stresses) > 1:
        yield f"With {all_stresses(basis)} at once, the ratio is {say.number(stressed, 'ratio')} in the weakest year."


def _cash(basis: Basis, say: Formats) -> Iterator[str]:
    low, month = basis.indicators.figure("cash_low_point"), basis.indicators.figure("cash_low_month")
    if isinstance(low, float) and isinstance(month, float):
        label = basis.plan.axis.month(int(month)).label
        yield f"Cash, less any overdraft, is lowest at the end of {label}, with {say.figure(low, 'money')}."


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


def _key_figures(basis: Basis) -> list[Block]:
    """Ten figures in two rows of five."""
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
        for name in ("min_dscr", "average_dscr", "cash_low_point", "cash_low_month", "collateral_cover")
    )
    return [first, second]
