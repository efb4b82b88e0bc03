"""The ways in: sign in, register, set up the first account, come back with a code."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit.errors import StoreError
from finance_kit.store import departure, one_time, users
from web import sessions as browser
from web.access import current_person, public
from web.languages import current_language, local_path
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
            nobody = users.count(opened, "administrator") == 0
        if nobody:
            return redirect(url_for("people.set_up"), 303)
        if current_person():
            return redirect(local_path(request.args.get("next", "")), 303)
        return ask("people/sign_in.html", typed={"next": request.args.get("next", "")}, mode=_mode())
    with store().session() as opened:
        found = users.by_name(opened, request.form.get("name", ""))
        kept = users.passphrase_hash(opened, found.id) if found is not None else None
    right = matches(kept, request.form.get("passphrase", ""))
    if found is None or not right or found.disabled_at is not None:
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
    if mode == "invitation":
        with store().session() as opened:
            if not one_time.works(opened, "invitation", invitation, browser.now()):
                faults["invitation"] = "invitation_wrong"
    if not faults:
        kept = hashed(passphrase)
        try:
            with store().session() as opened:
                made = None
                if mode != "invitation" or one_time.use(opened, "invitation", invitation, browser.now()):
                    # Only name and passphrase come from the form: a role is never asked of the person who registers.
                    made = users.create(opened, name, kept, language=current_language())
            if made is not None:
                return _welcome(made)
            faults["invitation"] = "invitation_wrong"
        except StoreError as problem:
            faults["name"] = _name_fault(problem)  # and the invitation stays good
    return refuse("people/register.html", faults, mode=mode, invitation=invitation[:80])


@blueprint.route("/set-up", methods=["GET", "POST"])
@public
@shared_only
@throttled
def set_up() -> ResponseReturnValue:
    """The first administrator, made by whoever can read the window of the server."""
    with store().session() as opened:
        if users.count(opened, "administrator"):
            abort(404)
    if request.method == "GET":
        return ask("people/set_up.html", key=request.args.get("key", "")[:80])
    faults: Faults = {}
    name = person_name(faults)
    passphrase = new_passphrase(faults, name)
    given = request.form.get("key", "")
    with store().session() as opened:
        if not one_time.works(opened, "first", given, browser.now()):
            faults["key"] = "first_key_wrong"
    if faults:
        return refuse("people/set_up.html", faults, key=given[:80])
    kept = hashed(passphrase)
    with store().session() as opened:
        if not one_time.use(opened, "first", given, browser.now()):  # of two at once, one gets through
            abort(404)
        made = users.create(opened, name, kept, "administrator", current_language())
        departure.take_over(opened, made.id)
    return _welcome(made)


@blueprint.route("/recover", methods=["GET", "POST"])
@public
@shared_only
@throttled
def recover() -> ResponseReturnValue:
    """Back in without the passphrase: with one of the printed codes, or one that an administrator gave."""
    if request.method == "GET":
        return ask("people/recover.html")
    faults: Faults = {}
    name = request.form.get("name", "")
    passphrase = new_passphrase(faults, name)
    if faults:
        return refuse("people/recover.html", faults)
    kept = hashed(passphrase)  # before anything is looked up: the time says nothing about the account
    code = one_time.plain_code(request.form.get("code", ""))
    with store().session() as opened:
        found = users.by_name(opened, name)
        right = found is not None and found.disabled_at is None and _opens(opened, found.id, code)
        if found is not None and right:
            users.set_passphrase(opened, found.id, kept)  # ends every session as well
    if found is None or not right:
        return refuse("people/recover.html", {"code": "code_wrong"})
    browser.begin(found.id)
    flash(gettext("Your new passphrase works now. You were signed out on all other devices."), "done")
    return redirect(url_for("people.account"), 303)


def _opens(opened: Any, user_id: str, code: str) -> bool:
    """Whether a printed code or one of an administrator lets this person in; it is used up by the question."""
    return users.use_recovery_code(opened, user_id, code) or one_time.use(opened, "reset", code, browser.now(), user_id)


def _name_fault(problem: StoreError) -> str:
    """What is wrong with a name that the store refused; other trouble of the store goes its own way."""
    known = {"user_name_taken": "name_taken", "user_name_unusable": "name_characters"}
    if problem.code not in known:
        raise problem
    return known[problem.code]


def _mode() -> str:
    return browser.config().registration


def _welcome(person: Any) -> ResponseReturnValue:
    """Signed in for the first time; the next page is about codes to print, since there is no e-mail to fall back on."""
    browser.begin(person.id)
    return redirect(url_for("people.recovery_codes", first=1), 303)
