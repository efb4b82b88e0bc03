"""One's own account: passphrase, devices that are signed in, codes for the day the passphrase is forgotten."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from finance_kit.store import accounts, keys, sessions
from web import sessions as browser
from web.access import require_person
from web.people.area import blueprint, shared_only
from web.people.asking import Faults, ask, new_passphrase, refuse
from web.people.passphrases import hashed, matches
from web.people.throttle import confirming
from web.storage import store

__all__ = ["own_passphrase"]


def own_passphrase(given: str) -> bool:
    """Whether this is the passphrase of the person who is signed in."""
    with store().session() as opened:
        kept = accounts.passphrase_of(opened, require_person().id)
    return matches(kept, given)


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """What the account is, and the way to its parts."""
    person = require_person()
    with store().session() as opened:
        left = len(keys.of(opened, "recovery", browser.now(), user_id=person.id))
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
        accounts.set_passphrase(opened, person.id, kept)
        sessions.end_all(opened, person.id)
    browser.begin(person.id)
    flash(gettext("Your new passphrase works now. You were signed out on all other devices."), "done")
    return redirect(url_for("people.account"), 303)


@blueprint.get("/account/devices")
@shared_only
def devices() -> ResponseReturnValue:
    """Where one is signed in."""
    chosen = browser.config()
    with store().session() as opened:
        lines = sessions.of(opened, require_person().id, browser.now(), chosen.idle, chosen.absolute)
    return ask("people/devices.html", lines=lines, this=browser.this_session())


@blueprint.post("/account/devices/<session_id>/end")
@shared_only
def end_device(session_id: str) -> ResponseReturnValue:
    """Sign out one device."""
    with store().session() as opened:
        ended = sessions.end_one(opened, require_person().id, session_id)
    if not ended:
        abort(404)
    flash(gettext("That device is signed out."), "done")
    return redirect(url_for("people.devices"), 303)


@blueprint.post("/account/devices/end-all")
@shared_only
def end_all_devices() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    with store().session() as opened:
        sessions.end_all(opened, require_person().id)
    browser.end()
    flash(gettext("You are signed out on every device."), "done")
    return redirect(url_for("people.sign_in"), 303)


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@shared_only
def recovery_codes() -> ResponseReturnValue:
    """Codes to print, each good for one way back in. They are shown in the answer to this one request only."""
    person = require_person()
    first = request.args.get("first") == "1"
    with store().session() as opened:
        left = len(keys.of(opened, "recovery", browser.now(), user_id=person.id))
        codes = keys.new_recovery_codes(opened, person.id, browser.now()) if request.method == "POST" else []
    if codes:
        told = ngettext("%(num)s code was made.", "%(num)s codes were made.", len(codes))
        return ask("people/recovery_codes.html", codes=codes, left=len(codes), first=first, told=told)
    return ask("people/recovery_codes.html", codes=[], left=left, first=first, told="")
