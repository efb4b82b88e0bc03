"""The web front end: from a blank form to the document for the lender, in a browser.

``create_app`` makes the application; ``finance-kit serve`` runs it on a laptop, gunicorn or waitress anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from web.config import WebConfig

__all__ = ["create_app"]


def create_app(config: WebConfig | None = None, store: Any = None) -> Flask:
    """The application; see :func:`web.application.create_app`."""
    from web.application import create_app as create

    return create(config, store)
