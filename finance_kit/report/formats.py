"""Raw values as text: the one place where a figure of the report gets its digits, separators, sign and unit words.

Separators and month names come from Babel's locale data, digits are Western in every language. Rounding is half up,
away from zero, as a clerk rounds. A negative number has the true minus sign U+2212, as wide as a plus and never left
alone at the end of a line. A value that does not exist is a dash; no text ever says ``-0``, ``nan`` or ``1e+09``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, cached_property
from typing import Final

from finance_kit.errors import CalculationError
from finance_kit.i18n.catalog import message
from finance_kit.money import currency as known_currency
from finance_kit.report.model import Cell, Figure, Row, Table, Unit

__all__ = ["DASH", "MINUS", "Formats", "read_number"]

DASH: Final = "–"
MINUS: Final = "\u2212"
_CONTEXT: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SCALES: Final = ((1, ""), (1_000, "thousand"), (1_000_000, "million"), (1_000_000_000, "billion"))
_WORDS: Final = {"months": ("month", "months"), "years": ("year", "years"), "days": ("day", "days")}
# Least and most decimals by unit; prices take theirs from the currency.
_DECIMALS: Final = {
    "money": (0, 0), "quantity": (0, 2), "ratio": (2, 2), "share": (1, 1), "rate": (1, 2), "months": (0, 1),
    "years": (0, 1), "days": (0, 1),
}  # fmt: skip
_READ: Final = re.compile(r"([-−+]?)\s?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(\s?%)?")


@cache
def _separators(locale: str) -> tuple[str, str]:
    """Group and decimal separator of a locale, for Western digits."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return get_group_symbol(locale), get_decimal_symbol(locale)


@cache
def _calendar(text: str, locale: str) -> str:
    """``2027-03`` as ``Mar 2027`` and ``2026-11-24`` as ``24 November 2026``; other text unchanged."""
    from babel.dates import format_date

    try:
        if found := _MONTH.fullmatch(text):
            return format_date(date(int(found[1]), int(found[2]), 1), "MMM y", locale=locale)
        if found := _DAY.fullmatch(text):
            return format_date(date(int(found[1]), int(found[2]), int(found[3])), "d MMMM y", locale=locale)
    except ValueError:
        return text
    return text


def _exact(value: float) -> Decimal:
    """The number as it is written in the shortest form; numpy's floats included."""
    return Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))


def _amount(value: Decimal, least: int, most: int, separators: tuple[str, str]) -> str:
    """A finite number with ``least`` to ``most`` decimals."""
    rounded = value.quantize(Decimal(1).scaleb(-most), context=_CONTEXT)
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    text = whole.replace(",", separators[0]) + (separators[1] + fraction if fraction else "")
    return MINUS + text if rounded < 0 else text


@dataclass(frozen=True)
class Formats:
    """Formats of one plan in one language.

    Parameters
    ----------
    currency : plan currency
    locale : language of separators and month names (``en``, ``vi``, ``th``, ``km``, ``my``)
    """

    currency: str
    locale: str = "en"

    @cached_property
    def _symbols(self) -> tuple[str, str]:
        return _separators(self.locale)

    def number(self, value: Cell, unit: Unit, currency: str | None = None, scale: int = 1) -> str:
        """A value without words for its unit, as it stands in a table whose heading names the unit.

        Parameters
        ----------
        value : raw; shares and rates are fractions and come out in per cent
        unit : see :data:`finance_kit.report.model.Unit`
        currency : of a price, for its decimals; plan currency by default
        scale : money is divided by it (1, 1000 …) before rounding
        """
        if value is None:
            return DASH
        if isinstance(value, str):
            return _calendar(value, self.locale) if unit == "month" else value
        if isinstance(value, bool):
            return "yes" if value else "no"
        if not math.isfinite(value):
            return DASH
        exact = _exact(value)
        decimals = _DECIMALS.get(unit, (0, 2))
        if unit in ("share", "rate"):
            return f"{_amount(exact * 100, *decimals, self._symbols)} %"
        if unit == "price":
            decimals = _price_decimals(value, currency or self.currency)
        elif unit == "count":
            decimals = (0, 0 if abs(value) >= 100 else 1)
        return _amount(exact / scale if unit == "money" else exact, *decimals, self._symbols)

    def value(self, value: Cell, unit: Unit, currency: str | None = None) -> str:
        """A single value with its unit's words (``5.6 years``) and, where one is given, its currency."""
        text = self.number(value, unit, currency)
        if text == DASH or isinstance(value, str) or value is None:
            return text
        if unit in _WORDS:
            return f"{text} {_WORDS[unit][text != '1']}"
        return f"{currency} {text}" if currency and unit in ("money", "price") else text

    def figure(self, value: Cell, unit: Unit, currency: str | None = None) -> str:
        """As :meth:`value`; money and prices always with a currency, the plan's by default."""
        return self.value(value, unit, currency or self.currency)

    def of(self, figure: Figure) -> str:
        """A figure's value with its unit and currency; where it does not exist a dash with the reason in words."""
        if figure.value is None and figure.reason:
            return f"{DASH} ({self.reason(figure.reason).rstrip('.')})"
        return self.figure(figure.value, figure.unit, figure.currency)

    def reason(self, code: str | None) -> str:
        """Why a figure does not exist, in words; a dash without a code. What only parameters could tell is left out."""
        if not code:
            return DASH
        words = message(code)
        if "…" in words:
            words = re.split(r"[;:,.]", words[: words.index("…")])[0]
        return words

    def day(self, text: str) -> str:
        """``2026-11-24`` as ``24 November 2026``; a month or other text likewise or unchanged."""
        return _calendar(text, self.locale)

    # -- tables --------------------------------------------------------------------------------------------------

    def scale_for(self, table: Table) -> tuple[int, str]:
        """What the money of a table is divided by so that its columns fit, and the words that say so.

        Returns
        -------
        (scale, words) : (1, "") without money; (1, "THB"); (1000, "KHR thousand"). Money in several currencies is
            never scaled, and its words are empty: the headings name the currencies.
        """
        found = {
            cell: table.columns[at].currency or self.currency
            for row in table.rows
            for at, cell in enumerate(row.cells)
            if isinstance(cell, float | int) and (row.unit or table.columns[at].unit) == "money" and math.isfinite(cell)
        }
        currencies = set(found.values())
        if len(currencies) != 1:
            return 1, ""
        room = _room(table)
        largest = max(map(abs, found))
        # The largest figure keeps four digits: scaled further, small rows would all read 0.
        steps = [step for step in _SCALES if step[0] == 1 or largest >= 1_000 * step[0]]
        scale, word = next(
            (step for step in steps if all(len(self.number(cell, "money", None, step[0])) <= room for cell in found)),
            steps[-1],
        )
        return scale, f"{currencies.pop()} {word}".strip()

    def cell(self, table: Table, row: Row, at: int, scale: int = 1) -> str:
        """The text of one cell; ``scale`` from :meth:`scale_for`."""
        value, column = row.cells[at], table.columns[at]
        if value is None:
            return "" if row.kind == "group" else DASH
        unit = column.unit
        if row.unit is not None and unit != "text" and not isinstance(value, str):
            unit = row.unit
        return self.number(value, unit, column.currency, scale)


def _price_decimals(value: float, currency: str) -> tuple[int, int]:
    """Decimals of a price: the currency's; two for a broken price in a currency that has none."""
    try:
        decimals = known_currency(currency).decimals
    except CalculationError:
        decimals = 2
    return (decimals, max(decimals, 0 if abs(value) >= 100_000 else 2))


def _room(table: Table) -> int:
    """Characters that fit into a number column on paper: A4 upright or, for a wide table, lying."""
    numbers = max(1, sum(column.unit != "text" for column in table.columns))
    texts = max(0, len(table.columns) - numbers - 1)
    width_cm = ((25.2 if table.wide else 16.5) - 4.4 - 2.4 * texts) / numbers
    size = 9.0 if len(table.columns) <= 9 else 7.5
    return max(6, int((width_cm * 28.35 - 8.0) / (0.5 * size)))


def read_number(text: str) -> float | None:
    """The number in a text made by :class:`Formats` in English; ``None`` where it holds none.

    Per cent come back as fractions, currency codes and unit words are passed over. A scale in a table's heading is the
    caller's to multiply by.

    >>> read_number("THB −1,200,000.50"), read_number("12.5 %"), read_number("–")
    (-1200000.5, 0.125, None)
    """
    found = _READ.search(text.replace("\u00a0", " "))
    if found is None:
        return None
    number = Decimal(found[2].replace(",", ""))
    if found[3]:
        number /= 100
    return float(-number if found[1] in ("-", MINUS) else number)
