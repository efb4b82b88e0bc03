"""The first page: three doors to a plan, and the plans one has already."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from finance_kit import resources, service
from web import sessions
from web.access import current_person, public, require_person
from web.frame import address_of, plan_address
from web.headers import forget_this_site
from web.samples import COUNTRIES, SAMPLES
from web.start_key import start_key
from web.storage import store

__all__ = ["blueprint"]

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Three doors, and my plans."""
    person = current_person()
    if person is None and not sessions.config().shared:
        abort(401)
    return render_template(
        "start/home.html",
        samples=SAMPLES,
        countries=COUNTRIES,
        trades=service.trade_titles(),
        plans=_plans_of(person),
        bin_address=address_of("plans.bin_page") if person else None,
        blank_address=address_of("plans.new"),
    )


@blueprint.get("/start")
@public
def with_key() -> ResponseReturnValue:
    """One person's own laptop: the address that the server printed lets its reader in."""
    if not start_key().fits(request.args.get("key", "")):
        abort(401)
    from finance_kit.store import users

    with store().session() as opened:
        person = users.local(opened)
    sessions.begin(person.id)
    return redirect(url_for("start.home"), 303)


@blueprint.get("/session")
def session_now() -> ResponseReturnValue:
    """For a page that was open while its session ended: who is signed in now, and the token for their next change."""
    return jsonify(person=require_person().id, token=generate_csrf())


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session here, on the server and in the browser."""
    if current_person() is not None:
        start_key().renew()
    sessions.end()
    # Whom the page was made for, and not who is signed in by now: only they were asked about what is unsent.
    gone = request.form.get("person", "")
    return forget_this_site(make_response(render_template("start/signed_out.html", gone=gone)))


@blueprint.post("/samples/<name>")
def open_sample(name: str) -> ResponseReturnValue:
    """A copy of a sample, to look at and to change."""
    if name not in service.sample_names():
        abort(404)
    from finance_kit import drafts

    return _new_plan(drafts.new_document(_sample(name)))


@blueprint.post("/start/trade")
def from_trade() -> ResponseReturnValue:
    """A profile of a trade in a country: words to begin with, and not one number."""
    trade, country = request.form.get("trade", ""), request.form.get("country", "")
    if trade not in service.activities() or country not in COUNTRIES:
        flash(gettext("Choose a trade and a country."), "problem")
        return redirect(url_for("start.home") + "#trade", 303)
    return _new_plan(_document(service.starter(trade, country, "profile"), f"{trade}.yaml"))


@cache
def _sample(name: str) -> Any:
    """The values of a sample: a class opens the same one in the same minute, and it is read once."""
    from finance_kit import drafts

    return drafts.plain(_document(resources.sample_plan(name).read_text(encoding="utf-8"), f"{name}.yaml"))


def _document(text: str, name: str) -> Any:
    """A plan file of ours as a document."""
    from finance_kit import drafts

    document, issues = drafts.read_text(text, name)
    if document is None:
        message = f"{name} cannot be read: {[issue.code for issue in issues]}"
        raise ValueError(message)
    return document


def _new_plan(document: Any) -> ResponseReturnValue:
    """A plan of one's own, and its first page."""
    from finance_kit.store import plans

    person = require_person()
    with store().session() as opened:
        plan = plans.create(opened, person.id, document, str(document.get("title") or ""))
    return redirect(plan_address(plan.id), 303)


def _plans_of(person: Any) -> list[Any]:
    if person is None:
        return []
    from finance_kit.store import plans

    with store().session() as opened:
        return list(plans.of(opened, person.id))
