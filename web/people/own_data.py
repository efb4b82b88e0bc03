"""What is kept about a person: all of it to take along, and all of it to delete."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from finance_kit.store import departure, users
from finance_kit.store import own_data as data
from web import sessions as browser
from web.access import require_person
from web.headers import forget_this_site
from web.people.account import own_passphrase
from web.people.area import blueprint
from web.people.asking import Faults, ask, refuse
from web.people.throttle import confirming, sparing
from web.storage import store

__all__: list[str] = []


@blueprint.get("/account/data")
def own_data() -> ResponseReturnValue:
    """What is kept, what backups keep, and the two buttons."""
    return ask("people/own_data.html", **_page())


@blueprint.post("/account/data/export")
@sparing
def take_data() -> ResponseReturnValue:
    """Everything of one's own in one file: plans as plan files, and the rest as JSON."""
    with store().session() as opened:
        everything = data.take_out(opened, require_person().id)
    response = Response(everything, mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="finance-kit_my-data.zip"'
    return response


@blueprint.post("/account/delete")
@confirming
def delete_account() -> ResponseReturnValue:
    """Delete the account with all plans of one's own. There is no bin for this."""
    person = require_person()
    faults: Faults = {}
    if request.form.get("sure") != "yes":
        faults["sure"] = "confirm_missing"
    if browser.config().shared and not own_passphrase(request.form.get("passphrase", "")):
        faults |= {"passphrase": "passphrase_wrong"}
    page = _page()
    if faults:
        return refuse("people/own_data.html", faults, **page)
    if page["last_administrator"]:
        abort(409, "last_administrator")
    with store().session() as opened:
        departure.leave(opened, person.id, browser.now())
    departure.leave_nothing(store())
    browser.end()
    return forget_this_site(make_response(render_template("people/deleted.html", gone=person.id)))


def _page() -> dict[str, Any]:
    """How much there is, and whom else a deletion would take something from."""
    person = require_person()
    with store().session() as opened:
        counted = departure.amount(opened, person.id)
        alone = users.count(opened, "administrator") == 1
        last = person.role == "administrator" and alone and users.count(opened) > 1
    return {"counted": counted, "last_administrator": last}
