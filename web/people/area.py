"""The blueprint of this area, and what all its pages ask first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from flask import Blueprint, abort

from web.access import require_person
from web.people.throttle import limiter
from web.sessions import config

__all__ = ["administrators_only", "blueprint", "shared_only"]

View = TypeVar("View", bound=Callable[..., Any])

blueprint: Final = Blueprint("people", __name__)
blueprint.record_once(lambda state: limiter.init_app(state.app))  # type: ignore[arg-type]  # it is a Flask


def shared_only(view: View) -> View:
    """Mark a page that only exists where several people share the installation; elsewhere it answers 404."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        return view(*args, **values) if config().shared else abort(404)

    return guarded  # type: ignore[return-value]


def administrators_only(view: View) -> View:
    """Mark a page for administrators; for others it does not exist."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> Any:
        return view(*args, **values) if require_person().role == "administrator" else abort(404)

    return guarded  # type: ignore[return-value]
