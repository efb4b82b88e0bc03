"""Readiness: every lender of the country in a line, and each of them in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from finance_kit.service import figure_labels
from web.results.gist import closest, gist_of, outcome_of, points_of, raised
from web.results.links import Place, places
from web.results.site import Desk, blueprint, desk, page, wanting
from web.words import core, number

__all__ = ["assessed", "lender", "readiness"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition or criterion as a page shows it.

    ``state`` is met, failed, open or unpublished; ``got`` and ``possible`` are points, empty for a condition;
    ``places`` are the fields that would say what is missing, or that change the figure.
    """

    title: str
    state: str
    found: str
    rule: str
    got: str
    possible: str
    share: float
    why: str
    mend: str
    fallback: str
    source: int
    places: tuple[Place, ...]
    missing: bool
    figure: str


@blueprint.get("/plans/<plan_id>/readiness")
def readiness(plan_id: str) -> ResponseReturnValue:
    """All lenders of the country: outcome, points, what stands in the way most."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "readiness")
    lines = [
        (each, outcome_of(each.outcome), points_of(each.score, each.possible), gist_of(found, each))
        for each in found.run.every_lender
    ]
    nearest = closest(found.run.every_lender)
    return page(
        "readiness",
        found,
        "readiness",
        lines=lines,
        nearest=nearest,
        points="" if nearest is None else points_of(nearest.score, nearest.possible),
        gist=None if nearest is None else gist_of(found, nearest),
        notes=found.run.lender_notes,
    )


@blueprint.get("/plans/<plan_id>/readiness/<profile_id>")
def lender(plan_id: str, profile_id: str) -> ResponseReturnValue:
    """One lender: what decides whatever the points, what holds back, then each criterion with its points."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "readiness")
    assessment = assessed(found, profile_id)
    sources: list[str] = []
    conditions = [
        (title, [_condition(found, each, sources) for each in sorted(rules, key=_worst_first)], stops)
        for title, rules, stops in (
            (lazy_gettext("Conditions that no other strength makes up for"), assessment.knock_outs, True),
            (lazy_gettext("Without these it is nearly ready at best"), assessment.holds, False),
        )
        if rules
    ]
    criteria = sorted(assessment.criteria, key=lambda each: each.points - each.possible)
    return page(
        "lender",
        found,
        "readiness",
        assessment=assessment,
        gist=gist_of(found, assessment),
        points=points_of(assessment.score, assessment.possible),
        conditions=conditions,
        criteria=[_criterion(found, each, sources) for each in criteria],
        sources=sources,
    )


def assessed(found: Desk, profile_id: str) -> Any:
    """The assessment by a profile of the plan's country; any other is not there."""
    try:
        return found.run.by_lender(profile_id)
    except KeyError:
        abort(404)


def _worst_first(rule: Any) -> tuple[bool, bool]:
    return rule.met is not False, rule.met is not None


def _noted(text: str, sources: list[str]) -> int:
    """The number of a source, from 1; a new one is put at the end of the list."""
    if text not in sources:
        sources.append(text)
    return sources.index(text) + 1


def _condition(found: Desk, rule: Any, sources: list[str]) -> Rule:
    state = {True: "met", False: "failed", None: "open"}[rule.met] if rule.published else "unpublished"
    fields = rule.missing if rule.unknown else rule.inputs if rule.met is False else ()
    return Rule(
        title=raised(core(rule.label)),
        state=state,
        found=core(rule.found),
        rule=core(rule.rule),
        got="",
        possible="",
        share=0.0,
        why=core(rule.why) if rule.met is False else "",
        mend=core(rule.mend) if rule.met is False else "",
        fallback=core(rule.fallback),
        source=_noted(rule.source, sources),
        places=places(found.plan_id, found.opening.document, fields),
        missing=bool(rule.unknown),
        figure=rule.fact if rule.fact in figure_labels() else "",
    )


def _criterion(found: Desk, rule: Any, sources: list[str]) -> Rule:
    lost = rule.possible - rule.points > 1e-9
    fields = rule.missing or (rule.inputs if lost else ())
    return Rule(
        title=core(rule.title),
        state="unpublished" if not rule.possible else "failed" if lost else "met",
        found=core(rule.found),
        rule=core(rule.rule),
        got=number(rule.points, 1, 1),
        possible=number(rule.possible, 0),
        share=rule.points / rule.possible if rule.possible else 0.0,
        why="",
        mend=core(rule.mend) if lost and not rule.missing else "",
        fallback=core(rule.fallback),
        source=_noted(rule.source, sources),
        places=places(found.plan_id, found.opening.document, fields),
        missing=bool(rule.missing),
        figure=rule.fact if rule.fact in figure_labels() else "",
    )
