"""What the frame around every page needs to know; nothing here may need the store, since error pages use it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from werkzeug.routing import BuildError

from web.sessions import config

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["attach", "plan_address"]


def plan_address(plan_id: str) -> str:
    """The first page of a plan."""
    return f"/plans/{plan_id}"


def attach(app: Flask) -> None:
    """Give every template the frame's values."""
    app.context_processor(_frame)
    app.jinja_env.globals["plan_address"] = plan_address


def _frame() -> dict[str, Any]:
    chosen = config()
    return {
        "here": request.full_path.removesuffix("?") if request.method == "GET" else "/",
        "solo": not chosen.shared,
        "unprotected": not request.is_secure and not _is_loopback(request.remote_addr),
        "sign_in_address": _address("people.sign_in"),
        "upload_address": _address("documents.open_file"),
    }


def _address(endpoint: str) -> str | None:
    """The address of a page of an area, or nothing where that area is not installed."""
    if endpoint not in current_app.view_functions:
        return None
    try:
        return url_for(endpoint)
    except BuildError:
        return None


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
