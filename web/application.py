"""Putting the application together: configuration, guards, words, pages."""

from __future__ import annotations

from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from web import (
    access,
    assets,
    blueprints,
    compress,
    errors,
    frame,
    guard,
    headers,
    jobs,
    languages,
    logs,
    start_key,
    storage,
    upkeep,
    words,
)
from web.config import WebConfig, from_environment

__all__ = ["create_app"]


def create_app(config: WebConfig | None = None, store: Any = None) -> Flask:
    """The application.

    Parameters
    ----------
    config : choices of this installation; by default those of the environment, and then the log goes to standard error
        and the day's round of upkeep is done here
    store : an open store, in tests; by default the one at ``config.database_url``, opened when it is first needed

    Raises
    ------
    FinanceKitError : a setting of the environment is wrong
    """
    by_environment = config is None
    if config is None:
        config = from_environment()
        logs.to_stream()
    app = Flask(__name__.partition(".")[0], static_folder=None)
    app.config.from_mapping(_settings(config))
    app.extensions["finance_kit_config"] = config
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if config.proxies:
        count = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    storage.attach(app, store)
    jobs.attach(app)
    logs.attach(app)  # first, so that its clock runs over everything else
    guard.attach(app)
    languages.attach(app)
    words.attach(app)
    assets.attach(app)
    headers.attach(app)
    compress.attach(app)
    errors.attach(app)
    access.attach(app)
    start_key.attach(app)
    frame.attach(app)
    blueprints.attach(app)
    if by_environment:
        upkeep.start(app)
    return app


def _settings(config: WebConfig) -> dict[str, Any]:
    """The settings of Flask and its extensions that follow from ours."""
    return {
        "SECRET_KEY": config.secret_key,
        "MAX_CONTENT_LENGTH": config.max_content_length,
        "MAX_FORM_MEMORY_SIZE": config.max_form_memory_size,
        "MAX_FORM_PARTS": config.max_form_parts,
        # Without TLS a cookie with this prefix would be thrown away by the browser.
        "SESSION_COOKIE_NAME": "__Host-finance_kit" if config.tls else "finance_kit",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.tls,
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": config.absolute,
        "PREFERRED_URL_SCHEME": "https" if config.tls else "http",
        # A form stays open for hours while somebody writes: the token lives as long as the session it belongs to.
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "en",
        "TRAP_BAD_REQUEST_ERRORS": False,
        "PROPAGATE_EXCEPTIONS": False,
    }
