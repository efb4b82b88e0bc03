"""What a person reads when something cannot be done: what happened, and what to do next. Never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, default_exceptions

from finance_kit.errors import FinanceKitError
from web import logs
from web.frame import address_of
from web.sessions import config
from web.words import sentence

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["attach", "wants_json"]

_WORDS: Final[dict[int, tuple[Any, Any]]] = {
    400: (
        lazy_gettext("This request could not be read"),
        lazy_gettext("Go back, load the page again and repeat what you did. What you typed is kept on this device."),
    ),
    401: (
        lazy_gettext("Please sign in first"),
        lazy_gettext("This page is only for people who have signed in."),
    ),
    403: (
        lazy_gettext("You may look at this, but not change it"),
        lazy_gettext("Ask the owner of the plan to let you edit it, or work on a copy of your own."),
    ),
    404: (
        lazy_gettext("This page was not found"),
        lazy_gettext("The address is wrong, the plan was removed, or it was not shared with you."),
    ),
    405: (
        lazy_gettext("This address cannot be used like that"),
        lazy_gettext("Go back to the page you came from and use its buttons."),
    ),
    409: (
        lazy_gettext("Somebody else changed the same place"),
        lazy_gettext("Nothing is lost. Open the plan again: it shows both versions, and you choose."),
    ),
    413: (
        lazy_gettext("This is too large"),
        lazy_gettext("A file may have up to 10 megabytes, a form fewer words. Send it in smaller parts."),
    ),
    428: (
        lazy_gettext("It is not clear which version you changed"),
        lazy_gettext("Load the page again. What you typed is kept on this device and is sent then."),
    ),
    429: (
        lazy_gettext("Too many tries"),
        lazy_gettext("Wait a minute, then try again."),
    ),
    500: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext(
            "Your last saved version is safe. Go back and try again; if it happens again, report this number."
        ),
    ),
    503: (
        lazy_gettext("The plans cannot be reached at this moment"),
        lazy_gettext("Nothing was saved just now. What you typed stays on this device and is sent later."),
    ),
    507: (
        lazy_gettext("The disk is full"),
        lazy_gettext("Nothing was saved just now. Plans can still be read. Free some space, then save again."),
    ),
}
_STORE: Final = {"store_full": 507}


def attach(app: Flask) -> None:
    """Answer every kind of trouble in words."""
    for code in {*_WORDS, *default_exceptions}:
        if code in default_exceptions:
            app.register_error_handler(code, _refused)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(FinanceKitError, _ours)
    app.register_error_handler(Exception, _unforeseen)


def wants_json() -> bool:
    """Whether whoever asks is a script and not a person."""
    best = request.accept_mimetypes.best_match(("text/html", "application/json"), "text/html")
    return request.is_json or best == "application/json" or request.path.startswith("/api/")


def _refused(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    door = address_of("people.sign_in", next=request.path) if config().shared else None
    # A part of a page that is open gets no page to sign in put into it: that page says so itself.
    part = request.headers.get("HX-Request") == "true"
    if error.code == 401 and door and request.method == "GET" and not wants_json() and not part:
        return redirect(door, 303)
    return _answer(error.code or 500, headers=_kept(error))


def _kept(error: HTTPException) -> dict[str, str]:
    """Headers that belong to a refusal: what is allowed instead, and when to come back."""
    return {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    title = gettext("This page has been open for too long")
    hint = gettext("Load it again and repeat the last step. What you typed is kept on this device.")
    return _answer(400, title, hint, code="stale_form")


def _ours(error: FinanceKitError) -> ResponseReturnValue:
    """Trouble of the core in its own words: the store's is nobody's mistake, the rest is about what was sent."""
    if error.code.startswith("store_"):
        logs.failure(error)
        return _answer(_STORE.get(error.code, 503), code=error.code, headers={"Retry-After": "5"})
    return _answer(400, gettext("This could not be done"), sentence(error), code=error.code)


def _unforeseen(error: Exception) -> ResponseReturnValue:
    number = logs.failure(error)
    return _answer(500, number=number)


def _answer(
    status: int,
    title: str = "",
    hint: str = "",
    *,
    code: str = "",
    number: str = "",
    headers: dict[str, str] | None = None,
) -> ResponseReturnValue:
    """A page, or JSON for a script, with the same words."""
    general = _WORDS.get(status) or _WORDS[400 if status < 500 else 500]
    title, hint = title or str(general[0]), hint or str(general[1])
    if wants_json():
        told = {"status": status, "code": code or f"http_{status}", "title": title, "hint": hint}
        return jsonify(error=told | ({"number": number} if number else {})), status, headers or {}
    page = render_template("errors/error.html", status=status, title=title, hint=hint, number=number)
    return page, status, headers or {}
