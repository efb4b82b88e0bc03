"""A small spreadsheet: works out the formulas that our workbooks use, as Excel documents its functions.

Formulas are cut into tokens and read by precedence; numbers are floats, as in Excel. Only what our sheets hold is
known, and anything else is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from math import fsum
from typing import Any

__all__ = ["calculate"]

_TOKEN = re.compile(
    r"(?P<range>(?:\w+!)?\$?[A-Z]{1,2}\$?\d+:\$?[A-Z]{1,2}\$?\d+)|(?P<cell>(?:\w+!)?\$?[A-Z]{1,2}\$?\d+\b)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/^=(),])"
)


def calculate(book: Any) -> None:
    """Replace every formula of an openpyxl workbook by its value."""
    names = {name: found.attr_text for name, found in book.defined_names.items()}
    known: dict[tuple[str, str], Any] = {}

    def cell(sheet: str, place: str) -> Any:
        place = place.replace("$", "")
        if (sheet, place) not in known:
            found = book[sheet][place].value
            is_formula = isinstance(found, str) and found.startswith("=")
            known[sheet, place] = _Formula(found[1:], sheet, cell, names).value() if is_formula else found
        return known[sheet, place]

    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for one in row:
                if isinstance(one.value, str) and one.value.startswith("=") and one.data_type == "f":
                    cell(sheet.title, one.coordinate)
    for (title, place), value in known.items():
        book[title][place] = value


class _Formula:
    """One formula while it is read."""

    def __init__(self, text: str, sheet: str, cell: Callable[[str, str], Any], names: dict[str, str]) -> None:
        self.tokens = list(_tokens(text))
        self.sheet, self.cell, self.names = sheet, cell, names

    def value(self) -> Any:
        found = self._compared()
        assert not self.tokens, self.tokens
        return found

    def _next(self, *signs: str) -> str | None:
        return self.tokens.pop(0)[1] if self.tokens and self.tokens[0] in [("sign", sign) for sign in signs] else None

    def _compared(self) -> Any:
        left = self._sum()
        return float(left == self._sum()) if self._next("=") else left

    def _sum(self) -> Any:
        found = self._product()
        while sign := self._next("+", "-"):
            other = self._product()
            found = found + other if sign == "+" else found - other
        return found

    def _product(self) -> Any:
        found = self._power()
        while sign := self._next("*", "/"):
            other = self._power()
            found = found * other if sign == "*" else found / other
        return found

    def _power(self) -> Any:
        found = self._one()
        while self._next("^"):
            found = found ** self._one()
        return found

    def _one(self) -> Any:
        if self._next("-"):
            return -self._one()
        if self._next("("):
            found = self._compared()
            assert self._next(")")
            return found
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return float(text)
        if kind == "cell":
            return self._at(text)
        if kind == "range":
            return self._range(text)
        assert kind == "name", text
        if self._next("("):
            return FUNCTIONS[text](*self._arguments())
        return self._at(self.names[text])

    def _arguments(self) -> Iterator[Any]:
        found = [self._compared()]
        while self._next(","):
            found.append(self._compared())
        assert self._next(")")
        return iter(found)

    def _at(self, text: str) -> Any:
        sheet, _, place = text.rpartition("!")
        found = self.cell(sheet or self.sheet, place)
        return 0.0 if found is None else found

    def _range(self, text: str) -> list[Any]:
        sheet, _, places = text.rpartition("!")
        first, last = places.replace("$", "").split(":")
        column = re.match(r"[A-Z]+", first)
        assert column is not None
        assert last.startswith(column[0])
        rows = range(int(first[len(column[0]) :]), int(last[len(column[0]) :]) + 1)
        return [self.cell(sheet or self.sheet, f"{column[0]}{row}") for row in rows]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found is not None, text[at:]
        assert found.lastgroup is not None
        yield found.lastgroup, found[0]
        at = found.end()


def _round(number: float, digits: float, how: str = ROUND_HALF_UP) -> float:
    """Away from zero at a half, on the decimal that a person sees (15 digits), as Excel does."""
    seen = Decimal(f"{number:.15g}")
    return float(seen.quantize(Decimal(1).scaleb(-int(digits)), rounding=how))


def _pmt(rate: float, count: float, worth: float) -> float:
    return -worth / count if rate == 0 else -worth * rate / (1 - (1 + rate) ** -count)


def _root(flows: list[float], times: list[float]) -> float:
    """The rate at which the flows are worth nothing, by halving; one change of sign is taken for granted."""
    low, high = -0.5, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        worth = fsum(flow / (1 + middle) ** time for flow, time in zip(flows, times, strict=True))
        low, high = (middle, high) if worth < 0 else (low, middle)
    return low


def _xirr(flows: list[float], days: list[datetime], _guess: float = 0.1) -> float:
    return _root(flows, [(day - days[0]).days / 365 for day in days])


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ROUND": _round,
    "ROUNDUP": lambda number, digits: _round(number, digits, ROUND_UP),
    "MOD": lambda number, whole: number - whole * (number // whole),
    "MIN": min,
    "MAX": max,
    "SUM": lambda cells: fsum(cell for cell in cells if cell is not None),
    "PMT": _pmt,
    "IRR": lambda flows, _guess=0.1: _root(flows, [float(time) for time in range(len(flows))]),
    "XIRR": _xirr,
}
