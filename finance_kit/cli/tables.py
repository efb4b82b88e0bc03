"""Tables of a report on a screen: figures that stay readable, and as many columns side by side as there is room for."""

from __future__ import annotations

from math import ceil
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid
from rich.text import Text

__all__ = ["print_table"]

_SCALES: Final = ((1, ""), (1_000, "thousand"), (1_000_000, "million"), (1_000_000_000, "billion"))
_LEAST_SHOWN: Final = 1_000  # the largest figure keeps four digits: scaled further, small rows would all read 0
_LABEL_WIDTH: Final = 32
_GAP: Final = 2
_MARK: Final = "*"  # colour alone says nothing on paper, in a log or to whoever does not see it


def print_table(console: Console, table: Any, formats: Any) -> None:
    """Print a report table; it goes on below where its columns do not fit side by side.

    Parameters
    ----------
    console : where to print; its width decides
    table : :class:`finance_kit.report.model.Table`
    formats : :class:`finance_kit.report.formats.Formats` of the plan
    """
    room = max(console.width - _LABEL_WIDTH, _GAP)
    scale, word = _scale(table, formats, room)
    figures = max(len(table.columns) - 1, 1)
    parts = ceil(figures / max(1, room // (_widest(table, formats, scale) + _GAP)))
    side_by_side = ceil(figures / parts)
    titles = [f"{table.title}{_units(table, formats, word)}", f"{table.title}, continued"]
    for number, first in enumerate(range(1, len(table.columns), side_by_side)):
        columns = range(first, min(first + side_by_side, len(table.columns)))
        console.print(_grid(table, formats, scale, columns, titles[min(number, 1)], console.width))
    if table.note:
        marked = any(row.marked_cells for row in table.rows)
        console.print(escape(f"{_MARK} {table.note}" if marked else table.note), style="dim")


def _grid(table: Any, formats: Any, scale: int, columns: range, title: str, width: int) -> Grid:
    """The labels and some of the columns."""
    grid = Grid(
        title=escape(title),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    grid.add_column(escape(table.columns[0].label), min_width=_LABEL_WIDTH if width > 100 else None)
    for at in columns:
        grid.add_column(escape(table.columns[at].label), justify="right", no_wrap=True)
    for row in table.rows:
        style = "bold" if row.kind in ("total", "group") else ""
        cells = [Text(_cell(table, row, at, formats, scale), style=_style(row, at, style)) for at in columns]
        grid.add_row(Text(formats.cell(table, row, 0, scale), style=style), *cells)
    return grid


def _cell(table: Any, row: Any, at: int, formats: Any, scale: int) -> str:
    """A cell's text, with the mark that a table's note speaks of."""
    return f"{formats.cell(table, row, at, scale)}{_MARK if at in row.marked_cells else ''}"


def _style(row: Any, at: int, style: str) -> str:
    return "bold red" if at in row.marked_cells else style


def _money(table: Any) -> list[tuple[Any, int]]:
    """Row and position of every amount of money."""
    return [
        (row, at)
        for row in table.rows
        for at in range(1, len(row.cells))
        if (row.unit or table.columns[at].unit) == "money" and isinstance(row.cells[at], int | float)
    ]


def _scale(table: Any, formats: Any, room: int) -> tuple[int, str]:
    """What money is divided by so that all columns fit, as far as that leaves figures to read; and its word."""
    amounts = _money(table)
    largest = max((abs(row.cells[at]) for row, at in amounts), default=0.0)
    if not formats.scale_for(table)[1]:  # no money, or in several currencies
        return _SCALES[0]
    allowed = [step for step in _SCALES if step[0] == 1 or largest / step[0] >= _LEAST_SHOWN]
    each = room // max(len(table.columns) - 1, 1) - _GAP
    for step in allowed:
        if all(len(_cell(table, row, at, formats, step[0])) <= each for row, at in amounts):
            return step
    return allowed[-1]


def _units(table: Any, formats: Any, word: str) -> str:
    """The currency and scale of a table's money, in brackets."""
    words = formats.scale_for(table)[1]
    return f" ({words.split()[0]} {word}".rstrip() + ")" if words else ""


def _widest(table: Any, formats: Any, scale: int) -> int:
    """Characters of the widest figure or heading."""
    cells = [len(_cell(table, row, at, formats, scale)) for row in table.rows for at in range(1, len(row.cells))]
    return max([*cells, *(len(column.label) for column in table.columns[1:])], default=1)
