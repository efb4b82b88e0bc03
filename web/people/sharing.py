"""Who may see a plan: people by name, people with a link, the advisers of an organisation. For its owner."""

from __future__ import annotations

from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.store import accounts, audit, keys, organisations, shares
from web.access import plan_access, require_person
from web.frame import plan_address
from web.people.area import blueprint, shared_only
from web.people.asking import Faults, ask, days, refuse
from web.people.wording import ROLES
from web.sessions import now
from web.storage import store

__all__ = ["SHARED_ROLES"]

SHARED_ROLES: Final = ("viewer", "editor")


@blueprint.get("/plans/<plan_id>/people")
@shared_only
def plan_people(plan_id: str) -> ResponseReturnValue:
    """Who may do what with this plan. Others than the owner see their own part in it."""
    access = plan_access(plan_id, "view")
    if not access.may("own"):
        return ask("people/my_part.html", plan=access.plan, may=ROLES[access.plan.role])
    return ask("people/plan_people.html", **_page(access.plan))


@blueprint.post("/plans/<plan_id>/people")
@shared_only
def share_plan(plan_id: str) -> ResponseReturnValue:
    """Give a person of this installation access, by name."""
    plan = plan_access(plan_id, "own").plan
    person = require_person()
    faults: Faults = {}
    role = _role(faults)
    with store().session() as opened:
        other = accounts.by_name(opened, request.form.get("name", ""))
        if other is None or other.disabled:
            faults["name"] = "person_unknown"
        elif other.id == person.id:
            faults["name"] = "person_is_owner"
        elif not faults:
            shares.grant(opened, plan_id, other.id, role, person.id, now())
            audit.note(opened, now(), person.id, plan_id, "shared", {"with": other.name, "role": role})
    if faults:
        return refuse("people/plan_people.html", faults, **_page(plan))
    flash(gettext("They can open the plan now, from their first page."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.post("/plans/<plan_id>/people/<user_id>/remove")
@shared_only
def unshare_plan(plan_id: str, user_id: str) -> ResponseReturnValue:
    """Take a person's access away."""
    plan_access(plan_id, "own")
    with store().session() as opened:
        gone = shares.remove(opened, plan_id, user_id)
        if gone is not None:
            audit.note(opened, now(), require_person().id, plan_id, "unshared", {"with": gone})
    if gone is None:
        abort(404)
    flash(gettext("They cannot open the plan any more."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.post("/plans/<plan_id>/people/leave")
@shared_only
def leave_plan(plan_id: str) -> ResponseReturnValue:
    """Give up one's own access to somebody else's plan."""
    plan_access(plan_id, "view")
    with store().session() as opened:
        gone = shares.remove(opened, plan_id, require_person().id)
        if gone is not None:
            audit.note(opened, now(), require_person().id, plan_id, "left", {})
    if gone is None:
        abort(404)
    flash(gettext("The plan is no longer among yours."), "done")
    return redirect(url_for("start.home"), 303)


@blueprint.post("/plans/<plan_id>/links")
@shared_only
def make_link(plan_id: str) -> ResponseReturnValue:
    """A link for whoever has it; shown now and never again, since only its digest is kept."""
    plan = plan_access(plan_id, "own").plan
    person = require_person()
    faults: Faults = {}
    role = _role(faults)
    lasting = days(faults, most=90)
    if faults:
        return refuse("people/plan_people.html", faults, **_page(plan))
    with store().session() as opened:
        secret = keys.new_link(opened, plan_id, role, person.id, lasting, now())
        audit.note(opened, now(), person.id, plan_id, "link_made", {"role": role, "days": lasting})
    address = url_for("people.open_link", secret=secret, _external=True)
    return ask("people/plan_people.html", **_page(plan, address))


@blueprint.post("/plans/<plan_id>/links/<link_id>/revoke")
@shared_only
def revoke_link(plan_id: str, link_id: str) -> ResponseReturnValue:
    """Take a link back. Who came in by it before stays in the list of people."""
    plan_access(plan_id, "own")
    with store().session() as opened:
        gone = keys.revoke(opened, link_id, now(), plan_id=plan_id)
        if gone:
            audit.note(opened, now(), require_person().id, plan_id, "link_ended", {})
    if not gone:
        abort(404)
    flash(gettext("The link does not work any more."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.post("/plans/<plan_id>/organisation")
@shared_only
def show_to_organisation(plan_id: str) -> ResponseReturnValue:
    """Show the plan to the advisers of an organisation, or to none."""
    plan_access(plan_id, "own")
    person = require_person()
    chosen = request.form.get("organisation", "") or None
    with store().session() as opened:
        known = {line.id: line.name for line in organisations.of(opened, person.id)}
        if chosen is not None and chosen not in known:
            abort(404)
        organisations.show(opened, plan_id, chosen)
        action = "organisation_shown" if chosen else "organisation_hidden"
        audit.note(opened, now(), person.id, plan_id, action, {"with": known[chosen]} if chosen else {})
    flash(gettext("Changed."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.route("/join/<secret>", methods=["GET", "POST"])
@shared_only
def open_link(secret: str) -> ResponseReturnValue:
    """What a link gives, and by whom; nothing is given until one says yes."""
    person = require_person()
    with store().session() as opened:
        link = keys.find(opened, ("link",), secret, now())
        offer = shares.offer(opened, link.plan_id) if link is not None and link.plan_id else None
    if link is None or offer is None:
        return ask("people/link_over.html"), 404
    if offer.owner_id == person.id:
        return redirect(url_for("people.plan_people", plan_id=offer.plan_id), 303)
    if request.method == "GET":
        return ask("people/join.html", offer=offer, link=link, may=ROLES[link.role], secret=secret)
    with store().session() as opened:
        shares.grant(opened, offer.plan_id, person.id, link.role, link.by_id, now(), never_less=True)
        audit.note(opened, now(), person.id, offer.plan_id, "link_used", {"role": link.role})
    return redirect(plan_address(offer.plan_id), 303)


def _role(faults: Faults) -> str:
    role = request.form.get("role", "")
    if role not in SHARED_ROLES:
        faults["role"] = "role_unknown"
    return role


def _page(plan: Any, link_address: str = "") -> dict[str, Any]:
    person = require_person()
    with store().session() as opened:
        return {
            "plan": plan,
            "people": shares.of(opened, plan.id),
            "links": keys.of(opened, "link", now(), plan_id=plan.id),
            "organisations": organisations.of(opened, person.id),
            "shown_to": organisations.of_plan(opened, plan.id),
            "roles": {role: ROLES[role] for role in SHARED_ROLES},
            "link_address": link_address,
        }
