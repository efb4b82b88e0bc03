"""For supervisors and proxies: whether the program is alive, and whether it can serve."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from finance_kit.errors import FinanceKitError
from web.access import public
from web.storage import store

if TYPE_CHECKING:
    from flask.sansio.blueprints import BlueprintSetupState

__all__ = ["KEPT_SECONDS", "blueprint"]

KEPT_SECONDS: Final = 2.0
"""For so long an answer stands: reading and writing costs a sync of the disk, and anybody may ask."""
_NAME: Final = "finance_kit_health"

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
@public
def live() -> ResponseReturnValue:
    """The program answers."""
    return jsonify(status="ok")


@blueprint.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """The program can read and write plans; 503 when not. Anybody may ask; the disk is asked seldom."""
    remembered: _Remembered = current_app.extensions[_NAME]
    reason = remembered.reason(_trouble)
    if reason:
        return jsonify(status="unavailable", reason=reason), 503
    return jsonify(status="ok")


class _Remembered:
    """What was found a moment ago, found anew by one who asks when that is over; others wait for it."""

    def __init__(self) -> None:
        self._lock, self._until, self._reason = threading.Lock(), 0.0, ""

    def reason(self, find: Callable[[], str]) -> str:
        """The code of what is wrong; empty when all is well."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._reason, self._until = find(), time.monotonic() + KEPT_SECONDS
            return self._reason


def _trouble() -> str:
    try:
        store().check()
    except FinanceKitError as problem:
        return problem.code
    return ""


@blueprint.record_once
def _attach(state: BlueprintSetupState) -> None:
    state.app.extensions[_NAME] = _Remembered()
