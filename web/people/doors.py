"""The ways in: sign in, register, set up the first account, come back with a code."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.store import accounts, keys, sessions
from web import sessions as browser
from web.access import current_person, public
from web.languages import local_path
from web.people.area import blueprint, shared_only
from web.people.asking import Faults, ask, new_passphrase, person_name, refuse
from web.people.passphrases import hashed, matches
from web.people.throttle import REGISTRATIONS, limiter, throttled
from web.storage import store

__all__: list[str] = []


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@shared_only
@throttled
def sign_in() -> ResponseReturnValue:
    """Name and passphrase. What is wrong is not said in more detail, nor is it seen in the time taken."""
    if request.method == "GET":
        with store().session() as opened:
            nobody = accounts.count(opened) == 0
        if nobody:
            return redirect(url_for("people.set_up"), 303)
        if current_person():
            return redirect(local_path(request.args.get("next", "")), 303)
        return ask("people/sign_in.html", typed={"next": request.args.get("next", "")}, mode=_mode())
    with store().session() as opened:
        found = accounts.by_name(opened, request.form.get("name", ""))
    kept = found.passphrase if found is not None else None
    if not matches(kept, request.form.get("passphrase", "")) or found is None or found.disabled:
        return refuse("people/sign_in.html", {"name": "sign_in_wrong"}, 401, mode=_mode())
    browser.begin(found.id)
    return redirect(local_path(request.form.get("next", "")), 303)


@blueprint.route("/register", methods=["GET", "POST"])
@public
@shared_only
@limiter.limit(REGISTRATIONS, methods=["POST"])
@throttled
def register() -> ResponseReturnValue:
    """An account of one's own: for everybody, with an invitation, or not at all, as the installation chose."""
    mode = _mode()
    if mode == "closed":
        abort(404)
    if request.method == "GET":
        return ask("people/register.html", mode=mode, invitation=request.args.get("invitation", "")[:80])
    invitation = request.form.get("invitation", "")
    faults: Faults = {}
    name = person_name(faults)
    passphrase = new_passphrase(faults, name)
    with store().session() as opened:
        asked = keys.find(opened, ("invitation",), invitation, browser.now()) if mode == "invitation" else None
    if mode == "invitation" and asked is None:
        faults["invitation"] = "invitation_wrong"
    if faults:
        return refuse("people/register.html", faults, mode=mode, invitation=invitation[:80])
    kept = hashed(passphrase)
    with store().session() as opened:
        used = asked is None or keys.use(opened, asked.id, browser.now())
        # Only these two come from the form: role and rights are never asked of the person who registers.
        made = accounts.create(opened, name, kept, "person", browser.now()) if used else None
        if made is None:
            opened.rollback()
            faults = {"name": "name_taken"} if used else {"invitation": "invitation_wrong"}
    if made is None:
        return refuse("people/register.html", faults, mode=mode, invitation=invitation[:80])
    return _welcome(made)


@blueprint.route("/set-up", methods=["GET", "POST"])
@public
@shared_only
@throttled
def set_up() -> ResponseReturnValue:
    """The first administrator, made by whoever can read the window of the server."""
    with store().session() as opened:
        if accounts.count(opened):
            abort(404)
    if request.method == "GET":
        return ask("people/set_up.html", key=request.args.get("key", "")[:80])
    faults: Faults = {}
    name = person_name(faults)
    passphrase = new_passphrase(faults, name)
    given = request.form.get("key", "")
    with store().session() as opened:
        first = keys.find(opened, ("first",), given, browser.now())
    if first is None:
        faults["key"] = "first_key_wrong"
    if first is None or faults:
        return refuse("people/set_up.html", faults, key=given[:80])
    kept = hashed(passphrase)
    with store().session() as opened:
        made = None
        if keys.use(opened, first.id, browser.now()):  # of two at once, one gets through
            made = accounts.create(opened, name, kept, "administrator", browser.now())
    if made is None:
        abort(404)
    return _welcome(made)


@blueprint.route("/recover", methods=["GET", "POST"])
@public
@shared_only
@throttled
def recover() -> ResponseReturnValue:
    """Back in without the passphrase: with one of the printed codes, or one that an administrator gave."""
    if request.method == "GET":
        return ask("people/recover.html", typed={"name": request.args.get("name", "")[:80]})
    faults: Faults = {}
    name = request.form.get("name", "")
    passphrase = new_passphrase(faults, name)
    if faults:
        return refuse("people/recover.html", faults)
    now = browser.now()
    kept = hashed(passphrase)  # before anything is looked up: the time says nothing about the account
    with store().session() as opened:
        found = accounts.by_name(opened, name)
        code = keys.find(opened, ("recovery", "reset"), request.form.get("code", ""), now)
        right = found is not None and code is not None and code.user_id == found.id and not found.disabled
        if right and found is not None and code is not None and keys.use(opened, code.id, now):
            accounts.set_passphrase(opened, found.id, kept)
            sessions.end_all(opened, found.id)
        else:
            right = False
    if found is None or not right:
        return refuse("people/recover.html", {"code": "code_wrong"})
    browser.begin(found.id)
    flash(gettext("Your new passphrase works now. You were signed out on all other devices."), "done")
    return redirect(url_for("people.account"), 303)


def _mode() -> str:
    return browser.config().registration


def _welcome(person: Any) -> ResponseReturnValue:
    """Signed in for the first time; the next page is about codes to print, since there is no e-mail to fall back on."""
    browser.begin(person.id)
    return redirect(url_for("people.recovery_codes", first=1), 303)
