"""One's own account: passphrase, devices that are signed in, codes for the day the passphrase is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from finance_kit.store import one_time, sessions, tokens, users
from web import sessions as browser
from web.access import require_person
from web.headers import forget_this_site
from web.people.area import blueprint, shared_only
from web.people.asking import Faults, ask, new_passphrase, refuse
from web.people.passphrases import hashed, matches
from web.people.throttle import confirming
from web.storage import store

__all__ = ["own_passphrase"]

_CODES: Final = 10
_A_MOMENT: Final = timedelta(minutes=10)


def own_passphrase(given: str) -> bool:
    """Whether this is the passphrase of the person who is signed in."""
    with store().session() as opened:
        kept = users.passphrase_hash(opened, require_person().id)
    return matches(kept, given)


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """What the account is, and the way to its parts."""
    person = require_person()
    with store().session() as opened:
        left = users.recovery_codes_left(opened, person.id)
    return ask("people/account.html", codes_left=left)


@blueprint.route("/account/passphrase", methods=["GET", "POST"])
@shared_only
@confirming
def passphrase() -> ResponseReturnValue:
    """Another passphrase. Whoever was signed in with the old one is out."""
    person = require_person()
    if request.method == "GET":
        return ask("people/passphrase.html")
    faults: Faults = {}
    chosen = new_passphrase(faults, person.name)
    if not faults and not own_passphrase(request.form.get("old", "")):
        faults["old"] = "passphrase_wrong"
    if faults:
        return refuse("people/passphrase.html", faults)
    kept = hashed(chosen)
    with store().session() as opened:
        users.set_passphrase(opened, person.id, kept)  # ends every session as well
    browser.begin(person.id)
    flash(gettext("Your new passphrase works now. You were signed out on all other devices."), "done")
    return redirect(url_for("people.account"), 303)


@blueprint.get("/account/devices")
@shared_only
def devices() -> ResponseReturnValue:
    """Where one is signed in."""
    chosen, now = browser.config(), browser.now()
    with store().session() as opened:
        lines = [
            line
            for line in sessions.of(opened, require_person().id)
            if now - line.seen_at <= chosen.idle and now - line.started_at <= chosen.absolute
        ]
    this = browser.this_session()
    return ask("people/devices.html", lines=lines, this=this.id if this else "")


@blueprint.post("/account/devices/<session_id>/end")
@shared_only
def end_device(session_id: str) -> ResponseReturnValue:
    """Sign out one device."""
    person = require_person()
    with store().session() as opened:
        if session_id not in {line.id for line in sessions.of(opened, person.id)}:
            abort(404)
        sessions.end_one(opened, person.id, session_id)
    flash(gettext("That device is signed out."), "done")
    return redirect(url_for("people.devices"), 303)


@blueprint.post("/account/devices/end-all")
@shared_only
def end_all_devices() -> ResponseReturnValue:
    """Sign out everywhere, here too; tokens end as well, since whoever got in may have made one."""
    person = require_person()
    with store().session() as opened:
        sessions.end_all(opened, person.id)
        tokens.end_all(opened, person.id)
    browser.end()
    flash(gettext("You are signed out on every device, and no token works any more."), "done")
    return forget_this_site(make_response(render_template("start/signed_out.html", gone=person.id)))


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@shared_only
@confirming
def recovery_codes() -> ResponseReturnValue:
    """Codes to print, each good for one way back in. They are shown in the answer to this one request only."""
    person = require_person()
    with store().session() as opened:
        left = users.recovery_codes_left(opened, person.id)
    first = request.args.get("first") == "1"
    # Whoever borrows a device that is signed in must not print a way back in.
    confirm = not (left == 0 and _just_began())
    page: dict[str, Any] = {"codes": [], "left": left, "first": first, "confirm": confirm, "told": ""}
    if request.method == "GET":
        return ask("people/recovery_codes.html", **page)
    if confirm and not own_passphrase(request.form.get("passphrase", "")):
        return refuse("people/recovery_codes.html", {"passphrase": "passphrase_wrong"}, **page)
    codes = [one_time.fresh_code() for _ in range(_CODES)]
    with store().session() as opened:
        users.keep_recovery_codes(opened, person.id, [one_time.plain_code(code) for code in codes])
    told = ngettext("%(num)s code was made.", "%(num)s codes were made.", len(codes))
    return ask("people/recovery_codes.html", **(page | {"codes": codes, "left": len(codes), "told": told}))


def _just_began() -> bool:
    """Whether the person typed their passphrase a moment ago."""
    this = browser.this_session()
    return this is not None and browser.now() - this.started_at < _A_MOMENT
