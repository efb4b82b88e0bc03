"""What a leader reads in the terminal: a plan's figures, an explanation, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from finance_kit import service
from finance_kit.cli.tables import print_table

__all__ = ["show_explanation", "show_run", "working"]


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=110)
    return console


def show_run(opened: service.Run, *, months: bool = False) -> None:
    """Key figures, statements by year, readiness, what is weak."""
    console = _console()
    context, formats = opened.context, service.formats(opened)
    console.print(f"\n[bold]{escape(context.title)}[/bold]")
    console.print(escape(f"{context.cluster_name} · amounts in {context.currency}"))
    if context.fictional:
        console.print("A fictional teaching case, not a real cluster.")
    grid = Grid(
        title="Key figures", title_justify="left", title_style="bold", show_header=False, box=None, pad_edge=False
    )
    grid.add_column()
    grid.add_column(justify="right")
    for item in context.key_figures:
        grid.add_row(escape(item.label), _value(formats, item))
    console.print(grid)
    wanted = {"profit_and_loss", "cash_flow_years", "debt_service_cover"} | (
        {"cash_flow_months_1"} if months else set()
    )
    shown = set()
    for table in context.tables():
        if table.id in wanted and table.id not in shown:
            shown.add(table.id)
            print_table(console, table, formats)
    for assessment in opened.readiness:
        _print_readiness(console, assessment)
    if context.weaknesses:
        console.print("\n[bold]What is weak[/bold]")
        for sentence in context.weaknesses:
            console.print(f"  - {escape(sentence)}")
    else:
        console.print("\nNothing in the figures themselves is weak.")
    if opened.warnings:
        command = escape(f"finance-kit check {opened.loaded.source.file}")
        console.print(f"\n{len(opened.warnings)} questions that a lender may ask: {command}")


def _value(formats: Any, item: Any) -> str:
    if item.value is None:
        return escape(formats.reason(item.reason)) if item.reason else "–"
    return escape(formats.value(item.value, item.unit, item.currency))


def _print_readiness(console: Console, assessment: Any) -> None:
    found = assessment.to_json()
    console.print(f"\n[bold]Readiness: {escape(found['profile'])}[/bold]")
    console.print(escape(f"  {found['verdict']}"))
    for reason in found["reasons"]:
        console.print(f"  - {escape(reason)}")


def show_explanation(opened: service.Run, explanation: Any) -> None:
    """A figure with formula, inputs and places."""
    console = _console()
    formats = service.formats(opened)
    _print_explained(console, formats, explanation, 0)


def _print_explained(console: Console, formats: Any, item: Any, level: int, *, again: bool = False) -> None:
    indent = "    " * level
    value = formats.reason(item.reason) if item.value is None else formats.figure(item.month or item.value, item.unit)
    period = f", {item.period}" if item.period else ""
    console.print(escape(f"{indent}{item.label} ({item.id}){period}: {value}"), style="bold" if level == 0 else None)
    if not again:
        console.print(escape(f"{indent}  = {item.formula}"))
    if item.rates:
        rates = ", ".join(formats.figure(rate, "rate") for rate in item.rates)
        console.print(escape(f"{indent}  All rates at which the NPV is 0: {rates}"))
    if level == 0:
        console.print(escape(f"{indent}  Definition: {item.source}"))
    for stated in item.stated:
        source = f" – {stated.source}" if stated.source else ""
        dated = f" ({stated.source_date})" if stated.source_date else ""
        numbers = f" – {stated.numbers}" if stated.numbers else ""
        console.print(escape(f"{indent}  {stated.name}: {stated.where}{numbers}{source}{dated}"))
    before = None
    for below in item.inputs:
        # The same figure year after year: its formula once.
        _print_explained(console, formats, below, level + 1, again=below.id == before and not below.inputs)
        before = below.id


@contextmanager
def working() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _text: None
        return
    with console.status("Opening the plan") as status:
        yield status.update
