"""A plan from nothing, and a profile that becomes a full plan."""

from __future__ import annotations

import secrets
from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup, escape

from finance_kit.drafts import Change, new_document
from finance_kit.forms.start import blank
from finance_kit.forms.steps import step_of, steps
from finance_kit.forms.typed import node_at
from finance_kit.store import plans
from web.access import PlanAccess, plan_access, require_person
from web.frame import plan_address
from web.plans.area import blueprint
from web.plans.pages import checked
from web.plans.saving import Conflicted, save
from web.samples import COUNTRIES
from web.storage import store
from web.words import core

__all__ = ["create", "grow", "new"]

_LONGEST_NAME = 120
_LEAST_MONTHS: Final = 36
"""Lenders ask for as many; see ``plan_short`` of the checks."""


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """Three questions before the first step."""
    return render_template("plans/new.html", countries=COUNTRIES, problems={}, typed=request.args)


@blueprint.post("/new")
def create() -> ResponseReturnValue:
    """A plan of one's own with a name, a country and its currency; every number is still to be given."""
    name, country = request.form.get("name", "").strip(), request.form.get("country", "")
    depth = "full" if request.form.get("depth") == "full" else "profile"
    problems = {}
    if not name or len(name) > _LONGEST_NAME:
        problems["name"] = gettext("Write the name of the cluster, at most %(count)s letters.", count=_LONGEST_NAME)
    if country not in COUNTRIES:
        problems["country"] = gettext("Choose the country.")
    if problems:
        page = render_template("plans/new.html", countries=COUNTRIES, problems=problems, typed=request.form)
        return page, 422
    document = new_document(blank(name, country, depth))
    person = require_person()
    with store().session() as session:
        plan = plans.create(session, person.id, document, name)
    return redirect(plan_address(plan.id), 303)


def _grown(access: PlanAccess) -> Markup:
    """What a plan that has just become a full one needs next, each with the step in which it is stated."""
    state = checked(access)
    wanted: dict[str, list[str]] = {}
    if _short(access.document):
        months = node_at("period/months")
        field = core(months.title) if months is not None else ""
        wanted["plan"] = [gettext("%(field)s (%(least)s or more)", field=field, least=_LEAST_MONTHS)]
    for path, issues in state.problems.items():
        step, node = step_of(path, state.depth), node_at(path)
        if step is not None and node is not None and any(issue.severity == "error" for issue in issues):
            titles = wanted.setdefault(step.id, [])
            titles += [core(node.title)] if core(node.title) not in titles else []
    said = Markup("; ").join(
        Markup('<a href="{}">{}</a>: {}').format(
            url_for("plans.step", plan_id=access.plan.id, step_id=step.id), core(step.title), ", ".join(wanted[step.id])
        )
        for step in steps(state.depth)
        if step.id in wanted
    )
    first = escape(gettext("This is a full plan now."))
    if not said:
        return first
    return first + " " + escape(gettext("Next it needs:")) + " " + said + "."


def _short(document: dict[str, Any]) -> bool:
    """Whether a plan looks ahead less than lenders ask of a full one."""
    period = document.get("period")
    months = period.get("months") if isinstance(period, dict) else None
    return not isinstance(months, int) or months < _LEAST_MONTHS


@blueprint.post("/<plan_id>/grow")
def grow(plan_id: str) -> ResponseReturnValue:
    """Open the steps of the full plan; everything typed stays where it is."""
    access = plan_access(plan_id, "edit")
    base = request.form.get("base", type=int)
    if base is None:
        abort(428)
    outcome = save(access, base, secrets.token_urlsafe(12), (Change("set", "depth", "full"),))
    if not isinstance(outcome, Conflicted):
        flash(_grown(plan_access(plan_id, "edit")), "done")
    return redirect(url_for("plans.overview", plan_id=plan_id), 303)
