"""What a cluster's leader reads of fixes: per problem what is wrong, the smallest change, what else it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from finance_kit.cli.loan_screens import console

__all__ = ["show_fixes"]

_KINDS = {
    "knock_out": "Stops the loan",
    "hold": "Holds it back",
    "unknown": "Cannot be checked",
    "criterion": "Costs points",
}
_OUTCOMES = {
    "ready": "ready",
    "nearly": "nearly ready",
    "not_yet": "not yet ready",
    "knocked_out": "not ready",
    "not_assessed": "not assessed",
}


def show_fixes(found: dict[str, Any], file: str) -> None:
    """All problems, worst first."""
    screen = console()
    screen.print(Text(found["title"], style="bold"))
    screen.print(Text(f"What would make it ready: {found['profile']}, version {found['version']}, {found['date']}"))
    screen.print(Text(found["before"]["verdict"]))
    if found["do_not_borrow"]:
        screen.print(Text("\nDo not borrow on this plan.", style="bold red"))
        for sentence in found["do_not_borrow"]:
            _indented(screen, sentence, 2)
        screen.print(
            Text("What follows shows what is lacking; it does not make the plan one to borrow on.", style="dim")
        )
    if not found["problems"]:
        screen.print(Text("\nNothing is to be mended for this lender."))
    for number, problem in enumerate(found["problems"], 1):
        _show_problem(screen, number, problem, found)
    if found["other_lenders"]:
        screen.print(Text("\nAnother lender of the country, with the plan as it stands", style="bold"))
        for other in found["other_lenders"]:
            _indented(screen, other["words"], 3)
    applies = [fix["number"] for problem in found["problems"] for fix in problem["fixes"] if fix["applies"]]
    if applies:
        screen.print(Text("\nA copy of the plan with a change in it:"))
        screen.print(
            Text(f"  finance-kit fix {file} --lender {found['profile_id']} --apply {applies[0]} --output NEW.yaml")
        )


def _indented(screen: Console, text: str, by: int, style: str = "") -> None:
    grid = Grid.grid()
    grid.add_column(width=by)
    grid.add_column()
    grid.add_row("", Text(text, style=style))
    screen.print(grid)


def _show_problem(screen: Console, number: int, found: dict[str, Any], everything: dict[str, Any]) -> None:
    problem, fixes = found["problem"], found["fixes"]
    points = f", {problem['points']:.1f} points" if problem["points"] else ""
    screen.print(Text(f"\n{number}. {_KINDS[problem['kind']]}{points}: {problem['title'].rstrip('.')}", style="bold"))
    _indented(screen, f"Found: {problem['found']}. Needed: {problem['needed']}.", 3)
    for title in problem["with_it"]:
        _indented(screen, f"Mended with it: {title}.", 3)
    if not fixes:
        _without_fix(screen, found)
        return
    for place, fix in enumerate(fixes):
        several = len(fix["steps"]) > 1
        first = "Best two changes together that mend it" if several else "Smallest change that mends it"
        lead = first if place == 0 else "Or in two smaller steps" if several else "Or"
        style = "bold" if place == 0 else ""
        _indented(screen, f"[{fix['number']}] {lead}: {fix['change']}", 3, style)
        for sentence in _what_else(fix):
            _indented(screen, sentence, 7)
        _indented(screen, f"To prove: {'; '.join(fix['to_prove'])}.", 7)
    if found["not_enough"]:
        _indented(screen, found["not_enough"], 3)
    _table(screen, fixes, everything)


def _without_fix(screen: Console, found: dict[str, Any]) -> None:
    problem = found["problem"]
    if found["todo"]:
        _indented(screen, "Smallest steps that mend it:", 3)
        for step in found["todo"]:
            _indented(screen, f"- {step}", 5)
        return
    if found["not_enough"]:
        _indented(screen, f"No change of the loan mends it. {found['not_enough']}", 3)
        if found["lacking"]:
            _indented(screen, found["lacking"], 3)
    else:
        _indented(screen, problem["mend"], 3)
    _indented(screen, f"See {', '.join(problem['inputs'])}.", 3, "dim")


def _what_else(fix: dict[str, Any]) -> Iterator[str]:
    """What gets better or worse elsewhere."""
    better = [f"{each['title']} ({each['after']})" for each in fix["changes"] if each["better"]]
    worse = [f"{each['title']} ({each['after']})" for each in fix["changes"] if not each["better"]]
    if fix["breaks"]:
        yield f"But then this no longer holds: {', '.join(fix['breaks'])}."
    if better:
        yield f"Better: {'; '.join(better)}."
    if worse:
        yield f"Worse: {'; '.join(worse)}."


def _money(value: float | None) -> str:
    if value is None:
        return "–"
    whole = round(value)
    return f"{whole:,}".replace("-", "\u2212") if whole else "0"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}".replace("-", "\u2212")


def _table(screen: Console, fixes: list[dict[str, Any]], everything: dict[str, Any]) -> None:
    """Figures as planned and after each change; money in plan currency."""
    shown = [fix for fix in fixes if fix["edits"]]
    if not shown:
        return
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    grid.add_column(f"   {everything['currency']}")
    columns = [everything["before"], *(fix["after"] for fix in shown)]
    for heading in ("as planned", *(f"[{fix['number']}]" for fix in shown)):
        grid.add_column(Text(heading), justify="right", no_wrap=True)
    for label, cell in _ROWS:
        grid.add_row(f"   {label}", *(Text(cell(each)) for each in columns))
    screen.print(grid)


_ROWS: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
    ("Net present value", lambda each: _money(each["figures"]["npv"])),
    ("Lowest yearly DSCR", lambda each: _ratio(each["figures"]["min_dscr"])),
    ("Lowest cash at a month end", lambda each: _money(each["figures"]["cash_low"])),
    ("Interest and fees in all", lambda each: _money(each["figures"]["interest"])),
    ("More cash from each member", lambda each: _money(each["figures"]["own_cash_per_member_more"])),
    ("Interest more for each", lambda each: _money(each["figures"]["interest_per_member_more"])),
    ("Readiness", lambda each: _OUTCOMES[each["outcome"]]),
    ("Points", lambda each: f"{each['score']:.1f}"),
)
