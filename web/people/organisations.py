"""Organisations: a union, an office or a network whose advisers keep several clusters.

Being a member shows nobody anything: a plan is open to the advisers only while its owner puts it there.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.store import accounts, organisations
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
    """The organisations one belongs to, and a form for a new one, of which its maker is the head."""
    person = require_person()
    faults: Faults = {}
    if request.method == "POST":
        name = person_name(faults)
        if not faults:
            with store().session() as opened:
                made = organisations.create(opened, name, person.id, now())
            return redirect(url_for("people.organisation", organisation_id=made), 303)
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
    """Take a person in, or change what they are here. Heads only."""
    page = _page(organisation_id)
    _heads_only(page)
    faults: Faults = {}
    changed = False
    role = request.form.get("role", "")
    if role not in ORGANISATION_ROLES:
        faults["role"] = "role_unknown"
    with store().session() as opened:
        other = accounts.by_name(opened, request.form.get("name", ""))
        if other is None or other.disabled:
            faults["name"] = "person_unknown"
        elif not faults:
            changed = organisations.put(opened, organisation_id, other.id, role, now())
    if faults:
        return refuse("people/organisation.html", faults, **page)
    _say(changed)
    return redirect(url_for("people.organisation", organisation_id=organisation_id), 303)


@blueprint.post("/organisations/<organisation_id>/members/<user_id>/remove")
@shared_only
def remove_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    """Take a person out, which closes their plans to the advisers; anybody may take out themselves."""
    page = _page(organisation_id)
    person = require_person()
    if user_id != person.id:
        _heads_only(page)
    with store().session() as opened:
        gone = organisations.remove(opened, organisation_id, user_id)
    if gone is None:
        abort(404)
    _say(gone)
    if gone and user_id == person.id:
        return redirect(url_for("people.all_organisations"), 303)
    return redirect(url_for("people.organisation", organisation_id=organisation_id), 303)


def _say(changed: bool) -> None:
    if changed:
        flash(gettext("The list of people is changed."), "done")
    else:
        flash(gettext("An organisation needs a head. Make somebody else the head first."), "problem")


def _heads_only(page: dict[str, Any]) -> None:
    if page["mine"] != "head":
        abort(404)


def _page(organisation_id: str) -> dict[str, Any]:
    """What a person of this organisation sees of it; for others it does not exist."""
    person = require_person()
    with store().session() as opened:
        lines = {line.id: line for line in organisations.of(opened, person.id)}
        here = lines.get(organisation_id) or abort(404)
        people = organisations.members(opened, organisation_id)
        plans = organisations.plans_shown(opened, organisation_id) if here.role in ("adviser", "head") else []
    return {"here_is": here, "mine": here.role, "people": people, "plans": plans, "roles": ORGANISATION_ROLES}
