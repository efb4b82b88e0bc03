"""What a leader or a loan officer reads of lender profiles in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

__all__ = ["OUTCOMES", "print_lenders", "show_facts", "show_list", "show_page"]

OUTCOMES: Final = {
    "ready": "ready",
    "nearly": "nearly ready",
    "not_yet": "not ready yet",
    "knocked_out": "not ready",
    "not_assessed": "not assessed",
}
_TYPES: Final = {"bank": "bank", "state": "state bank", "mfi": "MFI", "guarantee_fund": "guarantee fund"}


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    return console if console.is_terminal else Console(highlight=False, width=110)


def _grid(title: str, *columns: str) -> Grid:
    grid = Grid(
        title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0),
        pad_edge=False,
    )  # fmt: skip
    for column in columns:
        grid.add_column(escape(column), overflow="fold")
    return grid


def print_lenders(console: Console, assessments: Sequence[Any], shown: Iterable[str]) -> None:
    """A line for each profile of the country; those shown in full below are marked."""
    in_full = set(shown)
    grid = _grid("Lenders of the country", "Profile", "Outcome", "Points", "What stands in the way first")
    for each in assessments:
        points = f"{each.score:.0f} of {each.possible:.0f}" if each.possible else "–"
        mark = "" if each.profile_id in in_full else " …"
        grid.add_row(
            escape(f"{each.profile_id} {each.version}{mark}"),
            OUTCOMES[each.outcome],
            points,
            escape(each.first_reason or "nothing"),
        )
    console.print()
    console.print(grid)
    console.print("Each as if this lender lent all that the plan asks for; compare points within a profile only.")
    if any(each.profile_id not in in_full for each in assessments):
        console.print("In full: --lender ID, or --all-lenders. Terms and sources: finance-kit lenders show ID.")


def show_list(pages: Sequence[Mapping[str, Any]]) -> None:
    """Profiles in a table."""
    console = _console()
    grid = _grid("Lender profiles", "Id", "Type", "Version", "Terms", "Title")
    for page in pages:
        own = [term for term in page["terms"] if term["words"] and not term["borrowed_from"]]
        kind = f"{_TYPES[page['lender_type']]}{', generic' if page['kind'] == 'generic' else ''}"
        marks = [f"{len(page['old'])} old"] if page["old"] else []
        marks += [f"your file {page['replaced_by']}"] if page["replaced_by"] else []
        title = page["title"] + (f" ({'; '.join(marks)})" if marks else "")
        grid.add_row(escape(page["id"]), kind, f"{page['version']}, {page['date']}", str(len(own)), escape(title))
    console.print(grid)
    console.print("Terms: how many the profile has of its own. One in full: finance-kit lenders show ID")


def show_page(page: Mapping[str, Any]) -> None:
    """A profile from top to bottom."""
    console = _console()
    console.print(f"\n[bold]{escape(page['title'])}[/bold]")
    based = f" · based on {', '.join(page['based_on'])}" if page["based_on"] else ""
    console.print(
        escape(f"{page['id']} · {_TYPES[page['lender_type']]} · version {page['version']}, {page['date']}{based}")
    )
    console.print(escape(page["note"]))
    noted = _Footnotes()
    terms = _grid("Terms", "Term", "What", "Source")
    for term in page["terms"]:
        if term["words"]:
            note = f" {term['note']}" if term["note"] else ""
            terms.add_row(escape(term["title"]), escape(f"{term['words']}.{note}"), noted(term))
    console.print(terms)
    if page["not_published"]:
        console.print(escape(f"Not published: {', '.join(page['not_published'])}.\n"))
    for title, name in (("Conditions that no other strength makes up for", "knock_outs"),
                        ("Without which a plan is nearly ready at best", "holds")):  # fmt: skip
        grid = _grid(title, "What", "Needed", "Source")
        for rule in page[name]:
            grid.add_row(escape(rule["label"]), escape(rule["rule"]), noted(rule))
        if page[name]:
            console.print(grid)
    points = _grid(
        f"Points: ready from {page['ready_at']:g}, nearly from {page['nearly_at']:g} of 100", "Criterion", "Weight",
        "How points are given", "Source",
    )  # fmt: skip
    for rule in page["criteria"]:
        points.add_row(
            escape(f"{rule['id']}: {rule['title']}"), f"{rule['weight']:g}", escape(rule["rule"]), noted(rule)
        )
    console.print(points)
    kinds = ", ".join(kind.replace("_", " ") for kind in page["documents"]["kinds"])
    console.print(f"[bold]Documents[/bold]\n{escape(kinds)}. {noted(page['documents'])}")
    if page["also_asked"]:
        console.print("\n[bold]Asked as well, without a place in a plan[/bold]")
        for each in page["also_asked"]:
            console.print(f"  - {escape(each['text'])} {noted(each)}")
    console.print("\n[bold]Sources[/bold]")
    for number, text in enumerate(noted.texts, 1):
        console.print(escape(f"  [{number}] {text}"))
    for warning in page["old"]:
        console.print(escape(f"Old: {warning}"))


class _Footnotes:
    """Sources by number, in the order in which they are first named."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, item: Mapping[str, Any]) -> str:
        """The number of a source, after whose value it is where the lender publishes none of its own."""
        if item["source"] not in self.texts:
            self.texts.append(item["source"])
        number = f"[{self.texts.index(item['source']) + 1}]"
        return escape(f"not published; {item['borrowed_from']} {number}" if item.get("borrowed_from") else number)


def show_facts(facts: Iterable[Mapping[str, Any]]) -> None:
    """Facts in a table."""
    console = _console()
    grid = _grid(
        "Facts that a rule may ask for", "Fact", "What", "Unit", "Better", "Words, worst first where one is better"
    )
    for fact in facts:
        grid.add_row(
            fact["fact"], escape(fact["label"]), fact["unit"], fact["better"] or "–", ", ".join(fact["words"]) or "–"
        )
    console.print(grid)
