"""Fixes as plain values, for the terminal, other programs and a report: every figure raw, every sentence ready."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from finance_kit.plan.amend import edits
from finance_kit.plan.schema import Plan
from finance_kit.readiness import fix_wording as words
from finance_kit.readiness.effects import Figures, Weighed
from finance_kit.readiness.fixes import Fix, Fixes, Mended

__all__ = ["as_data"]


def _figures(figures: Figures, first: Figures) -> dict[str, Any]:
    """Key figures; what members put in and what the loans cost for each member, more than in the plan as it stands."""
    return asdict(figures) | {
        "own_cash_per_member_more": figures.per_member(figures.own_cash - first.own_cash),
        "interest_per_member_more": figures.per_member(figures.interest - first.interest),
    }


def _weighed(weighed: Weighed, first: Weighed) -> dict[str, Any]:
    found = weighed.assessment
    return {
        "figures": _figures(weighed.figures, first.figures),
        "outcome": found.outcome,
        "score": found.score,
        "possible": found.possible,
        "verdict": found.verdict,
    }


def _fix(fix: Fix, before: Plan, first: Weighed) -> dict[str, Any]:
    plan = fix.after.plan
    return {
        "number": fix.number,
        "change": words.change(fix.steps, before, plan),
        "steps": [asdict(step) for step in fix.steps],
        "edits": [{"path": ".".join(map(str, path)), "value": value} for path, value in edits(before, plan)],
        "to_prove": list(words.proofs(fix.steps, beyond=fix.beyond)),
        "applies": fix.applies,
        "beyond_plan": fix.beyond,
        "after": _weighed(fix.after, first),
        "changes": [asdict(each) for each in fix.changes],
        "breaks": [each.title for each in fix.breaks],
    }


def _mended(mended: Mended, found: Fixes) -> dict[str, Any]:
    problem = mended.problem
    alone = [fix for fix in mended.fixes if len(fix.steps) == 1]
    gap = mended.gap if not mended.fixes and mended.gap is not None and mended.gap > 0.0 else None
    return {
        "problem": asdict(problem),
        "fixes": [_fix(each, found.before.plan, found.before) for each in mended.fixes],
        "not_enough": "" if alone else words.not_enough(mended.tried, found.bounds),
        "levers_that_do_not_reach": [lever for lever, _ in mended.tried],
        "gap": gap,
        "lacking": "" if gap is None else words.lacking(gap, found.before.assessment.currency, _year(mended, found)),
        "todo": list(mended.todo),
    }


def _year(mended: Mended, found: Fixes) -> str:
    """The year in which a cover is lowest."""
    assessment = found.before.assessment
    places = [(each.fact, each.at) for each in (*assessment.knock_outs, *assessment.holds)]
    places += [(each.fact, each.at) for each in assessment.criteria]
    return next(at for fact, at in places if fact == mended.problem.fact)


def as_data(found: Fixes) -> dict[str, Any]:
    """Everything about the fixes of one plan and one lender.

    Returns
    -------
    JSON-serialisable: ``profile``, ``currency``, ``do_not_borrow`` (sentences, empty where borrowing is not ruled out),
    ``before``, ``other_lenders`` and ``problems``, most grave first
    """
    assessment = found.before.assessment
    return {
        "profile": assessment.profile,
        "profile_id": assessment.profile_id,
        "version": assessment.version,
        "date": assessment.date,
        "currency": assessment.currency,
        "title": found.before.plan.title,
        "do_not_borrow": [words.REFUSALS[code] for code in found.refusal],
        "refusal": list(found.refusal),
        "before": _weighed(found.before, found.before),
        "other_lenders": [asdict(each) | {"words": words.elsewhere(each)} for each in found.elsewhere],
        "problems": [_mended(each, found) for each in found.mended],
    }
