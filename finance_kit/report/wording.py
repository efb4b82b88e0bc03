"""Words that sections share: the author's texts as paragraphs, lists, places, amounts in one currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from finance_kit.plan.base import Sourced
from finance_kit.plan.operations import Section as PlanText
from finance_kit.report.basis import Basis
from finance_kit.report.model import Block, Column, Paragraph, Row, Section, Table

__all__ = [
    "COUNTRIES",
    "LEGAL_FORMS",
    "NOT_STATED",
    "all_stresses",
    "author_text",
    "full_year",
    "in_plan_currency",
    "listed",
    "lowest_year",
    "not_stated",
    "numbers_table",
    "one_currency",
    "place",
    "shortened",
    "source_words",
    "text_section",
    "their_currency",
]

NOT_STATED: Final = "Not stated in the plan"
COUNTRIES: Final = {"KH": "Cambodia", "MM": "Myanmar", "TH": "Thailand", "VN": "Viet Nam"}
LEGAL_FORMS: Final = {
    "informal_group": "informal group",
    "association": "association",
    "cooperative": "cooperative",
    "community_enterprise": "community enterprise",
    "company": "company",
    "household_business": "household business",
}
_BULLET: Final = re.compile(r"[-•*]\s+")


def author_text(text: str | None) -> tuple[Paragraph, ...]:
    r"""A text of the plan's author: an empty line parts paragraphs, lines that begin with a dash become list items.

    >>> [(p.text, p.style) for p in author_text("Two lines\nof one.\n\n- first\n- second")]
    [('Two lines of one.', 'body'), ('first', 'bullet'), ('second', 'bullet')]
    """
    found: list[Paragraph] = []
    for part in re.split(r"\n[ \t]*\n", text or ""):
        joined: list[tuple[str, bool]] = []
        for line in part.splitlines():
            mark = _BULLET.match(line.strip())
            words = line.strip()[mark.end() :] if mark else line.strip()
            if mark or not joined:
                joined.append((words, mark is not None))
            elif words:
                joined[-1] = (f"{joined[-1][0]} {words}".strip(), joined[-1][1])
        found += [Paragraph(words, "bullet" if bullet else "body") for words, bullet in joined if words]
    return tuple(found)


def all_stresses(basis: Basis) -> str:
    """The single stresses in words; the first case is the plan itself, the last one all of them together."""
    return listed(stress.name[:1].lower() + stress.name[1:] for stress in basis.stresses[1:-1])


def not_stated(what: str) -> Paragraph:
    """The note that something which a lender expects is not in the plan."""
    return Paragraph(f"{what}: not stated in the plan.", "note")


def listed(words: Iterable[str]) -> str:
    """Words joined as in speech.

    >>> listed(["cash"]), listed(["cash", "land"]), listed(["cash", "land", "work"])
    ('cash', 'cash and land', 'cash, land and work')
    """
    found = list(words)
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def shortened(text: str, length: int) -> str:
    """A text in one line, cut at a word where it is longer than so many characters.

    >>> shortened("Drying house  and store", 12)
    'Drying …'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = line[: length - 2]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept else kept} …"


def place(basis: Basis, *, address: bool = False) -> str:
    """District, province and country of the cluster; with its address first if asked for and stated."""
    cluster = basis.plan.cluster
    if address and cluster.address:
        return cluster.address
    return ", ".join(part for part in (cluster.district, cluster.province, COUNTRIES[cluster.country]) if part)


def in_plan_currency(basis: Basis, amount: float, currency: str | None) -> float:
    """An amount at the plan's stated rate of month 1."""
    if currency is None or currency == basis.currency:
        return amount
    return amount * next(rate.rate for rate in basis.plan.exchange_rates if rate.currency == currency)


def one_currency(basis: Basis, currencies: Iterable[str | None]) -> str:
    """The currency that all items share; the plan's where they differ, so that a column can be compared."""
    found = {currency or basis.currency for currency in currencies}
    return found.pop() if len(found) == 1 else basis.currency


def their_currency(basis: Basis, amount: float | None, stated: str | None, shown: str) -> float | None:
    """An amount as stated where the table shows that currency, else in plan currency."""
    if amount is None or (stated or basis.currency) == shown:
        return amount
    return in_plan_currency(basis, amount, stated)


def source_words(item: Sourced) -> str:
    """Source and date of a statement; empty where none is stated."""
    return ", ".join(part for part in (item.source, item.source_date) if part)


def full_year(basis: Basis) -> int:
    """Position of the first reporting year of twelve months in which every product is on sale from the first month.

    Where a product comes later than that, the last year of twelve months.
    """
    axis = basis.plan.axis
    launched = max(basis.plan.month_number(product.launch) for product in basis.plan.products)
    whole = np.flatnonzero(axis.year_ends - axis.year_starts == 11).tolist()
    ready = [year for year in whole if axis.year_starts[year] + 1 >= launched]
    return int((ready or whole[-1:] or [axis.years - 1])[0])


def lowest_year(values: Sequence[float | None], years: Sequence[str]) -> tuple[float, str] | None:
    """The least of yearly values that exist, with its year; ``None`` where none exists.

    >>> lowest_year([None, 1.4, 1.2], ["2027", "2028", "2029"])
    (1.2, '2029')
    """
    known = [(value, year) for value, year in zip(values, years, strict=True) if value is not None]
    return min(known, key=lambda pair: pair[0]) if known else None


def numbers_table(id: str, title: str, texts: Iterable[tuple[str, PlanText]]) -> Table | None:
    """The numbers behind texts of the plan, headed by the texts' titles where there are several.

    ``None`` where no text has numbers; without a column of sources where none is stated.
    """
    found = [(name, text.figures) for name, text in texts if text.figures]
    sourced = any(source_words(figure) for _, figures in found for figure in figures)
    rows: list[Row] = []
    for name, figures in found:
        if len(found) > 1:
            rows.append(Row((name, *(None,) * (3 if sourced else 2)), "group"))
        for figure in figures:
            cells = (figure.label, figure.value, figure.unit or "", *((source_words(figure),) if sourced else ()))
            rows.append(Row(cells))
    columns = (Column("What"), Column("Value", "quantity"), Column("Unit"), *((Column("Source"),) if sourced else ()))
    return Table(id, f"{title}: the numbers behind it", columns, tuple(rows)) if rows else None


def text_section(id: str, title: str, text: PlanText | None, more: Sequence[Block] = ()) -> Section | None:
    """A part of the plan in words with its numbers, then what the model adds; ``None`` when there is neither."""
    blocks: list[Block] = [*author_text(text.text)] if text else []
    numbers = numbers_table(f"{id}_figures", title, [(title, text)]) if text else None
    blocks += [numbers] if numbers else []
    blocks += more
    return Section(id, title, tuple(blocks)) if blocks else None
