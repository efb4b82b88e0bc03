"""Who may see a plan: people by name, people with a link, the advisers of an organisation. For its owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.errors import StoreError
from finance_kit.store import audit, introduction, organisations, plans, shares, users
from web.access import plan_access, require_person
from web.frame import plan_address
from web.people.area import blueprint, shared_only
from web.people.asking import Faults, ask, days, refuse
from web.people.wording import ROLES, SHORT_ROLES
from web.sessions import now
from web.storage import store

__all__: list[str] = []

_GIVEN = ("viewer", "editor")


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
    access = plan_access(plan_id, "own")
    faults: Faults = {}
    role = _role(faults)
    with store().session() as opened:
        other = users.by_name(opened, request.form.get("name", ""))
        if other is None or other.disabled_at is not None:
            faults["name"] = "person_unknown"
        elif other.id == access.user.id:
            faults["name"] = "person_is_owner"
        elif not faults:
            shares.with_person(opened, plan_id, access.user.id, other.id, role, now())
            audit.note(opened, now(), access.user.id, plan_id, "shared", {"person": other.id, "role": role})
    if faults:
        return refuse("people/plan_people.html", faults, **_page(access.plan))
    flash(gettext("They can open the plan now, from their first page."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.post("/plans/<plan_id>/shares/<share_id>/end")
@shared_only
def end_share(plan_id: str, share_id: str) -> ResponseReturnValue:
    """Take a person's access away, or a link with the access of all who came by it."""
    owner = plan_access(plan_id, "own").user
    with store().session() as opened:
        ended = {line.id: line for line in shares.of_plan(opened, plan_id, owner.id)}.get(share_id)
        if ended is None:
            abort(404)
        shares.take_back(opened, plan_id, owner.id, share_id)
        if ended.user_id:
            audit.note(opened, now(), owner.id, plan_id, "unshared", {"person": ended.user_id})
        else:
            audit.note(opened, now(), owner.id, plan_id, "link_ended", {"role": ended.role})
    flash(gettext("That access is over."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.post("/plans/<plan_id>/people/leave")
@shared_only
def leave_plan(plan_id: str) -> ResponseReturnValue:
    """Give up one's own access to somebody else's plan."""
    access = plan_access(plan_id, "view")
    if access.plan.role not in _GIVEN:
        abort(404)
    with store().session() as opened:
        shares.leave(opened, plan_id, access.user.id)
        audit.note(opened, now(), access.user.id, plan_id, "left")
    flash(gettext("The plan is no longer among yours."), "done")
    return redirect(url_for("start.home"), 303)


@blueprint.post("/plans/<plan_id>/links")
@shared_only
def make_link(plan_id: str) -> ResponseReturnValue:
    """A link for whoever has it; shown now and never again, since only its digest is kept."""
    access = plan_access(plan_id, "own")
    faults: Faults = {}
    role = _role(faults)
    lasting = days(faults, most=90)
    if faults:
        return refuse("people/plan_people.html", faults, **_page(access.plan))
    with store().session() as opened:
        end = now() + timedelta(days=lasting)
        _, secret = shares.make_link(opened, plan_id, access.user.id, role, now(), end)
        audit.note(opened, now(), access.user.id, plan_id, "link_made", {"role": role})
    address = url_for("people.open_link", secret=secret, _external=True)
    return ask("people/plan_people.html", **_page(access.plan, address))


@blueprint.post("/plans/<plan_id>/organisation")
@shared_only
def show_to_organisation(plan_id: str) -> ResponseReturnValue:
    """Show the plan to the advisers of an organisation, or to none."""
    owner = plan_access(plan_id, "own").user
    chosen = request.form.get("organisation", "") or None
    with store().session() as opened:
        known = {line.id: line.name for line in organisations.of(opened, owner.id)}
        if chosen is not None and chosen not in known:
            abort(404)
        plans.hand_to(opened, plan_id, owner.id, chosen)
        action = "organisation_shown" if chosen else "organisation_hidden"
        audit.note(opened, now(), owner.id, plan_id, action, {"with": known[chosen]} if chosen else {})
    flash(gettext("Changed."), "done")
    return redirect(url_for("people.plan_people", plan_id=plan_id), 303)


@blueprint.route("/join/<secret>", methods=["GET", "POST"])
@shared_only
def open_link(secret: str) -> ResponseReturnValue:
    """What a link gives, and by whom; nothing is given until one says yes."""
    person = require_person()
    with store().session() as opened:
        link = shares.find_link(opened, secret, now())
        offer = introduction.of_plan(opened, link.plan_id) if link is not None else None
    if link is None or offer is None:
        return ask("people/link_over.html"), 404
    if offer.owner_id == person.id:
        return redirect(url_for("people.plan_people", plan_id=link.plan_id), 303)
    if request.method == "GET":
        return ask("people/join.html", offer=offer, link=link, may=ROLES[link.role], secret=secret)
    try:
        with store().session() as opened:
            shares.accept(opened, secret, person.id, now())
            audit.note(opened, now(), person.id, link.plan_id, "link_used", {"role": link.role})
    except StoreError as problem:
        if problem.code != "share_not_found":
            raise
        return ask("people/link_over.html"), 404  # it ended between the two looks
    return redirect(plan_address(link.plan_id), 303)


def _role(faults: Faults) -> str:
    role = request.form.get("role", "")
    if role not in _GIVEN:
        faults["role"] = "role_unknown"
    return role


def _page(plan: Any, link_address: str = "") -> dict[str, Any]:
    person = require_person()
    with store().session() as opened:
        lines = shares.of_plan(opened, plan.id, person.id)
        mine = organisations.of(opened, person.id)
    works = [line for line in lines if line.expires_at is None or line.expires_at > now()]
    return {
        "plan": plan,
        "people": [line for line in works if line.user_id is not None],
        "links": [line for line in works if line.user_id is None],
        "organisations": mine,
        "shown_to": next((line for line in mine if line.id == plan.organisation_id), None),
        "roles": SHORT_ROLES,
        "link_address": link_address,
    }
