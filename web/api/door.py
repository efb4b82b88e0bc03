"""The door of the programming interface: a token, a body that is JSON of a bearable size and depth, nothing ambient.

A cookie opens nothing here, so that no page in another tab can use it; therefore no form token is asked either.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import abort, current_app, g, request

from web.access import identify_also, is_public
from web.api.answers import refuse
from web.depth import DEEPEST, depth
from web.storage import store

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["attach", "check_body", "check_token"]

PREFIX: Final = "/api/v1/"
MOST_BYTES: Final = 6 * 1024 * 1024
_TOKEN: Final = re.compile(r"Bearer ([A-Za-z0-9_-]{20,200})")
_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_DIGITS: Final = 400


class _TwiceError(ValueError):
    """A key stands twice in an object."""


def attach(app: Flask) -> None:
    """Let tokens say who is asking, for addresses of this interface only."""
    identify_also(app, _person)


def check_token() -> None:
    """Only a token counts here; a token for reading changes nothing."""
    if is_public(current_app.view_functions.get(request.endpoint or "")):
        return
    person = _person()
    if person is None:
        abort(401)
    g.person = person  # and not whom a cookie might name
    if request.method not in _SAFE and g.api_scope != "write":
        refuse(403, "token_for_reading", path="")


def check_body() -> None:
    """Refuse a body that is no JSON object, before anything else reads it."""
    if request.method in (*_SAFE, "DELETE") or not _has_body():
        return
    if (request.content_length or 0) > MOST_BYTES:
        refuse(413, "json_too_large", path="", limit=MOST_BYTES // 1024**2)
    if request.mimetype != "application/json":
        refuse(415, "json_expected", path="")
    content = request.get_data(cache=True)
    if len(content) > MOST_BYTES:
        refuse(413, "json_too_large", path="", limit=MOST_BYTES // 1024**2)
    try:
        if depth(content) > DEEPEST:
            refuse(400, "json_too_deep", path="", limit=DEEPEST)
        value = json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_int
        )
    except _TwiceError as twice:
        refuse(400, "json_key_twice", path=str(twice)[:80])
    except (ValueError, RecursionError):
        refuse(400, "json_unreadable", path="")
    if not isinstance(value, dict):
        refuse(400, "json_not_an_object", path="")


def _has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers or request.mimetype != ""


def _person() -> Any:
    """Whose token this is, looked up once a request."""
    if not request.path.startswith(PREFIX):
        return None
    if "api_person" not in g:
        g.api_person, g.api_scope = _looked_up()
    return g.api_person


def _looked_up() -> tuple[Any, str]:
    from finance_kit.store import tokens, users

    found = _TOKEN.fullmatch(request.headers.get("Authorization", ""))
    if found is None:
        return None, ""
    with store().session() as session:
        token = tokens.find(session, found[1], datetime.now(UTC))
        return (None, "") if token is None else (users.get(session, token.user_id), token.scope)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(name: str) -> float:
    message = f"{name} is no number"
    raise ValueError(message)


def _int(text: str) -> int:
    if len(text) > _DIGITS:
        message = "too many digits"
        raise ValueError(message)
    return int(text)
