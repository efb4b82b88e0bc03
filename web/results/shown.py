"""Raw values of tables and figures as a reader sees them, by unit and in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from flask import url_for
from flask_babel import lazy_gettext, ngettext

from finance_kit.money import CURRENCIES
from finance_kit.service_results import FigureTable
from web.words import DASH, core, money, month, number, percent

__all__ = ["Cell", "ShownRow", "ShownTable", "amount", "shown", "shown_table", "with_unit"]

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# Most and least decimals by unit; money of tables is whole, prices have the currency's decimals.
_DECIMALS: Final = MappingProxyType(
    {"money": (0, 0), "quantity": (2, 0), "ratio": (2, 2), "months": (1, 0), "years": (1, 0), "days": (0, 0)}
)
_NUMBERS: Final = frozenset({*_DECIMALS, "price", "share", "rate", "count"})
_NOTES: Final = MappingProxyType(
    {
        "cash_months_in_short": lazy_gettext("The month with the least cash is marked. Line by line further below."),
        "loans_by_year": lazy_gettext("Instalment by instalment further below."),
    }
)
"""Notes of tables that speak of a document's annex on paper."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether it is a number, whether it is below zero or to be noticed, and where it opens."""

    text: str
    is_number: bool = False
    negative: bool = False
    marked: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table: ``normal``, ``total``, ``group`` (a heading across) or ``marked``."""

    kind: str
    head: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table ready for a page; ``numbers`` says of each column whether it holds numbers."""

    id: str
    title: str
    unit: str
    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[ShownRow, ...]
    note: str


def shown(value: Any, unit: str, currency: str = "") -> str:
    """A value without its unit's words, as it stands in a table whose heading names the unit."""
    if value is None:
        return DASH
    if isinstance(value, str):
        return month(value) if _MONTH.fullmatch(value) else core(value)
    if unit == "share":
        return percent(value, 1, 1)
    if unit == "rate":
        return percent(value, 2, 1)
    if unit == "price":
        known = CURRENCIES.get(currency)
        least = known.decimals if known else 2
        return number(value, max(least, 0 if abs(value) >= 100_000 else 2), least)
    if unit == "count":
        return number(value, 0 if abs(value) >= 100 else 1)
    most, least = _DECIMALS.get(unit, (2, 0))
    return number(value, most, least)


def with_unit(value: Any, unit: str, currency: str) -> str:
    """A single value with its unit: an amount with its currency, ``5.6 years``, a month by its name."""
    if value is None or isinstance(value, str):
        return shown(value, unit, currency)
    if unit == "money":
        return amount(value, currency)
    text = shown(value, unit, currency)
    if unit == "years":
        return str(ngettext("%(text)s year", "%(text)s years", _plural(value), text=text))
    if unit in ("months", "count_months"):
        return str(ngettext("%(text)s month", "%(text)s months", _plural(value), text=text))
    if unit == "days":
        return str(ngettext("%(text)s day", "%(text)s days", _plural(value), text=text))
    return money(value, currency) if unit == "price" else text


def amount(value: float, currency: str) -> str:
    """An amount in whole units of its currency, as in the statements: ``1,250,000 ៛``."""
    known = CURRENCIES.get(currency)
    return f"{number(value, 0, 0)}\u00a0{known.symbol if known else currency}"


def _plural(value: float) -> int:
    return 1 if value == 1 else 2


def shown_table(
    found: FigureTable, plan_id: str, currency: str, named: Mapping[str, str] = MappingProxyType({})
) -> ShownTable:
    """A table of the report with every figure in words of its unit, and the address at which it opens.

    ``named`` gives a currency to rows by their heading, where each row has its own.
    """
    table = found.table
    rows = []
    for row, links in zip(table.rows, found.links, strict=True):
        cells = []
        for at, value in enumerate(row.cells[1:], 1):
            column = table.columns[at]
            unit = row.unit if row.unit is not None and column.unit != "text" else column.unit
            link = links[at]
            address = url_for("results.figure", plan_id=plan_id, name=link[0], period=link[1] or None) if link else ""
            text = "" if value is None and row.kind == "group" else shown(value, unit, column.currency or currency)
            is_number = unit in _NUMBERS and not isinstance(value, str)
            negative = is_number and value is not None and text.startswith("\u2212")
            cells.append(Cell(text, is_number, negative, at in row.marked_cells or row.kind == "marked", address))
        head = _head(row.cells[0], table)
        code = named.get(str(row.cells[0]), "")
        rows.append(ShownRow(row.kind, f"{head} ({code})" if code else head, tuple(cells)))
    # Money is in plan currency where no other is named; a price without one is in that of its row's loan.
    codes = {column.currency or (currency if column.unit == "money" else "") for column in table.columns
             if column.unit in ("money", "price")}  # fmt: skip
    return ShownTable(
        id=table.id,
        title=core(table.title),
        unit=codes.pop() if len(codes) == 1 else "",
        heads=tuple(_column(column.label) for column in table.columns),
        numbers=tuple(column.unit in _NUMBERS for column in table.columns),
        rows=tuple(rows),
        note=str(_NOTES.get(table.id, core(table.note or ""))),
    )


def _head(value: Any, table: Any) -> str:
    """The first cell of a row: a label of ours or a name of the author's."""
    return shown(value, table.columns[0].unit)


def _column(label: str) -> str:
    return month(label) if _MONTH.fullmatch(label) else core(label)
