"""A plan from nothing, and a profile that becomes a full plan."""

from __future__ import annotations

import secrets

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.drafts import Change, new_document
from finance_kit.forms.start import blank
from finance_kit.store import plans
from web.access import plan_access, require_person
from web.frame import plan_address
from web.plans.area import blueprint
from web.plans.saving import Conflicted, save
from web.samples import COUNTRIES
from web.storage import store

__all__ = ["create", "grow", "new"]

_LONGEST_NAME = 120


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


@blueprint.post("/<plan_id>/grow")
def grow(plan_id: str) -> ResponseReturnValue:
    """Open the steps of the full plan; everything typed stays where it is."""
    access = plan_access(plan_id, "edit")
    base = request.form.get("base", type=int)
    if base is None:
        abort(428)
    outcome = save(access, base, secrets.token_urlsafe(12), (Change("set", "depth", "full"),))
    if not isinstance(outcome, Conflicted):
        flash(gettext("This is a full plan now. It looks ahead at least 36 months: see “Plan and period”."), "done")
    return redirect(url_for("plans.overview", plan_id=plan_id), 303)
