"""What the frame around every page needs to know; nothing here may need the store, since error pages use it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for

from web.sessions import config

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["address_of", "attach", "plan_address"]


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
        "sign_in_address": address_of("people.sign_in") if chosen.shared else None,
        "account_address": address_of("people.account"),
        "upload_address": address_of("documents.open_file"),
    }


def address_of(endpoint: str, **values: Any) -> str | None:
    """The address of a page of an area, or nothing in an installation without that area."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
