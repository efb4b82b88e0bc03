"""What would mend the plan for one lender, for the cluster: each change, what else it does, what to prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from finance_kit.report.model import Block, Column, Paragraph, Row, Section, Table

__all__ = ["fixes_section"]

_KINDS: Final = {
    "knock_out": "Stops the loan", "hold": "Holds it back", "unknown": "Cannot be checked", "criterion": "Costs points",
}  # fmt: skip
_OUTCOMES: Final = {
    "ready": "ready", "nearly": "nearly ready", "not_yet": "not yet ready", "knocked_out": "not ready",
    "not_assessed": "not assessed",
}  # fmt: skip


def fixes_section(found: Mapping[str, Any], at: int = 0) -> Section:
    """Problems, worst first, each with the smallest changes that mend it.

    Parameters
    ----------
    found : as :func:`finance_kit.readiness.fix_report.as_data` gives it
    at : place among the sections of this kind, for ids
    """
    blocks: list[Block] = []
    if found["do_not_borrow"]:
        blocks.append(Paragraph("Do not borrow on this plan.", "warning"))
        blocks += [Paragraph(sentence) for sentence in found["do_not_borrow"]]
        blocks.append(
            Paragraph("What follows shows what is lacking; it does not make the plan one to borrow on.", "note")
        )
    if not found["problems"]:
        blocks.append(Paragraph("Nothing is to be mended for this lender."))
    for number, problem in enumerate(found["problems"], 1):
        blocks += _problem(number, problem)
    blocks += [_figures(found, at)] if any(fix["edits"] for fix in _once(found)) else []
    blocks += _elsewhere(found)
    return Section(f"fixes_{at}", f"What would mend it: {found['profile']}", tuple(blocks))


def _problem(number: int, found: Mapping[str, Any]) -> Iterator[Block]:
    """One problem: what was found and needed, and the changes."""
    problem = found["problem"]
    title = f"{number}. {_KINDS[problem['kind']]}: {problem['title'].rstrip('.')}."
    yield Paragraph(f"{title} Found: {problem['found']}. Needed: {problem['needed']}.")
    for fix in found["fixes"]:
        yield Paragraph(" ".join(_change(fix)), "bullet")
    if found["fixes"]:
        return
    if found["todo"]:
        yield from (Paragraph(step, "bullet") for step in found["todo"])
    elif found["not_enough"]:
        yield Paragraph(f"No change of the loan mends it. {found['not_enough']} {found['lacking']}".strip(), "bullet")
    else:
        yield Paragraph(problem["mend"], "bullet")


def _change(fix: Mapping[str, Any]) -> Iterator[str]:
    """One change in sentences; what must be signed or named first is a condition to prove, and is called so."""
    yield f"[{fix['number']}] {fix['change']}"
    better = [f"{each['title']} ({each['after']})" for each in fix["changes"] if each["better"]]
    worse = [f"{each['title']} ({each['after']})" for each in fix["changes"] if not each["better"]]
    if fix["breaks"]:
        yield f"But then this no longer holds: {', '.join(fix['breaks'])}."
    yield from ([f"Better: {'; '.join(better)}."] if better else [])
    yield from ([f"Worse: {'; '.join(worse)}."] if worse else [])
    lead = "To prove" if fix["applies"] else "Condition to prove before it counts"
    yield f"{lead}: {'; '.join(fix['to_prove'])}."


def _once(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every change once, by its number."""
    every = {fix["number"]: fix for problem in found["problems"] for fix in problem["fixes"]}
    return [every[number] for number in sorted(every)]


def _figures(found: Mapping[str, Any], at: int) -> Table:
    """Key figures as planned and after each change."""
    rows = [_row("As planned", found["before"])]
    rows += [_row(f"[{fix['number']}]", fix["after"]) for fix in _once(found) if fix["edits"]]
    columns = (
        Column("Change"), Column("Net present value", "money"), Column("Lowest DSCR", "ratio"),
        Column("Lowest cash", "money"), Column("Interest and fees", "money"),
        Column("More cash from each member", "money"), Column("Readiness"), Column("Points", "quantity"),
    )  # fmt: skip
    return Table(f"fixes_{at}", "The plan with each change", columns, tuple(rows), "Each change by itself.")


def _row(label: str, weighed: Mapping[str, Any]) -> Row:
    figures = weighed["figures"]
    return Row((
        label, figures["npv"], figures["min_dscr"], figures["cash_low"], figures["interest"],
        figures["own_cash_per_member_more"], _OUTCOMES[weighed["outcome"]], round(weighed["score"], 1),
    ))  # fmt: skip


def _elsewhere(found: Mapping[str, Any]) -> Iterator[Block]:
    """Other lenders of the country whose conditions the plan as it stands does not fail."""
    lenders = found["other_lenders"]
    if lenders:
        yield Paragraph("Another lender of the country, with the plan as it stands:")
        yield from (Paragraph(each["words"], "bullet") for each in lenders)
