"""Implementation: the action plan with its calendar, risks, environment."""

from __future__ import annotations

from finance_kit.plan.narrative import ActionPlan
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Column, Paragraph, Row, Section, Table
from finance_kit.report.wording import not_stated, text_section

__all__ = ["action_annex", "action_calendar", "action_table", "environment", "implementation", "risks"]

_ANSWERS = {"yes": "yes", "no": "no", "not_applicable": "does not apply", "planned": "planned"}
_STATUS = {"planned": "planned", "running": "running", "done": "done", "carried_over": "carried over"}
_GRAVE = 15
_CALENDAR_MONTHS = 12


def risks(basis: Basis) -> Section:
    """Risks by likelihood times impact, what is done about them, and insurance."""
    found = sorted(basis.plan.risks, key=lambda risk: -risk.likelihood * risk.impact)
    blocks: list[Block] = []
    if found:
        worst = found[0]
        score = worst.likelihood * worst.impact
        blocks.append(Paragraph(f"{len(found)} risks are named. The highest score, {score} of 25, has: {worst.risk}."))
        rows = tuple(
            Row(
                (r.risk, r.likelihood, r.impact, r.likelihood * r.impact, r.mitigation, r.owner or ""),
                marked_cells=(3,) if r.likelihood * r.impact >= _GRAVE else (),
            )
            for r in found
        )
        columns = (
            Column("Risk"), Column("Likelihood", "count"), Column("Impact", "count"), Column("Score", "count"),
            Column("What is done about it"), Column("Who"),
        )  # fmt: skip
        note = f"Likelihood and impact from 1 to 5; scores of {_GRAVE} and more are marked."
        blocks.append(Table("risks", "Risk register", columns, rows, note))
    else:
        blocks.append(not_stated("Risks and what is done about them"))
    insured = text_section("insurance", "Insurance", basis.plan.sections.insurance)
    insured = insured or Section("insurance", "Insurance", (not_stated("Insurance"),))
    return Section("risks", "Risks and insurance", tuple(blocks), (insured,))


def environment(basis: Basis) -> Section:
    """Checklist of environment, social matters and safety."""
    items = basis.plan.environment
    title = "Environment, social matters and safety"
    if not items:
        return Section("environment", title, (not_stated("Environmental and social checklist"),))
    rows = tuple(Row((item.question, _ANSWERS[item.answer], item.measure or "")) for item in items)
    columns = (Column("Question"), Column("Answer"), Column("Measure or permit"))
    return Section("environment", title, (Table("environment", "Checklist", columns, rows),))


def implementation(basis: Basis) -> Section:
    """The action plan: goal, activities, calendar, budget by who pays."""
    plan = basis.plan.action_plan
    if plan is None:
        return Section("implementation", "Implementation", (not_stated("Action plan"),))
    blocks: list[Block] = [Paragraph(f"Goal: {' '.join(plan.goal.split())}")]
    if plan.coach:
        blocks.append(Paragraph(f"Coach: {plan.coach}."))
    if not plan.activities:
        blocks.append(not_stated("Activities"))
        return Section("implementation", "Implementation", tuple(blocks))
    say = Formats(basis.currency)
    total = sum(activity.budget for activity in plan.activities)
    if total:
        text = f"{len(plan.activities)} activities have a budget of {say.figure(total, 'money')} together."
        blocks.append(Paragraph(text))
    blocks.append(action_calendar(basis, plan))
    budget = _budget_by_source(plan)
    blocks += [budget] if budget else []
    return Section("implementation", "Implementation", tuple(blocks))


def action_annex(basis: Basis) -> Section | None:
    """The activities in full; ``None`` where the plan has none."""
    plan = basis.plan.action_plan
    if plan is None or not plan.activities:
        return None
    return Section("action_plan", "Action plan", (action_table(basis, plan),))


def action_table(basis: Basis, plan: ActionPlan) -> Table:
    """Activities with output and target, who does them, when, and for how much; their risks in the note."""
    axis, number = basis.plan.axis, basis.plan.month_number
    rows = [
        Row((
            a.activity, _joined(a.output, a.indicator), _joined(a.responsible, a.partner),
            str(axis.month(number(a.start))), str(axis.month(number(a.end))), a.budget or None, a.budget_source or "",
            _STATUS[a.status],
        ))
        for a in plan.activities
    ]  # fmt: skip
    total = sum(activity.budget for activity in plan.activities)
    rows.append(Row(("Total", "", "", "", "", total or None, "", ""), "total"))
    partners = any(activity.partner for activity in plan.activities)
    columns = [
        Column("Activity"), Column("Output; target"), Column("Responsible; partner" if partners else "Responsible"),
        Column("Start", "month"), Column("End", "month"), Column("Budget", "money"), Column("Paid by"),
        Column("Status"),
    ]  # fmt: skip
    kept = [at for at in range(len(columns)) if any(row.cells[at] for row in rows[:-1])]
    dangers = "; ".join(f"{a.activity}: {' '.join(a.risk.split()).rstrip('.')}" for a in plan.activities if a.risk)
    return Table(
        "action_plan",
        "Action plan",
        tuple(columns[at] for at in kept),
        tuple(Row(tuple(row.cells[at] for at in kept), row.kind) for row in rows),
        f"Risks. {dangers}." if dangers else None,
    )


def _joined(*texts: str | None) -> str:
    return "; ".join(" ".join(text.split()).rstrip(".") for text in texts if text)


def action_calendar(basis: Basis, plan: ActionPlan) -> Table:
    """Activities by month: the months in which each runs are marked."""
    axis, number = basis.plan.axis, basis.plan.month_number
    spans = [(number(activity.start), number(activity.end)) for activity in plan.activities]
    first = min(start for start, _ in spans)
    last = min(max(end for _, end in spans), first + _CALENDAR_MONTHS - 1)
    months = range(first, last + 1)
    rows = []
    for activity, (start, end) in zip(plan.activities, spans, strict=True):
        on = [start <= month <= end for month in months]
        cells = tuple("■" if runs else "" for runs in on)
        rows.append(Row((activity.activity, *cells), marked_cells=tuple(at + 1 for at, runs in enumerate(on) if runs)))
    columns = (Column("Activity"), *(Column(axis.month(month).label) for month in months))
    beyond = any(end > last for _, end in spans)
    note = "Marked: the months in which an activity runs. Outputs, people and budgets stand in the annex."
    note += f" Months after {axis.month(last).label} are not shown." if beyond else ""
    return Table("action_calendar", "Activities by month", columns, tuple(rows), note)


def _budget_by_source(plan: ActionPlan) -> Table | None:
    """Budget of the action plan by who pays; ``None`` without a budget."""
    sums: dict[str, float] = {}
    for activity in plan.activities:
        if activity.budget:
            name = activity.budget_source or "Not stated"
            sums[name] = sums.get(name, 0.0) + activity.budget
    if not sums:
        return None
    total = sum(sums.values())
    rows = [Row((name, amount, amount / total)) for name, amount in sums.items()]
    rows.append(Row(("Total", total, 1.0), "total"))
    columns = (Column("Paid by"), Column("Budget", "money"), Column("Share", "share"))
    return Table("action_budget", "Budget of the action plan by who pays", columns, tuple(rows))
