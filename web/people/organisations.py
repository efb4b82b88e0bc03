"""Organisations: a union, an office or a network whose advisers keep several clusters.

Being a member shows nobody anything: a plan is open to the advisers only while its owner puts it there.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.store import departure, organisations, plans, users
from web.access import require_person
from web.people.area import blueprint, shared_only
from web.people.asking import Faults, ask, person_name, refuse
from web.people.wording import ORGANISATION_ROLES
from web.sessions import now
from web.storage import store

__all__: list[str] = []


@blueprint.route("/organisations", methods=["GET", "POST"])
@shared_only
def all_organisations() -> ResponseReturnValue:
    """The organisations one belongs to, and a form for a new one, which its maker manages."""
    person = require_person()
    faults: Faults = {}
    if request.method == "POST":
        name = person_name(faults)
        if not faults:
            with store().session() as opened:
                made = organisations.create(opened, name, person.id, now())
            return redirect(url_for("people.organisation", organisation_id=made.id), 303)
    with store().session() as opened:
        lines = organisations.of(opened, person.id)
    if faults:
        return refuse("people/organisations.html", faults, lines=lines, roles=ORGANISATION_ROLES)
    return ask("people/organisations.html", lines=lines, roles=ORGANISATION_ROLES)


@blueprint.get("/organisations/<organisation_id>")
@shared_only
def organisation(organisation_id: str) -> ResponseReturnValue:
    """One organisation: its people, and for advisers the plans that members show here."""
    return ask("people/organisation.html", **_page(organisation_id))


@blueprint.post("/organisations/<organisation_id>/members")
@shared_only
def add_member(organisation_id: str) -> ResponseReturnValue:
    """Take a person in, or change what they are here. Managers only."""
    page = _page(organisation_id)
    _managers_only(page)
    faults: Faults = {}
    role = request.form.get("role", "")
    if role not in ORGANISATION_ROLES:
        faults["role"] = "role_unknown"
    with store().session() as opened:
        other = users.by_name(opened, request.form.get("name", ""))
        if other is None or other.disabled_at is not None:
            faults["name"] = "person_unknown"
        elif other.id == require_person().id:
            faults["name"] = "manager_is_self"
        elif not faults:
            organisations.add(opened, organisation_id, other.id, role, now())
    if faults:
        return refuse("people/organisation.html", faults, **page)
    flash(gettext("The list of people is changed."), "done")
    return redirect(url_for("people.organisation", organisation_id=organisation_id), 303)


@blueprint.post("/organisations/<organisation_id>/members/<user_id>/remove")
@shared_only
def remove_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    """Take a person out, which closes their plans to the advisers; anybody may take out themselves."""
    page = _page(organisation_id)
    person = require_person()
    if user_id != person.id:
        _managers_only(page)
    with store().session() as opened:
        gone = departure.leave_organisation(opened, organisation_id, user_id, now())
    if not gone:
        abort(404)
    flash(gettext("The list of people is changed."), "done")
    if user_id == person.id:
        return redirect(url_for("people.all_organisations"), 303)
    return redirect(url_for("people.organisation", organisation_id=organisation_id), 303)


def _managers_only(page: dict[str, Any]) -> None:
    if page["mine"] != "manager":
        abort(404)


def _page(organisation_id: str) -> dict[str, Any]:
    """What a person of this organisation sees of it; for others it does not exist."""
    person = require_person()
    with store().session() as opened:
        lines = {line.id: line for line in organisations.of(opened, person.id)}
        here = lines.get(organisation_id) or abort(404)
        people = organisations.members(opened, organisation_id)
        shown = plans.of_organisation(opened, organisation_id, person.id) if here.role != "member" else []
    return {"here_is": here, "mine": here.role, "people": people, "plans": shown, "roles": ORGANISATION_ROLES}
