"""What a leader reads in the terminal of readiness, documents and the interview; made for 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from finance_kit.cli.lender_screens import print_lenders
from finance_kit.cli.loan_screens import console

__all__ = ["hanging", "indented", "show_assessments", "show_checklists"]

_MET: Final = {True: "met", False: "NOT met", None: "cannot be checked"}
_STATUS: Final = {
    "held": "held", "to_get": "TO GET", "requested": "requested", "expired": "EXPIRED",
    "not_applicable": "does not apply",
}  # fmt: skip
_STATE: Final = {"answered": "answered", "partly": "partly answered", "open": "OPEN"}


def indented(screen: Console, text: str, spaces: int = 2, style: str | None = None) -> None:
    """A paragraph that stays set in when it takes several lines."""
    screen.print(Padding(escape(text), (0, 0, 0, spaces)), style=style)


def hanging(screen: Console, lead: str, text: str, spaces: int = 2, width: int = 0) -> None:
    """A paragraph whose later lines stand under its first word, not under its number."""
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=spaces + max(width, len(lead)), justify="right", no_wrap=True)
    grid.add_column()
    grid.add_row(Text(lead), Text(text))
    screen.print(grid)


def show_assessments(opened: Any) -> None:
    """The lenders of the country, then each chosen one from top to bottom."""
    screen = console()
    screen.print(f"\n[bold]Readiness: {escape(opened.plan.title)}[/bold]")
    if opened.plan.fictional:
        screen.print("A fictional teaching case, not a real cluster.")
    print_lenders(screen, opened.every_lender, [each.profile_id for each in opened.readiness])
    for note in opened.lender_notes:
        indented(screen, note, 0)
    for assessment in opened.readiness:
        _assessment(screen, assessment)
    screen.print("\nReadiness is not a lender's decision: an officer may see it otherwise.", style="dim")


def _assessment(screen: Console, found: Any) -> None:
    """One lender: verdict, conditions, criteria, what nobody publishes, sources by number."""
    sources: list[str] = []

    def number(text: str) -> str:
        if text not in sources:
            sources.append(text)
        return f"[{sources.index(text) + 1}]"

    screen.print(f"\n[bold]{escape(found.profile)}[/bold]  {escape(found.profile_id)}")
    indented(screen, found.verdict, 0)
    for title, rules in (("Conditions that no other strength makes up for", found.knock_outs),
                         ("Without which it is nearly ready at best", found.holds)):  # fmt: skip
        if rules:
            screen.print(f"\n[bold]{title}[/bold]")
        for rule in sorted(rules, key=lambda each: (each.met is not False, each.met is not None)):
            label = rule.label[0].upper() + rule.label[1:]
            mark = _MET[rule.met] if rule.published else "not published"
            indented(screen, f"{mark}: {label}: {rule.found}; needed: {rule.rule} {number(rule.source)}")
            if rule.met is False:
                indented(screen, f"{rule.why} {rule.mend}", 4)
            elif rule.unknown:
                indented(screen, f"Please state {', '.join(rule.missing)}.", 4)
    screen.print(f"\n[bold]Points[/bold]: {escape(_points(found))}")
    for criterion in sorted(found.criteria, key=lambda each: each.points - each.possible):
        _criterion(screen, criterion, number)
    if found.not_published:
        indented(screen, f"Not published by this lender: {', '.join(found.not_published)}.", 0, "dim")
    if found.also_asked:
        indented(screen, f"It asks as well, and a plan cannot say: {' '.join(found.also_asked)}", 0, "dim")
    screen.print("\nSources", style="dim")
    for place, text in enumerate(sources, 1):
        indented(screen, f"[{place}] {text}", 2, "dim")


def _points(found: Any) -> str:
    """The sum, and from where on a plan is ready."""
    if not found.possible:
        return "none; the lender publishes no scale"
    got = floor(found.score * 10.0 + 1e-6) / 10.0  # rounded down, so that no points look like a border that they miss
    border = f"ready from {found.ready_at:g}, nearly from {found.nearly_at:g} of 100"
    return f"{got:.1f} of {found.possible:.0f}; {border}"


def _criterion(screen: Console, criterion: Any, number: Any) -> None:
    """Points, figure, rule and source; what is missing or would earn more, where points are lost."""
    if not criterion.possible:
        hanging(screen, "–", f"{criterion.title}: {criterion.found}", 0, 10)
        return
    got = f"{criterion.points:4.1f} of {criterion.possible:2.0f}"
    hanging(screen, got, f"{criterion.title}: {criterion.found} {number(criterion.source)}", 0, 10)
    indented(screen, f"Rule: {criterion.rule}", 11, "dim")
    if criterion.missing:
        indented(screen, f"Evidence missing: please state {', '.join(criterion.missing)}.", 11)
    elif criterion.possible - criterion.points > 1e-9:
        indented(screen, criterion.mend, 11)


# ------------------------------------------------------------------------------------------------------------ checklist


def show_checklists(opened: Any, lists: Sequence[Any], answers: Iterable[Any]) -> None:
    """Documents of each lender, then the interview."""
    screen = console()
    screen.print(f"\n[bold]Documents and interview: {escape(opened.plan.title)}[/bold]")
    if opened.plan.fictional:
        screen.print("A fictional teaching case, not a real cluster.")
    for found in lists:
        _documents(screen, found)
    _questions(screen, [question for found in lists for question in found.to_ask])
    _interview(screen, answers)


def _documents(screen: Console, found: Any) -> None:
    """One lender's list in the order in which the documents are got."""
    form = (found.legal_form or "legal form not stated").replace("_", " ")
    screen.print(f"\n[bold]{escape(found.profile)}[/bold]  {escape(found.profile_id)} {found.version} · {escape(form)}")
    whose = "The lender's own list" if found.own_list else "This lender's list is not published; in its place"
    indented(screen, f"{whose}: {found.source}", 0, "dim")
    counted = [(word, found.count(status)) for status, word in _STATUS.items()]
    screen.print(", ".join(f"{number} {word.lower()}" for word, number in counted if number) + "\n")
    for item in found.items:
        reference = f" ({item.reference})" if item.reference else ""
        only = "" if item.asked_by else " (in the plan; not on this list)"
        hanging(screen, f"{item.order}.", f"{_STATUS[item.status]}: {item.title}{reference}{only}", 2, 3)
        if item.asked_by and item.note:
            indented(screen, item.note, 6, "dim")
        if item.status in ("to_get", "expired", "requested"):
            indented(screen, _how(item), 6)


def _how(item: Any) -> str:
    """Where, how long, how much, as far as a source was read."""
    days = f"{item.days} days" if item.days is not None else "not confirmed"
    cost = item.cost or "not confirmed"
    if item.where.startswith("the cluster"):
        return f"Where: {item.where}."
    return f"Where: {item.where}. How long: {days}. Cost: {cost}."


def _questions(screen: Console, found: Sequence[Any]) -> None:
    """What is only recalled."""
    once = list(dict.fromkeys((each.title, each.text) for each in found))
    if once:
        screen.print("\n[bold]Ask the lender; not confirmed[/bold]")
        indented(screen, "Recalled as usual in this country, not read in a source:", 0)
    for title, text in once:
        hanging(screen, "-", f"{title}. {text}")


def _interview(screen: Console, answers: Iterable[Any]) -> None:
    """Questions, what the plan answers, and the holes."""
    screen.print("\n[bold]What the officer will ask, and what the plan answers[/bold]")
    for answer in answers:
        heads = " · ".join(dict.fromkeys(part for part in (answer.five_c, answer.campari) if part)) or "cluster"
        screen.print(f"\n[bold]{escape(answer.question)}[/bold]  {escape(heads)}: {_STATE[answer.state]}")
        for label, words in answer.parts:
            indented(screen, f"{label}: {words}")
        if answer.holes:
            indented(screen, f"Not in the plan: {', '.join(answer.holes)}")
