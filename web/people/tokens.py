"""Tokens for programs that use the interface in a person's name: made, shown once, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.store import tokens
from web.access import require_person
from web.people.account import own_passphrase
from web.people.area import blueprint
from web.people.asking import Faults, ask, days, label_of, refuse
from web.people.throttle import confirming
from web.people.wording import SCOPES
from web.sessions import config, now
from web.storage import store

__all__: list[str] = []


@blueprint.route("/account/tokens", methods=["GET", "POST"])
@confirming
def api_tokens() -> ResponseReturnValue:
    """The tokens that work, and a form for another: who borrows a device that is signed in must not make one."""
    person = require_person()
    if request.method == "GET":
        return ask("people/tokens.html", **_page())
    faults: Faults = {}
    label, scope = label_of(faults), request.form.get("scope", "")
    if scope not in SCOPES:
        faults["scope"] = "role_unknown"
    lasting = days(faults)
    if not faults and config().shared and not own_passphrase(request.form.get("passphrase", "")):
        faults |= {"passphrase": "passphrase_wrong"}
    if faults:
        return refuse("people/tokens.html", faults, **_page())
    with store().session() as opened:
        _, secret = tokens.create(opened, person.id, label, scope, now(), now() + timedelta(days=lasting))
    return ask("people/tokens.html", **_page(secret))


@blueprint.post("/account/tokens/<token_id>/revoke")
def revoke_token(token_id: str) -> ResponseReturnValue:
    """End a token."""
    with store().session() as opened:
        ended = tokens.end(opened, require_person().id, token_id)
    if not ended:
        abort(404)
    flash(gettext("The token does not work any more."), "done")
    return redirect(url_for("people.api_tokens"), 303)


def _page(secret: str = "") -> dict[str, Any]:
    with store().session() as opened:
        every = tokens.of(opened, require_person().id)
    lines = [line for line in every if line.expires_at is None or line.expires_at > now()]
    return {"lines": lines, "scopes": SCOPES, "secret": secret, "confirm": config().shared}
