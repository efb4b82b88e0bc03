"""Long results in parts: what one page carries is bounded, and the links to the rest need no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from finance_kit.service_results import FigureTable

__all__ = ["Part", "cut", "together"]

_MOST_ROWS: Final = 400
"""Rows of one table on a page: twenty years of months, or a hundred loans by year, stay whole."""
_MOST_FOLDED: Final = 1_200
"""Rows of all folded tables of a page together: twenty loans of sixty months stay on one page."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows of a table a page shows, counted from one, and the number of the part among all."""

    number: int
    parts: int
    first: int
    last: int
    rows: int


def cut(found: FigureTable, number: int = 1) -> tuple[FigureTable, Part | None]:
    """A part of a long table, cut before a heading where it has headings; a table that fits as it is, without a part.

    A number that there is no part of gives the nearest.
    """
    rows = found.table.rows
    if len(rows) <= _MOST_ROWS:
        return found, None
    starts = _starts([row.kind for row in rows])
    number = min(max(number, 1), len(starts))
    first, last = starts[number - 1], [*starts[1:], len(rows)][number - 1]
    table = replace(found.table, rows=rows[first:last])
    part = Part(number, len(starts), first + 1, last, len(rows))
    return replace(found, table=table, links=found.links[first:last]), part


def together(lengths: Sequence[int], chosen: int) -> range:
    """Which of several folded tables, of so many rows each, stand on the page of the chosen one.

    Each table belongs to one page, whichever of its neighbours is chosen.
    """
    first, rows = 0, 0
    for place, length in enumerate(lengths):
        if place > first and rows + length > _MOST_FOLDED:
            if chosen < place:
                return range(first, place)
            first, rows = place, 0
        rows += length
    return range(first, len(lengths))


def _starts(kinds: Sequence[str]) -> list[int]:
    """Where the parts of a table with rows of these kinds begin."""
    starts = [0]
    while len(kinds) - starts[-1] > _MOST_ROWS:
        end = starts[-1] + _MOST_ROWS
        headings = (place for place in range(end, starts[-1], -1) if kinds[place] == "group")
        starts.append(next(headings, end))
    return starts
