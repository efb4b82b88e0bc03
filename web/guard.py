"""What a request must be before any page looks at it: for this host, from this site, with the form's own token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from flask import abort, current_app, request
from flask_wtf.csrf import CSRFProtect

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["attach", "csrf"]

csrf: Final = CSRFProtect()
"""Every request that changes something carries the token of its session, in the form or as ``X-CSRFToken``."""

_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_CHANGES: Final = "plans.changes"
_MOST_OF_CHANGES: Final = 2 * 1024**2  # a hundred of the longest texts
_PROBES: Final = ("/health/live", "/health/ready")


def attach(app: Flask) -> None:
    """Check address, host and origin, then the token."""
    app.before_request(_sayable)
    app.before_request(_bounded)
    app.before_request(_known_host)
    app.before_request(_same_origin)
    csrf.init_app(app)


def _sayable() -> None:
    """Know of nothing under an address with a NUL character: PostgreSQL takes none, not even in a question."""
    if "\0" in request.path:
        abort(404)


def _bounded() -> None:
    """Hold a form of plain fields to the limit of such forms; the library bounds only those with files by it.

    Changes of a plan are bounded too, before the first byte is read: reading JSON takes many times its size.
    """
    if request.endpoint == _CHANGES:
        request.max_content_length = _MOST_OF_CHANGES
    elif request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _known_host() -> None:
    """Refuse names that are not ours: an address that rebinds to this machine would otherwise be of our origin."""
    if request.path in _PROBES:  # asked by address from a proxy or supervisor; they show nothing
        return
    if _name(request.host) not in current_app.extensions["finance_kit_config"].hosts:
        abort(400, "host")


def _same_origin() -> None:
    """Refuse a change that another site's page sends, should a browser ever attach the cookie to it."""
    origin = request.headers.get("Origin")
    if request.method in _SAFE or origin is None:
        return
    if urlsplit(origin).netloc.lower() != request.host.lower():
        abort(400, "origin")


def _name(host: str) -> str:
    """A host without its port, in small letters."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
