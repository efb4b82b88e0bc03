"""For supervisors and proxies: whether the program is alive, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from finance_kit.errors import FinanceKitError
from web.access import public
from web.storage import store

__all__ = ["blueprint"]

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
@public
def live() -> ResponseReturnValue:
    """The program answers."""
    return jsonify(status="ok")


@blueprint.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """The program can read and write plans; 503 with a code when it cannot."""
    try:
        store().check()
    except FinanceKitError as problem:
        return jsonify(status="unavailable", reason=problem.code), 503
    return jsonify(status="ok")
