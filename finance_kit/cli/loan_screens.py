"""What a loan officer reads in the terminal: a schedule, what an offer costs, offers side by side, a help page."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table as Grid
from rich.text import Text

__all__ = ["console", "fits", "show_page", "show_pairs", "show_sentences", "show_table", "show_title"]

_WIDTH = 80


def console() -> Console:
    """Where it is shown; 80 columns where nothing says how wide it is."""
    found = Console(highlight=False, soft_wrap=False)
    if found.is_terminal or os.environ.get("COLUMNS"):
        return found
    return Console(highlight=False, soft_wrap=False, width=_WIDTH)


def show_title(screen: Console, title: str, lines: Iterable[str], notes: Iterable[str] = ()) -> None:
    """Whose offer it is, and its terms as they were understood."""
    screen.print(Text(title, style="bold"))
    for line in lines:
        screen.print(Text(line))
    for note in notes:
        screen.print(Text(note, style="dim"))
    screen.print()


def show_pairs(screen: Console, pairs: Iterable[tuple[str, str]], title: str = "", *, figures: bool = True) -> None:
    """Names on the left, values on the right; or words beside words."""
    if title:
        screen.print(Text(title, style="bold"))
    grid = Grid(show_header=False, box=None, pad_edge=False)
    grid.add_column(no_wrap=not figures)
    grid.add_column(justify="right" if figures else "left", overflow="fold")
    for name, value in pairs:
        grid.add_row(Text(name), Text(value))
    screen.print(grid)
    screen.print()


def _widths(table: Any, *, whole_headings: bool) -> list[int]:
    """Width of each column: its widest cell, and its heading or the longest word of that."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    widths = []
    for place, heading in enumerate(table.headings):
        words = [heading] if whole_headings else heading.split() or [""]
        widths.append(max(*(len(row[place]) for row in rows), *map(len, words)))
    return widths


def _room(widths: list[int]) -> int:
    """Columns of the screen that a table of these widths takes, with the space around each."""
    return sum(widths) + 2 * len(widths) + 2


def fits(screen: Console, table: Any) -> bool:
    """Whether there is room for a table without breaking a figure; headings may take more lines."""
    return _room(_widths(table, whole_headings=False)) <= screen.width


def _grid(screen: Console, table: Any) -> Grid:
    """Figures on the right and never broken, sums in bold."""
    widths = _widths(table, whole_headings=True)
    if _room(widths) > screen.width:
        widths = _widths(table, whole_headings=False)
    grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for place, heading in enumerate(table.headings):
        grid.add_column(Text(heading), justify="right" if place >= table.left else "left", width=widths[place])
    for row in table.rows:
        grid.add_row(*(Text(cell, no_wrap=True) for cell in row))
    if table.total:
        grid.add_section()
        grid.add_row(*(Text(cell, style="bold") for cell in table.total))
    return grid


def show_table(screen: Console, table: Any, title: str = "") -> None:
    """A table under its title."""
    if title:
        screen.print(Text(title, style="bold"))
    screen.print(_grid(screen, table))


def show_sentences(screen: Console, sentences: Iterable[str], title: str = "") -> None:
    """One below the other, later lines of one set in."""
    if title:
        screen.print(Text(title, style="bold"))
    for sentence in sentences:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=1)
        grid.add_column()
        grid.add_row("-", Text(sentence))
        screen.print(grid)


def show_page(screen: Console, text: str) -> None:
    """A help page."""
    screen.print(Markdown(text, hyperlinks=False))
