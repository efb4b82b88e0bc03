"""Headers on every answer: what a browser may load, keep and tell others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

if TYPE_CHECKING:
    from flask import Flask, Response

__all__ = ["CONTENT_POLICY", "attach", "forget_this_site"]

CONTENT_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_NOT_NEEDED: Final = ("camera", "geolocation", "microphone", "payment", "usb", "serial", "midi")


def attach(app: Flask) -> None:
    """Put the headers on whatever leaves, errors and downloads included."""
    permissions = PermissionsPolicy()
    for name in _NOT_NEEDED:
        permissions = permissions.add_directive(name)
    tls = app.extensions["finance_kit_config"].tls
    chosen = Secure(
        csp=ContentSecurityPolicy().value(CONTENT_POLICY),
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=permissions,
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
        # Only where TLS is known to be there: otherwise browsers would refuse plain http on this host for a year.
        hsts=StrictTransportSecurity().max_age(31_536_000) if tls else None,
    )
    app.extensions["finance_kit_headers"] = chosen.headers
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    for name, value in current_app.extensions["finance_kit_headers"].items():
        response.headers.setdefault(name, value)
    # Pages hold plans or say whose they are; files of the program say themselves that they may be kept.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def forget_this_site(response: Response) -> Response:
    """Make the browser drop the pages that it kept of us, at sign-out.

    The cookie is worth nothing by then. Not "storage": that would take along what other people who use this browser
    typed and could not send yet. The page that answers puts away the drafts of the one person who left, see
    ``js/gone.js``.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
