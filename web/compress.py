"""Pages travel compressed: the server on a laptop has no proxy in front of it that would do so.

A page holds a form token. Guessing it from lengths needs many requests with the person's cookie from another site,
which ``SameSite=Lax`` does not send.
"""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response

__all__ = ["attach"]

_KINDS: Final = frozenset({"text/html", "application/json", "text/plain", "text/csv", "image/svg+xml"})
_LEAST: Final = 1_000


def attach(app: Flask) -> None:
    """Compress text that is long enough, for browsers that can read it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in _KINDS or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    done = response.headers.get("Content-Encoding") or response.status_code in (204, 206, 304)
    if done or request.accept_encodings["gzip"] <= 0:
        return response
    content = response.get_data()
    if len(content) >= _LEAST:
        response.set_data(gzip.compress(content, compresslevel=5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
