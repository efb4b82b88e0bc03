"""The readiness by lender profile as a section of its own: coaching for the cluster, never part of a lender's copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from finance_kit.documents.docx_fixes import fixes_section
from finance_kit.report.model import Block, Column, Paragraph, ReportContext, Row, Section, Table

__all__ = ["score_section"]

_MET: Final = {True: "met", False: "not met", None: "not stated"}


def score_section(context: ReportContext) -> Section:
    """What is weak, then a sub-section for each profile, then what would mend the plan; empty when there is neither.

    Parameters
    ----------
    context : its ``weaknesses``, ``readiness`` (assessments as plain values) and ``fixes``
    """
    weak: tuple[Block, ...] = ()
    if context.weaknesses:
        weak = (
            Paragraph("What is weak in the figures, most grave first:"),
            *(Paragraph(sentence, "bullet") for sentence in context.weaknesses),
        )
    profiles = tuple(_profile(at, found) for at, found in enumerate(context.readiness))
    profiles += tuple(fixes_section(found, at) for at, found in enumerate(context.fixes))
    if not (weak or profiles):
        return Section("readiness", "Readiness")
    lead = Paragraph("For the cluster and its adviser. Take these pages out before the plan goes to a lender.", "note")
    return Section("readiness", "Readiness: for the cluster only", (lead, *weak), profiles)


def _profile(at: int, found: Mapping[str, Any]) -> Section:
    """Verdict, conditions and points of one profile."""
    blocks: list[Block] = []
    if found.get("verdict"):
        blocks.append(Paragraph(str(found["verdict"])))
    blocks += [Paragraph(str(reason), "bullet") for reason in found.get("reasons", ())]
    gates = (*found.get("knock_outs", ()), *found.get("holds", ()))
    if gates:
        rows = tuple(
            Row(
                (f"{gate['label']}: {gate['rule']}", str(gate["found"]), _MET[gate["met"]], str(gate["source"])),
                marked_cells=() if gate["met"] else (2,),
            )
            for gate in gates
        )
        columns = (Column("Condition"), Column("Found"), Column("Result"), Column("Source"))
        blocks.append(Table(f"knock_outs_{at}", "Conditions, whatever the points", columns, rows))
    criteria = found.get("criteria", ())
    if criteria:
        points = tuple(
            Row((
                str(one["title"]), str(one["found"]), float(one["points"]),
                float(one["possible"]),
                str(one["rule"]),
            ))
            for one in criteria
        )  # fmt: skip
        total = Row(("All points", "", float(found["score"]), "", ""), "total")
        headings = (
            Column("Criterion"), Column("Found"), Column("Points", "quantity"), Column("of", "quantity"),
            Column("How points are given"),
        )  # fmt: skip
        blocks.append(Table(f"criteria_{at}", "Points", headings, (*points, total)))
    for words, name in (
        ("Not published by this lender", "not_published"),
        ("Asked as well, beside the plan", "also_asked"),
    ):
        if found.get(name):
            blocks.append(Paragraph(f"{words}: {', '.join(str(each).rstrip('.') for each in found[name])}.", "note"))
    if found.get("note"):
        blocks.append(Paragraph(str(found["note"]), "note"))
    return Section(f"readiness_{at}", str(found.get("profile", "Lender profile")), tuple(blocks))
