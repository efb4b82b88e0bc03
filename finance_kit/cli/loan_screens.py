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

__all__ = ["console", "show_lines", "show_page", "show_pairs", "show_sentences", "show_table", "show_title", "width_of"]

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


def show_pairs(screen: Console, pairs: Iterable[tuple[str, str]], title: str = "") -> None:
    """Names on the left, values on the right."""
    grid = Grid(title=title or None, title_justify="left", title_style="bold", show_header=False, box=None)
    grid.pad_edge = False
    grid.add_column(no_wrap=False)
    grid.add_column(justify="right", overflow="fold")
    for name, value in pairs:
        grid.add_row(Text(name), Text(value))
    screen.print(grid)
    screen.print()


def width_of(table: Any) -> int:
    """Columns of the screen that a table takes."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    widest = [max(len(row[place]) for row in rows) for place in range(len(table.headings))]
    words = [max(map(len, heading.split()), default=0) for heading in table.headings]
    return sum(max(pair) + 3 for pair in zip(widest, words, strict=True))


def show_table(screen: Console, table: Any, title: str = "") -> None:
    """Figures on the right, sums in bold; headings may take two lines, figures never."""
    grid = Grid(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for place, heading in enumerate(table.headings):
        is_figure = place >= table.left
        grid.add_column(Text(heading, no_wrap=False), justify="right" if is_figure else "left")
    for row in table.rows:
        grid.add_row(*(Text(cell, no_wrap=True) for cell in row))
    if table.total:
        grid.add_section()
        grid.add_row(*(Text(cell, style="bold", no_wrap=True) for cell in table.total))
    screen.print(grid)


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


def show_lines(screen: Console, lines: Iterable[str]) -> None:
    """Plain lines."""
    for line in lines:
        screen.print(Text(line))


def show_page(screen: Console, text: str) -> None:
    """A help page."""
    screen.print(Markdown(text, hyperlinks=False))
